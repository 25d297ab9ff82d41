"""The head of the help bar: the face, and who it is."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.shared import controls, theme
from ui.shared.picture import FaceView, wide_height
from ui.shared.short_label import ShortLabel


class FaceHead(QWidget):
    """The face above the name, as wide as there is room; or small beside it where a screen is low."""

    def __init__(self, face: FaceView, who: ShortLabel) -> None:
        super().__init__()
        self._face, self._who = face, who
        self._small, self._wide = False, theme.BAR_WIDTH - 2 * theme.STEP
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        controls.spaced(self._row, margin=0, spacing=theme.HALF)
        self._row.addWidget(face)
        self._row.addWidget(who, 1)

    def fit(self, width: int, most: int) -> None:
        """Be ``width`` pixels wide, and small if the large face makes it taller than ``most``."""
        small = self._height(width, small=False) > most
        if (width, small) != (self._wide, self._small):
            self._wide, self._small = width, small
            way = QBoxLayout.Direction
            self._row.setDirection(way.LeftToRight if small else way.TopToBottom)
            self._row.setSpacing(theme.STEP if small else theme.HALF)
            self._face.setMaximumWidth(theme.SMALL_FACE[0] if small else width)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As tall as it is now."""
        return QSize(self._wide, self._height(self._wide, small=self._small))

    def minimumSizeHint(self) -> QSize:
        """Never less than the face and the name need."""
        return QSize(theme.SMALL_FACE[0], self.sizeHint().height())

    def _height(self, width: int, *, small: bool) -> int:
        words = self._who.sizeHint().height()
        return max(theme.SMALL_FACE[1], words) if small else wide_height(width) + theme.HALF + words

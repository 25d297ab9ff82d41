"""Room for a page on a small screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.shared import theme


class Roomy(QScrollArea):
    """Scrolls ``page`` where there is less room than it needs at least, and only there.

    Qt's own resizing scrolls as soon as there is less than the page would like to have.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self.setWidget(page)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        """Enough to be scrolled in."""
        return QSize(theme.SIDE_WIDTH, 20 * theme.STEP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the room."""
        super().resizeEvent(event)
        self._fill()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What stands on the page may need more or less room now."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fill()
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        room, least = self.viewport().size(), self._page.minimumSizeHint()
        width = max(room.width(), least.width())
        layout = self._page.layout()
        high = layout.minimumHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else 0
        self._page.resize(width, max(room.height(), least.height(), high))

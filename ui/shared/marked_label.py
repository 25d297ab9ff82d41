"""Words with an icon before them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle

from ui.shared import resources, theme


class MarkedLabel(QLabel):
    """A label with an icon before its words; the icon is drawn, so that a screen reader hears the words alone."""

    def __init__(self, *, identifier: str) -> None:
        super().__init__()
        self.setAccessibleIdentifier(identifier)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._icon, self._colour = "", "text"
        self._indent()
        theme.current().changed.connect(self.update)

    def show_marked(self, icon: str, colour: str, text: str) -> None:
        """Show ``text`` after ``icon`` in the theme's colour ``colour``; the look of that name dresses the words."""
        self._icon, self._colour = icon, colour
        self.setText(text)
        theme.look(self, colour)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the icon on the leading side when the direction of writing changes."""
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._indent()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, then the icon."""
        super().paintEvent(event)
        if not self._icon:
            return
        ratio = self.devicePixelRatioF()
        drawn = resources.pixmap(self._icon, getattr(theme.current().colours, self._colour), round(theme.ICON * ratio))
        drawn.setDevicePixelRatio(ratio)
        place = QRect(0, (self.height() - theme.ICON) // 2, theme.ICON, theme.ICON)
        painter = QPainter(self)
        painter.drawPixmap(QStyle.visualRect(self.layoutDirection(), self.rect(), place), drawn)
        painter.end()

    def _indent(self) -> None:
        room = theme.ICON + theme.STEP
        leading = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        self.setContentsMargins(room if leading else 0, 0, 0 if leading else room, 0)

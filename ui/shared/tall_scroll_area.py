"""A column that scrolls only where it has to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ui.shared import theme


class TallScrollArea(QScrollArea):
    """Scrolls only where its content does not fit; asks for the height that ``content`` has in its least width.

    ``width``: the least width in pixels; a content whose words are longer has more.
    """

    def __init__(self, content: QWidget, width: int) -> None:
        super().__init__()
        self._content, self._width = content, width
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the window when the content wants more or less room (a scroll area keeps that to itself)."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._show_bar()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room may make the bar needless."""
        super().resizeEvent(event)
        self._show_bar()

    def sizeHint(self) -> QSize:
        """The content's own height in the least width."""
        width = max(self._width, self._content.minimumSizeHint().width())
        return QSize(width, self._height(width))

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Show who has the focus; by itself a scroll area follows it only from one part of its content to the next."""
        if now is not None and self._content.isAncestorOf(now):
            self.ensureWidgetVisible(now)

    def _height(self, width: int) -> int:
        content = self._content
        return content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()

    def _show_bar(self) -> None:
        """Only where it is needed: a bar that is there makes words wrap earlier, and so would keep itself needed."""
        room, policy = self.maximumViewportSize(), Qt.ScrollBarPolicy
        fits = self._height(room.width()) <= room.height()
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded)

    def minimumSizeHint(self) -> QSize:
        """As wide as the content and the scroll bar beside it must be; hardly any height."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._content.minimumSizeHint().width() + bar, 6 * theme.STEP)

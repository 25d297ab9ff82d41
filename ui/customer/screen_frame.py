"""The frame of 4 px round the monitor that is shown: blue while they can see, amber while they can control."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from remotehelp.customer.view import CustomerView
from ui.customer.windows import screen_named
from ui.shared import theme

PASSIVE = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowTransparentForInput
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


class ScreenFrame:
    """Four thin windows that stay on top and let every click through."""

    def __init__(self) -> None:
        self.sides = tuple(_side() for _ in range(4))

    def show_view(self, view: CustomerView) -> None:
        """Show the frame in its colour round the monitor in use, or no frame."""
        if not (view.sees or view.controls):
            self.hide()
            return
        colours = theme.current().colours
        colour = QColor(colours.control_frame if view.controls else colours.see_frame)
        for side, place in zip(self.sides, _places(screen_named(view.monitor).geometry()), strict=True):
            _dress(side, colour)
            side.setGeometry(place)
            side.show()

    def hide(self) -> None:
        """Take the frame off the screen."""
        for side in self.sides:
            side.hide()


def _side() -> QWidget:
    side = QWidget(None, PASSIVE)
    side.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    side.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
    side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return side


def _dress(side: QWidget, colour: QColor) -> None:
    dress = side.palette()
    if dress.color(QPalette.ColorRole.Window) != colour:
        dress.setColor(QPalette.ColorRole.Window, colour)
        side.setPalette(dress)


def _places(screen: QRect) -> tuple[QRect, QRect, QRect, QRect]:
    thick = theme.FRAME
    inner = screen.height() - 2 * thick
    return (
        QRect(screen.left(), screen.top(), screen.width(), thick),
        QRect(screen.left(), screen.bottom() + 1 - thick, screen.width(), thick),
        QRect(screen.left(), screen.top() + thick, thick, inner),
        QRect(screen.right() + 1 - thick, screen.top() + thick, thick, inner),
    )

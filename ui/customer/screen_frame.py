"""The frame of 4 px round each monitor, or the window, that is shown: blue while they see, amber while they control."""

from __future__ import annotations

from itertools import chain

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QWidget

from remotehelp.customer.view import CustomerView
from ui.customer.windows import SETTLED_MS, PlacedWindow, from_device, stay_in_sight
from ui.shared import theme

PASSIVE = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowTransparentForInput
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


#: no window manager puts anything over a side: what it keeps on top, and what fills the screen, lie below
FLAGS = PASSIVE | Qt.WindowType.X11BypassWindowManagerHint


class ScreenFrame(QObject):
    """Four thin windows for each monitor that stay on top and let every click through.

    Signals: ``appeared(showing)`` once for each showing of the view, when all of them are on the screen.
    """

    appeared = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sides: list[PlacedWindow] = []  # four for each monitor that is shown
        self._showing = 0  # the one that was told, or is about to be
        self._soon = self._timer(0)  # what has come to the screen is painted first
        self._late = self._timer(SETTLED_MS)  # a display tells nothing of a side that lies under a panel

    def show_view(self, view: CustomerView) -> None:
        """Show the frame in its colour round each monitor in use, or no frame."""
        if not (view.sees or view.controls):
            self.hide()
            return
        colours = theme.current().colours
        self._surround(_shown(view), QColor(colours.control_frame if view.controls else colours.see_frame))
        if view.sees and view.showing != self._showing:
            self._showing = view.showing
            self._late.start()
            self._look()

    def _surround(self, monitors: list[QRect], colour: QColor) -> None:
        places = list(chain.from_iterable(map(_places, monitors)))
        while len(self.sides) > len(places):
            self.sides.pop().close()
        self.sides += [_side() for _ in range(len(places) - len(self.sides))]
        for side, place in zip(self.sides, places, strict=True):
            _dress(side, colour)
            side.put(place)
            side.show()
            side.windowHandle().installEventFilter(self)

    def hide(self) -> None:
        """Take the frame off the screen."""
        self._soon.stop()
        self._late.stop()
        self._showing = 0
        for side in self.sides:
            side.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look whether the frame is there when one side has come to the screen."""
        if event.type() == QEvent.Type.Expose:
            self._look()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        if self._late.isActive() and all(side.windowHandle().isExposed() for side in self.sides):
            self._late.stop()
            self._soon.start()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(lambda: self.appeared.emit(self._showing))
        return timer


def _shown(view: CustomerView) -> list[QRect]:
    """Where the monitors that are shown lie for Qt, or what is just around the window that is shown alone."""
    if view.window is not None:
        return [_around(from_device(QRect(*view.window_at)))] if view.window_at else []
    found = [one for one in view.monitors if one.name in view.shown]
    return [from_device(QRect(one.x, one.y, one.width, one.height)) for one in found]


def _around(window: QRect) -> QRect:
    """So that the frame hides nothing of it, as far as there is room on the screens."""
    thick = theme.FRAME
    around = window.adjusted(-thick, -thick, thick, thick)
    seen = around.intersected(QGuiApplication.primaryScreen().virtualGeometry())
    return around if seen.isEmpty() else seen


def _side() -> PlacedWindow:
    side = PlacedWindow(FLAGS)
    stay_in_sight(side)
    side.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
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

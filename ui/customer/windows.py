"""Where our own windows are, in device pixels on the root window, for the injector's gate and the capture's mask."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from remotehelp.customer.intents import OwnWindow
from ui.shared import theme

#: a window manager adds its frame some time after a window was shown, and tells nobody: look once more after so long
SETTLED_MS = 300

_MOVED = frozenset(
    {
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.WindowStateChange,
        QEvent.Type.WindowActivate,
        QEvent.Type.WindowDeactivate,
    }
)
_STAYS = "staysInSight"
_UNSETTLING = frozenset({QEvent.Type.Show, QEvent.Type.Move, QEvent.Type.Resize})


class PlacedWindow(QWidget):
    """A window without a frame that stands where it was put, whatever Qt believes.

    A window manager that takes a window over may still answer with where it was before; Qt 6.11 on X11 then keeps that.
    """

    def __init__(self, flags: Qt.WindowType) -> None:
        super().__init__(None, flags)
        self.place = QRect()
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._put_again)

    def put(self, place: QRect) -> None:
        """Stand at ``place``."""
        self.place = place
        self.setGeometry(place)
        self._settled.start()

    def _put_again(self) -> None:
        if self.isVisible() and self.geometry() != self.place:
            self.setGeometry(self.place)


def stay_in_sight(window: QWidget) -> None:
    """Let ``window`` be told as one that has to stay in sight."""
    window.setProperty(_STAYS, True)


def own_window(window: QWidget, *, unsettled: bool = False) -> OwnWindow:
    """``window`` with its frame: native id and rectangle in device pixels; wider all round while ``unsettled``."""
    wider = theme.TITLE_BAR if unsettled else 0  # what a window manager adds, or a hand drags meanwhile
    place = window.frameGeometry().united(window.place) if isinstance(window, PlacedWindow) else window.frameGeometry()
    rect = to_device(place.adjusted(-wider, -wider, wider, wider), window.screen())
    stays = bool(window.property(_STAYS))
    return OwnWindow(int(window.winId()), rect.x(), rect.y(), rect.width(), rect.height(), stays)


def to_device(rect: QRect, screen: QScreen) -> QRect:
    """``rect`` in device pixels, rounded outwards; Qt scales a screen's content about the screen's own corner."""
    origin, ratio = QPointF(screen.geometry().topLeft()), screen.devicePixelRatio()
    corner = (QPointF(rect.topLeft()) - origin) * ratio + origin
    exact = QRectF(corner, QRectF(rect).size() * ratio)
    left, top = math.floor(exact.left()), math.floor(exact.top())
    return QRect(left, top, math.ceil(exact.right()) - left, math.ceil(exact.bottom()) - top)


def to_logical(point: QPoint) -> QPoint:
    """Where the device pixel ``point`` lies for Qt; on the primary screen if no screen holds it."""
    screen = next((one for one in QGuiApplication.screens() if _native(one).contains(point)), None)
    screen = screen or QGuiApplication.primaryScreen()
    origin = QPointF(screen.geometry().topLeft())
    return ((QPointF(point) - origin) / screen.devicePixelRatio() + origin).toPoint()


def from_device(rect: QRect) -> QRect:
    """Where the device pixels ``rect`` of the root window lie for Qt, which may not have heard of a change yet."""
    screens = QGuiApplication.screens()
    if same := next((one for one in screens if _native(one) == rect), None):
        return same.geometry()
    over = next((one for one in screens if _native(one).contains(rect.topLeft())), QGuiApplication.primaryScreen())
    ratio = over.devicePixelRatio()
    return QRect(to_logical(rect.topLeft()), QSize(round(rect.width() / ratio), round(rect.height() / ratio)))


class OwnWindowsWatch(QObject):
    """Tells where all windows of this program are after each change, popups and tips included.

    Until a window has stood still for SETTLED_MS it is told wider than it is, for the display is ahead of what we know.
    Signals: ``changed(windows)`` with a tuple of OwnWindow, once for any number of changes within one turn of the loop;
    a window that comes is told before the display hears of it.
    Windows of which ``set_passing`` was said are left out.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._passing: set[QWidget] = set()
        self._moving: set[QWidget] = set()
        self._soon = self._timer(0, self._tell)
        self._settled = self._timer(SETTLED_MS, self._all_settled)
        self._last: tuple[OwnWindow, ...] = ()
        QCoreApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def set_passing(self, window: QWidget) -> None:
        """Leave ``window`` out: input passes through it, and the other side may see it."""
        self._passing.add(window)

    def now(self) -> tuple[OwnWindow, ...]:
        """All windows of ours that are on the screen."""
        shown = (one for one in QApplication.topLevelWidgets() if one.isVisible() and not one.isMinimized())
        ours = (own_window(one, unsettled=one in self._moving) for one in shown if one not in self._passing)
        return tuple(sorted(ours, key=lambda one: one.native_id))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice what moves."""
        if event.type() in _MOVED and isinstance(watched, QWidget) and watched.isWindow():
            if event.type() in _UNSETTLING:
                self._moving.add(watched)
            self._soon.start()
            self._settled.start()
            if event.type() == QEvent.Type.Show:
                self._tell()
        return False

    def _timer(self, milliseconds: int, work: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(work)
        return timer

    def _all_settled(self) -> None:
        self._moving.clear()
        self._tell()

    def _tell(self) -> None:
        windows = self.now()
        if windows != self._last:
            self._last = windows
            self.changed.emit(windows)


def _native(screen: QScreen) -> QRect:
    size = QRectF(screen.geometry()).size() * screen.devicePixelRatio()
    return QRect(screen.geometry().topLeft(), QSize(round(size.width()), round(size.height())))

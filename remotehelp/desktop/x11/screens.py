"""Screens by X11: mss's MIT-SHM gives the pixels, the DAMAGE extension says when and where."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence

from mss import ScreenShotError

from remotehelp.desktop.curtain import Order
from remotehelp.desktop.screens import Monitor, Picture, Place, Window, place_of
from remotehelp.desktop.x11.camera import Camera
from remotehelp.desktop.x11.clients import list_windows
from remotehelp.desktop.x11.connection import connect, disconnect, display_lost
from remotehelp.desktop.x11.damage import DamageWatch, missing_extension
from remotehelp.desktop.x11.kept_window import XKeptWindow
from remotehelp.desktop.x11.layer import missing_composite
from remotehelp.desktop.x11.monitor_watch import XMonitorWatch
from remotehelp.desktop.x11.monitors import list_monitors
from remotehelp.desktop.x11.pulled import Pulled
from remotehelp.desktop.x11.window_source import XWindowSource
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect


class XScreens:
    """The monitors of one X display (None: the environment's)."""

    def __init__(self, display: str | None = None) -> None:
        self._display = display

    def monitors(self) -> tuple[Monitor, ...]:
        """All monitors, the primary first."""
        connection = connect(self._display)
        try:
            with display_lost():
                return list_monitors(connection)
        finally:
            disconnect(connection)

    def watch(self, changed: Callable[[tuple[Monitor, ...]], None]) -> XMonitorWatch:
        """Call ``changed`` with all monitors after each change of them."""
        return XMonitorWatch(self._display, changed)

    def open(self, monitors: Sequence[str]) -> XScreenSource:
        """The pictures of the monitors with these names."""
        return XScreenSource(self._display, monitors)

    def windows(self, own: Collection[int]) -> tuple[Window, ...]:
        """The windows of other programs that can be shown alone now."""
        connection = connect(self._display)
        try:
            with display_lost():
                if missing_composite(connection):
                    raise BackendError("no_single_window")
                return list_windows(connection, own)
        finally:
            disconnect(connection)

    def keep_window(self, window: int) -> XKeptWindow:
        """Listen from now on whether the window with this native id is destroyed."""
        return XKeptWindow(self._display, window)

    def open_window(self, window: int, moved: Callable[[bool], None]) -> XWindowSource:
        """The pictures of the window with this native id."""
        return XWindowSource(self._display, window, moved)

    def self_test(self) -> str | None:
        """None, or why not: no display, an extension is missing, or the pixels can't be read."""
        try:
            connection = connect(self._display)
            missing = missing_extension(connection)
            disconnect(connection)
            if missing:
                return "no_screen_watch"
            camera = Camera(self._display)
            camera.grab([Rect(0, 0, 1, 1)])
            camera.close()
        except BackendError as error:
            return error.key
        except ScreenShotError:
            return "screen_not_readable"
        return None


class XScreenSource(Pulled):
    """The pictures of some monitors of an X display (a ``ScreenSource``)."""

    def __init__(self, display: str | None, monitors: Sequence[str]) -> None:
        super().__init__()
        self._display = display
        self._names = tuple(monitors)
        with self._opening(), display_lost():
            self._watch = DamageWatch(display)
            self._opened.callback(self._watch.close)
            self._connection = self._watch.connection
            self._camera = Camera(display)
            self._opened.callback(lambda: self._camera.close())
            self._place = self._find()
        self._watched: Order | None = None

    @property
    def place(self) -> Place:
        """Where the monitors lie now."""
        return self._place

    def set_mask(self, rects: Sequence[Rect]) -> None:
        """Paint these rectangles of the root window over."""
        self._curtain.set_mask(rects)

    def _look(self) -> Picture | None:
        """A picture if one is due now."""
        if self._watch.monitors_moved():
            self._follow()
        try:
            with self._curtain.drawing() as order:
                return self._draw(order) if order else None
        except ScreenShotError as error:
            return self._look_again(error)

    def _look_again(self, error: ScreenShotError) -> Picture | None:
        """After a failed grab: right if a monitor has just become smaller, else an error of this computer."""
        with display_lost():
            self._watch.connection.sync()
        if not self._watch.monitors_moved():
            raise BackendError("screen_not_readable") from error
        self._follow()
        return self._look()

    def _draw(self, order: Order) -> Picture | None:
        if self._watched is None or order.mask != self._watched.mask:
            self._watch.look_at(self._place.shown, order.mask)
            self._watched = order
        boxes = order.boxes(self._watch.take(), self._place)
        if not boxes:
            return None
        captured_at = time.monotonic()
        parts = order.parts(boxes, self._camera.grab(boxes), self._place)
        self._curtain.drawn()
        return Picture(self._place.area.width, self._place.area.height, parts, captured_at)

    def _find(self) -> Place:
        return place_of(self._names, list_monitors(self._watch.connection))

    def _follow(self) -> None:
        """Go on with the monitors where they are now; mss sizes its buffer once, so it starts anew."""
        self._place = self._find()
        self._watched = None
        self._camera.close()
        self._camera = Camera(self._display)
        self._curtain.refresh()

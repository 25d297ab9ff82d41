"""The pictures of one window alone: its own pixels, with its program's menus and dialogs over it, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from mss import ScreenShotError

from remotehelp.desktop.curtain import Order
from remotehelp.desktop.screens import Picture, Piece, Place, check_size
from remotehelp.desktop.x11.camera import Camera
from remotehelp.desktop.x11.connection import connect, disconnect, display_lost
from remotehelp.desktop.x11.layer import missing_composite
from remotehelp.desktop.x11.pulled import Pulled
from remotehelp.desktop.x11.window_watch import WindowWatch
from remotehelp.errors import BackendError
from remotehelp.media.area import Pixels, Rect


class XWindowSource(Pulled):
    """The pictures of the window with this native id (a ``ScreenSource``)."""

    def __init__(self, display: str | None, window: int, moved: Callable[[bool], None]) -> None:
        """``moved(on_screen)`` is called by who pulls, when the window is elsewhere, minimised or back."""
        super().__init__()
        self._name, self._moved = str(window), moved
        with self._opening(), display_lost():
            self._open(display, window)

    @property
    def place(self) -> Place:
        """Where the window lies now."""
        return self._place

    def set_mask(self, rects: Sequence[Rect]) -> None:
        """Nothing: our own windows are not in the window's pixels."""

    def _open(self, display: str | None, window: int) -> None:
        self._connection = connect(display)
        self._opened.callback(disconnect, self._connection)
        if missing_composite(self._connection):
            raise BackendError("no_single_window")
        self._camera = Camera(display)
        self._opened.callback(self._camera.close)
        self._watch = WindowWatch(self._connection, window)
        self._place, self._on_screen = self._find(), True  # else that is told with the first picture

    def _look(self) -> Picture | None:
        if self._watch.look():
            self._curtain.refresh()
        self._follow()
        if not self._watch.has_pixels:
            return None
        try:
            with self._curtain.drawing() as order:
                return self._draw(order) if order else None
        except ScreenShotError as error:
            self._connection.sync()  # raises if the display is lost
            raise BackendError("screen_not_readable") from error

    def _follow(self) -> None:
        now = self._find(), self._watch.on_screen
        if now != (self._place, self._on_screen):
            self._place, self._on_screen = now
            self._moved(self._on_screen)

    def _find(self) -> Place:
        return check_size(Place((Piece(self._name, self._watch.place),)))

    def _draw(self, order: Order) -> Picture | None:
        boxes = order.boxes(self._watch.take(), self._place)
        if not boxes:
            return None
        captured_at = time.monotonic()
        parts = order.parts(boxes, self._seen(boxes), self._place)
        self._curtain.drawn()
        return Picture(self._place.area.width, self._place.area.height, parts, captured_at)

    def _seen(self, boxes: Sequence[Rect]) -> list[Pixels]:
        """The pixels of each box; copied only where something lies over the window."""
        found = [list(self._watch.over(box)) for box in boxes]
        main = found[0][0][0]
        seen = self._camera.grab([place for [(_, place, _), *_] in found], main)
        if all(len(layers) == 1 for layers in found):
            return seen
        painted = [pixels.copy() for pixels in seen]
        for pixels, box, layers in zip(painted, boxes, found, strict=True):
            for pixmap, place, part in layers[1:]:
                [over] = self._camera.grab([place], pixmap)
                part.seen_from(box).of(pixels)[:] = over
        return painted

"""Screens in memory: monitors, windows alone and what stands on them; for tests of what shows them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from remotehelp.desktop.curtain import Curtain, Order
from remotehelp.desktop.screens import Monitor, Picture, Piece, Place, Window, place_of
from remotehelp.errors import BackendError
from remotehelp.media.area import Pixels, Rect, bounds

ONE_MONITOR = (Monitor("fake", Rect(0, 0, 640, 480), True),)


class FakeScreens:
    """A root window in memory that ``paint()`` draws on."""

    def __init__(self, monitors: tuple[Monitor, ...] = ONE_MONITOR) -> None:
        self._monitors = monitors
        whole = bounds(monitor.rect for monitor in monitors)
        self.root: Pixels = np.zeros((whole.y + whole.height, whole.x + whole.width, 4), np.uint8)
        self._sources: list[FakeSource] = []
        self._watches: list[FakeMonitorWatch] = []
        self._shown: dict[int, FakeShown] = {}  # the last one is on top
        self._kept: list[FakeKeptWindow] = []
        self.arranging = threading.Lock()  # held while monitors and root change together

    def monitors(self) -> tuple[Monitor, ...]:
        """All monitors, the primary first."""
        return tuple(sorted(self._monitors, key=lambda monitor: not monitor.primary))

    def watch(self, changed: Callable[[tuple[Monitor, ...]], None]) -> FakeMonitorWatch:
        """Call ``changed`` at each ``rearrange()``."""
        self._watches.append(FakeMonitorWatch(changed))
        return self._watches[-1]

    def open(self, monitors: Sequence[str]) -> FakeSource:
        """The pictures of the monitors with these names."""
        return self._opened(FakeSource(self, lambda: place_of(monitors, self.monitors()), self._on_root))

    def windows(self, own: Collection[int]) -> tuple[Window, ...]:
        """The windows that can be shown alone, the topmost first."""
        there = [(number, one) for number, one in self._shown.items() if one.seen and one.belongs_to is None]
        return tuple(Window(number, one.title) for number, one in reversed(there) if number not in own)

    def keep_window(self, window: int) -> FakeKeptWindow:
        """Remember whether this window is closed from now on."""
        self.shown(window)
        self._kept.append(FakeKeptWindow(window))
        return self._kept[-1]

    def open_window(self, window: int, moved: Callable[[bool], None]) -> FakeSource:
        """The pictures of this window."""
        return self._opened(FakeWindowSource(self, window, moved))

    def self_test(self) -> str | None:
        """None: it always works."""
        return None

    def paint(self, rect: Rect, colour: tuple[int, int, int]) -> None:
        """Fill ``rect`` of the root window with (blue, green, red)."""
        rect.of(self.root)[..., :3] = colour
        for source in self._sources:
            source.damaged(rect)

    def rearrange(self, monitors: tuple[Monitor, ...]) -> None:
        """Plug, unplug or resize monitors."""
        whole = bounds(monitor.rect for monitor in monitors)
        with self.arranging:
            self._monitors = monitors
            self.root = np.zeros((whole.y + whole.height, whole.x + whole.width, 4), np.uint8)
        for source in self._sources:
            source.refresh()
        for watch in self._watches:
            watch.tell(self.monitors())

    def show_window(self, number: int, shown: FakeShown) -> None:
        """A window is there, or as it is told now."""
        self._shown[number] = shown
        for source in self._sources:
            source.window_changed(number, shown)

    def close_window(self, number: int) -> None:
        """A window is gone."""
        shown = self._shown.pop(number)
        for kept in self._kept:
            kept.is_gone |= kept.window == number
        for source in self._sources:
            source.window_changed(number, shown)

    def shown(self, number: int) -> FakeShown:
        """The window with this id; raises BackendError("window_closed")."""
        if number not in self._shown:
            raise BackendError("window_closed")
        return self._shown[number]

    def of_window(self, number: int, box: Rect) -> Pixels:
        """The pixels of a window and of what belongs to it under ``box`` of the root window."""
        main = self.shown(number)
        pixels = box.seen_from(main.rect).of(main.pixels).copy()
        for one in self._shown.values():
            if one.belongs_to == number and one.seen and (part := box.overlap(one.rect)):
                part.seen_from(box).of(pixels)[:] = part.seen_from(one.rect).of(one.pixels)
        return pixels

    def _on_root(self, box: Rect) -> Pixels:
        return box.of(self.root).copy()

    def _opened(self, source: FakeSource) -> FakeSource:
        self._sources.append(source)
        return source


@dataclass(frozen=True)
class FakeShown:
    """A window on ``FakeScreens``, with pixels of its own; ``seen``: it is not minimised."""

    rect: Rect
    pixels: Pixels
    title: str = ""
    belongs_to: int | None = None
    seen: bool = True


class FakeKeptWindow:
    """A window of ``FakeScreens`` until it is closed, whatever gets its number then."""

    def __init__(self, window: int) -> None:
        self.window, self.is_gone = window, False

    def check(self) -> None:
        """Raise BackendError("window_closed") if it was closed."""
        if self.is_gone:
            raise BackendError("window_closed")

    def close(self) -> None:
        """Nothing has to be given back."""


class FakeMonitorWatch:
    """Who is told of changes of a ``FakeScreens``."""

    def __init__(self, changed: Callable[[tuple[Monitor, ...]], None]) -> None:
        self._changed: Callable[[tuple[Monitor, ...]], None] | None = changed

    def tell(self, monitors: tuple[Monitor, ...]) -> None:
        """They have changed."""
        if self._changed:
            self._changed(monitors)

    def close(self) -> None:
        """Tell nothing any more."""
        self._changed = None


class FakeSource:
    """The pictures of something on a ``FakeScreens``: where it is and its pixels under a box of the root window."""

    def __init__(self, screens: FakeScreens, find: Callable[[], Place], read: Callable[[Rect], Pixels]) -> None:
        self._find, self._read = find, read
        self._place = find()
        self._screens = screens
        self._woken = threading.Event()
        self._curtain = Curtain(self._woken.set)
        self._damage: list[Rect] = []

    @property
    def place(self) -> Place:
        """Where it lies now."""
        return self._place

    def damaged(self, rect: Rect) -> None:
        """Something was drawn here."""
        self._damage.append(rect)
        self._woken.set()

    def window_changed(self, number: int, shown: FakeShown) -> None:
        """Something became of a window: nothing here, for it is not on ``root``."""

    def next(self, timeout: float) -> Picture | None:
        """The newest picture, as soon as something changed."""
        deadline = time.monotonic() + timeout
        while not self._curtain.closed:
            self._woken.clear()
            with self._curtain.drawing() as order:
                with self._screens.arranging:
                    picture = self._draw(order) if order else None
                if picture:
                    return picture
            if not self._woken.wait(max(0.0, deadline - time.monotonic())):
                return None
        return None

    def refresh(self) -> None:
        """Make the next picture whole."""
        self._curtain.refresh()

    def set_mask(self, rects: Sequence[Rect]) -> None:
        """Paint these rectangles over."""
        self._curtain.set_mask(rects)

    def hold(self) -> None:
        """Let no picture leave."""
        self._curtain.hold()

    def release(self) -> None:
        """Undo one ``hold()``."""
        self._curtain.release()

    def close(self) -> None:
        """Let a waiting ``next()`` return None."""
        self._curtain.close()

    def _draw(self, order: Order) -> Picture | None:
        place = self._place = self._find()
        damage = [self._damage.pop() for _ in range(len(self._damage))]  # others may add meanwhile
        seen = [rect for rect in damage if not any(mask.covers(rect) for mask in order.mask)]
        boxes = order.boxes(seen, place)
        if not boxes:
            return None
        parts = order.parts(boxes, [self._read(box) for box in boxes], place)
        self._curtain.drawn()
        return Picture(place.area.width, place.area.height, parts, time.monotonic())


class FakeWindowSource(FakeSource):
    """The pictures of one window."""

    def __init__(self, screens: FakeScreens, window: int, moved: Callable[[bool], None]) -> None:
        self._window, self._moved, self._seen = window, moved, True
        self._screens = screens
        super().__init__(screens, self._lies, lambda box: screens.of_window(window, box))

    def set_mask(self, rects: Sequence[Rect]) -> None:
        """Nothing: our own windows are not in the window's pixels."""

    def damaged(self, rect: Rect) -> None:
        """Something was drawn on the root window: nothing here."""

    def window_changed(self, number: int, shown: FakeShown) -> None:
        """Show it anew, if it is this one or belongs to it."""
        if self._window in (number, shown.belongs_to):
            self.refresh()

    def _lies(self) -> Place:
        return Place((Piece(str(self._window), self._screens.shown(self._window).rect),))

    def _draw(self, order: Order) -> Picture | None:
        before, seen = (self._place, self._seen), self._screens.shown(self._window).seen
        picture = super()._draw(order) if seen else None
        self._seen = seen
        if (self._place, seen) != before:
            self._moved(seen)
        return picture

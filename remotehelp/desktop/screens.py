"""Screens of this computer: what a monitor is, what a picture of it is, and how pictures are pulled."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeAlias

from remotehelp.errors import BackendError
from remotehelp.media.area import Pixels, Rect, bounds, without
from remotehelp.media.stamp import MOST_PIXELS

MOST_SIDE = 8192  # device pixels of an area, each way (messages.Side)


@dataclass(frozen=True)
class Monitor:
    """One monitor: its name, stable while it stays plugged in, and its place on the root window."""

    name: str
    rect: Rect
    primary: bool


@dataclass(frozen=True)
class SomeMonitors:
    """A choice of what is shown: the monitors with these names, at least one."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Window:
    """One window of another program, alone: its native id, and its title in one short line, which may be empty."""

    id: int
    title: str


Choice: TypeAlias = SomeMonitors | Window


@dataclass(frozen=True)
class Piece:
    """One thing that is shown: what it is called, and its place on the root window."""

    name: str
    rect: Rect


@dataclass(frozen=True)
class Place:
    """Where the pieces that are shown lie on the root window now; pictures and input count from the area's corner."""

    pieces: tuple[Piece, ...]

    @cached_property
    def area(self) -> Rect:
        """The bounds of all pieces."""
        return bounds(piece.rect for piece in self.pieces)

    @cached_property
    def shown(self) -> tuple[Rect, ...]:
        """What of the area may be seen, on the root window: rectangles that don't overlap."""
        seen: list[Rect] = []
        for piece in self.pieces:
            seen += without(piece.rect, seen)
        return tuple(seen)

    @cached_property
    def gaps(self) -> tuple[Rect, ...]:
        """What lies in the area and on no piece, on the root window: it is never captured and stays black."""
        return tuple(without(self.area, self.shown))

    def on_root(self, x: int, y: int) -> tuple[int, int]:
        """The pixel of the root window under a pixel of the area; in a gap or outside the nearest that is shown."""
        place = self.area.x + x, self.area.y + y
        return min((rect.nearest(*place) for rect in self.shown), key=lambda seen: _apart(seen, place))


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def place_of(names: Sequence[str], monitors: Iterable[Monitor]) -> Place:
    """Where the monitors with these names are.

    Raises BackendError("monitor_gone") if one is not there, ("screens_too_large") if they are too much for one picture.
    """
    there = {monitor.name: monitor.rect for monitor in monitors}
    for name in names:
        if name not in there:
            raise BackendError("monitor_gone", monitor=name)
    return check_size(Place(tuple(Piece(name, there[name]) for name in names)))


def check_size(place: Place) -> Place:
    """The same; raises BackendError("screens_too_large") if it is too much for one picture."""
    area = place.area
    if max(area.width, area.height) > MOST_SIDE or area.width * area.height > MOST_PIXELS:
        raise BackendError("screens_too_large")
    return place


@dataclass(frozen=True)
class Part:
    """The pixels of one rectangle, counted from the area's top left corner; not to be written to."""

    rect: Rect
    pixels: Pixels


@dataclass(frozen=True)
class Picture:
    """What changed in an area of ``width`` x ``height`` pixels since the picture before.

    The pixels of the parts lie in a buffer that is used again: valid until the next call of ``next()``.
    ``captured_at`` is ``time.monotonic()`` in seconds.
    """

    width: int
    height: int
    parts: tuple[Part, ...]
    captured_at: float


class ScreenSource(Protocol):
    """The pictures of what was chosen, pulled by one thread; the other methods may be called from any thread.

    The first ``next()`` gives the whole area in parts that don't overlap. Where something that is shown was resized or
    moved, the next picture is whole and has the new size.
    """

    @property
    def place(self) -> Place:
        """Where what is shown lies now, as the last picture showed it."""

    def next(self, timeout: float) -> Picture | None:
        """What changed, as soon as something did; None after ``timeout`` seconds or once closed.

        Raises BackendError("display_lost"), ("monitor_gone"), ("screens_too_large"), ("screen_not_readable").
        """

    def refresh(self) -> None:
        """Make the next ``next()`` give the whole area."""

    def set_mask(self, rects: Sequence[Rect]) -> None:
        """Paint these rectangles of the root window over before a picture leaves: our own windows.

        What changes inside the mask alone wakes nobody; a change of the mask does.
        """

    def hold(self) -> None:
        """Let no picture leave that is captured after this returns, until ``release()``; calls nest."""

    def release(self) -> None:
        """Undo one ``hold()``; what changed meanwhile comes with the next picture."""

    def close(self) -> None:
        """Give everything back; a waiting ``next()`` returns None at once, later ones too."""


class MonitorWatch(Protocol):
    """Somebody who looks out for changes of monitors."""

    def close(self) -> None:
        """Tell nothing any more."""


class KeptWindow(Protocol):
    """One window since it was chosen: another one that gets its native id later is not it."""

    def check(self) -> None:
        """Raise BackendError("window_closed") if it was destroyed since, ("display_lost") if nobody knows."""

    def close(self) -> None:
        """Forget it."""


class Screens(Protocol):
    """The monitors of this computer."""

    def monitors(self) -> tuple[Monitor, ...]:
        """All monitors, at least one, the primary first; raises BackendError."""

    def watch(self, changed: Callable[[tuple[Monitor, ...]], None]) -> MonitorWatch:
        """Call ``changed`` with all monitors after each change of them, from a thread of its own; raises BackendError.

        Once the display is lost nothing comes any more: a source tells that.
        """

    def open(self, monitors: Sequence[str]) -> ScreenSource:
        """The pictures of the monitors with these names, in one area.

        Raises BackendError("monitor_gone") and ("screens_too_large").
        """

    def windows(self, own: Collection[int]) -> tuple[Window, ...]:
        """The windows of other programs that can be shown alone now, the topmost first; ``own``: native ids of ours.

        Raises BackendError("no_single_window") where this computer can't show one.
        """

    def keep_window(self, window: int) -> KeptWindow:
        """Listen from now on whether the window with this native id is destroyed; raises as ``check()`` does."""

    def open_window(self, window: int, moved: Callable[[bool], None]) -> ScreenSource:
        """The pictures of the window with this native id, with its program's menus and dialogs that lie over it.

        No pixel of anything else is in them, whatever covers it; ``set_mask`` does nothing. While it can't be seen
        (minimised) nothing new comes, and nothing at all before it could be seen once. ``moved(on_screen)`` is called
        on the thread that pulls, when ``place`` is another one, and when the window has left the screen or come back.
        Raises BackendError("window_closed"), as ``next()`` does when it is gone, ("no_single_window") and
        ("screens_too_large").
        """

    def self_test(self) -> str | None:
        """None, or the key of the sentence that says why screens can't be captured here."""

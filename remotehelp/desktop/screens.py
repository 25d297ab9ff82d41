"""Screens of this computer: what a monitor is, what a picture of it is, and how pictures are pulled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # shape (height, width, 4), bytes blue, green, red, unused


@dataclass(frozen=True)
class Rect:
    """A rectangle in device pixels; on the root window unless said otherwise."""

    x: int
    y: int
    width: int
    height: int

    def overlap(self, other: Rect) -> Rect | None:
        """What lies in both, or None."""
        left, top = max(self.x, other.x), max(self.y, other.y)
        right = min(self.x + self.width, other.x + other.width)
        bottom = min(self.y + self.height, other.y + other.height)
        return Rect(left, top, right - left, bottom - top) if right > left and bottom > top else None

    def covers(self, other: Rect) -> bool:
        """Whether all of ``other`` lies in this one."""
        return self.overlap(other) == other

    def seen_from(self, origin: Rect) -> Rect:
        """The same rectangle, counted from the top left corner of ``origin``."""
        return Rect(self.x - origin.x, self.y - origin.y, self.width, self.height)

    def of(self, pixels: Pixels) -> Pixels:
        """The part of ``pixels`` under this rectangle, as a view."""
        return pixels[self.y : self.y + self.height, self.x : self.x + self.width]


def bounds(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle that covers all of ``rects`` (at least one)."""
    corners = [(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height) for rect in rects]
    left, top = min(corner[0] for corner in corners), min(corner[1] for corner in corners)
    right, bottom = max(corner[2] for corner in corners), max(corner[3] for corner in corners)
    return Rect(left, top, right - left, bottom - top)


@dataclass(frozen=True)
class Monitor:
    """One monitor: its name, stable while it stays plugged in, and its place on the root window."""

    name: str
    rect: Rect
    primary: bool


@dataclass(frozen=True)
class Picture:
    """A monitor's whole picture with what changed since the one before.

    ``pixels`` is a buffer that is used again: valid until the next call of ``next()``. ``damage`` counts from the
    monitor's top left corner; ``captured_at`` is ``time.monotonic()`` in seconds.
    """

    width: int
    height: int
    pixels: Pixels
    damage: tuple[Rect, ...]
    captured_at: float


class ScreenSource(Protocol):
    """The pictures of one monitor, pulled by one thread; the other methods may be called from any thread.

    The first ``next()`` gives the whole picture. Where the monitor was resized, the next picture is whole and has the
    new size.
    """

    def next(self, timeout: float) -> Picture | None:
        """The newest picture, as soon as something changed; None after ``timeout`` seconds or once closed.

        Raises BackendError("display_lost"), ("monitor_gone"), ("screen_not_readable").
        """

    def refresh(self) -> None:
        """Make the next ``next()`` give the whole picture."""

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


class Screens(Protocol):
    """The monitors of this computer."""

    def monitors(self) -> tuple[Monitor, ...]:
        """All monitors, at least one, the primary first; raises BackendError."""

    def open(self, monitor: str) -> ScreenSource:
        """The pictures of the monitor with this name; raises BackendError("monitor_gone")."""

    def self_test(self) -> str | None:
        """None, or the key of the sentence that says why screens can't be captured here."""

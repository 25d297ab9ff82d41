"""Where the customer's screen lies on ours, to the device pixel: pure arithmetic, shared by painting and pointing.

Lengths are device pixels of the top-level window unless a name says *logical*; the ratio is Qt's devicePixelRatio.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from remotehelp.media.area import Rect

# a pointer at device pixel n arrives as n / ratio in binary floating point; this much of a pixel undoes the rounding
NUDGE = 0.01


class Mode(Enum):
    """One of her pixels on one of ours, or the whole screen at once."""

    ONE_TO_ONE = "1:1"
    FITTED = "fitted"


@dataclass(frozen=True)
class Area:
    """The whole device pixels that a widget owns alone."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Placement:
    """The rectangle on which a picture of ``picture`` (width, height) is painted."""

    picture: tuple[int, int]
    left: int
    top: int
    width: int
    height: int

    def at(self, x: int, y: int) -> tuple[int, int]:
        """The picture's pixel painted at a device pixel; beside the picture the nearest one."""
        return (
            _source(x - self.left, self.width, self.picture[0]),
            _source(y - self.top, self.height, self.picture[1]),
        )

    def holds(self, x: int, y: int) -> bool:
        """Whether the picture is painted at a device pixel."""
        return 0 <= x - self.left < self.width and 0 <= y - self.top < self.height

    def shows(self, x: int, y: int) -> tuple[int, int]:
        """The device pixel in the middle of a picture's pixel."""
        return (
            self.left + _source(x, self.picture[0], self.width),
            self.top + _source(y, self.picture[1], self.height),
        )

    def room(self, rect: Rect) -> tuple[float, float, float, float]:
        """Left, top, width and height of what a rectangle of the picture takes up, parts of device pixels included."""
        across, down = self.width / self.picture[0], self.height / self.picture[1]
        left, top = self.left + rect.x * across, self.top + rect.y * down
        return left, top, rect.width * across, rect.height * down


def _source(place: int, length: int, source_length: int) -> int:
    """Which of ``source_length`` pixels stretched over ``length`` lies under the middle of pixel ``place``."""
    return min(max((2 * place + 1) * source_length // (2 * length), 0), source_length - 1)


def device_pixel(logical: float, ratio: float) -> int:
    """The device pixel under a logical coordinate of the window."""
    return math.floor(logical * ratio + NUDGE)


def area(origin: tuple[int, int], size: tuple[int, int], ratio: float) -> Area:
    """The device pixels of a widget at the logical ``origin`` of its window; at least one."""
    left, width = _span(origin[0], size[0], ratio)
    top, height = _span(origin[1], size[1], ratio)
    return Area(left, top, width, height)


def _span(start: int, length: int, ratio: float) -> tuple[int, int]:
    first = math.ceil(start * ratio - NUDGE)
    return first, max(math.floor((start + length) * ratio + NUDGE) - first, 1)


def place(picture: tuple[int, int], on: Area, mode: Mode, scroll: tuple[int, int] = (0, 0)) -> Placement:
    """Lay ``picture`` out on ``on``: centred where it is smaller, else moved by ``scroll`` (1:1 only)."""
    width, height = picture if mode is Mode.ONE_TO_ONE else _fitted(picture, on)
    return Placement(
        picture,
        on.left + _offset(on.width, width, scroll[0]),
        on.top + _offset(on.height, height, scroll[1]),
        width,
        height,
    )


def _fitted(picture: tuple[int, int], on: Area) -> tuple[int, int]:
    """The largest size of the same shape that ``on`` holds; whole numbers, so that no rounding creeps in."""
    if on.width * picture[1] <= on.height * picture[0]:
        return on.width, max(on.width * picture[1] // picture[0], 1)
    return max(on.height * picture[0] // picture[1], 1), on.height


def _offset(room: int, length: int, scroll: int) -> int:
    return (room - length) // 2 if length <= room else -min(max(scroll, 0), length - room)


def travel(picture: tuple[int, int], on: Area) -> tuple[int, int]:
    """How far the picture can be scrolled at 1:1, to the right and down; 0 where it fits."""
    return max(picture[0] - on.width, 0), max(picture[1] - on.height, 0)

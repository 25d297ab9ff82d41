"""Rectangles of pixels: overlaps, bounds, and what is left of one where others lie over it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # shape (height, width, 4), bytes blue, green, red, unused


@dataclass(frozen=True)
class Rect:
    """A rectangle in device pixels."""

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

    def nearest(self, x: int, y: int) -> tuple[int, int]:
        """The pixel of this rectangle that lies closest to ``x, y``."""
        return min(max(x, self.x), self.x + self.width - 1), min(max(y, self.y), self.y + self.height - 1)

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


def without(rect: Rect, others: Iterable[Rect]) -> list[Rect]:
    """The parts of ``rect`` that lie in none of ``others``: rectangles that don't overlap, empty if nothing is left."""
    left = [rect]
    for other in others:
        left = [part for piece in left for part in _beside(piece, other)]
    return left


def _beside(rect: Rect, other: Rect) -> list[Rect]:
    """Above, below, left and right of ``other``, as far as it lies in ``rect``."""
    hole = rect.overlap(other)
    if hole is None:
        return [rect]
    right, bottom = rect.x + rect.width, rect.y + rect.height
    hole_right, hole_bottom = hole.x + hole.width, hole.y + hole.height
    parts = (
        Rect(rect.x, rect.y, rect.width, hole.y - rect.y),
        Rect(rect.x, hole_bottom, rect.width, bottom - hole_bottom),
        Rect(rect.x, hole.y, hole.x - rect.x, hole.height),
        Rect(hole_right, hole.y, right - hole_right, hole.height),
    )
    return [part for part in parts if part.width and part.height]

"""What stands between a screen and its pictures: the mask, the hold, and what has to be shown anew.

Every backend asks it before a picture leaves, so that they can't differ in what they hide.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from remotehelp.desktop.screens import Part, Place
from remotehelp.media.area import Pixels, Rect, bounds

GREY = (112, 112, 112, 255)  # what the technician sees in place of our own windows
MOST_BOXES = 4  # more separate boxes than this are not grabbed
WASTE = 1.2  # two boxes become one where that takes at most so many times their pixels


@dataclass(frozen=True)
class Order:
    """What the next picture must hold besides the damage: everything, or where the mask has changed."""

    mask: tuple[Rect, ...] = ()
    whole: bool = False
    exposed: frozenset[Rect] = frozenset()

    def boxes(self, damage: Iterable[Rect], place: Place) -> tuple[Rect, ...]:
        """The boxes of the root window that have to be captured now; empty if nothing can be seen to have changed.

        Each lies on what is shown: boxes are joined there alone, never over a gap.
        """
        if self.whole:
            return place.shown
        changed = (*damage, *self.exposed)
        return tuple(box for shown in place.shown for box in merged(filter(None, map(shown.overlap, changed))))

    def parts(self, boxes: Sequence[Rect], pixels: Sequence[Pixels], place: Place) -> tuple[Part, ...]:
        """The parts of a picture of ``place``: ``pixels`` under ``boxes``, with the mask painted in.

        A whole picture says that the gaps are black: what was shown there before is gone.
        """
        found = [(box, self._covered(seen, box)) for box, seen in zip(boxes, pixels, strict=True)]
        if self.whole:
            found += [(gap, np.zeros((gap.height, gap.width, 4), np.uint8)) for gap in place.gaps]
        return tuple(Part(box.seen_from(place.area), seen) for box, seen in found)

    def _covered(self, pixels: Pixels, box: Rect) -> Pixels:
        hidden = [part.seen_from(box) for rect in self.mask if (part := rect.overlap(box))]
        if hidden:
            pixels = pixels.copy()
        for rect in hidden:
            rect.of(pixels)[:] = GREY
        return pixels


def merged(boxes: Iterable[Rect]) -> tuple[Rect, ...]:
    """The same in few boxes: those that lie close together become one, and the closest ones where they are many."""
    left: list[Rect] = []
    for box in boxes:
        left = _with(left, box)
    while len(left) > MOST_BOXES:
        one, other = min(combinations(left, 2), key=lambda pair: _cost(*pair))
        left = _with([box for box in left if box not in (one, other)], bounds([one, other]))
    return tuple(left)


def _with(boxes: list[Rect], box: Rect) -> list[Rect]:
    """``boxes`` and ``box``, joined to the one where it costs least, if that costs little."""
    best = min(boxes, key=lambda other: _cost(box, other), default=None)
    if best is None or _cost(box, best) > WASTE:
        return [*boxes, box]
    return _with([other for other in boxes if other is not best], bounds([box, best]))


def _cost(one: Rect, other: Rect) -> float:
    """How many times as large as both together the rectangle around them is."""
    both = bounds([one, other])
    return both.width * both.height / (one.width * one.height + other.width * other.height)


class Curtain:
    """The orders of all threads to one screen source.

    ``wake`` is called, under the lock and never after ``close()``, when the capture thread should look.
    """

    def __init__(self, wake: Callable[[], object]) -> None:
        self._wake = wake
        self._lock = threading.Lock()
        self._order = Order(whole=True)
        self._holds = 0
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether the source was closed."""
        return self._closed

    def refresh(self) -> None:
        """The next picture is whole."""
        with self._changing():
            self._order = Order(self._order.mask, whole=True)

    def set_mask(self, rects: Sequence[Rect]) -> None:
        """The mask from now on; where it changed, the next picture shows so."""
        mask = tuple(rects)
        with self._changing():
            exposed = self._order.exposed | (set(mask) ^ set(self._order.mask))
            if len(exposed) > MOST_BOXES:
                exposed = frozenset([bounds(exposed)])
            self._order = Order(mask, self._order.whole, exposed)

    def hold(self) -> None:
        """Nothing is captured from now on; waits for a capture under way."""
        with self._changing():
            self._holds += 1

    def release(self) -> None:
        """Undo one ``hold()``; without one nothing happens."""
        with self._changing():
            self._holds = max(0, self._holds - 1)

    def close(self) -> None:
        """Nothing is captured any more."""
        with self._changing():
            self._closed = True

    @contextmanager
    def drawing(self) -> Iterator[Order | None]:
        """The order for one picture, during which nobody can change it; None while held or closed."""
        with self._lock:
            yield None if self._holds or self._closed else self._order

    def drawn(self) -> None:
        """The picture of this order is complete; to be called inside ``drawing()``."""
        self._order = Order(self._order.mask)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with self._lock:
            was_open = not self._closed
            yield
            if was_open:
                self._wake()

"""The technician's picture of the customer's screen: moves and tiles and video come together here, the window reads.

Three threads meet under one lock: the engine's applies exact messages, a decoder's paints video, Qt's reads. Inside it
pixels are only copied; checking and unpacking come before.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.area import Pixels, Rect, bounds
from remotehelp.media.stamp import MOST_PIXELS
from remotehelp.media.tiles import Colours, colour, unpack
from remotehelp.messages import Copy, Exact, Tile

MOST_SIDE = 8192  # pixels of a picture
MOST_ROUNDS = 2  # the copies, and the tiles, of one message may together cover the picture so many times
MOST_DIRTY = 16  # rectangles that are told apart for the window
MOST_NEWER = 256  # rectangles that are told apart when video is painted around them
LOWEST_STRIP = 4  # rows

Painted = tuple[Rect, Colours]


class Reading(NamedTuple):
    """The picture as it is now: ``height`` rows of ``stride`` bytes, four a pixel in the order B G R X."""

    pixels: memoryview
    width: int
    height: int
    stride: int


class Canvas:
    """One picture, 0 x 0 until its first area begins; every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shown = _Area(-1, 0, 0)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self._shown.size

    def begin(self, area: int, width: int, height: int) -> bool:
        """Show a black picture of this size if ``area`` is newer than the one shown; False if it is older.

        Raises:
            RemoteProtocolError: too large, or this area has another size.
        """
        if not _holds(width, height, ()):
            raise RemoteProtocolError("picture_refused")
        return self._area(area, width, height) is not None

    def apply(self, message: Exact) -> bool:
        """Bring an exact message into the picture: a newer area begins, False if it is of an older one.

        Messages come in an order that ``after`` allows. Tiles are unpacked before anything is changed.

        Raises:
            RemoteProtocolError: a size or a place is wrong or a tile does not unpack; nothing of it is applied.
        """
        if message.area < self._shown.number:
            return False
        _check(message)
        tiles = [(_of(tile), unpack(tile.data, tile.width, tile.height)) for tile in message.tiles]
        area = self._area(message.area, message.width, message.height)
        if area is None:
            return False
        with self._lock:
            area.apply(message.seq, message.copies, tiles)
        return True

    def paint(self, pixels: Pixels, area: int, place: Rect, number: int) -> bool:
        """Paint a picture of the video onto ``place``, but not over what exact messages after ``number`` brought.

        ``pixels`` have 255 as their fourth byte. False, and nothing is painted, if ``area`` is not the one shown or a
        later picture of the video is there. That everything is there which the picture has to wait for is the inbox's
        to say.

        Raises:
            RemoteProtocolError: ``pixels`` have not the size of ``place``, or it lies outside.
        """
        shown = self._shown
        if shown.number != area:
            return False
        if pixels.shape != (place.height, place.width, 4) or not shown.whole.covers(place):
            raise RemoteProtocolError("picture_refused")
        with self._lock:
            return shown.paint(pixels, place, number)

    def take_dirty(self) -> list[Rect]:
        """What has changed since the last call, at most ``MOST_DIRTY`` rectangles."""
        with self._lock:
            shown = self._shown
            dirty, shown.dirty = shown.dirty, []
        return dirty

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """The picture, which nobody changes before the ``with`` ends; use it for painting alone."""
        with self._lock:
            shown = self._shown
            yield Reading(shown.pixels.reshape(-1).data.toreadonly(), *shown.size, 4 * shown.size[0])

    def _area(self, number: int, width: int, height: int) -> _Area | None:
        """The area with this number, which is shown from now on; None if a newer one is. The size was checked.

        Who still writes into one that is not shown any more does no harm.
        """
        if number > self._shown.number:
            fresh = _Area(number, width, height)
            with self._lock:
                if number > self._shown.number:
                    self._shown = fresh
        shown = self._shown
        if shown.number != number:
            return None
        if shown.size != (width, height):
            raise RemoteProtocolError("picture_refused")
        return shown


class _Area:
    """The pixels of one area, and what is remembered about them."""

    def __init__(self, number: int, width: int, height: int) -> None:
        self.number, self.size = number, (width, height)
        self.whole = Rect(0, 0, width, height)
        self.pixels: Pixels = np.zeros((height, width, 4), np.uint8)
        self.pixels[..., 3] = 255  # Qt's Format_RGB32 is defined with 255 there
        self.dirty = [self.whole] if self.pixels.size else []
        self._filmed = 0  # the number of the newest picture of the video
        self._newer: list[tuple[int, Rect]] = []  # where exact messages after that one have been

    def apply(self, seq: int, copies: Iterable[Copy], tiles: Iterable[Painted]) -> None:
        changed = []
        for copy in copies:
            _copy(self.pixels, copy)
            changed.append(_target(copy))
        for place, colours in tiles:
            colour(place.of(self.pixels), colours)
            changed.append(place)
        self._mark(changed)
        self._remember(seq, changed)

    def paint(self, pixels: Pixels, place: Rect, number: int) -> bool:
        if number < self._filmed:
            return False
        self._filmed = number
        self._newer = [(seq, rect) for seq, rect in self._newer if seq > number]
        exact = [overlap for _, rect in self._newer if (overlap := rect.overlap(place))]
        if exact:
            _paint_around([rect.seen_from(place) for rect in exact], place.of(self.pixels), pixels)
        else:
            place.of(self.pixels)[:] = pixels
        self._mark([place])
        return True

    def _mark(self, changed: Sequence[Rect]) -> None:
        self.dirty += [rect for rect in changed if rect not in self.dirty]
        if len(self.dirty) > MOST_DIRTY:
            self.dirty = [bounds(self.dirty)]

    def _remember(self, seq: int, changed: Sequence[Rect]) -> None:
        """Too many: the oldest half becomes one; what video leaves out there is refined when it rests."""
        self._newer += [(seq, rect) for rect in changed]
        if len(self._newer) > MOST_NEWER:
            oldest, self._newer = self._newer[: MOST_NEWER // 2], self._newer[MOST_NEWER // 2 :]
            self._newer.insert(0, (max(seq for seq, _ in oldest), bounds(rect for _, rect in oldest)))


def _paint_around(kept: Iterable[Rect], target: Pixels, pixels: Pixels) -> None:
    """``pixels`` onto ``target`` of the same size, but not onto the rectangles ``kept``."""
    free = np.ones(pixels.shape[:2], np.bool_)
    for rect in kept:
        free[rect.y : rect.y + rect.height, rect.x : rect.x + rect.width] = False
    np.copyto(_words(target), _words(pixels), where=free)


def _words(pixels: Pixels) -> NDArray[np.uint32]:
    """One number a pixel: numpy copies it four times as fast as four under a mask."""
    words: NDArray[Any] = pixels.view(np.uint32)[..., 0]
    return words


def _copy(pixels: Pixels, copy: Copy) -> None:
    """Like C's memmove: what is read is what stood there before.

    Where both rectangles overlap, numpy copies through a buffer of the whole; strips as high as the way that the
    rectangle moves up or down don't overlap and take a third of the time, unless they are too many.
    """
    down = copy.to_y - copy.y
    source, target = _source(copy), _target(copy)
    if abs(down) < LOWEST_STRIP or source.overlap(target) is None:
        target.of(pixels)[:] = source.of(pixels)
        return
    tops = range(0, copy.height, abs(down))
    for top in reversed(tops) if down > 0 else tops:
        rows = min(abs(down), copy.height - top)
        strip = Rect(copy.to_x, copy.to_y + top, copy.width, rows)
        strip.of(pixels)[:] = Rect(copy.x, copy.y + top, copy.width, rows).of(pixels)


def _of(tile: Tile) -> Rect:
    return Rect(tile.x, tile.y, tile.width, tile.height)


def _source(copy: Copy) -> Rect:
    return Rect(copy.x, copy.y, copy.width, copy.height)


def _target(copy: Copy) -> Rect:
    return Rect(copy.to_x, copy.to_y, copy.width, copy.height)


def _check(message: Exact) -> None:
    """Sizes and places, before a byte is unpacked: nothing outside, and no more work than a real change makes."""
    tiles = [_of(tile) for tile in message.tiles]
    targets = [_target(copy) for copy in message.copies]
    room = MOST_ROUNDS * message.width * message.height
    if (
        not _holds(message.width, message.height, [*tiles, *targets, *map(_source, message.copies)])
        or _pixels(tiles) > room
        or _pixels(targets) > room
    ):
        raise RemoteProtocolError("picture_refused")


def _holds(width: int, height: int, rects: Iterable[Rect]) -> bool:
    """Whether a picture may have this size, and all of ``rects`` lie in it."""
    whole = Rect(0, 0, width, height)
    fits = 1 <= width <= MOST_SIDE and 1 <= height <= MOST_SIDE and width * height <= MOST_PIXELS
    return fits and all(whole.covers(rect) for rect in rects)


def _pixels(rects: Iterable[Rect]) -> int:
    return sum(rect.width * rect.height for rect in rects)

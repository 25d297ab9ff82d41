"""What only moved between two pictures: scrolled pages, dragged windows.

Marks (sums over a few pixels in a row) are taken along some rows of the old picture, at every column, and along some
columns of the new one, at every row. Wherever a thing moved to, its old rows cross its new columns, so that some of its
marks meet; an offset on which meetings agree is a candidate. Flat things meet at random and agree on nothing.
Candidates are weighed by a sample and then proven pixel by pixel: a move is never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from remotehelp.media.area import Pixels, Rect, without
from remotehelp.media.changes import Grid, Words, changed, equal_rows, placed, same_cells, words

Offset = tuple[int, int]  # pixels to the right, pixels down

_LEAST = 64 * 64  # pixels; less is sent as it is
_NARROWEST = 16  # pixels
_MOST = 4

_TAPS = (0, 1, 3, 7, 12, 18, 25, 31)  # the pixels of a mark, counted from its first
_WEIGHTS = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1, 0xAB1C5ED5, 0x7FEB352D, 0x846CA68B)
_SPAN = _TAPS[-1] + 1
_TABLE_BITS = 17
_ROWS, _COLUMNS = 32, 12  # along which marks are taken
_AGREE = 3  # meetings that make an offset a candidate
_CANDIDATES = 4

_SAMPLED = 32  # rows that candidates are weighed by
_RUN = 32  # pixels of such a row that are right or wrong together
_CELL, _LARGE_CELL, _LARGE = 32, 64, 2048  # pixels a side of what is proven together, and from which side on the larger


@dataclass(frozen=True)
class Move:
    """What stood at ``source`` before stands with its top left corner at ``to`` now."""

    source: Rect
    to: tuple[int, int]

    @property
    def target(self) -> Rect:
        """Where it stands now."""
        return Rect(*self.to, self.source.width, self.source.height)

    @property
    def offset(self) -> Offset:
        """How far it moved: the hint for the next pair of pictures."""
        return self.to[0] - self.source.x, self.to[1] - self.source.y


def find_moves(before: Pixels, now: Pixels, hint: Offset | None = None) -> list[Move]:
    """At most 4 copies within ``before`` that bring large parts of it to what ``now`` shows.

    Done one after the other, each reading what the earlier ones left, they are exact: every pixel of a target then
    equals ``now``. Targets lie apart, have 4096 pixels or more, and each of their edges held something else before.
    Both pictures have one shape and are compared as changes.py says. ``hint`` is an offset to be tried first.
    """
    box = changed(before, now)
    if box is None or not _is_worth(box):
        return []
    sample = _Sample(words(before), words(now), box)
    offsets = _promising(sample, words(box.of(before)), words(box.of(now)), hint)
    found: list[Move] = []
    for offset in offsets:
        found += islice(_moved_by(offset, before, now, box, [move.target for move in found]), _MOST - len(found))
        if len(found) == _MOST:
            break
    return _in_order(found)


def _area(rect: Rect) -> int:
    return rect.width * rect.height


def _is_worth(rect: Rect) -> bool:
    return _area(rect) >= _LEAST and min(rect.width, rect.height) >= _NARROWEST


def _promising(sample: _Sample, old: Words, new: Words, hint: Offset | None) -> Iterator[Offset]:
    """The hint if it explains most of the sample, then what marks agree on if much is left."""
    if hint is not None and sample.gain(hint) * 2 > sample.open():
        sample.settle(hint)
        yield hint
    if sample.is_worth_a_search():
        yield from sample.best_first(_agreed(*_meetings(old, new)))


class _Sample:
    """Runs of pixels that differ, on some rows; an offset explains a run if all of its pixels come from there."""

    def __init__(self, old: Words, new: Words, box: Rect) -> None:
        self._old, self._box = old, box
        self._rows = box.y + _spread(box.height, _SAMPLED)
        self._columns = box.x + np.arange(box.width // _RUN) * _RUN
        columns = slice(box.x, box.x + len(self._columns) * _RUN)
        self._new = new[self._rows, columns]
        self._open = self._by_runs(old[self._rows, columns] != self._new).any(axis=2)
        self._all = self.open()
        self._least = max(2, _LEAST * len(self._rows) // (_RUN * box.height))

    def _by_runs(self, answers: Grid) -> Grid:
        return answers.reshape(len(self._rows), len(self._columns), _RUN)

    def open(self) -> int:
        """How many runs differ and are not settled."""
        return int(self._open.sum())

    def is_worth_a_search(self) -> bool:
        """Whether much is open."""
        return self.open() >= max(self._least, self._all // 8)

    def gain(self, offset: Offset) -> int:
        """How many open runs that offset explains."""
        return int((self._open & self._explained(offset)).sum())

    def settle(self, offset: Offset) -> None:
        """Closes the runs that it explains, and those that it would bring from where nothing changed: they are new."""
        box, (right, down) = self._box, offset
        rows, columns = self._rows - down, self._columns - right
        news = (rows < box.y) | (rows >= box.y + box.height)
        beside = (columns < box.x) | (columns + _RUN > box.x + box.width)
        self._open &= ~(self._explained(offset) | news[:, None] | beside)

    def best_first(self, offsets: list[Offset]) -> Iterator[Offset]:
        """Each time the one that explains most of what is open, as long as that is worth a move."""
        while offsets and self.is_worth_a_search():
            gain, best = max((self.gain(offset), offset) for offset in offsets)
            if gain < self._least:
                return
            self.settle(best)
            offsets.remove(best)
            yield best

    def _explained(self, offset: Offset) -> Grid:
        height, width = self._old.shape
        left, sampled = self._box.x - offset[0], self._new.shape[1]
        start, end = min(max(0, -left), sampled), max(0, min(sampled, width - left))
        rows = self._rows - offset[1]
        real = (rows >= 0) & (rows < height)
        same = np.zeros(self._new.shape, np.bool_)
        if start < end:
            same[real, start:end] = self._old[rows[real], left + start : left + end] == self._new[real, start:end]
        explained: Grid = np.logical_and.reduce(self._by_runs(same), axis=2)
        return explained


def _spread(length: int, most: int) -> NDArray[np.intp]:
    """At most ``most`` numbers below ``length`` at uneven distances: no line spacing keeps in step with them."""
    count = min(length, most)
    step = length // count
    numbers = np.arange(count)
    return numbers * length // count + numbers * 7 % step


def _meetings(old: Words, new: Words) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """How far right and down each mark of the new picture stands from an equal one of the old."""
    height, width = old.shape
    none = np.zeros(0, np.intp)
    if width < _SPAN:
        return none, none
    rows, places = _spread(height, _ROWS), width - _SPAN + 1
    pitch = max(_SPAN, width // _COLUMNS)
    columns = width // pitch
    upright = new[:, : columns * pitch].reshape(height, columns, pitch)
    before, after = _marks(old[rows], places).ravel(), _marks(upright, 1).ravel()
    table = np.zeros(1 << _TABLE_BITS, np.int32)
    table[before >> (32 - _TABLE_BITS)] = np.arange(before.size, dtype=np.int32)
    found = table[after >> (32 - _TABLE_BITS)]
    met = np.flatnonzero(before[found] == after)
    from_row, from_column = np.divmod(found[met], places)
    to_row, to_column = np.divmod(met, columns)
    return to_column * pitch - from_column, to_row - rows[from_row]


def _marks(pixels: Words, count: int) -> Words:
    """A mark for each of the first ``count`` places of the last axis."""
    marks = np.zeros((*pixels.shape[:-1], count), np.uint32)
    for tap, weight in zip(_TAPS, _WEIGHTS, strict=True):
        marks += pixels[..., tap : tap + count] * np.uint32(weight)
    return marks


def _agreed(right: NDArray[np.intp], down: NDArray[np.intp]) -> list[Offset]:
    """The offsets that occur most often."""
    offsets, votes = np.unique((down << 32) + right, return_counts=True)
    most = np.argsort(-votes, kind="stable")[: _CANDIDATES + 1]
    likely = (
        int(offset) for offset, count in zip(offsets[most], votes[most], strict=True) if count >= _AGREE and offset
    )
    return [(((offset + (1 << 31)) & 0xFFFFFFFF) - (1 << 31), (offset + (1 << 31)) >> 32) for offset in likely]


def _moved_by(offset: Offset, before: Pixels, now: Pixels, box: Rect, taken: list[Rect]) -> Iterator[Move]:
    """The largest rectangles of ``box`` beside ``taken`` that moved by ``offset``, until one isn't worth it."""
    zero = Rect(*offset, 0, 0)
    region = box.overlap(Rect(*offset, now.shape[1], now.shape[0]))
    if region is None:
        return
    old, new = words(region.seen_from(zero).of(before)), words(region.of(now))
    cell = _LARGE_CELL if max(region.width, region.height) > _LARGE else _CELL
    free = same_cells(old, new, cell, cell)
    for other in taken:
        _take(free, other.seen_from(region), cell)
    for _attempt in range(_MOST):
        cells = _largest(free)
        if cells is None:
            return
        _take(free, Rect(cells.x * cell, cells.y * cell, cells.width * cell, cells.height * cell), cell)
        proven = placed(_grown(old, new, cells, cell), region)
        if not _is_worth(proven):
            return
        target = _gained(before, now, proven, taken)
        if target is not None:
            taken = [*taken, target]
            yield Move(target.seen_from(zero), (target.x, target.y))


def _take(free: Grid, taken: Rect, cell: int) -> None:
    """No cell that ``taken``, in pixels, reaches into is free any longer."""
    rows = slice(max(0, taken.y // cell), max(0, -(-(taken.y + taken.height) // cell)))
    columns = slice(max(0, taken.x // cell), max(0, -(-(taken.x + taken.width) // cell)))
    free[rows, columns] = False


def _largest(free: Grid) -> Rect | None:
    """The largest rectangle of free cells, in cells; None if none is free."""
    rows, columns = free.shape
    heights = np.zeros((rows, columns), np.int16)  # free cells from here upwards
    heights[0] = free[0]
    for row in range(1, rows):
        heights[row] = (heights[row - 1] + 1) * free[row]
    best, lowest = Rect(0, 0, 0, 0), heights
    for width in range(1, columns + 1):  # the lowest height of so many columns side by side
        if width > 1:
            lowest = np.minimum(lowest[:, :-1], heights[:, width - 1 :])
        highest = int(lowest.max())
        if highest * columns <= _area(best):
            break
        if highest * width > _area(best):
            row, column = divmod(int(lowest.argmax()), lowest.shape[1])
            best = Rect(column, row + 1 - highest, width, highest)
    return best if best.width else None


def _grown(old: Words, new: Words, cells: Rect, cell: int) -> Rect:
    """Those cells in pixels, each side moved outwards as far as all is equal, by less than a cell."""
    height, width = old.shape
    x, y = cells.x * cell, cells.y * cell
    right, bottom = min(x + cells.width * cell, width), min(y + cells.height * cell, height)
    y, bottom = _stretched(old[:, x:right], new[:, x:right], y, bottom, cell)
    x, right = _stretched(old[y:bottom].T, new[y:bottom].T, x, right, cell)
    return Rect(x, y, right - x, bottom - y)


def _stretched(old: Words, new: Words, first: int, end: int, reach: int) -> tuple[int, int]:
    """The rows from ``first`` to ``end`` and the equal ones before and after, at most ``reach`` each."""
    above, below = slice(max(0, first - reach), first), slice(end, end + reach)
    return first - equal_rows(old[above][::-1], new[above][::-1]), end + equal_rows(old[below], new[below])


def _gained(before: Pixels, now: Pixels, proven: Rect, taken: list[Rect]) -> Rect | None:
    """The largest part beside ``taken``, without edges that held the same before; None if that isn't worth a move."""
    largest = max(without(proven, taken), key=_area, default=None)
    box = largest and changed(largest.of(before), largest.of(now))
    if largest is None or box is None or not _is_worth(box):
        return None
    return placed(box, largest)


def _in_order(moves: list[Move]) -> list[Move]:
    """None before one that still reads from its target; where they go round in a circle the smallest is left out."""
    ordered: list[Move] = []
    while moves:
        free = [
            move for move in moves if not any(move.target.overlap(other.source) for other in moves if other is not move)
        ]
        if free:
            ordered.append(free[0])
        gone = free[0] if free else min(moves, key=lambda move: _area(move.target))
        moves = [move for move in moves if move is not gone]
    return ordered

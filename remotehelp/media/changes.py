"""What differs between two pictures of one size: its bounds, and the few boxes that hold all of it.

Pixels are compared as whole 32-bit words. The unused byte X thus counts, which does no harm where both pictures come
from one X server: it fills X with one constant (0 or 255), and what is copied from its pictures keeps that. From mixed
sources an equal pixel can look changed; a changed one never looks equal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from remotehelp.media.area import Pixels, Rect

Words = NDArray[np.uint32]  # shape (height, width), one pixel a word
Grid = NDArray[np.bool_]  # shape (rows, columns), one cell a value

_BAND = 64  # rows compared at once: what they give stays in the processor's cache
_GLIMPSE = 16  # every so many rows, to know soon about where the columns differ
_OCTET = 8  # pixels whose eight answers are read as one word
_ALL_EIGHT = np.uint64(0x0101010101010101)
_CELL = 8  # pixels a side of what split() looks at
_WORTH, _SHARE = 64, 32  # cells, 4096 pixels; one part in so many of all
_MOST = 8
_FEW = 32 * 1024  # pixels that are compared at once: in so few there is no time to be saved by looking at a part first


def words(pixels: Pixels) -> Words:
    """A view of ``pixels`` with one 32-bit word a pixel; rows may lie apart, pixels of a row may not (ValueError)."""
    seen: Words = pixels.view(np.uint32)[..., 0]
    return seen


def changed(before: Pixels, now: Pixels) -> Rect | None:
    """The bounds of all pixels that differ, or None; both pictures have one shape. What lies outside costs the time."""
    return _bounds(words(before), words(now))


def split(before: Pixels, now: Pixels, rect: Rect) -> list[Rect]:
    """At most 8 tight boxes, none over another, that hold all that differs within ``rect``; empty if nothing does.

    A caret and a letter far apart become two boxes, the corner that a dragged window uncovers two strips.
    """
    old, new = words(rect.of(before)), words(rect.of(now))
    if _is_dense(old, new):
        return [placed(box, rect) for box in [_bounds(old, new)] if box]
    return [placed(_tight(old, new, part), rect) for part in _parts(~same_cells(old, new, _CELL, _CELL))]


def same_cells(old: Words, new: Words, height: int, width: int) -> Grid:
    """For each cell of ``height`` by ``width`` pixels (a multiple of 8) whether all of it is equal.

    Cells at the right and at the bottom may reach over the edge.
    """
    rows, columns = -(-old.shape[0] // height), -(-old.shape[1] // width)
    same = np.empty((rows, columns), np.bool_)
    at_once = max(1, _BAND // height)
    answers = np.ones((at_once * height, columns * width), np.bool_)
    for row in range(0, rows, at_once):
        top, few = row * height, min(at_once, rows - row)
        seen = min(few * height, old.shape[0] - top)
        np.equal(old[top : top + seen], new[top : top + seen], out=answers[:seen, : old.shape[1]])
        answers[seen:] = True
        eights = answers[: few * height].view(np.uint64).reshape(few, height, columns * width // _OCTET)
        narrow = (np.bitwise_and.reduce(eights, axis=1) == _ALL_EIGHT).reshape(few, columns, width // _OCTET)
        same[row : row + few] = narrow[..., 0] if width == _OCTET else narrow.all(axis=2)
    return same


def placed(box: Rect, origin: Rect) -> Rect:
    """What is counted from the top left corner of ``origin``, counted from where that is counted from."""
    return Rect(origin.x + box.x, origin.y + box.y, box.width, box.height)


def equal_rows(old: Words, new: Words) -> int:
    """How many rows from the first on are equal: a few at first, since most pictures differ soon or not at all."""
    top, band = 0, _BAND // 8
    while top < len(old):
        differs = old[top : top + band] != new[top : top + band]
        if differs.any():
            return top + int(differs.any(axis=1).argmax())
        top, band = top + band, _BAND
    return len(old)


def _bounds(old: Words, new: Words) -> Rect | None:
    height, width = old.shape
    if old.size <= _FEW:
        return _bounds_of_few(old != new)
    top = equal_rows(old, new)
    if top == height:
        return None
    bottom = height - equal_rows(old[::-1], new[::-1])
    old, new = old[top:bottom], new[top:bottom]
    glimpse = np.flatnonzero((old[::_GLIMPSE] != new[::_GLIMPSE]).any(axis=0))  # not empty: the first row differs
    left, right = int(glimpse[0]), int(glimpse[-1]) + 1
    left = equal_rows(old[:, :left].T, new[:, :left].T)
    right = width - equal_rows(old[:, right:].T[::-1], new[:, right:].T[::-1])
    return Rect(left, top, right - left, bottom - top)


def _bounds_of_few(differs: Grid) -> Rect | None:
    rows = np.flatnonzero(differs.any(axis=1))
    if not rows.size:
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(differs[top:bottom].any(axis=0))
    left, right = int(columns[0]), int(columns[-1]) + 1
    return Rect(left, top, right - left, bottom - top)


def _under(rect: Rect, seen: Words) -> Words:
    return seen[rect.y : rect.y + rect.height, rect.x : rect.x + rect.width]


def _worth(cells: Grid) -> int:
    """How many cells a cut must save: each further box costs its reader more than a few equal pixels do."""
    return max(_WORTH, cells.size // _SHARE)


def _is_dense(old: Words, new: Words) -> bool:
    """Whether no cut can pay: one row in eight shows no more change than all do, so a cut saves at least as much."""
    glimpse = ~same_cells(old[::_CELL], new[::_CELL], 1, _CELL)
    return bool(glimpse.any()) and _Cut.of(_Part(glimpse, 0, 0)).saved < _worth(glimpse)


@dataclass(frozen=True, eq=False)
class _Part:
    """Some of the cells, and where they lie."""

    cells: Grid
    row: int
    column: int

    def tight(self) -> _Part:
        """Without the empty rows and columns at its edges."""
        rows, columns = np.flatnonzero(self.cells.any(axis=1)), np.flatnonzero(self.cells.any(axis=0))
        top, left = int(rows[0]), int(columns[0])
        return _Part(self.cells[top : rows[-1] + 1, left : columns[-1] + 1], self.row + top, self.column + left)


@dataclass(frozen=True, eq=False)
class _Cut:
    """The best way to make two of one, and how many cells fewer they have."""

    saved: int
    halves: tuple[_Part, _Part]

    @classmethod
    def of(cls, part: _Part) -> _Cut:
        """Between two rows or between two columns, whichever saves more."""
        cells, (row, by_rows), (column, by_columns) = part.cells, _best_row(part.cells), _best_row(part.cells.T)
        if by_rows >= by_columns:
            above, below = _Part(cells[:row], part.row, part.column), _Part(cells[row:], part.row + row, part.column)
            return cls(by_rows, (above, below))
        left = _Part(cells[:, :column], part.row, part.column)
        return cls(by_columns, (left, _Part(cells[:, column:], part.row, part.column + column)))


def _best_row(cells: Grid) -> tuple[int, int]:
    """The row before which to cut, and how many cells the bounds of both halves have fewer than all together."""
    if len(cells) < 2:
        return 0, 0
    both = _bounds_up_to(cells)[:-1] + _bounds_up_to(cells[::-1])[::-1][1:]
    row = int(both.argmin())
    return row + 1, cells.size - int(both[row])


def _bounds_up_to(cells: Grid) -> NDArray[np.int64]:
    """For each row the number of cells in the bounds of the rows from the first to it."""
    rows, columns = cells.shape
    filled = cells.any(axis=1)
    left = np.minimum.accumulate(np.where(filled, cells.argmax(axis=1), columns))
    right = np.maximum.accumulate(np.where(filled, columns - cells[:, ::-1].argmax(axis=1), 0))
    numbers = np.arange(1, rows + 1)
    last = np.maximum.accumulate(np.where(filled, numbers, 0))
    first = int(filled.argmax())
    areas: NDArray[np.int64] = np.maximum(right - left, 0) * np.maximum(last - first, 0)
    return areas


def _parts(cells: Grid) -> list[_Part]:
    """The best cut of all first, until none pays or there are eight parts."""
    if not cells.any():
        return []
    whole = _Part(cells, 0, 0).tight()
    cuts, worth = [(_Cut.of(whole), whole)], _worth(whole.cells)
    while len(cuts) < _MOST:
        best, part = max(cuts, key=lambda pair: pair[0].saved)
        if best.saved < worth:
            break
        cuts.remove((best, part))
        cuts += [(_Cut.of(half), half) for half in (half.tight() for half in best.halves)]
    return [part for _cut, part in cuts]


def _tight(old: Words, new: Words, part: _Part) -> Rect:
    """The bounds of what differs in those cells, in pixels."""
    rows, columns = part.cells.shape
    rect = Rect(part.column * _CELL, part.row * _CELL, columns * _CELL, rows * _CELL)
    box = _bounds(_under(rect, old), _under(rect, new))
    if box is None:
        raise ValueError("cells that differ hold no pixel that differs")
    return placed(box, rect)

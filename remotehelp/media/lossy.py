"""Which cells of a shared area were last painted by video, and since when: what has to be refined at rest. Pure."""

from __future__ import annotations

import numpy as np

from remotehelp.media.area import Rect

CELL = 64  # pixels a side


class Lossy:
    """A grid of square cells over an area of ``width`` x ``height`` pixels; all of it is exact at first."""

    def __init__(self, width: int, height: int) -> None:
        self._whole = Rect(0, 0, width, height)
        self._since = np.full((-(-height // CELL), -(-width // CELL)), np.inf)

    def mark(self, rect: Rect, now: float) -> None:
        """Video was painted over ``rect`` at ``now`` (seconds)."""
        self._cells(rect)[:] = now

    def follow(self, source: Rect, to: tuple[int, int], now: float) -> None:
        """What stood at ``source`` stands with its top left corner at ``to`` now, as sharp or blurred as it was."""
        top, left = source.y // CELL, source.x // CELL
        for row, column in np.argwhere(np.isfinite(self._cells(source))):
            cell = Rect((left + int(column)) * CELL, (top + int(row)) * CELL, CELL, CELL).overlap(source)
            if cell is not None:
                x, y = cell.x + to[0] - source.x, cell.y + to[1] - source.y
                self.mark(Rect(x, y, cell.width, cell.height), now)

    def clear(self, rect: Rect) -> None:
        """``rect`` is exact now; counts for the cells that lie in it whole."""
        right, bottom = rect.x + rect.width, rect.y + rect.height
        columns = slice(-(-rect.x // CELL), self._end(right, self._whole.width))
        rows = slice(-(-rect.y // CELL), self._end(bottom, self._whole.height))
        self._since[rows, columns] = np.inf

    def touches(self, rect: Rect) -> bool:
        """Whether anything in ``rect`` may not be exact."""
        return bool(np.isfinite(self._cells(rect)).any())

    def oldest(self) -> float | None:
        """When the cell was painted that has rested longest; None if all is exact."""
        oldest = float(self._since.min())
        return oldest if oldest != np.inf else None

    def rested(self, since: float) -> Rect | None:
        """A run of cells in one row that were not painted after ``since``; None if there is none."""
        rows, columns = np.nonzero(self._since <= since)
        if not rows.size:
            return None
        row, first = int(rows[0]), int(columns[0])
        run = columns[rows == row]
        length = int(np.argmin(np.append(np.diff(run) == 1, False))) + 1
        return Rect(first * CELL, row * CELL, length * CELL, CELL).overlap(self._whole)

    @staticmethod
    def _end(edge: int, whole: int) -> int:
        """How many cells end at or before ``edge``; the last one ends with the area."""
        return -(-edge // CELL) if edge >= whole else edge // CELL

    def _cells(self, rect: Rect) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        right, bottom = rect.x + rect.width, rect.y + rect.height
        return self._since[rect.y // CELL : -(-bottom // CELL), rect.x // CELL : -(-right // CELL)]

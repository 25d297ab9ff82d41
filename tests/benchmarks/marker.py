"""The mark that tells one drawn change from the next: a number in black and white cells, read from pixels alone.

Four rows of sixteen square cells: a row that alternates from white, by which the mark is found; the number; a check
word, so that a torn or half-decoded mark is not read; a row that alternates from black.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

CELL = 16  # pixels
ROWS, COLUMNS = 4, 16
WIDTH, HEIGHT = COLUMNS * CELL, ROWS * CELL
_WHITE_FIRST = np.arange(COLUMNS) % 2 == 0
_WEIGHTS = 1 << np.arange(COLUMNS)[::-1]

Pixels = NDArray[np.uint8]  # shape (height, width, 4), bytes blue, green, red, unused


def cells(number: int) -> NDArray[np.bool_]:
    """The mark of a number of 16 bits: ROWS x COLUMNS, True where it is white."""
    return np.array([_WHITE_FIRST, _bits(number), _bits(_check(number)), ~_WHITE_FIRST])


def read(pixels: Pixels) -> int | None:
    """The number of a mark of exactly WIDTH x HEIGHT pixels, or None where there is no whole mark."""
    seen = pixels[CELL // 2 :: CELL, CELL // 2 :: CELL, 1] > 127
    number = int(seen[1] @ _WEIGHTS)
    return number if np.array_equal(seen, cells(number)) else None


def find(picture: Pixels) -> tuple[int, int] | None:
    """Where a mark stands in ``picture`` at one pixel to a pixel, its top left corner; None if it does not."""
    white = picture[:, :, 1] > 127
    height, width = white.shape[0] - HEIGHT + 1, white.shape[1] - WIDTH + 1
    likely = np.ones((height, width), np.bool_)
    half = CELL // 2
    for row, first in ((0, True), (ROWS - 1, False)):
        for column in range(COLUMNS):
            top, left = row * CELL + half, column * CELL + half
            likely &= white[top : top + height, left : left + width] == ((column % 2 == 0) == first)
    places = np.argwhere(likely)
    if not len(places):
        return None
    top, left = (int(middle) for middle in np.median(places, axis=0))  # anywhere within half a cell looks the same
    return (left, top) if read(picture[top : top + HEIGHT, left : left + WIDTH]) is not None else None


def _bits(word: int) -> NDArray[np.bool_]:
    return np.not_equal(word & _WEIGHTS, 0)


def _check(number: int) -> int:
    return (number * 40503 + 0x5A5A) >> 3 & 0xFFFF

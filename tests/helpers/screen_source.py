"""A screen in memory for the screen's track: a picture leaves each time it is painted, and when it is asked for."""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from remotehelp.desktop.screens import Part, Picture
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect


class PaintedSource:
    """``paint`` changes it, ``fail`` makes the next pull raise; ``pulled`` counts the pictures that left."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self.pixels = pixels
        self.pulled = 0
        self._news = threading.Event()
        self._news.set()
        self._error: BackendError | None = None

    def paint(self, grey: int) -> None:
        """One grey all over."""
        self.pixels = np.full_like(self.pixels, grey)
        self._news.set()

    def resize(self, width: int, height: int) -> None:
        """Black, of another size."""
        self.pixels = np.zeros((height, width, 4), np.uint8)
        self._news.set()

    def fail(self, error: BackendError) -> None:
        """The next pull raises ``error``."""
        self._error = error
        self._news.set()

    def refresh(self) -> None:
        """The picture as it is leaves once more."""
        self._news.set()

    def next(self, timeout: float) -> Picture | None:
        """The picture, once something changed."""
        if not self._news.wait(timeout):
            return None
        self._news.clear()
        if self._error is not None:
            raise self._error
        self.pulled += 1
        height, width = self.pixels.shape[:2]
        return Picture(width, height, (Part(Rect(0, 0, width, height), self.pixels),), 0.0)

"""A screen in memory: a picture leaves each time something is painted on it; what to paint, and what may be sent."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np

from remotehelp.desktop.screens import Part, Picture
from remotehelp.media.area import Pixels, Rect


class PaintedSource:
    """``paint`` changes it, ``fail`` makes the next pull raise; ``pulled`` counts the pictures that left."""

    def __init__(self, pixels: Pixels) -> None:
        self.pixels = pixels
        self.pulled = 0
        self._news = threading.Event()
        self._news.set()
        self._error: Exception | None = None
        self._closed = False

    def paint(self, grey: int) -> None:
        """One grey all over."""
        self.draw(0, 0, np.full_like(self.pixels, grey))

    def draw(self, x: int, y: int, pixels: Pixels) -> None:
        """These pixels at a place."""
        fresh = self.pixels.copy()
        Rect(x, y, pixels.shape[1], pixels.shape[0]).of(fresh)[:] = pixels
        self.pixels = fresh
        self._news.set()

    def resize(self, width: int, height: int) -> None:
        """Black, of another size."""
        self.pixels = np.zeros((height, width, 4), np.uint8)
        self._news.set()

    def fail(self, error: Exception) -> None:
        """The next pull raises ``error``."""
        self._error = error
        self._news.set()

    def close(self) -> None:
        """A waiting pull returns at once."""
        self._closed = True
        self._news.set()

    def next(self, timeout: float) -> Picture | None:
        """The picture, once something changed."""
        if not self._news.wait(timeout) or self._closed:
            return None
        self._news.clear()
        if self._error is not None:
            raise self._error
        self.pulled += 1
        pixels = self.pixels
        height, width = pixels.shape[:2]
        return Picture(width, height, (Part(Rect(0, 0, width, height), pixels),), 0.0)


@dataclass
class Plenty:
    """What may be sent: as much as stands here, whatever the line does; remembers what left (bytes, s)."""

    at_once: int = 48 * 1024
    at_rest: int = 48 * 1024
    message: int = 12 * 1024
    film_kbit_s: int = 6000
    left: list[tuple[int, float]] = field(default_factory=list)
    repeated: int = 0

    def sent(self, size: int, now: float) -> None:
        self.left.append((size, now))

    def arrived(self, size: int, round_trip: float | None, now: float) -> None:
        """Changes nothing."""

    def lost(self, messages: int, now: float) -> None:
        self.repeated += messages

    def forgotten(self) -> None:
        """Changes nothing."""


def noise(width: int, height: int, seed: int = 1) -> Pixels:
    """Pixels of which no two are alike."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8) | np.uint8([0, 0, 0, 255])


def page(width: int, height: int, seed: int = 1) -> Pixels:
    """White, with something like lines of text."""
    ink = np.random.default_rng(seed).random((height, width)) < 0.3
    ink &= (np.arange(height) % 12 < 8)[:, None]
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[ink, :3] = 20
    return pixels

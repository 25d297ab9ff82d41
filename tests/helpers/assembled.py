"""A screen source whose pictures come whole: what changed, put into what was there before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from remotehelp.desktop.screens import Picture, ScreenSource
from remotehelp.media.area import Pixels, Rect


@dataclass(frozen=True)
class Whole:
    """The whole monitor, and which parts of it are new."""

    width: int
    height: int
    pixels: Pixels
    damage: tuple[Rect, ...]
    captured_at: float


class Assembled:
    """``source`` with whole pictures; everything else is the source's own."""

    def __init__(self, source: ScreenSource) -> None:
        self._source = source
        self._pixels = np.zeros((0, 0, 4), np.uint8)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._source, name)

    def next(self, timeout: float) -> Whole | None:
        """The next picture, whole."""
        picture = self._source.next(timeout)
        return None if picture is None else self._with(picture)

    def _with(self, picture: Picture) -> Whole:
        shape = (picture.height, picture.width, 4)
        fits = self._pixels.shape == shape
        self._pixels = self._pixels.copy() if fits else np.zeros(shape, np.uint8)
        for part in picture.parts:
            part.rect.of(self._pixels)[:] = part.pixels
        damage = tuple(part.rect for part in picture.parts)
        return Whole(picture.width, picture.height, self._pixels, damage, picture.captured_at)

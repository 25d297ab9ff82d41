"""A picture on its way to a window."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Frame:
    """One decoded picture: ``pixels`` holds ``height`` rows of ``stride`` bytes, four a pixel in the order B G R X.

    ``number`` rises within a stream. The buffer belongs to the reader; nobody writes into it any more.
    """

    width: int
    height: int
    stride: int
    pixels: bytes | memoryview
    number: int

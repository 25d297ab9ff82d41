"""One picture of the technician's camera on its way to the engine."""

from __future__ import annotations

from dataclasses import dataclass

MAX_WIDTH = 640
MAX_HEIGHT = 480
MAX_FPS = 15


@dataclass(frozen=True)
class CameraFrame:
    """Plain planar YUV 4:2:0 (FFmpeg's ``yuv420p``), at most 640x480 and 15 a second.

    ``planes`` are Y, U and V, each with rows of its entry in ``strides`` bytes; width and height are even.
    The buffers belong to the reader; nobody writes into them any more.
    """

    width: int
    height: int
    planes: tuple[bytes, bytes, bytes]
    strides: tuple[int, int, int]

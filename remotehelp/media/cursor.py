"""The pointer's shape and place, which travel apart from the picture: a screen that is captured holds no pointer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from remotehelp.errors import RemoteProtocolError
from remotehelp.media import tiles
from remotehelp.media.area import Pixels
from remotehelp.messages import CURSOR_SIDE, CursorShape


@dataclass(frozen=True)
class Shape:
    """What the pointer looks like; ``hot_x``, ``hot_y`` is the pixel of it that points. Without pixels it is invisible.

    ``pixels``: blue, green, red, alpha a pixel, row by row, the colours multiplied by alpha already.
    """

    width: int
    height: int
    hot_x: int
    hot_y: int
    pixels: bytes

    def __bool__(self) -> bool:
        """Whether there is anything to be seen."""
        return bool(self.pixels)


INVISIBLE = Shape(0, 0, 0, 0, b"")


@dataclass(frozen=True)
class Cursor:
    """The pointer as it is now; ``place`` in device pixels, None where it is not to be shown."""

    shape: Shape
    place: tuple[int, int] | None


def shape_of(size: tuple[int, int], hot: tuple[int, int], argb: Sequence[int]) -> Shape:
    """The shape of ``argb``, one premultiplied number 0xAARRGGBB a pixel; larger ones keep every second, third … pixel.

    A pointer of which nothing can be seen is INVISIBLE.
    """
    width, height = size
    pixels = np.array(argb, "<u4").view(np.uint8).reshape(height, width, 4)
    if not pixels[..., 3].any():
        return INVISIBLE
    step = -(-max(size) // CURSOR_SIDE)
    smaller = pixels[::step, ::step]
    hot_x, hot_y = (min(max(at, 0), side - 1) // step for at, side in zip(hot, size, strict=True))
    return Shape(smaller.shape[1], smaller.shape[0], hot_x, hot_y, smaller.tobytes())


def pack(shape: Shape, number: int) -> CursorShape:
    """``shape`` as the message that gives it this number: its colours as one tile with its alpha, as grey, below."""
    if not shape:
        return CursorShape(number, 0, 0, 0, 0, b"")
    pixels: Pixels = np.frombuffer(shape.pixels, np.uint8).reshape(shape.height, shape.width, 4)
    alpha = np.repeat(pixels[..., 3:], 4, axis=2)
    data = tiles.pack(np.concatenate([pixels, alpha]))
    return CursorShape(number, shape.width, shape.height, shape.hot_x, shape.hot_y, data)


def unpack(message: CursorShape) -> Shape:
    """The shape that ``pack`` packed.

    Nothing is decompressed unless it says that it has exactly the size that belongs to the shape.

    Raises:
        RemoteProtocolError: no whole shape, or one that points with a pixel that it does not have.
    """
    if not message.data:
        return INVISIBLE
    if message.hot_x >= message.width or message.hot_y >= message.height:
        raise RemoteProtocolError("message_not_understood")
    both = tiles.unpack(message.data, message.width, 2 * message.height)
    colours, alpha = both[: message.height], both[message.height :, :, :1]
    pixels = np.concatenate([np.minimum(colours, alpha), alpha], axis=2)
    return Shape(message.width, message.height, message.hot_x, message.hot_y, pixels.tobytes())

"""Rectangles of the picture packed without loss: what is read exactly travels so, not as video.

Three ways to prepare the pixels for zstandard; a sample decides which one is taken, and the first byte names it:

===== =====================================================================================================
grey  one byte a pixel: black text on white, one grey; a third less than three, and quicker
plain blue, green, red of every pixel: everything else that is drawn
photo blue less green, green, red less green, each less the one above it: photographs and gradients, half the size
===== =====================================================================================================
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

import numpy as np
import zstandard
from numpy.typing import NDArray

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.area import Pixels, Rect
from remotehelp.messages import Tile

GREY, PLAIN, PHOTO = 1, 2, 3  # the first byte
LEVEL = 1  # level 3 takes up to three times as long for a few per cent
SAMPLE = 16_000  # pixels of a sample, about: 0.2 ms; up to twice as many are their own sample
BAND_ROWS, BAND_COLUMNS = 32, 128  # pixels of a sample that lie together: more than a line of text

Plane = NDArray[np.uint8]
Colours = NDArray[np.uint8]  # shape (height, width, 3): blue, green, red


class _Zstandard(threading.local):
    """One of each for each thread: they can't be shared, and making one takes longer than packing a letter."""

    def __init__(self) -> None:
        self.compress = zstandard.ZstdCompressor(level=LEVEL).compress
        self.decompressor = zstandard.ZstdDecompressor()


_zstandard = _Zstandard()


def pack(pixels: Pixels) -> bytes:
    """``pixels`` (at least one) without loss, but for the unused fourth byte."""
    sample = _sample(pixels)
    packed = _smallest(sample)
    if sample is pixels:
        return packed
    return _PACKERS[packed[0]](pixels) or _plain(pixels)


def cost(pixels: Pixels) -> int:
    """About how many bytes ``pack`` makes of ``pixels``: exact for small rectangles, judged by a sample for others.

    A photograph is judged too dear by a fifth, a whole page of text by up to 2.5 times: in a sample few letters repeat.
    """
    sample = _sample(pixels)
    return len(_smallest(sample)) * (pixels.size // 4) // (sample.size // 4)


def slices(rect: Rect, pixels: Pixels, most: int) -> Iterator[Tile]:
    """``rect`` of the picture ``pixels`` as tiles that don't overlap, from top to bottom, of at most ``most`` bytes.

    A tile of one single pixel may be longer. Tiles are packed as they are taken; until then the picture has to stay
    as it is.
    """
    small = rect.width * rect.height <= 2 * SAMPLE
    rows = rect.height if small else _rows(rect.height, cost(rect.of(pixels)), most)
    top, bottom = rect.y, rect.y + rect.height
    while top < bottom:
        strip = Rect(rect.x, top, rect.width, min(rows, bottom - top))
        data = pack(strip.of(pixels))
        fitting = _rows(strip.height, len(data), most)
        if len(data) > most and strip.height > 1:
            rows = min(fitting, strip.height - 1)
            continue
        if len(data) > most and strip.width > 1:
            yield from _halves(strip, pixels, most)
        else:
            yield Tile(strip.x, strip.y, strip.width, strip.height, data)
        rows = min(fitting, 2 * strip.height)  # a blank strip says little about what follows
        top += strip.height


def unpack(data: bytes, width: int, height: int) -> Colours:
    """What ``pack`` packed, for ``colour``: shape (``height``, ``width``, 3), read-only, at most three bytes a pixel.

    Nothing is decompressed unless it says that it has exactly the size that belongs to ``width`` x ``height``.

    Raises:
        RemoteProtocolError: the data are not a whole packed rectangle of this size.
    """
    return _unpacker(data)(data, width, height)


def colour(pixels: Pixels, colours: Colours) -> None:
    """Give ``pixels`` these blues, greens and reds; their fourth bytes stay as they are."""
    for channel in range(3):  # three times as fast as all at once
        pixels[..., channel] = colours[..., channel]


def _rows(height: int, size: int, most: int) -> int:
    """How many rows make ``most`` bytes, with some room, if ``height`` of them make ``size``."""
    return max(1, height * most * 9 // (10 * size))


def _halves(row: Rect, pixels: Pixels, most: int) -> Iterator[Tile]:
    half = row.width // 2
    yield from slices(Rect(row.x, row.y, half, 1), pixels, most)
    yield from slices(Rect(row.x + half, row.y, row.width - half, 1), pixels, most)


def _sample(pixels: Pixels) -> Pixels:
    """Bands from all over ``pixels``, one below the other; ``pixels`` themselves if they are few."""
    height, width = pixels.shape[:2]
    if height * width <= 2 * SAMPLE or height < BAND_ROWS or width < BAND_COLUMNS:
        return pixels
    count = SAMPLE // (BAND_ROWS * BAND_COLUMNS)
    tops = [(height - BAND_ROWS) * band // (count - 1) for band in range(count)]
    lefts = [(width - BAND_COLUMNS) * (2 * band % count) // (count - 1) for band in range(count)]
    bands = [pixels[top : top + BAND_ROWS, left : left + BAND_COLUMNS] for top, left in zip(tops, lefts, strict=True)]
    return np.concatenate(bands)


# --- the three ways to pack ------------------------------------------------------------------------


def _smallest(pixels: Pixels) -> bytes:
    """``pixels`` packed in the way that suits them."""
    tried = []
    for way in _PACKERS.values():
        packed = way(pixels)
        if packed and len(packed) < pixels.size // 16:
            return packed  # a quarter of a byte a pixel: no other way is worth a try
        tried.append(packed)
    return min(filter(None, tried), key=len)


def _grey(pixels: Pixels) -> bytes | None:
    """None if anything is not grey."""
    green = np.ascontiguousarray(pixels[..., 1])
    if not all(np.array_equal(green, pixels[..., channel]) for channel in (0, 2)):
        return None
    return _packed(GREY, green)


def _plain(pixels: Pixels) -> bytes:
    colours = np.empty((*pixels.shape[:2], 3), np.uint8)
    for channel in range(3):  # as in ``colour``
        colours[..., channel] = pixels[..., channel]
    return _packed(PLAIN, colours)


def _photo(pixels: Pixels) -> bytes:
    height, width = pixels.shape[:2]
    rows = np.empty((height, 3, width), np.uint8)
    rows[:, 1] = pixels[..., 1]
    np.subtract(pixels[..., 0], rows[:, 1], out=rows[:, 0])
    np.subtract(pixels[..., 2], rows[:, 1], out=rows[:, 2])
    filtered = rows.copy()
    filtered[1:] -= rows[:-1]
    return _packed(PHOTO, filtered)


def _packed(kind: int, values: Plane) -> bytes:
    return bytes((kind,)) + _zstandard.compress(values.data)


_PACKERS: Mapping[int, Callable[[Pixels], bytes | None]] = {GREY: _grey, PLAIN: _plain, PHOTO: _photo}


# --- and back ----------------------------------------------------------------------------------------


def _unpack_grey(data: bytes, width: int, height: int) -> Colours:
    grey = _unpacked(data, height * width).reshape(height, width, 1)
    return np.broadcast_to(grey, (height, width, 3))


def _unpack_plain(data: bytes, width: int, height: int) -> Colours:
    return _unpacked(data, height * width * 3).reshape(height, width, 3)


def _unpack_photo(data: bytes, width: int, height: int) -> Colours:
    rows = _unpacked(data, height * 3 * width).reshape(height, 3 * width).copy()
    for above, row in pairwise(rows):  # five times as fast as accumulating down the columns
        row += above
    planes = rows.reshape(height, 3, width)
    planes[:, ::2] += planes[:, 1:2]
    return planes.transpose(0, 2, 1)


_UNPACKERS: Mapping[int, Callable[[bytes, int, int], Colours]] = {
    GREY: _unpack_grey,
    PLAIN: _unpack_plain,
    PHOTO: _unpack_photo,
}


def _unpacker(data: bytes) -> Callable[[bytes, int, int], Colours]:
    if not data or data[0] not in _UNPACKERS:
        raise RemoteProtocolError("tile_refused")
    return _UNPACKERS[data[0]]


def _unpacked(data: bytes, size: int) -> Plane:
    """The ``size`` bytes that were packed; a frame that announces another size, or none, is never decompressed."""
    frame = memoryview(data)[1:]
    try:
        if zstandard.frame_content_size(frame) != size:
            raise RemoteProtocolError("tile_refused")
        return np.frombuffer(_zstandard.decompressor.decompress(frame, allow_extra_data=False), np.uint8)
    except zstandard.ZstdError as error:
        raise RemoteProtocolError("tile_refused") from error

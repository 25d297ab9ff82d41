"""The customer's video on the technician's side: an access unit in, its stamp and its picture out, at once."""

from __future__ import annotations

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.reformatter import VideoReformatter

from remotehelp.errors import RemoteProtocolError
from remotehelp.media import access_unit
from remotehelp.media.access_unit import AccessUnit
from remotehelp.media.area import Pixels, Rect
from remotehelp.media.region_encoder import padded
from remotehelp.media.stamp import Stamp

THREADS = 2  # slices, never frames: those hold pictures back, and PyAV can deadlock on them
OPTIONS = {
    "err_detect": "explode",  # a damaged picture is no picture
    "flags": "+low_delay",
}


class RegionDecoder:
    """One for a whole visit: size and place may change at every key picture. Used by one thread at a time.

    ``wants_key`` is true while nothing can be shown until the next key picture: ask the sender for one (RFC 4585
    §6.3.1, PLI). ``newest`` is the count of the picture that was shown last.
    """

    def __init__(self) -> None:
        self.wants_key = False
        self.newest = 0  # the count of the picture that was shown last
        self._codec = _opened()
        self._due: int | None = None  # the count of the only picture that can be shown, unless a key picture comes
        self._size: tuple[int, int] | None = None  # of the pictures since the last key picture, pixels

    def decode(self, data: bytes) -> list[tuple[Stamp, av.VideoFrame]]:
        """The picture in ``data``, one access unit; nothing where it or one before it was lost or damaged.

        A unit has to be whole, as the jitter buffer gives it: with slice threads FFmpeg doesn't notice that a later
        slice is missing (one thread does, and takes twice as long).
        The picture is the stamp's rectangle in whole macroblocks, for ``pixels_of``. Raises
        RemoteProtocolError("picture_refused") for all that ``access_unit`` refuses, and for a picture of another size
        than its stamp says: before the decoder takes memory for it.
        """
        unit = access_unit.read(data)
        picture = None if unit is None else self._decoded(unit)
        if unit is None or picture is None:
            self._lose()
            return []
        return self._shown(picture, unit)

    def _decoded(self, unit: AccessUnit) -> av.VideoFrame | None:
        self._size = unit.size or self._size
        if self._size is None:
            return None  # the first key picture is still to come
        rect = unit.stamp.rect
        if self._size != (padded(rect.width), padded(rect.height)):
            raise RemoteProtocolError("picture_refused")
        try:
            pictures = self._codec.decode(av.Packet(unit.data))
        except av.FFmpegError:
            return None
        if self._codec.has_b_frames:  # pictures would wait inside; FFmpeg forgets it for no later stream
            self._codec = _opened()
            self._lose()
            raise RemoteProtocolError("picture_refused")
        return pictures[0] if pictures else None

    def _lose(self) -> None:
        self._due, self.wants_key = None, True

    def _shown(self, picture: av.VideoFrame, unit: AccessUnit) -> list[tuple[Stamp, av.VideoFrame]]:
        if (picture.width, picture.height) != self._size or picture.format.name != "yuv420p":
            raise RemoteProtocolError("picture_refused")
        if picture.is_corrupt or not (picture.key_frame or unit.count == self._due):
            self._lose()  # FFmpeg conceals a picture that is missing: what refers to it is wrong without a word
            return []
        self.newest, self._due, self.wants_key = unit.count, (unit.count + 1) % 2**31, False
        return [(unit.stamp, picture)]


def pixels_of(picture: av.VideoFrame, place: Rect) -> Pixels:
    """A decoded picture as the pixels of ``place``, B G R 255: four bytes a pixel, where it took 1.5."""
    plane = VideoReformatter().reformat(picture, format="bgr0", threads=1).planes[0]
    rows: Pixels = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size // 4, 4)
    return rows[: place.height, : place.width]


def _opened() -> VideoCodecContext:
    codec = av.CodecContext.create("h264", "r")
    codec.thread_count, codec.thread_type = THREADS, "SLICE"
    codec.options = dict(OPTIONS)
    return codec

"""The customer's video on the technician's side: an access unit in, its stamp and its pixels out, at once."""

from __future__ import annotations

from typing import Any

import av
import numpy as np
from av.sidedata.sidedata import Type
from av.video.codeccontext import VideoCodecContext
from av.video.reformatter import VideoReformatter

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.area import Pixels
from remotehelp.media.region_encoder import padded
from remotehelp.media.stamp import MOST_PIXELS, Stamp, from_sei

MOST_BYTES = 4 * 1024 * 1024  # of one access unit
MOST_CODED = MOST_PIXELS + 200_000  # what the largest area can grow by to whole macroblocks
THREADS = 2  # slices, never frames: those hold pictures back, and PyAV can deadlock on them
OPTIONS = {
    "max_pixels": str(MOST_CODED),  # of the SPS: FFmpeg refuses more before it takes memory for a picture
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
        self._reformatter = VideoReformatter()  # kept: it holds swscale's tables
        self._due: int | None = None  # the count of the only picture that can be shown, unless a key picture comes

    def decode(self, data: bytes) -> list[tuple[Stamp, Pixels]]:
        """The picture in ``data``, one access unit; nothing where it or one before it was lost or damaged.

        A unit has to be whole, as the jitter buffer gives it: with slice threads FFmpeg doesn't notice that a later
        slice is missing (one thread does, and takes twice as long).
        The pixels are the stamp's rectangle, B G R 255, and nobody writes into them any more. Raises
        RemoteProtocolError("picture_refused") for sizes beyond 8192 a side or 17 million pixels, and for pictures
        without a stamp or of another size than it says.
        """
        pictures = self._decoded(data)
        if not pictures:
            self._lose()
        return [shown for picture in pictures if (shown := self._shown(picture)) is not None]

    def _decoded(self, data: bytes) -> list[av.VideoFrame]:
        if not 0 < len(data) <= MOST_BYTES:  # FFmpeg reads an empty packet as the end
            return []
        try:
            return self._codec.decode(av.Packet(data))
        except av.FFmpegError as error:
            if self._codec.coded_width * self._codec.coded_height > MOST_CODED:
                raise RemoteProtocolError("picture_refused") from error
            return []

    def _lose(self) -> None:
        self._due, self.wants_key = None, True

    def _shown(self, picture: av.VideoFrame) -> tuple[Stamp, Pixels] | None:
        stamp, count = _stamp(picture)
        _check(picture, stamp)
        if picture.is_corrupt or not (picture.key_frame or count == self._due):
            self._lose()  # FFmpeg conceals a picture that is missing: what refers to it is wrong without a word
            return None
        self.newest, self._due, self.wants_key = count, (count + 1) % 2**31, False
        return stamp, self._converted(picture, stamp)

    def _converted(self, picture: av.VideoFrame, stamp: Stamp) -> Pixels:
        painted = self._reformatter.reformat(picture, format="bgr0", threads=1)
        plane = painted.planes[0]
        rows: Pixels = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size // 4, 4)
        return rows[: stamp.rect.height, : stamp.rect.width]


def _stamp(picture: av.VideoFrame) -> tuple[Stamp, int]:
    """The last stamp is the picture's own: FFmpeg carries messages over from a unit that it could not decode."""
    sides: Any = picture.side_data  # PyAV's stubs call it a dict, but it counts and gives items
    messages = [bytes(side) for side in sides if side.type is Type.SEI_UNREGISTERED]
    stamps = [stamp for message in messages if (stamp := from_sei(message)) is not None]
    if not stamps:
        raise RemoteProtocolError("picture_refused")
    return stamps[-1]


def _check(picture: av.VideoFrame, stamp: Stamp) -> None:
    size = padded(stamp.rect.width), padded(stamp.rect.height)
    if (picture.width, picture.height) != size or picture.format.name != "yuv420p":
        raise RemoteProtocolError("picture_refused")


def _opened() -> VideoCodecContext:
    codec = av.CodecContext.create("h264", "r")
    codec.thread_count, codec.thread_type = THREADS, "SLICE"
    codec.options = dict(OPTIONS)
    return codec

"""A part of the screen as H.264 (x264): only what changed is converted, and each picture carries its stamp.

Settings by measurement (two cores, moving 720p at 5.5 Mbit/s): `ultrafast` with `subme=1`, CABAC and deblocking is as
sharp as `superfast` (40.5 dB; plain `ultrafast` 37.7) in four fifths of its time.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from remotehelp.media.area import Pixels, Rect
from remotehelp.media.stamp import Stamp, as_sei

CLOCK_RATE = 90_000  # RTP clock of video (RFC 6184 §8.2.1)
TIME_BASE = Fraction(1, CLOCK_RATE)
FRAME_RATE = 30
BLOCK = 16  # pixels a side of a macroblock; also, swscale's fast path spoils rows of other widths
LEAST, MOST = 100, 16_000  # kbit/s
ROOM = 4  # how far `aim` may rise above what the encoder was made for
DELAY_S = 0.15  # what the largest picture may take on the line: caps the key picture of a page of text
THREADS = 2  # slices of one picture; frame threads would hold pictures back
LARGE = 1_600_000  # bytes that two threads convert faster than one; a new size costs them 0.1 ms
X264 = "subme=1:cabac=1:deblock=0,0:keyint=infinite:scenecut=0:repeat-headers=1:annexb=1"
# the viewer's fast conversion cuts off instead of rounding, about one level of 255: given on beforehand, 1.9 dB
LIFT = 1

Plane = NDArray[np.uint8]


def padded(side: int) -> int:
    """``side`` as the codec sees it: whole macroblocks."""
    return -(-side // BLOCK) * BLOCK


class RegionEncoder:
    """Encodes pictures of one rectangle; make a new one for another. Used by one thread at a time."""

    def __init__(self, rect: Rect, kbit_s: int = 6000, count: int = 0) -> None:
        """``kbit_s``: the line's share that it may fill; decides how large a key picture becomes.

        ``count`` is the number of its first picture: one after the last of the encoder before.
        """
        self.rect = rect
        wanted = _within(kbit_s)
        self._most = wanted * ROOM
        self._codec = _opened(padded(rect.width), padded(rect.height), wanted)
        self._picture = av.VideoFrame(padded(rect.width), padded(rect.height), "yuv420p")
        self._planes = _planes(self._picture)
        self._reformatter = VideoReformatter()  # kept: it holds swscale's tables
        self._last_pts = -1
        self.count = count  # of the next picture
        self.aim(wanted)

    def aim(self, kbit_s: int) -> None:
        """Fill at most ``kbit_s`` (100 to 4 times what it was made for) from the next picture on, without a key one."""
        self._codec.bit_rate = min(_within(kbit_s), self._most) * 1000

    def encode(
        self, parts: Iterable[tuple[Rect, Pixels]], stamp: Stamp, pts: int, *, key: bool
    ) -> av.Packet[Any] | None:
        """One access unit (Annex B) that begins with ``stamp``.

        ``parts`` are what changed since the last call, counted from the region's top left corner; the first call needs
        all of it and is a key picture anyway. The pixels may be views, and used again at once. ``pts`` in 1/90000 s.
        """
        for rect, pixels in parts:
            self._place(rect, pixels)
        self._stretch()
        self._last_pts = max(pts, self._last_pts + 1)
        self._picture.pts, self._picture.time_base = self._last_pts, TIME_BASE
        self._picture.pict_type = PictureType.I if key else PictureType.NONE
        packets = self._codec.encode(self._picture)
        return self._stamped(packets[0], stamp) if packets else None

    def _stamped(self, coded: av.Packet[Any], stamp: Stamp) -> av.Packet[Any]:
        packet = av.Packet(as_sei(stamp, self.count) + bytes(coded))
        packet.pts = packet.dts = self._last_pts
        packet.time_base = TIME_BASE
        packet.is_keyframe = coded.is_keyframe
        self.count = (self.count + 1) % 2**31
        return packet

    def _place(self, rect: Rect, pixels: Pixels) -> None:
        """Convert one part into the picture; a colour sample that it covers by half takes the part's colour."""
        if (rect.width, rect.height) == (self._picture.width, self._picture.height):
            self._show(self._converted(pixels))
            return
        left, top = rect.x % 2, rect.y % 2
        right, bottom = (left + rect.width) % 2, (top + rect.height) % 2
        if left or top or right or bottom:
            pixels = np.pad(pixels, ((top, bottom), (left, right), (0, 0)), mode="edge")
        converted = self._converted(pixels)
        luma, *colours = _planes(converted)
        np.add(Rect(left, top, rect.width, rect.height).of(luma), LIFT, out=rect.of(self._planes[0]))
        x, y = rect.x // 2, rect.y // 2
        for plane, colour in zip(self._planes[1:], colours, strict=True):
            plane[y : y + colour.shape[0], x : x + colour.shape[1]] = colour

    def _show(self, whole: av.VideoFrame) -> None:
        """Take a converted picture of the codec's own size as it is: nothing of it has to be copied."""
        self._picture, self._planes = whole, _planes(whole)
        self._planes[0] += LIFT

    def _converted(self, pixels: Pixels) -> av.VideoFrame:
        frame = av.VideoFrame.from_numpy_buffer(pixels, format="bgra")
        threads = THREADS if pixels.size >= LARGE else 1
        area = Interpolation.AREA
        return self._reformatter.reformat(frame, format="yuv420p", threads=threads, interpolation=area)

    def _stretch(self) -> None:
        """Repeat the last column and row up to the codec's size."""
        for plane, step in zip(self._planes, (1, 2, 2), strict=True):
            width, height = -(-self.rect.width // step), -(-self.rect.height // step)
            plane[:height, width:] = plane[:height, width - 1 : width]
            plane[height:] = plane[height - 1]


def _within(kbit_s: int) -> int:
    return min(max(kbit_s, LEAST), MOST)


def _planes(picture: av.VideoFrame) -> list[Plane]:
    """Luma and the two colours, as views that can be written to."""
    rows = (np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size) for plane in picture.planes)
    return [row[: plane.height, : plane.width] for row, plane in zip(rows, picture.planes, strict=True)]


def _opened(width: int, height: int, kbit_s: int) -> VideoCodecContext:
    """x264 at a constant bitrate, opened at the highest one.

    PyAV can change `bit_rate` alone while it runs; x264 follows without a key picture, up and down, but not above the
    `maxrate` that it was opened with, and only if both were equal then.
    """
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = width, height, "yuv420p"
    codec.framerate = Fraction(FRAME_RATE)  # its true rate: rate control starves the picture without it
    codec.time_base = TIME_BASE
    codec.thread_count = THREADS
    codec.bit_rate = kbit_s * ROOM * 1000
    codec.options = {
        "preset": "ultrafast",
        "tune": "zerolatency",
        "maxrate": str(codec.bit_rate),
        "bufsize": str(int(kbit_s * 1000 * DELAY_S)),
        "qmin": "18",  # sharper than what half the colour samples can show: would be paid for nothing
        "x264-params": X264,
    }
    codec.open()
    return codec

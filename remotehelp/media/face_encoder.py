"""The technician's face as VP8: one encoder for a size, a rate and a bitrate, its key pictures capped."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Any, TypeAlias

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType
from av.video.reformatter import VideoReformatter

from remotehelp.media.camera_frame import CameraFrame
from remotehelp.media.face_plan import Step

TIME_BASE = Fraction(1, 90_000)
KEY_PERCENT = 450  # of a usual picture: the most that a key picture takes
LONGEST_S = 200  # between two key pictures, unless one is wanted

Packet: TypeAlias = "av.Packet[Any]"


class FaceEncoder:
    """For one thread at a time; made anew when the step or the camera's shape changes."""

    def __init__(self, step: Step, frame: CameraFrame) -> None:
        """Pictures of ``frame``'s shape, at most as wide as ``step`` says."""
        self.step, self._shape = step, (frame.width, frame.height)
        width = min(step.width, frame.width) & ~1
        self._size = width, max(round(frame.height * width / frame.width) & ~1, 2)
        self._reformatter = VideoReformatter()
        self._codec = _opened(*self._size, step)

    def fits(self, step: Step, frame: CameraFrame) -> bool:
        """Whether this is the encoder for such a picture."""
        return step == self.step and self._shape == (frame.width, frame.height)

    def encode(self, frame: CameraFrame, *, key: bool) -> Packet | None:
        """The picture, stamped with the time of now."""
        picture = _picture(frame)
        small = self._reformatter.reformat(picture, *self._size, "yuv420p", interpolation="AREA")
        small.pts, small.time_base = int(time.monotonic() / TIME_BASE), TIME_BASE
        small.pict_type = PictureType.I if key else PictureType.NONE
        return next(iter(self._codec.encode(small)), None)


def _opened(width: int, height: int, step: Step) -> VideoCodecContext:
    codec = av.CodecContext.create("libvpx", "w")
    codec.width, codec.height, codec.pix_fmt = width, height, "yuv420p"
    codec.time_base, codec.framerate = TIME_BASE, Fraction(step.rate)
    codec.bit_rate = step.kbit_s * 1000
    codec.gop_size = step.rate * LONGEST_S
    codec.qmin, codec.qmax = 2, 56
    codec.thread_count = 1
    codec.options = {
        "deadline": "realtime",
        "cpu-used": "-6",
        "lag-in-frames": "0",
        "minrate": str(codec.bit_rate),
        "maxrate": str(codec.bit_rate),  # equal to both: a constant bitrate
        "bufsize": str(codec.bit_rate),  # a second of it
        "max-intra-rate": str(KEY_PERCENT),
        "undershoot-pct": "100",
        "overshoot-pct": "15",
        "static-thresh": "1",
        "noise-sensitivity": "4",
    }
    codec.open()
    return codec


def _picture(frame: CameraFrame) -> av.VideoFrame:
    picture = av.VideoFrame(frame.width, frame.height, "yuv420p")
    for plane, data, stride in zip(picture.planes, frame.planes, frame.strides, strict=True):
        plane.update(_rows(data, stride, plane.line_size, plane.height))
    return picture


def _rows(data: bytes, stride: int, wanted: int, height: int) -> bytes:
    """``data`` with rows of ``wanted`` bytes instead of ``stride``."""
    if stride == wanted:
        return data[: wanted * height]
    rows = np.zeros((height, wanted), np.uint8)
    width = min(stride, wanted)
    rows[:, :width] = np.frombuffer(data, np.uint8, stride * height).reshape(height, stride)[:, :width]
    return bytes(rows.data)

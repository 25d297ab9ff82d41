"""The screen as H.264: our own x264 behind aiortc's packet door, because aiortc's caps on the bitrate blur text."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.video.frame import PictureType
from numpy.typing import NDArray

CLOCK_RATE = 90_000  # RTP clock of video (RFC 6184 §8.2.1)
TIME_BASE = Fraction(1, CLOCK_RATE)
FRAME_RATE = 30
# VBV caps the first IDR of a page of text at about 160 KiB instead of 600 (MEASURED.md, costs)
VBV = "vbv-maxrate=8000:vbv-bufsize=2000:keyint=infinite:scenecut=0:repeat-headers=1:annexb=1"


class ScreenEncoder:
    """Encodes pictures of one size; make a new one when the size changes. Used by one thread at a time."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._even = (height + height % 2, width + width % 2)
        self._padded: NDArray[np.uint8] | None = None
        if self._even != (height, width):
            self._padded = np.zeros((*self._even, 4), np.uint8)
        self._codec: Any = av.CodecContext.create("libx264", "w")
        self._codec.height, self._codec.width = self._even
        self._codec.pix_fmt = "yuv420p"
        self._codec.framerate = Fraction(FRAME_RATE)  # its true rate: rate control starves the picture without it
        self._codec.time_base = TIME_BASE
        self._codec.thread_count = 2
        self._codec.options = {"preset": "ultrafast", "tune": "zerolatency", "crf": "21", "x264-params": VBV}

    def encode(self, pixels: NDArray[np.uint8], pts: int, *, key: bool) -> av.Packet[Any] | None:
        """One access unit (Annex B) for ``pixels`` of shape (height, width, 4), B G R X; ``pts`` in 1/90000 s."""
        frame = av.VideoFrame.from_numpy_buffer(self._pad(pixels), format="bgra")
        frame = frame.reformat(format="yuv420p")
        frame.pts, frame.time_base = pts, TIME_BASE
        frame.pict_type = PictureType.I if key else PictureType.NONE
        packets = self._codec.encode(frame)
        return packets[0] if packets else None

    def _pad(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        if self._padded is None:
            return pixels
        self._padded[: self.height, : self.width] = pixels
        return self._padded

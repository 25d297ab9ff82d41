"""The technician's face as a track: the newest frame of the camera, encoded by aiortc."""

from __future__ import annotations

import asyncio
import contextlib
import time
from fractions import Fraction

import av
import numpy as np
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from remotehelp.latest import Latest
from remotehelp.media.camera_frame import CameraFrame

TIME_BASE = Fraction(1, 90_000)


class FaceTrack(MediaStreamTrack):
    """Waits for camera frames and hands the newest on; without a camera it sends nothing."""

    kind = "video"

    def __init__(self) -> None:
        super().__init__()
        self._box: Latest[CameraFrame] = Latest()
        self._news = asyncio.Event()
        self._running = asyncio.get_running_loop()

    def put(self, frame: CameraFrame) -> None:
        """A new frame of the camera; any thread."""
        if self._box.put(frame):
            with contextlib.suppress(RuntimeError):  # the loop has ended
                self._running.call_soon_threadsafe(self._news.set)

    async def recv(self) -> av.VideoFrame:
        """The newest frame as yuv420p, stamped with the time of now."""
        while self.readyState == "live":
            await self._news.wait()
            self._news.clear()
            frame = self._box.take()
            if frame is not None:
                return _picture(frame)
        raise MediaStreamError

    def stop(self) -> None:
        """End the track."""
        super().stop()
        self._news.set()


def _picture(frame: CameraFrame) -> av.VideoFrame:
    picture = av.VideoFrame(frame.width, frame.height, "yuv420p")
    for plane, data, stride in zip(picture.planes, frame.planes, frame.strides, strict=True):
        plane.update(_rows(data, stride, plane.line_size, plane.height))
    picture.pts, picture.time_base = int(time.monotonic() / TIME_BASE), TIME_BASE
    return picture


def _rows(data: bytes, stride: int, wanted: int, height: int) -> bytes:
    """``data`` with rows of ``wanted`` bytes instead of ``stride``."""
    if stride == wanted:
        return data[: wanted * height]
    rows = np.zeros((height, wanted), np.uint8)
    width = min(stride, wanted)
    rows[:, :width] = np.frombuffer(data, np.uint8, stride * height).reshape(height, stride)[:, :width]
    return bytes(rows.data)

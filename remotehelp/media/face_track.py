"""The technician's face as a track: the newest frame of the camera, as large and as often as the line allows."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from remotehelp.latest import Latest
from remotehelp.media.camera_frame import MAX_FPS, CameraFrame
from remotehelp.media.face_encoder import FaceEncoder, Packet
from remotehelp.media.face_plan import FacePlan

KEY_S = 0.5  # at most one key picture in this time


class FaceTrack(MediaStreamTrack):
    """Waits for camera frames and hands the newest on, encoded; without a camera it sends nothing."""

    kind = "video"

    def __init__(self) -> None:
        super().__init__()
        self._box: Latest[CameraFrame] = Latest()
        self._news = asyncio.Event()
        self._running = asyncio.get_running_loop()
        self._plan = FacePlan()
        self._round_trip: Callable[[], float | None] = lambda: None
        self._encoder: FaceEncoder | None = None
        self._key, self._key_at = False, float("-inf")
        self._next_at = float("-inf")

    def put(self, frame: CameraFrame) -> None:
        """A new frame of the camera; any thread."""
        if self._box.put(frame):
            with contextlib.suppress(RuntimeError):  # the loop has ended
                self._running.call_soon_threadsafe(self._news.set)

    def follow(self, round_trip: Callable[[], float | None]) -> None:
        """Ask ``round_trip`` (s) for that of the line, before each picture."""
        self._round_trip = round_trip

    def reported(self, estimate: float | None, lost: float | None) -> None:
        """The receiver's estimate of the line in kbit/s, or the share of packets that were lost lately."""
        if estimate is not None:
            self._plan.estimated(estimate, time.monotonic())
        if lost is not None:
            self._plan.lost(lost, time.monotonic())

    def want_keyframe(self) -> None:
        """One of the next pictures stands alone (RFC 4585 §6.3.1, PLI)."""
        self._key = True

    @property
    def bytes_per_s(self) -> float:
        """What the line to the customer is good for, as far as it is known."""
        return self._plan.kbit_s * 1000 / 8

    async def recv(self) -> Packet:
        """The newest frame as VP8, stamped with the time of now."""
        while self.readyState == "live":
            await self._news.wait()
            await asyncio.sleep(max(self._next_at - time.monotonic(), 0))
            self._news.clear()
            frame = self._box.take()
            if frame is not None and (packet := await self._encoded(frame)) is not None:
                return packet
        raise MediaStreamError

    def stop(self) -> None:
        """End the track."""
        super().stop()
        self._news.set()

    async def _encoded(self, frame: CameraFrame) -> Packet | None:
        now = time.monotonic()
        step = self._plan.step(self._round_trip(), now)
        if step.rate < MAX_FPS:  # the camera is not faster
            self._next_at = max(self._next_at, now - 0.5 / step.rate) + 1 / step.rate
        if self._encoder is None or not self._encoder.fits(step, frame):
            self._encoder = FaceEncoder(step, frame)
        return await asyncio.to_thread(self._encoder.encode, frame, key=self._takes_key(now))

    def _takes_key(self, now: float) -> bool:
        if not self._key or now - self._key_at < KEY_S:
            return False
        self._key, self._key_at = False, now
        return True

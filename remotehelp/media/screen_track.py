"""The customer's screen as a track that is pulled: nothing changed, nothing captured, encoded or sent."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import av
import numpy as np
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from remotehelp.errors import BackendError
from remotehelp.media.area import Pixels, Rect
from remotehelp.media.pace import Pace
from remotehelp.media.screen_encoder import CLOCK_RATE, FRAME_RATE, ScreenEncoder

WAIT_S = 1.0  # how long one pull waits for a change before it looks whether it is still wanted


class Part(Protocol):
    """New pixels of one rectangle, valid until the next pull."""

    @property
    def rect(self) -> Rect: ...

    @property
    def pixels(self) -> Pixels: ...


class Grabbed(Protocol):
    """What is new on a monitor."""

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...

    @property
    def parts(self) -> Sequence[Part]: ...


class Source(Protocol):
    """A monitor that is pulled by one thread; ``remotehelp.desktop.screens.ScreenSource`` is one."""

    def next(self, timeout: float) -> Grabbed | None:
        """The newest picture, None if nothing changed for ``timeout`` seconds; raises BackendError."""

    def refresh(self) -> None: ...


class ScreenTrack(MediaStreamTrack):
    """Pulls pictures from a source in a thread of its own and gives encoded packets to aiortc."""

    kind = "video"

    def __init__(
        self,
        on_size: Callable[[int, int], None] | None = None,
        on_trouble: Callable[[BackendError], None] | None = None,
    ) -> None:
        """``on_size(width, height)`` is called on the capture thread before a picture of a new size leaves;
        ``on_trouble`` on the loop when the source failed, which is not shown any more then.
        """
        super().__init__()
        self._source: Source | None = None
        self._there = asyncio.Event()
        self._on_size = on_size or (lambda width, height: None)
        self._on_trouble = on_trouble or (lambda error: None)
        self._encoder: ScreenEncoder | None = None
        self._pixels: Pixels = np.empty((0, 0, 4), np.uint8)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="capture")
        self._key = threading.Event()
        self._pace = Pace()

    def show(self, source: Source) -> None:
        """Send this source's pictures from now on, beginning with a whole one."""
        self._source = source
        self.want_keyframe()
        self._there.set()

    def hide(self) -> None:
        """Send nothing any more; the caller closes the source."""
        self._source = None
        self._there.clear()

    def want_keyframe(self) -> None:
        """The viewer lost pictures: the next one stands alone (RFC 4585 §6.3.1, PLI)."""
        self._key.set()
        if self._source is not None:
            self._source.refresh()

    async def recv(self) -> av.Packet[Any]:
        """The next encoded picture; waits as long as nothing changes."""
        while self.readyState == "live":
            await self._there.wait()
            source = self._source
            if source is not None and (packet := await self._pulled(source)) is not None:
                return packet
        raise MediaStreamError

    async def _pulled(self, source: Source) -> av.Packet[Any] | None:
        try:
            packet = await asyncio.get_running_loop().run_in_executor(self._thread, self._pull, source)
        except BackendError as error:
            if source is self._source:
                self.hide()
                self._on_trouble(error)
            return None
        if source is not self._source:
            self._key.set()  # the encoder is ahead of the viewer by a picture that stays here
            return None
        return packet

    def stop(self) -> None:
        """End the track and its thread."""
        super().stop()
        self.hide()
        self._there.set()
        self._thread.shutdown(wait=False)

    def _pull(self, source: Source) -> av.Packet[Any] | None:
        time.sleep(self._pace.wait(time.monotonic()))
        grabbed = source.next(WAIT_S)
        if grabbed is None:
            return None
        now = time.monotonic()
        self._pace.took(now, FRAME_RATE)
        return self._encode(self._assemble(grabbed), now)

    def _assemble(self, grabbed: Grabbed) -> Pixels:
        if self._pixels.shape[:2] != (grabbed.height, grabbed.width):
            self._pixels = np.zeros((grabbed.height, grabbed.width, 4), np.uint8)
        for part in grabbed.parts:
            part.rect.of(self._pixels)[:] = part.pixels
        return self._pixels

    def _encode(self, pixels: Pixels, now: float) -> av.Packet[Any] | None:
        height, width = pixels.shape[:2]
        if self._encoder is None or (self._encoder.width, self._encoder.height) != (width, height):
            self._encoder = ScreenEncoder(width, height)
            self._on_size(width, height)
            self._key.set()
        key = self._key.is_set()
        self._key.clear()
        return self._encoder.encode(pixels, int(now * CLOCK_RATE), key=key)

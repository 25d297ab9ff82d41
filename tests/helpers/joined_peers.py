"""Two real connections joined over loopback, each with a handler that writes down what it was told."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from remotehelp.errors import HelpError
from remotehelp.media.camera_frame import CameraFrame
from remotehelp.media.canvas import Canvas
from remotehelp.media.face_track import FaceTrack
from remotehelp.media.frame import Frame
from remotehelp.media.screen_stream import ScreenStream
from remotehelp.media.screen_viewer import ScreenViewer
from remotehelp.messages import Exact, Message, Receipt
from remotehelp.peer.connection import Connection

SOON_S = 8.0


@dataclass
class Recorder:
    """A handler: everything that one side was told, in order; the screen goes on to ``stream`` and ``viewer``."""

    told: list[Message] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    exacts: list[Exact] = field(default_factory=list)
    films: list[bytes] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    breaches: list[HelpError] = field(default_factory=list)
    stream: ScreenStream | None = None
    viewer: ScreenViewer | None = None
    ready: bool = False
    gone: bool = False
    closed: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def on_ready(self) -> None:
        self.ready = True
        self.news.set()

    def on_control(self, message: Message) -> None:
        self.told.append(message)
        self.news.set()

    on_input = on_live = on_control

    def on_frame(self, frame: Frame) -> None:
        self.frames.append(frame)
        self.news.set()

    def on_exact(self, message: Exact) -> None:
        self.exacts.append(message)
        if self.viewer is not None:
            self.viewer.exact(message)
        self.news.set()

    def on_film(self, data: bytes) -> None:
        self.films.append(data)
        if self.viewer is not None:
            self.viewer.film(data)
        self.news.set()

    def on_receipt(self, receipt: Receipt) -> None:
        self.receipts.append(receipt)
        if self.stream is not None:
            self.stream.receipt(receipt)
        self.news.set()

    def on_shown(self, canvas: Canvas) -> None:
        """Something changed on the viewer's canvas."""
        self.news.set()

    def on_breach(self, error: HelpError) -> None:
        self.breaches.append(error)
        self.news.set()

    def on_gone(self) -> None:
        self.gone = True
        self.news.set()

    def on_closed(self) -> None:
        self.closed += 1
        self.on_gone()

    async def until(self, holds: Callable[[Recorder], object]) -> None:
        """Wait until ``holds(self)``; fails after some seconds."""
        try:
            async with asyncio.timeout(SOON_S):
                while not holds(self):
                    self.news.clear()
                    await self.news.wait()
        except TimeoutError:
            raise AssertionError(f"never came: {self}") from None


@dataclass
class Pair:
    """The customer's and the technician's end of one line, with her screen's way out and in."""

    customer: Connection
    technician: Connection
    c: Recorder
    t: Recorder
    screen: ScreenStream
    viewer: ScreenViewer
    face: FaceTrack

    async def join(self) -> None:
        """Offer and answer, as the two openings carry them."""
        offer = await self.customer.offer(self.screen.track, self.screen.want_keyframe, self.technician.fingerprint)
        answer = await self.technician.answer(offer, self.face, self.customer.fingerprint)
        await self.customer.accept_answer(answer)

    def shows(self, grey: int) -> bool:
        """Whether the technician sees this grey at the top left, exactly."""
        with self.viewer.canvas.reading() as now:
            return now.width > 0 and bytes(now.pixels[:3]) == bytes([grey] * 3)

    async def both_ready(self) -> None:
        """`ready` on both sides."""
        await self.c.until(lambda c: c.ready)
        await self.t.until(lambda t: t.ready)


@contextlib.asynccontextmanager
async def pair() -> AsyncIterator[Pair]:
    """Two connections that know nothing of each other yet; both are closed at the end."""
    c, t = Recorder(), Recorder()
    customer, technician = Connection(c), Connection(t)
    c.stream = ScreenStream(customer.send_exact, customer.rate)
    t.viewer = ScreenViewer(technician.send, t.on_shown, t.on_breach)
    both = Pair(customer, technician, c, t, c.stream, t.viewer, FaceTrack())
    try:
        yield both
    finally:
        await both.customer.close()
        await both.technician.close()
        both.screen.stop()
        both.viewer.close()
        both.face.stop()


@contextlib.asynccontextmanager
async def joined() -> AsyncIterator[Pair]:
    """Two connections that are ready."""
    async with pair() as both:
        await both.join()
        await both.both_ready()
        yield both


def grey_face(grey: int = 128, width: int = 320, height: int = 240) -> CameraFrame:
    """A camera picture of one grey."""
    half = bytes([128]) * (width // 2 * (height // 2))
    return CameraFrame(width, height, (bytes([grey]) * (width * height), half, half), (width, width // 2, width // 2))

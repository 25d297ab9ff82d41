"""A shared screen over a line, in virtual time: real capture, channels, repairs and viewer, and no real second passes.

What computers take is left out, so that the figures tell what the line and our way of using it make of a change; the
same seed gives the same figures, however busy the machine is.
"""

from __future__ import annotations

import asyncio
import itertools
import selectors
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any
from unittest.mock import patch

from aiortc import RTCDataChannel, RTCDataChannelParameters, RTCSctpTransport
from aiortc.rtcsctptransport import RTCSctpCapabilities
from aiortc.rtp import RtpPacket

from remotehelp.desktop.screens import Part, Picture
from remotehelp.errors import BackendError
from remotehelp.media.area import Pixels, Rect
from remotehelp.media.canvas import Canvas
from remotehelp.media.capture import Capture
from remotehelp.media.filming import Packet
from remotehelp.media.screen_viewer import ScreenViewer
from remotehelp.messages import Heartbeat, Restart, decode_exact, decode_receipt, encode
from remotehelp.peer.aiortc_private import Assembly, free_channels
from remotehelp.peer.pacing import Pacing
from remotehelp.peer.rate import Rate
from tests.helpers.thin_line import Line
from tests.helpers.waiting import until

PAYLOAD = 1200  # bytes of an RTP packet
OVERHEAD = 37  # bytes of DTLS, or of SRTP and RTP
NACK, PLI = 40, 28  # bytes
LOOK_S = 0.002  # how often the capture looks for something new
BEAT_S = 0.25  # heartbeats on `live`


class VirtualLoop(asyncio.SelectorEventLoop):
    """Never waits: where nothing is to be done, its clock goes on to the next timer."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._real = selectors.DefaultSelector()
        super().__init__(self)  # type: ignore[arg-type]

    def time(self) -> float:
        """Virtual seconds."""
        return self.now

    def select(self, timeout: float | None = None) -> list[Any]:
        """What asyncio asks of a selector, in place of waiting."""
        if events := self._real.select(0):
            return events
        if timeout is None:
            raise AssertionError("nothing will ever happen any more")
        self.now += max(timeout, 0.0)
        return []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def virtually(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run ``work`` to its end in virtual time."""
    loop = VirtualLoop()
    with (
        patch.object(time, "monotonic", loop.time),
        patch.object(time, "time", loop.time),
        asyncio.Runner(loop_factory=lambda: loop) as runner,
    ):
        runner.run(work())


class _Dtls:
    """One end: packets of SCTP leave through the line."""

    state = "connected"

    def __init__(self, role: str) -> None:
        self._role = role
        self.receiver: Any = None
        self.leave: Callable[[int, Callable[[], None]], None]
        self.other: _Dtls
        self._arriving: set[asyncio.Task[None]] = set()

    def _register_data_receiver(self, receiver: Any) -> None:
        self.receiver = receiver

    def _unregister_data_receiver(self, receiver: Any) -> None:
        self.receiver = None

    async def _send_data(self, data: bytes) -> None:
        self.leave(len(data) + OVERHEAD, lambda: self.other.arrive(data))

    def arrive(self, data: bytes) -> None:
        if self.receiver is not None:
            task = asyncio.create_task(self.receiver._handle_data(data))
            self._arriving.add(task)
            task.add_done_callback(self._arriving.discard)


class _AtOnce:
    """In place of the decoder's thread."""

    def submit(self, work: Callable[..., None], *what: Any) -> None:
        work(*what)

    def shutdown(self, **_: Any) -> None:
        """Nothing to end."""


class Screen:
    """What is on the customer's display: ``draw`` what changed."""

    def __init__(self, pixels: Pixels) -> None:
        self.pixels = pixels
        self._boxes = [Rect(0, 0, pixels.shape[1], pixels.shape[0])]
        self.news = asyncio.Event()
        self.news.set()

    def draw(self, *changes: tuple[int, int, Pixels]) -> None:
        """These pixels at these places."""
        for x, y, pixels in changes:
            box = Rect(x, y, pixels.shape[1], pixels.shape[0])
            box.of(self.pixels)[:] = pixels
            self._boxes.append(box)
        self.news.set()

    def take(self) -> Picture | None:
        """What changed since the last call."""
        if not self.news.is_set():
            return None
        self.news.clear()
        boxes, self._boxes = self._boxes, []
        parts = tuple(Part(box, box.of(self.pixels).copy()) for box in boxes)
        return Picture(self.pixels.shape[1], self.pixels.shape[0], parts, 0.0)


class VirtualVisit:
    """``there`` leads from the customer to the technician, ``back`` the other way."""

    def __init__(self, screen: Screen, there: Line, back: Line, on_shown: Callable[[Canvas], None]) -> None:
        self.screen, self.there, self.back = screen, there, back
        self._loop = asyncio.get_running_loop()
        self.rate = Rate()
        self.viewer = ScreenViewer(self._receipt, on_shown, self._breach)
        self.viewer._thread.shutdown()
        self.viewer._thread = _AtOnce()  # type: ignore[assignment]
        self.capture = Capture(None, itertools.count(), self.rate, self)  # type: ignore[arg-type]
        self._ends = [_Dtls("client"), _Dtls("server")]
        self._sctp = [RTCSctpTransport(end) for end in self._ends]  # type: ignore[arg-type]
        for end, other, line in zip(self._ends, reversed(self._ends), (there, back), strict=True):
            end.other, end.leave = other, self._over(line)
        free_channels(self._sctp[0], self.rate.measured)
        free_channels(self._sctp[1], lambda _: None)
        self._channels = [{label: _channel(sctp, label) for label in ("exact", "live")} for sctp in self._sctp]
        self._channels[0]["exact"].on("message", lambda data: self._receipt_came(decode_receipt(data)))
        self._channels[1]["exact"].on("message", lambda data: self.viewer.exact(decode_exact(data)))
        self._pacing = Pacing(lambda: self.rate.bytes_per_s, self._trip(0), self._loop.time, self.rate.repeated)
        self._kept: dict[int, RtpPacket] = {}
        self._numbers = itertools.count()
        self._films: asyncio.Queue[Packet] = asyncio.Queue()
        self.assembly = Assembly(self, self._trip(1))  # type: ignore[arg-type]
        self._tasks: list[asyncio.Task[Any]] = []

    async def begin(self) -> None:
        """Connect, and show the screen."""
        for sctp in self._sctp:
            await sctp.start(RTCSctpCapabilities(maxMessageSize=65536), 5000)
        await until(lambda: all(sctp.state == "connected" for sctp in self._sctp))
        work = (self._capturing(), self._filming(), self.assembly.run(), self._beating())
        self._tasks = [asyncio.create_task(one) for one in work]

    async def end(self) -> None:
        """Let everything end."""
        for task in self._tasks:
            task.cancel()
        self._pacing.close()
        self.viewer.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for sctp in self._sctp:
            await sctp.stop()

    # --- capture: what its thread does ---------------------------------------------------------------

    async def _capturing(self) -> None:
        capture = self.capture
        while True:
            now = self._loop.time()
            capture._hear(now)
            if not capture._may_send():
                await self._wait(capture._patience(now))
                continue
            await asyncio.sleep(capture._pace.wait(now))
            if not self.screen.news.is_set():
                await self._wait(capture._patience(self._loop.time()))
            picture, now = self.screen.take(), self._loop.time()
            capture._speeds.most = self.rate.message
            if picture is not None:
                capture._follow(picture)
                capture._send(now, capture._speeds.take(picture.parts, now, capture._room))
            capture._refine(now)

    async def _wait(self, seconds: float) -> None:
        """Until something is new on the screen or came from the viewer, as the thread does: it looks each 2 ms."""
        for _ in range(max(1, int(seconds / LOOK_S))):
            await asyncio.sleep(LOOK_S)
            if self.capture._news.is_set() or (self.screen.news.is_set() and self.capture._may_send()):
                break
        self.capture._news.clear()

    def resized(self, width: int, height: int) -> None:
        """Nothing depends on it."""

    def failed(self, capture: Capture, error: BackendError) -> None:
        raise error

    def leave(self, capture: Capture, messages: Sequence[bytes], film: Packet | None) -> None:
        """On its way."""
        for message in messages:
            self._channels[0]["exact"].send(message)
        if film is not None:
            self._films.put_nowait(film)

    # --- video: what aiortc does ---------------------------------------------------------------------

    async def _filming(self) -> None:
        while True:
            film = bytes(await self._films.get())
            self.capture.film_sent()
            pieces = [film[at : at + PAYLOAD] for at in range(0, len(film), PAYLOAD)]
            stamp = int(self._loop.time() * 90_000) % 2**32
            for count, piece in enumerate(pieces, 1):
                number = next(self._numbers) % 2**16
                packet = RtpPacket(sequence_number=number, marker=int(count == len(pieces)), timestamp=stamp)
                packet.payload = packet._data = piece  # type: ignore[attr-defined]
                self._kept[number] = packet
                await self._pacing.send(piece, self._leaving(packet))

    def _leaving(self, packet: RtpPacket) -> Callable[[bytes], Coroutine[Any, Any, None]]:
        async def leave(data: bytes) -> None:
            self._over(self.there)(len(data) + OVERHEAD, lambda: self._packet_came(packet))

        return leave

    def _packet_came(self, packet: RtpPacket) -> None:
        self.assembly.add(packet)
        self._assembled(packet)

    def _assembled(self, packet: RtpPacket) -> None:
        buffer = self._RTCRtpReceiver__jitter_buffer  # type: ignore[attr-defined]
        gave_up, frame = buffer.add(packet)
        if gave_up:
            self._over(self.back)(PLI, self.capture.want_keyframe)
        if frame is not None:
            self.viewer.film(frame.data)

    async def _handle_rtp_packet(self, packet: RtpPacket, _: int) -> None:
        self._assembled(packet)

    async def _send_rtcp_nack(self, _: int, numbers: list[int]) -> None:
        self._over(self.back)(NACK, lambda: self._repeat(numbers))

    async def _send_rtcp_pli(self, _: int) -> None:
        self._over(self.back)(PLI, self.capture.want_keyframe)

    def _repeat(self, numbers: list[int]) -> None:
        for number in numbers:
            if number in self._kept and self._pacing.may_repeat(number):
                packet = self._kept[number]
                self._pacing.repeat(packet.payload, self._leaving(packet))

    # --- the rest ------------------------------------------------------------------------------------

    def _receipt(self, receipt: Any) -> None:
        self._channels[1]["exact"].send(encode(receipt))

    def _receipt_came(self, receipt: Any) -> None:
        if isinstance(receipt, Restart):
            self.capture.want_keyframe()
        else:
            self.capture.seen(receipt)

    def _breach(self, error: Exception) -> None:
        raise error

    async def _beating(self) -> None:
        for number in itertools.count(1):
            for channels in self._channels:
                channels["live"].send(encode(Heartbeat(number, number)))
            await asyncio.sleep(BEAT_S)

    def _trip(self, side: int) -> Callable[[], float | None]:
        return lambda: self._sctp[side]._srtt

    def _over(self, line: Line) -> Callable[[int, Callable[[], None]], None]:
        def leave(size: int, arrive: Callable[[], None]) -> None:
            at = line.arrives(size, self._loop.time())
            if at is not None:
                self._loop.call_at(at, arrive)

        return leave


def _channel(sctp: RTCSctpTransport, label: str) -> RTCDataChannel:
    number = {"exact": 16, "live": 14}[label]
    shape = RTCDataChannelParameters(label=label, negotiated=True, id=number, ordered=False, maxRetransmits=0)
    return RTCDataChannel(sctp, shape)

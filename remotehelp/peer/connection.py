"""One connection between customer and technician: tracks, channels, `ready`, a clean end. aiortc behind plain calls.

The customer offers, always: she decides when a picture goes out, so there is no glare (RFC 8829 §4.1). Media sections:
0 the face (T -> C), 1 the screen (C -> T, inactive until `view`). A channel that nobody agreed on is a breach.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import structlog
from aiortc import (
    RTCBundlePolicy,
    RTCConfiguration,
    RTCDataChannel,
    RTCIceServer,
    RTCInboundRtpStreamStats,
    RTCPeerConnection,
    RTCRemoteInboundRtpStreamStats,
    RTCRtpCodecCapability,
    RTCRtpReceiver,
    RTCRtpSender,
    RTCSessionDescription,
    RTCTransportStats,
)
from aiortc.mediastreams import MediaStreamTrack

from remotehelp import messages
from remotehelp.errors import HelpError, RemoteProtocolError
from remotehelp.media.face_track import FaceTrack
from remotehelp.media.frame import Frame
from remotehelp.media.receiving import receive
from remotehelp.peer import aiortc_private
from remotehelp.peer.channels import CONTROL, EXACT, FLUSH_S, INPUT, LIVE, Channels, Receiver
from remotehelp.peer.guards import guard_description, own_networks
from remotehelp.peer.line_meter import Counts
from remotehelp.peer.pacing import Pacing
from remotehelp.peer.rate import Rate

log = structlog.get_logger("peer")

LARGEST_FACE = (1280, 960)  # pixels; a larger one is not decoded

FindServers = Callable[[], Coroutine[Any, Any, list[RTCIceServer]]]
Detour = Callable[[messages.Parting], Coroutine[Any, Any, None]]


class Handler(Protocol):
    """Who is told what happens on a connection; called on the loop, in order."""

    def on_ready(self) -> None: ...

    def on_control(self, message: messages.Control) -> None: ...

    def on_input(self, message: messages.Input) -> None: ...

    def on_live(self, message: messages.Live) -> None: ...

    def on_frame(self, frame: Frame) -> None:
        """The newest picture of the technician's face, on the customer's side."""

    def on_exact(self, message: messages.Exact) -> None:
        """An exact change of the screen, on the technician's side."""

    def on_film(self, data: bytes) -> None:
        """An access unit of the screen's video, on the technician's side."""

    def on_receipt(self, receipt: messages.Receipt) -> None:
        """What the technician has of the screen, on the customer's side."""

    def on_breach(self, error: HelpError) -> None:
        """The other side broke the protocol."""

    def on_gone(self) -> None:
        """There is no road left to the other side."""

    def on_closed(self) -> None:
        """The other side has closed this connection."""


class Connection:
    """One aiortc peer connection of a visit. ``fingerprint`` is known at once; the peer's comes with the pairing."""

    def __init__(self, handler: Handler) -> None:
        aiortc_private.gather_on_loopback_too()
        aiortc_private.remember_more_packets()
        self._handler = handler
        self._configuration = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        self._pc = RTCPeerConnection(self._configuration)
        self._find_servers: FindServers | None = None
        self._finding: asyncio.Task[list[RTCIceServer]] | None = None
        self.rate = Rate()
        self._peer_fingerprint = b""
        self._receivers: dict[str, Receiver] = {
            CONTROL: (messages.decode_control, self._control_came),
            INPUT: (messages.decode_input, handler.on_input),
            LIVE: (messages.decode_live, handler.on_live),
            EXACT: (messages.decode_exact, handler.on_exact),
        }
        self._channels = Channels(self._receivers, handler.on_breach)
        self._tasks: set[asyncio.Task[None]] = set()
        self._describing: set[asyncio.Task[str]] = set()
        self._ready_here = self._ready_there = self._ready_told = False
        self._standing = asyncio.Event()
        self._detour: Detour | None = None
        self._parting: asyncio.Task[None] | None = None
        self._closed = self._ended = self._offers = False
        self._negotiating = asyncio.Lock()
        self._answer: asyncio.Future[str] | None = None
        self._early: list[MediaStreamTrack] = []
        self._closing: asyncio.Task[None] | None = None
        self._paced: tuple[RTCRtpSender, Pacing] | None = None
        self._pc.on("connectionstatechange", self._state_changed)
        self._pc.on("track", self._track_came)
        self._pc.on("datachannel", self._foreign_channel)

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of this side's DTLS certificate, 32 bytes."""
        return aiortc_private.fingerprint(self._pc)

    # --- the customer's side -------------------------------------------------------------------------

    async def offer(self, film: MediaStreamTrack, want_keyframe: Callable[[], None], peer_fingerprint: bytes) -> str:
        """The one offer that crosses the broker: receives the face, holds the screen's ``film`` back.

        ``want_keyframe`` is called at each PLI.
        """
        await self._take_servers()
        self._offers = True
        self._receivers[EXACT] = (messages.decode_receipt, self._handler.on_receipt)
        self._peer_fingerprint = peer_fingerprint
        face_section = self._pc.addTransceiver("video", direction="recvonly")
        face_section.setCodecPreferences(_codecs("video/vp8"))
        self._assemble(face_section.receiver)
        aiortc_private.guard_decoder(face_section.receiver, *LARGEST_FACE)
        transceiver = self._pc.addTransceiver(film, direction="inactive")
        transceiver.setCodecPreferences(_codecs("video/h264"))
        aiortc_private.on_keyframe_request(transceiver.sender, want_keyframe)
        pacing = Pacing(lambda: self.rate.bytes_per_s, self._round_trip, time.monotonic, self.rate.repeated)
        self._paced = (transceiver.sender, pacing)
        self._open_channels()
        return await self._local("offer")

    async def offer_screen(self, *, active: bool) -> None:
        """Renegotiate over `control`: the picture may flow from now on, or no more. One at a time, in order."""
        async with self._negotiating:
            if self._closed:
                return
            self._answer = asyncio.get_running_loop().create_future()
            self._pc.getTransceivers()[1].direction = "sendonly" if active else "inactive"
            self.send(messages.Offer(await self._local("offer")))
            try:
                await self.accept_answer(await self._answer)
            except RemoteProtocolError as error:
                self._handler.on_breach(error)

    async def accept_answer(self, text: str) -> None:
        """Apply the technician's answer, guarded; raises RemoteProtocolError("description_refused")."""
        await self._remote("answer", text)

    # --- the technician's side -----------------------------------------------------------------------

    async def answer(self, text: str, face: FaceTrack, peer_fingerprint: bytes) -> str:
        """The answer to the customer's first offer: sends the face, may receive the screen."""
        await self._take_servers()
        self._peer_fingerprint = peer_fingerprint
        await self._remote("offer", text)
        face_section, screen_section = self._pc.getTransceivers()
        face_section.direction = "sendonly"
        face_section.sender.replaceTrack(face)
        face.follow(self._round_trip)
        aiortc_private.on_keyframe_request(face_section.sender, face.want_keyframe)
        aiortc_private.on_report(face_section.sender, face.reported)
        pacing = Pacing(lambda: face.bytes_per_s, self._round_trip, time.monotonic, lambda _: None)
        self._paced = (face_section.sender, pacing)
        self._assemble(screen_section.receiver)
        aiortc_private.divert_encoded(screen_section.receiver, self._film_came)
        self._open_channels()
        return await self._local("answer")

    async def _answer_again(self, text: str) -> None:
        async with self._negotiating:
            await self._remote("offer", text)
            self.send(messages.Answer(await self._local("answer")))

    # --- both ----------------------------------------------------------------------------------------

    def send(self, message: messages.Message) -> None:
        """Send on the channel that the message belongs to; silently dropped once the channel is closed."""
        self._channels.send(message)
        if isinstance(message, messages.Parting) and self._detour is not None and not self._ready_told:
            self._parting = self._spawn(self._detour(message))

    @property
    def described(self) -> bool:
        """Whether offer and answer have crossed: the broker is not needed any more."""
        return self._pc.localDescription is not None and self._pc.remoteDescription is not None

    def find_servers_by(self, find: FindServers) -> None:
        """Before the first offer or answer: gather with the servers that ``find`` gives then, else with none."""
        self._find_servers = find

    def part_by(self, detour: Detour) -> None:
        """Send a parting word by ``detour`` too while the connection does not stand."""
        self._detour = detour

    async def stands(self) -> None:
        """Once `ready` came from both sides."""
        await self._standing.wait()

    def send_exact(self, data: bytes) -> None:
        """Send one encoded ``messages.Exact``; silently dropped once the channel is closed."""
        self._channels.send_encoded(EXACT, data)

    async def counts(self) -> Counts:
        """What was counted on the line so far."""
        arrived = {"inbound-rtp": [0, 0], "remote-inbound-rtp": [0, 0]}
        octets = 0
        for stats in (await self._pc.getStats()).values():
            if isinstance(stats, RTCTransportStats):
                octets = stats.bytesSent + stats.bytesReceived  # all streams share one transport
            elif isinstance(stats, RTCInboundRtpStreamStats | RTCRemoteInboundRtpStreamStats):
                arrived[stats.type][0] += stats.packetsReceived
                arrived[stats.type][1] += stats.packetsLost
        received, sent = ((came, lost) for came, lost in arrived.values())
        return Counts(aiortc_private.relayed(self._pc), self._round_trip(), octets, received, sent)

    @property
    def input_waits(self) -> int:
        """Bytes of input that are queued but not yet sent."""
        return self._channels.waiting(INPUT)

    async def flushed(self) -> None:
        """When what was sent on `control` or by the detour is on its way, at most a second later each."""
        if self._parting is not None:
            await asyncio.wait((self._parting,), timeout=FLUSH_S)
        await self._channels.flushed()

    async def close(self) -> None:
        """End the connection; nothing is called afterwards. Whoever calls again waits for the same end."""
        if self._closing is None:
            self._closed = True
            self._channels.close()
            self._closing = asyncio.create_task(self._close(), name="close connection")
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        if self._answer is not None:
            self._answer.cancel()
        if self._finding is not None:
            self._finding.cancel()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._describing, return_exceptions=True)
        aiortc_private.begin_no_consent(self._pc)
        await self._pc.close()
        if self._paced is not None:
            self._paced[1].close()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take_servers(self) -> None:
        """aiortc reads its configuration when the first track or channel is added; closing ends this, too."""
        if self._find_servers is not None and not self._closed:
            self._finding = asyncio.create_task(self._find_servers(), name="find servers")
            self._configuration.iceServers = await self._finding

    async def _local(self, kind: str) -> str:
        """Our own description; who gives up waiting leaves it to end by itself, for its sockets would stay open."""
        task = asyncio.create_task(self._describe(kind), name="describe")
        self._describing.add(task)
        task.add_done_callback(self._describing.discard)
        return await asyncio.shield(task)

    async def _describe(self, kind: str) -> str:
        make = self._pc.createOffer if kind == "offer" else self._pc.createAnswer
        await self._pc.setLocalDescription(await make())
        aiortc_private.enlarge_receive_buffers(self._pc)
        aiortc_private.guard_sockets(self._pc)
        return self._pc.localDescription.sdp

    async def _remote(self, kind: str, text: str) -> None:
        clean = guard_description(text, kind, self._peer_fingerprint, own_networks())
        try:
            await self._pc.setRemoteDescription(RTCSessionDescription(clean, kind))
        except Exception as error:
            raise RemoteProtocolError("description_refused", why="apply") from error

    def _assemble(self, receiver: RTCRtpReceiver) -> None:
        self._spawn(aiortc_private.Assembly(receiver, self._round_trip).run())

    def _round_trip(self) -> float | None:
        return aiortc_private.round_trip(self._pc)

    def _open_channels(self) -> None:
        self._channels.open(self._pc, self._opened)
        if self._pc.sctp is not None:  # it is there with the first channel
            aiortc_private.free_channels(self._pc.sctp, self.rate.measured)

    def _opened(self) -> None:
        self._ready_here = True
        self.send(messages.Ready())
        self._both_ready()

    def _both_ready(self) -> None:
        if self._ready_here and self._ready_there and not self._ready_told:
            self._ready_told = True
            self._channels.hear_all()
            self._standing.set()
            if self._paced is not None:  # the transport is settled now
                aiortc_private.pace(*self._paced)
            self._handler.on_ready()
            for track in self._early:
                self._track_came(track)
            self._early.clear()

    def _control_came(self, message: messages.Control) -> None:
        match message:
            case messages.Ready():
                self._ready_there = True
                self._both_ready()
            case _ if not self._ready_told:
                raise RemoteProtocolError("message_out_of_order")
            case messages.Offer(sdp=sdp):
                self._offer_came(sdp)
            case messages.Answer(sdp=sdp):
                self._answer_came(sdp)
            case _:
                self._handler.on_control(message)

    def _offer_came(self, text: str) -> None:
        if self._offers:
            raise RemoteProtocolError("message_out_of_order")
        self._spawn(self._answer_again(text))

    def _answer_came(self, text: str) -> None:
        if self._answer is None or self._answer.done():
            raise RemoteProtocolError("message_out_of_order")
        self._answer.set_result(text)

    def _foreign_channel(self, channel: RTCDataChannel) -> None:
        channel.close()
        self._handler.on_breach(RemoteProtocolError("message_not_understood"))

    def _track_came(self, track: MediaStreamTrack) -> None:
        if not self._offers:
            return  # the screen's video goes to `on_film`, still encoded
        if not self._ready_told:
            self._early.append(track)  # nothing starts before both `ready` came
        elif not self._closed:  # else nobody would end it any more
            self._spawn(receive(track, self._handler.on_frame))

    def _film_came(self, data: bytes) -> None:
        if self._ready_told and not self._closed:
            self._handler.on_film(data)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, HelpError) and not self._closed:
            self._handler.on_breach(error)
        elif error is not None and self._pc.connectionState != "closed":  # else it had nothing to work on any more
            log.error("task failed", exc_info=error)

    def _state_changed(self) -> None:
        log.info("connection", state=self._pc.connectionState)
        if self._pc.connectionState not in ("failed", "closed") or self._closed or self._ended:
            return
        self._ended = True  # aiortc closes what has failed, too
        if aiortc_private.closed_by_peer(self._pc):
            self._handler.on_closed()
        else:
            self._handler.on_gone()


def _codecs(name: str) -> list[RTCRtpCodecCapability]:
    """The codec ``name`` with its retransmissions (RFC 4588)."""
    offered = RTCRtpSender.getCapabilities("video").codecs
    return [codec for codec in offered if codec.mimeType.lower() in (name, "video/rtx")]

"""Every touch of a private name of aiortc 1.16 and aioice 0.13, held by tests/contract/test_aiortc_private.py."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable
from typing import Any

from aioice import ice
from aiortc import RTCPeerConnection, RTCRtpReceiver, RTCRtpSender, RTCSctpTransport, clock, rtcrtpsender
from aiortc.rtcsctptransport import SackChunk
from aiortc.rtp import (
    RTCP_PSFB_APP,
    AnyRtcpPacket,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtpPacket,
    is_rtcp,
    unpack_remb_fci,
)

from remotehelp.peer.datagram_guard import Address, DatagramGuard
from remotehelp.peer.decoder_guard import DivertedQueue, GuardedQueue
from remotehelp.peer.jitter_buffer import MarkerJitterBuffer
from remotehelp.peer.pacing import Pacing
from remotehelp.peer.repairs import REMEMBERED, Repairs

RECEIVE_BUFFER = 4 * 1024 * 1024  # bytes: a burst of a whole picture must fit (MEASURED.md, trap 3)
LOOPBACK = "127.0.0.1"
ASKED_AT_ONCE = 200  # packets in one NACK: it has to fit one datagram
SSRC = slice(8, 12)  # of an RTP packet (RFC 3550 §5.1)
SCTP_WINDOW = 256 * 1024  # bytes: more than `rate.py` ever lets be on the way
SCTP_LEAST_RTO = 0.2  # s; every packet is acknowledged at once, so that nothing but the line makes it late
TSN_TURN = 2**32  # RFC 9260 §1.6
RECEIVED_SHUTDOWN = 2  # SSL_get_shutdown(3)


def fingerprint(pc: RTCPeerConnection) -> bytes:
    """SHA-256 of the DTLS certificate that ``pc`` will show (RFC 8122 §5), 32 bytes, before any SDP exists."""
    certificate: Any = pc._RTCPeerConnection__certificates[0]  # type: ignore[attr-defined]
    [value] = [f.value for f in certificate.getFingerprints() if f.algorithm == "sha-256"]
    return bytes.fromhex(value.replace(":", ""))


def on_keyframe_request(sender: RTCRtpSender, callback: Callable[[], None]) -> None:
    """Call ``callback`` at each PLI or FIR: they don't reach a track that returns packets (MEASURED.md, trap 4)."""
    sender._send_keyframe = callback  # type: ignore[method-assign]


def on_report(sender: RTCRtpSender, callback: Callable[[float | None, float | None], None]) -> None:
    """Call ``callback`` with what the receiver of ``sender``'s stream says of it, one of both at a time.

    Its estimate of the line in kbit/s (draft-alvestrand-rmcat-remb), and the share of packets that were lost lately
    (RFC 3550 §6.4.1).
    """
    original = sender._handle_rtcp_packet

    async def handle(packet: AnyRtcpPacket) -> None:
        if isinstance(packet, RtcpPsfbPacket) and packet.fmt == RTCP_PSFB_APP:
            with contextlib.suppress(ValueError):  # damaged, and authentic: their defect
                callback(unpack_remb_fci(packet.fci)[0] / 1000, None)
        elif isinstance(packet, RtcpRrPacket):
            for report in packet.reports:
                if report.ssrc == sender._ssrc:
                    callback(None, report.fraction_lost / 256)
        await original(packet)

    sender._handle_rtcp_packet = handle  # type: ignore[method-assign]


def round_trip(pc: RTCPeerConnection) -> float | None:
    """The smoothed round trip of the data channels in s (RFC 9260 §6.3.1); None before the first measurement."""
    return None if pc.sctp is None else pc.sctp._srtt


def free_channels(sctp: RTCSctpTransport, on_trip: Callable[[float], None]) -> None:
    """Let the channels of ``sctp`` send at once what they are given: `rate.py` decides what may be on the way.

    ``on_trip`` gets each measured round trip of a packet, in s.

    SCTP's own congestion control (RFC 9260 §7) is for an association that fills the line by itself. After each lost
    packet it leaves room for four, after a lost last one for a single one, and that for all channels, keys too.
    """
    transmit, receive_sack, update_rto = sctp._transmit, sctp._receive_sack_chunk, sctp._update_rto

    async def transmit_all() -> None:
        sctp._cwnd = max(sctp._cwnd, SCTP_WINDOW)
        await transmit()
        while sctp._outbound_queue and sctp._flight_size < sctp._cwnd:
            await transmit()  # each call sends four packets at most

    async def receive_and_measure(chunk: SackChunk) -> None:
        if (seconds := _newest_trip(sctp, chunk, time.time())) is not None:
            update_rto(seconds)
            sctp._rto = max(SCTP_LEAST_RTO, (sctp._srtt or 0.0) + 4 * (sctp._rttvar or 0.0))  # RFC 9260 §6.3.1
            on_trip(seconds)
        await receive_sack(chunk)

    sctp._transmit = transmit_all  # type: ignore[method-assign]
    sctp._receive_sack_chunk = receive_and_measure  # type: ignore[method-assign]
    sctp._update_rto = lambda seconds: None  # type: ignore[method-assign, assignment]


def _newest_trip(sctp: RTCSctpTransport, sack: SackChunk, now: float) -> float | None:
    """The round trip of the newest packet, if ``sack`` acknowledges it for the first time, in s.

    aiortc measures the oldest, which may have arrived long ago and waited for one before it.
    """
    for chunk in reversed(sctp._sent_queue):
        ahead = (chunk.tsn - sack.cumulative_tsn) % TSN_TURN
        if ahead == 0 or ahead >= TSN_TURN // 2 or any(first <= ahead <= last for first, last in sack.gaps):
            left = None if chunk._acked or chunk._sent_count != 1 else chunk._sent_time
            return None if left is None else now - left
    return None


def relayed(pc: RTCPeerConnection) -> bool:
    """Whether the selected pair of candidates goes through a relay (RFC 8445 §5.1.1)."""
    pairs = [
        pair
        for transport in pc._RTCPeerConnection__iceTransports  # type: ignore[attr-defined]
        for pair in transport._connection._nominated.values()
    ]
    return any("relay" in (pair.local_candidate.type, pair.remote_candidate.type) for pair in pairs)


def closed_by_peer(pc: RTCPeerConnection) -> bool:
    """Whether the other side ended ``pc`` by its own will: its close_notify came, authentic (RFC 5246 §7.2.1)."""
    return any(
        transport._ssl.get_shutdown() & RECEIVED_SHUTDOWN
        for transport in pc._RTCPeerConnection__dtlsTransports  # type: ignore[attr-defined]
        if transport._ssl is not None  # it comes with the handshake
    )


def remember_more_packets() -> None:
    """Let the senders of this process keep 1024 packets instead of 128: a large picture can be asked for whole."""
    rtcrtpsender.RTP_HISTORY_SIZE = REMEMBERED  # type: ignore[attr-defined]


def pace(sender: RTCRtpSender, pacing: Pacing) -> None:
    """Once the transport of ``sender`` is settled: send its packets by ``pacing``, repeated ones too."""
    transport = sender.transport
    original = transport._send_rtp
    media, repeated = (ssrc.to_bytes(4, "big") for ssrc in (sender._ssrc, sender._rtx_ssrc))

    async def send(data: bytes) -> None:
        if is_rtcp(data) or data[SSRC] not in (media, repeated):
            await original(data)
        elif data[SSRC] == media:
            await pacing.send(data, original)
        else:
            pacing.repeat(data, original)  # whoever waited here would hold up all that comes in

    retransmit = sender._retransmit

    async def repeat(sequence_number: int) -> None:
        kept = sender._RTCRtpSender__rtp_history.get(sequence_number % REMEMBERED)  # type: ignore[attr-defined]
        sent = kept is not None and kept.sequence_number == sequence_number  # the rest of a picture may not exist
        if sent and pacing.may_repeat(sequence_number):
            await retransmit(sequence_number)

    transport._send_rtp = send  # type: ignore[method-assign]
    sender._retransmit = repeat  # type: ignore[method-assign]


class Assembly:
    """What ``receiver``, which has not started yet, gets becomes whole pictures; missing packets are asked for.

    The last picture before stillness is shown at once (MEASURED.md, trap 2), NACKs are repeated (trap 3).
    """

    missing: frozenset[int] = frozenset()  # aiortc would ask for these, once

    def __init__(self, receiver: RTCRtpReceiver, round_trip: Callable[[], float | None]) -> None:
        """``round_trip`` in s."""
        self._receiver = receiver
        self._buffer = MarkerJitterBuffer(self._knock)
        self._repairs = Repairs(round_trip)
        self._knocking: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self._until = float("inf")
        self._ssrc = 0
        receiver._RTCRtpReceiver__jitter_buffer = self._buffer  # type: ignore[attr-defined]
        receiver._RTCRtpReceiver__nack_generator = self  # type: ignore[attr-defined]

    def add(self, packet: RtpPacket) -> bool:
        """What aiortc calls for each packet; True would let it send a NACK."""
        self._ssrc = packet.ssrc
        self._repairs.came(packet.sequence_number, last=bool(packet.marker), now=time.monotonic())
        due = self._repairs.next_due()
        if due is not None and due < self._until:
            self._news.set()
        return False

    async def run(self) -> None:
        """Ask for what is missing, until cancelled; for what was given up, a whole picture."""
        while True:
            asked = self._repairs.due(time.monotonic())
            for first in range(0, len(asked), ASKED_AT_ONCE):
                await self._receiver._send_rtcp_nack(self._ssrc, asked[first : first + ASKED_AT_ONCE])
            if (number := self._repairs.given_up()) is not None:
                self._buffer.give_up(number)
                await self._receiver._send_rtcp_pli(self._ssrc)
            await self._something_due()

    async def _something_due(self) -> None:
        self._news.clear()
        due = self._repairs.next_due()
        self._until = float("inf") if due is None else due
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), None if due is None else max(due - time.monotonic(), 0))

    def _knock(self, packet: RtpPacket) -> None:
        task = asyncio.create_task(self._receiver._handle_rtp_packet(packet, clock.current_ms()), name="jitter buffer")
        self._knocking.add(task)
        task.add_done_callback(self._knocking.discard)


def guard_decoder(receiver: RTCRtpReceiver, width: int, height: int) -> None:
    """Before ``receiver`` starts: its decoder gets no picture larger than this, and no growing queue."""
    receiver._RTCRtpReceiver__decoder_queue = GuardedQueue(width, height)  # type: ignore[attr-defined]


def divert_encoded(receiver: RTCRtpReceiver, take: Callable[[bytes], None]) -> None:
    """Before ``receiver`` starts: give each encoded frame to ``take`` (on the loop), and none to aiortc's decoder."""
    receiver._RTCRtpReceiver__decoder_queue = DivertedQueue(take)  # type: ignore[attr-defined]


def enlarge_receive_buffers(pc: RTCPeerConnection) -> None:
    """Give the UDP sockets of ``pc``, after gathering, room for a whole picture."""
    for transport in pc._RTCPeerConnection__iceTransports:  # type: ignore[attr-defined]
        for protocol in transport._connection._protocols:
            udp = protocol.transport.get_extra_info("socket")
            if udp is not None:
                udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)


def guard_sockets(pc: RTCPeerConnection) -> None:
    """Let the UDP sockets of ``pc``, after gathering, hear the partner alone (see ``DatagramGuard``)."""
    for transport in pc._RTCPeerConnection__iceTransports:  # type: ignore[attr-defined]
        for protocol in transport._connection._protocols:
            if "datagram_received" not in vars(protocol):
                _guard_socket(transport._connection, protocol)


def _guard_socket(connection: ice.Connection, protocol: ice.StunProtocol) -> None:
    original = protocol.datagram_received
    guard = DatagramGuard(lambda: _partners(connection), time.monotonic)

    def datagram_received(data: bytes | str, addr: tuple[Any, ...]) -> None:
        if isinstance(data, bytes) and guard.passes(data, (addr[0], addr[1])):
            original(data, addr)

    protocol.datagram_received = datagram_received  # type: ignore[method-assign]


def _partners(connection: ice.Connection) -> set[Address]:
    """All addresses that came under the pairing's seal, or in a check with the password that did (RFC 8445 §7.3.1.3).

    Not only those to which a check of ours succeeded: the partner may stay with a pair that we never tried, since our
    checks end with the first pair that is nominated (aioice, `check_complete`).
    """
    return {(candidate._network_host, candidate.port) for candidate in connection._remote_candidates}


def begin_no_consent(pc: RTCPeerConnection) -> None:
    """Before closing ``pc``: aioice, closed in the moment of connecting, would begin consent checks (RFC 7675)."""

    async def nothing() -> None:
        return

    for transport in pc._RTCPeerConnection__iceTransports:  # type: ignore[attr-defined]
        if transport._connection._query_consent_task is None:
            transport._connection.query_consent = nothing


def gather_on_loopback_too() -> None:
    """Let this process offer 127.0.0.1 as a host candidate, for two people on one machine (aioice leaves it out)."""
    if getattr(ice.get_host_addresses, "with_loopback", False):
        return
    original = ice.get_host_addresses

    def get_host_addresses(use_ipv4: bool, use_ipv6: bool) -> list[str]:
        return [*original(use_ipv4, use_ipv6), LOOPBACK]

    get_host_addresses.with_loopback = True  # type: ignore[attr-defined]
    ice.get_host_addresses = get_host_addresses

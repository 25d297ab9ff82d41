"""Every touch of a private name of aiortc 1.16 and aioice 0.13, held by tests/contract/test_aiortc_private.py."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

from aioice import ice
from aiortc import RTCPeerConnection, RTCRtpReceiver, RTCRtpSender, clock
from aiortc.jitterbuffer import JitterBuffer, JitterFrame
from aiortc.rtp import RtpPacket

from remotehelp.peer.decoder_guard import DivertedQueue, GuardedQueue

RECEIVE_BUFFER = 4 * 1024 * 1024  # bytes: a burst of a whole picture must fit (MEASURED.md, trap 3)
LOOPBACK = "127.0.0.1"


def fingerprint(pc: RTCPeerConnection) -> bytes:
    """SHA-256 of the DTLS certificate that ``pc`` will show (RFC 8122 §5), 32 bytes, before any SDP exists."""
    certificate: Any = pc._RTCPeerConnection__certificates[0]  # type: ignore[attr-defined]
    [value] = [f.value for f in certificate.getFingerprints() if f.algorithm == "sha-256"]
    return bytes.fromhex(value.replace(":", ""))


def on_keyframe_request(sender: RTCRtpSender, callback: Callable[[], None]) -> None:
    """Call ``callback`` at each PLI or FIR: they don't reach a track that returns packets (MEASURED.md, trap 4)."""
    sender._send_keyframe = callback  # type: ignore[method-assign]


def show_last_frame_at_once(receiver: RTCRtpReceiver) -> None:
    """Complete a frame at its marker bit (RFC 6184 §5.1) instead of at the next frame's first packet (trap 2)."""
    knocking: set[asyncio.Task[None]] = set()

    def knock(packet: RtpPacket) -> None:
        task = asyncio.create_task(receiver._handle_rtp_packet(packet, clock.current_ms()), name="jitter buffer")
        knocking.add(task)
        task.add_done_callback(knocking.discard)

    receiver._RTCRtpReceiver__jitter_buffer = MarkerJitterBuffer(knock)  # type: ignore[attr-defined]


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


class MarkerJitterBuffer(JitterBuffer):
    """aiortc's jitter buffer, with one difference: the marker bit completes a frame.

    ``add`` gives one frame at a time. Where a late packet completes several, ``knock`` gets a packet that is to be
    added once more, so that the last one does not wait for the next change of the screen.
    """

    def __init__(self, knock: Callable[[RtpPacket], None], capacity: int = 1024) -> None:
        super().__init__(capacity=capacity, is_video=True)
        self._knock = knock

    def _remove_frame(self, sequence_number: int) -> JitterFrame | None:
        packets = self._first_frame()
        if not packets:
            return None
        self.remove(len(packets))
        waiting = self._at(0)
        if waiting is not None:
            self._knock(waiting)
        data = b"".join(packet._data for packet in packets)  # type: ignore[attr-defined]
        return JitterFrame(data=data, timestamp=packets[0].timestamp)

    def _first_frame(self) -> list[RtpPacket]:
        """The packets of the oldest frame, empty while one of them is missing."""
        packets: list[RtpPacket] = []
        for count in range(self._capacity):
            packet = self._at(count)
            if packet is None:
                return []
            if packets and packet.timestamp != packets[0].timestamp:
                return packets
            packets.append(packet)
            if packet.marker:
                return packets
        return []

    def _at(self, count: int) -> RtpPacket | None:
        return self._packets[(self._origin + count) % self._capacity]  # type: ignore[operator]

"""Every touch of a private name of aiortc and aioice does what it promises with the pinned versions."""

from __future__ import annotations

import asyncio
import socket
from importlib.metadata import version
from types import SimpleNamespace
from typing import Any

import pytest
from aioice import ice
from aiortc import RTCConfiguration, RTCPeerConnection
from aiortc.rtcsctptransport import SackChunk
from aiortc.sdp import SessionDescription

from remotehelp.messages import Heartbeat
from remotehelp.peer import aiortc_private
from remotehelp.peer.decoder_guard import DivertedQueue, GuardedQueue
from tests.helpers.joined_peers import Pair, joined
from tests.helpers.screen_source import PaintedSource, noise
from tests.helpers.thin_line import Line, lay
from tests.helpers.waiting import until


@pytest.fixture
async def pc():
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    yield connection
    await connection.close()


def test_these_are_the_versions_that_the_private_names_belong_to() -> None:
    assert version("aiortc") == "1.16.0"
    assert version("aioice").startswith("0.13.")


async def test_the_fingerprint_before_any_description_is_the_one_in_the_description(pc: RTCPeerConnection) -> None:
    early = aiortc_private.fingerprint(pc)
    pc.addTransceiver("video", direction="recvonly")
    await pc.setLocalDescription(await pc.createOffer())
    [media] = SessionDescription.parse(pc.localDescription.sdp).media
    assert media.dtls is not None
    [late] = [f.value for f in media.dtls.fingerprints if f.algorithm == "sha-256"]
    assert early == bytes.fromhex(late.replace(":", ""))
    assert len(early) == 32


async def test_an_end_that_the_other_side_wanted_is_told_from_a_road_that_failed() -> None:
    async with joined() as both:
        assert not aiortc_private.closed_by_peer(both.technician._pc)
        await both.customer.close()
        await until(lambda: both.technician._pc.connectionState == "closed")
        assert aiortc_private.closed_by_peer(both.technician._pc)
    async with joined() as both:
        [transport] = both.technician._pc._RTCPeerConnection__iceTransports  # type: ignore[attr-defined]
        await transport._connection.close()  # as aioice does when nobody answers any more
        await until(lambda: both.technician._pc.connectionState == "closed")
        assert not aiortc_private.closed_by_peer(both.technician._pc)


async def test_before_the_handshake_nobody_has_ended_anything(pc: RTCPeerConnection) -> None:
    pc.createDataChannel("one")
    assert not aiortc_private.closed_by_peer(pc)


async def film(both: Pair) -> PaintedSource:
    """Her screen is shown, and is too much for tiles."""
    source = PaintedSource(noise(640, 480))
    both.screen.show(source)
    await both.customer.offer_screen(active=True)
    await both.t.until(lambda t: t.films)
    return source


async def test_a_picture_loss_indication_reaches_the_callback() -> None:
    async with joined() as both:
        wanted = asyncio.Event()
        sender = both.customer._pc.getTransceivers()[1].sender
        aiortc_private.on_keyframe_request(sender, wanted.set)
        source = await film(both)
        receiver = both.technician._pc.getTransceivers()[1].receiver
        await receiver._send_rtcp_pli(sender._ssrc)
        async with asyncio.timeout(5):
            await wanted.wait()
        source.close()


async def test_the_connection_asks_the_screen_for_a_whole_picture_at_a_loss() -> None:
    async with joined() as both:
        sender = both.customer._pc.getTransceivers()[1].sender
        assert sender._send_keyframe == both.screen.want_keyframe
        assert sender.track is both.screen.track


async def test_the_last_picture_before_stillness_is_there_though_no_other_follows() -> None:
    async with joined() as both:
        source = await film(both)
        before = len(both.t.films)
        source.draw(0, 0, noise(640, 480, 2))  # and nothing afterwards
        await both.t.until(lambda t: len(t.films) > before)
        receiver = both.technician._pc.getTransceivers()[1].receiver
        buffer = receiver._RTCRtpReceiver__jitter_buffer  # type: ignore[attr-defined]
        assert isinstance(buffer, aiortc_private.MarkerJitterBuffer)
        source.close()


def nal_units(data: bytes) -> list[bytes]:
    """What stands between the start codes, which aiortc writes anew (ITU-T H.264 B.1)."""
    return data.replace(b"\x00\x00\x00\x01", b"\x00\x00\x01").split(b"\x00\x00\x01")


async def test_the_screens_pictures_come_as_they_were_encoded_and_none_reaches_aiortcs_decoder() -> None:
    async with joined() as both:
        sent: list[bytes] = []
        put = both.screen.track.put
        both.screen.track.put = lambda capture, packet: (  # type: ignore[method-assign]
            sent.append(bytes(packet)),
            put(capture, packet),
        )[1]
        source = await film(both)
        assert nal_units(both.t.films[0]) == nal_units(sent[0])
        receiver = both.technician._pc.getTransceivers()[1].receiver
        diverted = receiver._RTCRtpReceiver__decoder_queue  # type: ignore[attr-defined]
        assert isinstance(diverted, DivertedQueue)
        assert diverted.empty()
        source.close()


async def test_a_diverted_decoder_still_ends_with_its_receiver() -> None:
    async with joined() as both:
        source = await film(both)
        receiver = both.technician._pc.getTransceivers()[1].receiver
        thread = receiver._RTCRtpReceiver__decoder_thread  # type: ignore[attr-defined]
        assert thread.is_alive()
        source.close()
        await both.technician.close()
        await until(lambda: not thread.is_alive())


async def test_the_sockets_get_a_receive_buffer_for_a_whole_picture(pc: RTCPeerConnection) -> None:
    aiortc_private.gather_on_loopback_too()
    pc.addTransceiver("video", direction="recvonly")
    await pc.setLocalDescription(await pc.createOffer())
    sockets = [
        protocol.transport.get_extra_info("socket")
        for transport in pc._RTCPeerConnection__iceTransports  # type: ignore[attr-defined]
        for protocol in transport._connection._protocols
    ]
    before = [udp.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) for udp in sockets]
    aiortc_private.enlarge_receive_buffers(pc)
    after = [udp.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) for udp in sockets]
    assert sockets
    assert all(large >= small for small, large in zip(before, after, strict=True))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:  # what this computer allows at most
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, aiortc_private.RECEIVE_BUFFER)
        assert set(after) == {probe.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)}


async def test_two_people_on_one_machine_get_a_loopback_candidate(pc: RTCPeerConnection) -> None:
    aiortc_private.gather_on_loopback_too()
    aiortc_private.gather_on_loopback_too()
    assert ice.get_host_addresses(True, True).count("127.0.0.1") == 1
    pc.addTransceiver("video", direction="recvonly")
    await pc.setLocalDescription(await pc.createOffer())
    [media] = SessionDescription.parse(pc.localDescription.sdp).media
    assert "127.0.0.1" in {candidate.ip for candidate in media.ice_candidates}


async def test_a_connection_that_is_closed_while_it_connects_begins_no_consent_checks(pc: RTCPeerConnection) -> None:
    pc.createDataChannel("x")
    await pc.setLocalDescription(await pc.createOffer())
    [transport] = pc._RTCPeerConnection__iceTransports  # type: ignore[attr-defined]
    assert transport._connection._query_consent_task is None
    aiortc_private.begin_no_consent(pc)
    assert await transport._connection.query_consent() is None


async def test_a_face_that_is_too_large_is_not_decoded(pc: RTCPeerConnection) -> None:
    receiver = pc.addTransceiver("video", direction="recvonly").receiver
    assert hasattr(receiver, "_RTCRtpReceiver__decoder_queue")
    aiortc_private.guard_decoder(receiver, 640, 480)
    assert isinstance(receiver._RTCRtpReceiver__decoder_queue, GuardedQueue)  # type: ignore[attr-defined]


async def test_the_channels_send_at_once_what_they_are_given_though_a_packet_was_lost_before() -> None:
    async with joined() as both:
        lay(Line(delay_s=30.0), both.customer)  # no acknowledgement comes
        sctp = both.customer._pc.sctp
        assert sctp is not None
        sctp._cwnd = 10  # bytes; what SCTP leaves itself after a silence is about as little
        for count in range(50):
            both.customer.send(Heartbeat(count, 0))
        await until(lambda: len(sctp._sent_queue) >= 50)
        assert not sctp._outbound_queue


async def test_each_side_measures_the_round_trip_of_single_packets() -> None:
    async with joined() as both:
        for side in (both.customer, both.technician):
            side.rate._trips.clear()
            side.send(Heartbeat(1, 0))
            await until(lambda side=side: side.rate._trips)
            assert 0 < side.rate._trips[0] < 5
            assert aiortc_private.round_trip(side._pc) is not None
            assert side._pc.sctp is not None
            assert side._pc.sctp._rto < 1.0


def acknowledged(cumulative: int, *gaps: tuple[int, int]) -> SackChunk:
    sack = SackChunk()
    sack.cumulative_tsn, sack.gaps = cumulative, list(gaps)
    return sack


def on_their_way(*chunks: tuple[int, float, int, bool]) -> Any:
    """Packets with their number, when they left, how often they were sent, and whether they have arrived."""
    names = ("tsn", "_sent_time", "_sent_count", "_acked")
    return SimpleNamespace(_sent_queue=[SimpleNamespace(**dict(zip(names, chunk, strict=True))) for chunk in chunks])


@pytest.mark.parametrize(
    ("sack", "seconds"),
    [
        (acknowledged(9), None),  # nothing new
        (acknowledged(10), 1.0),
        (acknowledged(12), None),  # the newest had arrived before
        (acknowledged(9, (2, 2), (4, 4)), 0.4),  # packet 10 is missing: 13 tells
        (acknowledged(14), None),  # sent twice: nobody knows which one arrived
    ],
)
def test_the_newest_packet_tells_the_round_trip(sack: SackChunk, seconds: float | None) -> None:
    flying = on_their_way((10, 4.0, 1, False), (11, 4.2, 1, False), (12, 4.4, 1, True), (13, 4.6, 1, False))
    flying._sent_queue.append(on_their_way((14, 4.8, 2, False))._sent_queue[0])
    assert aiortc_private._newest_trip(flying, sack, 5.0) == (None if seconds is None else pytest.approx(seconds))


def test_the_numbers_of_packets_turn_over() -> None:
    flying = on_their_way((2**32 - 1, 4.0, 1, False), (0, 4.5, 1, False))
    assert aiortc_private._newest_trip(flying, acknowledged(0), 5.0) == pytest.approx(0.5)

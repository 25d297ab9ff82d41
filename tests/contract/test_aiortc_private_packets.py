"""Packets of a visit with the pinned libraries: strangers, gaps, pace, reports; each private name does what it says."""

from __future__ import annotations

import asyncio
import random
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import av
import numpy as np
import pytest
from aioice import stun
from aiortc import rtcrtpsender
from aiortc.rtp import is_rtcp

from remotehelp.media import face_plan
from remotehelp.media.camera_frame import CameraFrame
from remotehelp.media.face_encoder import TIME_BASE
from remotehelp.messages import Chat, Heartbeat
from remotehelp.peer import aiortc_private
from remotehelp.peer.connection import Connection
from remotehelp.peer.jitter_buffer import MarkerJitterBuffer
from remotehelp.peer.pacing import FACTOR
from tests.helpers.joined_peers import Pair, grey_face, joined
from tests.helpers.screen_source import PaintedSource, page
from tests.helpers.thin_line import Line, lay
from tests.helpers.waiting import until

FLOOD = """
import random, socket, sys, time
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
ports, seconds = [("127.0.0.1", int(port)) for port in sys.argv[2:]], float(sys.argv[1])
kinds = [b"", bytes([22, 254, 253]) + bytes(60), bytes([128]) + bytes(40)]
kinds += [bytes([0, 1, 0, 0, 33, 18, 164, 66]) + bytes(12)]
kinds += [random.randbytes(size) for size in (1, 30, 1400)]
began, count = time.monotonic(), 0
while (now := time.monotonic() - began) < seconds:
    while count < now * 10_000:
        sender.sendto(kinds[count % len(kinds)], ports[count % len(ports)])
        count += 1
    time.sleep(0.001)
print(count)
"""


def addresses(connection: Connection) -> list[tuple[str, int]]:
    """Where the sockets of a connection can be reached on loopback."""
    return [
        protocol.transport.get_extra_info("sockname")[:2]
        for transport in connection._pc._RTCPeerConnection__iceTransports  # type: ignore[attr-defined]
        for protocol in transport._connection._protocols
        if protocol.transport.get_extra_info("sockname")[0] == "127.0.0.1"
    ]


async def still_talk(both: Pair, text: str) -> None:
    """A word each way arrives."""
    both.customer.send(Chat(text))
    both.technician.send(Chat(text))
    await both.c.until(lambda c: Chat(text) in c.told)
    await both.t.until(lambda t: Chat(text) in t.told)


async def test_one_forged_datagram_of_a_stranger_does_not_end_a_visit() -> None:
    async with joined() as both:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            hello = b"\x16\xfe\xff" + bytes(8) + b"\x00\x30\x01" + bytes(47)  # a DTLS ClientHello
            for address in addresses(both.customer) + addresses(both.technician):
                for data in (hello, b"", b"\x80" * 60, b"\x15\xfe\xfd" + bytes(20)):
                    stranger.sendto(data, address)
        await asyncio.sleep(0.1)
        await still_talk(both, "still here")
        assert not both.c.gone
        assert not both.t.gone


async def test_a_stranger_who_checks_the_path_gets_few_answers() -> None:
    async with joined() as both:
        check = bytes(stun.Message(stun.Method.BINDING, stun.Class.REQUEST))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            stranger.setblocking(False)
            [address] = addresses(both.customer)
            for _ in range(400):
                stranger.sendto(check, address)
            await asyncio.sleep(0.2)
            answers = 0
            while True:
                try:
                    stranger.recv(2000)
                except BlockingIOError:
                    break
                answers += 1
        assert 0 < answers <= 100


async def test_ten_thousand_junk_packets_a_second_from_a_third_socket_do_not_hurt() -> None:
    async with joined() as both:
        ports = [str(port) for _, port in addresses(both.customer) + addresses(both.technician)]
        flood = subprocess.Popen(  # noqa: ASYNC220 - starts at once
            [sys.executable, "-c", FLOOD, "2", *ports], stdout=subprocess.PIPE
        )
        longest, beats = 0.0, 0
        while flood.poll() is None:
            began = time.monotonic()
            beats += 1
            both.customer.send(Heartbeat(beats, 0))
            await asyncio.sleep(0.01)
            longest = max(longest, time.monotonic() - began)
        sent = int(flood.communicate()[0])
        assert sent >= 18_000
        await still_talk(both, "still here")
        assert longest < 0.2
        heard = sum(isinstance(message, Heartbeat) for message in both.t.told)
        assert heard >= beats * 0.9
        assert both.c.breaches == both.t.breaches == []


def leaving(connection: Connection, pick: Callable[[bytes], bool]) -> list[tuple[float, bytes]]:
    """What ``connection``'s pacing lets go from now on, with the time."""
    left: list[tuple[float, bytes]] = []
    transport: Any = connection._pc.getTransceivers()[0].sender.transport
    original: Callable[[bytes], Awaitable[None]] = transport.transport._send

    async def send(data: bytes) -> None:
        if pick(data):
            left.append((time.monotonic(), data))
        await original(data)

    transport.transport._send = send
    return left


def media(data: bytes) -> bool:
    return 127 < data[0] < 192 and not is_rtcp(data)


async def test_a_large_picture_leaves_evenly_and_arrives_whole() -> None:
    async with joined() as both:
        both.customer.rate.bytes_per_s = 100_000
        left = leaving(both.customer, media)
        body = await send_picture(both, 60_000)
        await both.t.until(lambda t: t.films)
        assert both.t.films[0].endswith(body)
        times = [when for when, _ in left]
        assert len(times) >= 40
        whole = 60_000 / (100_000 * FACTOR)
        assert whole * 0.8 < times[-1] - times[0] < whole * 1.5
        assert times[len(times) // 2] - times[0] > whole * 0.3


async def send_picture(both: Pair, size: int) -> bytes:
    """An access unit of ``size`` bytes of noise leaves; what of it is to arrive."""
    await both.customer.offer_screen(active=True)
    body = np.random.default_rng(1).integers(1, 256, size, np.uint8).tobytes()  # no start code in it
    packet = av.Packet(b"\x00\x00\x00\x01\x65" + body)
    packet.pts, packet.time_base = 1, TIME_BASE
    both.screen.track._on_taken = lambda _: None
    both.screen.track.put(None, packet)  # type: ignore[arg-type]
    return body


async def test_what_gets_lost_is_repeated_though_nothing_follows() -> None:
    async with joined() as both:
        transport: Any = both.customer._pc.getTransceivers()[0].sender.transport
        original = transport.transport._send
        count = 0

        async def send(data: bytes) -> None:
            nonlocal count
            count += media(data)
            if not media(data) or count not in (20, 21, 33, 47, 48, 49, 50):  # the last ones too, at first
                await original(data)

        transport.transport._send = send
        body = await send_picture(both, 61_000)
        await both.t.until(lambda t: t.films)
        assert both.t.films[0].endswith(body)


def shown(pixels: Any, width: int) -> Any:
    return np.frombuffer(pixels, np.uint8).reshape(-1, width, 4)[..., :3]


async def test_a_line_that_loses_some_packets_shows_what_is_on_the_screen() -> None:
    async with joined() as both:
        lay(Line(20_000, 0.01, lost=0.03), both.customer)
        lay(Line(20_000, 0.01, lost=0.03, seed=2), both.technician)
        await both.customer.offer_screen(active=True)
        source = PaintedSource(page(320, 240))
        both.screen.show(source)
        for seed in range(8):
            await asyncio.sleep(0.05)
            source.draw(0, 0, page(320, 240, seed))

        def same() -> bool:
            with both.viewer.canvas.reading() as now:
                return now.width == 320 and np.array_equal(shown(now.pixels, 320), source.pixels[..., :3])

        await both.t.until(lambda _: same())
        source.close()
        assert both.t.breaches == []


async def test_truncated_and_reordered_packets_do_no_harm() -> None:
    async with joined() as both:
        transport: Any = both.technician._pc.getTransceivers()[0].sender.transport
        original = transport.transport._send
        chance = random.Random(3)  # noqa: S311
        held: list[bytes] = []

        async def send(data: bytes) -> None:
            if chance.random() < 0.1:
                await original(data[: chance.randrange(1, len(data))])
            held.append(data)
            if len(held) > 2:
                await original(held.pop(chance.randrange(len(held))))

        transport.transport._send = send
        for grey in range(30):
            both.face.put(grey_face(60 + grey * 4))
            both.technician.send(Heartbeat(grey + 1, 0))
            await asyncio.sleep(0.02)
        transport.transport._send = original
        frames = len(both.c.frames)
        both.face.want_keyframe()

        def goes_on() -> bool:
            both.face.put(grey_face(180))
            return len(both.c.frames) > frames and bytes(both.c.frames[-1].pixels)[0] == pytest.approx(180, abs=25)

        await until(goes_on)
        assert both.c.breaches == both.t.breaches == []
        assert not both.c.gone


async def test_the_receivers_reports_reach_the_face() -> None:
    async with joined() as both:
        told: list[tuple[float | None, float | None]] = []
        sender = both.technician._pc.getTransceivers()[0].sender
        aiortc_private.on_report(sender, lambda estimate, lost: told.append((estimate, lost)))

        def both_came() -> bool:
            both.face.put(grey_face())
            return any(e is not None for e, _ in told) and any(share is not None for _, share in told)

        await until(both_came)
        assert all((estimate is None) != (lost is None) for estimate, lost in told)
        assert all(share == 0.0 for _, share in told if share is not None)


def moving_face(n: int) -> CameraFrame:
    """A picture that is another one each time."""
    y, x = np.mgrid[0:480, 0:640]
    luma = (128 + 50 * np.sin(x / 40 + n / 5) * np.cos(y / 30 - n / 9)).astype(np.uint8)
    luma += np.random.default_rng(n).integers(0, 12, luma.shape, np.uint8)
    grey = grey_face(0, 640, 480)
    return CameraFrame(640, 480, (luma.tobytes(), *grey.planes[1:]), grey.strides)


async def test_the_face_is_small_and_alive_on_a_thin_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(face_plan, "NEAR_S", 0.0)  # loopback, but the line that is laid is far
    async with joined() as both:
        lay(Line(100, 0.05), both.technician)
        lay(Line(100, 0.05), both.customer)
        began = time.monotonic()
        came: list[float] = []
        n = 0

        def five_a_second() -> bool:
            came.extend([time.monotonic()] * (len(both.c.frames) - len(came)))
            lately = sum(at > time.monotonic() - 2 for at in came)
            small = {frame.width for frame in both.c.frames[-lately:]} == {160}
            return small and lately >= 10 and time.monotonic() - began > 3

        async with asyncio.timeout(15):
            while not five_a_second():
                both.face.put(moving_face(n))
                n += 1
                if n % 4 == 0:
                    both.technician.send(Heartbeat(n, 0))
                    both.customer.send(Heartbeat(n, 0))
                await asyncio.sleep(1 / 15)


async def test_the_line_is_counted_on_both_sides() -> None:
    async with joined() as both:
        first = await both.technician.counts()

        async def counted() -> bool:
            both.face.put(grey_face())
            c, t = await both.customer.counts(), await both.technician.counts()
            return c.received[0] > 3 and t.sent[0] > 3 and t.octets > first.octets + 1000

        async with asyncio.timeout(8):
            while not await counted():
                both.technician.send(Heartbeat(1, 0))
                await asyncio.sleep(0.02)
        now = await both.technician.counts()
        assert now.round_trip is not None
        assert now.received == (0, 0)
        assert now.sent[1] == 0
        assert not now.relayed
        ice: Any = both.technician._pc.getTransceivers()[0].sender.transport.transport._connection
        ice._nominated[1].remote_candidate.type = "relay"  # what stands in the other side's description then
        assert (await both.technician.counts()).relayed


async def test_the_names_that_are_replaced_are_there() -> None:
    async with joined() as both:
        assert rtcrtpsender.RTP_HISTORY_SIZE == 1024  # type: ignore[attr-defined]
        for connection in (both.customer, both.technician):
            for transceiver in connection._pc.getTransceivers():
                sender: Any = transceiver.sender
                assert callable(sender._retransmit)
                assert callable(sender._handle_rtcp_packet)
                assert sender._ssrc != sender._rtx_ssrc
        receiver: Any = both.customer._pc.getTransceivers()[0].receiver
        assert isinstance(receiver._RTCRtpReceiver__jitter_buffer, MarkerJitterBuffer)
        assert isinstance(receiver._RTCRtpReceiver__nack_generator, aiortc_private.Assembly)
        for n in range(4):
            both.technician.send(Heartbeat(n + 1, 0))
        await both.c.until(lambda c: c.told)
        await until(lambda: 0 < (both.technician._round_trip() or 0) < 1)

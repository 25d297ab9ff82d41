"""Everything that reads bytes which somebody else made: each takes any bytes and either understands or refuses them.

A parser may raise HelpError and nothing else. ``seeds`` are well-formed, so that what is changed in them comes far.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import NamedTuple

import numpy as np
from aiortc.rtp import RtpPacket

from remotehelp import messages
from remotehelp.errors import HelpError
from remotehelp.media import access_unit, cursor, tiles
from remotehelp.media.area import Rect
from remotehelp.media.canvas import Canvas
from remotehelp.media.inbox import Inbox
from remotehelp.media.region_decoder import RegionDecoder
from remotehelp.media.region_encoder import RegionEncoder
from remotehelp.media.stamp import Stamp
from remotehelp.messages import Exact, Tile
from remotehelp.peer.decoder_guard import size_of_key_frame
from remotehelp.peer.guards import guard_description, own_networks
from remotehelp.peer.jitter_buffer import MarkerJitterBuffer
from remotehelp.trust import badge, code, link, names, pairing, public, revocations
from remotehelp.trust.exchange import DiffieHellman
from tests.helpers.issuer import Issuer
from tests.helpers.pacts import pacts
from tests.helpers.stories import signed_story, verify

WIDTH, HEIGHT = 64, 48
ISSUER = Issuer()
BADGE, LIST = ISSUER.badge(), ISSUER.revocations()


class Target(NamedTuple):
    """One parser: what reads the bytes, and bytes that it understands."""

    read: Callable[[bytes], object]
    seeds: tuple[bytes, ...]


def run(read: Callable[[bytes], object], data: bytes) -> None:
    """Whatever happens but HelpError is a defect."""
    with suppress(HelpError):
        read(data)


def text(read: Callable[[str], object]) -> Callable[[bytes], object]:
    """A parser of text, fed with bytes."""
    return lambda data: read(data.decode("utf-8", "surrogateescape"))


def _apply(data: bytes) -> None:
    """As the viewer does."""
    message, canvas = messages.decode_exact(data), Canvas()
    if message.width * message.height <= 2**20:
        for ready in Inbox().take(message):
            canvas.apply(ready)


def _unit() -> bytes:
    rect = Rect(0, 0, WIDTH, HEIGHT)
    packet = RegionEncoder(rect).encode([(rect, _pixels())], Stamp(1, WIDTH, HEIGHT, rect, 0, 0), 0, key=True)
    assert packet is not None
    return bytes(packet)


def _pixels() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH, 4), np.uint8)


def _packets(data: bytes) -> None:
    """A stream of RTP packets, each behind one byte of length, into one jitter buffer."""
    buffer = MarkerJitterBuffer(lambda packet: None)
    while data:
        length, packet, data = data[0], data[1 : 1 + data[0]], data[1 + data[0] :]
        if length < 12:  # RFC 3550 §5.1: shorter is no header; aiortc raises ValueError, and its caller drops it
            continue
        with suppress(ValueError):
            parsed = RtpPacket.parse(packet)
            parsed._data = parsed.payload  # type: ignore[attr-defined]
            buffer.add(parsed)


def _rtp() -> bytes:
    packets = [RtpPacket(sequence_number=n, timestamp=n // 2 * 3000, marker=n % 2) for n in range(6)]
    for packet in packets:
        packet.payload = b"payload"
    return b"".join(bytes((len(data),)) + data for data in (packet.serialize() for packet in packets))


def _judge(data: bytes) -> None:
    badge.judge(data, ISSUER.organisation.key, LIST, time.time(), time.time())


OFFER = "\r\n".join(  # RFC 8866, as aiortc writes it
    (
        "v=0",
        "o=- 1 1 IN IP4 0.0.0.0",
        "s=-",
        "t=0 0",
        "a=group:BUNDLE 0 1 2",
        *(
            line
            for mid, kind, rest in ((0, "video", "UDP/TLS/RTP/SAVPF 97"), (1, "video", "UDP/TLS/RTP/SAVPF 97"))
            for line in (
                f"m={kind} 9 {rest}",
                "c=IN IP4 0.0.0.0",
                "a=recvonly",
                f"a=mid:{mid}",
                "a=rtpmap:97 VP8/90000",
                "a=candidate:1 1 udp 2130706431 127.0.0.1 40000 typ host",
                "a=fingerprint:sha-256 " + ":".join(["AB"] * 32),
                "a=setup:actpass",
            )
        ),
        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
        "c=IN IP4 0.0.0.0",
        "a=mid:2",
        "a=sctp-port:5000",
        "a=fingerprint:sha-256 " + ":".join(["AB"] * 32),
        "a=setup:actpass",
        "",
    )
)
WAITING = messages.WaitingList((messages.Waiting(1, "The printer", 60),), 1)
PACKED = tiles.pack(_pixels())
SHAPE = cursor.pack(cursor.Shape(8, 8, 1, 1, bytes(8 * 8 * 4)), 1)

TARGETS: Mapping[str, Target] = {
    "to the broker": Target(messages.decode_to_broker, (b'{"type":"Open","v":1,"sid":"AAAAAAAAAAAAAAAAAAAAAA=="}',)),
    "from the broker": Target(
        messages.decode_from_broker,
        (messages.encode_json(messages.PeerLeft()).encode(), messages.encode_json(WAITING).encode()),
    ),
    "relayed": Target(
        messages.decode_relayed,
        (messages.encode(messages.Refusal("code_wrong")), messages.encode(messages.Commit(bytes(32)))),
    ),
    "a share": Target(DiffieHellman().finish, (DiffieHellman().message,)),
    "sealed": Target(messages.decode_sealed, (messages.encode(messages.Offer(OFFER)),)),
    "control": Target(messages.decode_control, (messages.encode(SHAPE), messages.encode(messages.Ready()))),
    "input": Target(messages.decode_input, (messages.encode(messages.Key("KeyA", True, 1, "a")),)),
    "live": Target(messages.decode_live, (messages.encode(messages.Heartbeat(1, 1)),)),
    "receipts": Target(messages.decode_receipt, (messages.encode(messages.Seen(1, 2, (4, 5))),)),
    "exact": Target(
        _apply, (messages.encode(Exact(1, WIDTH, HEIGHT, 1, 0, (), (Tile(0, 0, WIDTH, HEIGHT, PACKED),))),)
    ),
    "a tile": Target(lambda data: tiles.unpack(data, WIDTH, HEIGHT), (PACKED, tiles.pack(_pixels() // 255))),
    "a pointer": Target(lambda data: cursor.unpack(messages.CursorShape(1, 8, 8, 1, 1, data)), (SHAPE.data,)),
    "an access unit": Target(access_unit.read, (_unit(),)),
    "the video": Target(lambda data: RegionDecoder().decode(data), (_unit(),)),
    "a key frame's size": Target(size_of_key_frame, (bytes.fromhex("9001009d012a80026801"),)),
    "RTP": Target(_packets, (_rtp(),)),
    "a description": Target(
        text(lambda sdp: guard_description(sdp, "offer", b"\xab" * 32, own_networks())), (OFFER.encode(),)
    ),
    "a badge": Target(_judge, (BADGE.badge_bytes,)),
    "a badge's request": Target(badge.open_request, (badge.make_request("Technician", "A", None, ISSUER.key),)),
    "an organisation": Target(public.open_public, (public.write_public(ISSUER.key, ISSUER.organisation),)),
    "a revocation list": Target(lambda data: revocations.open_list(data, ISSUER.organisation.key), (LIST,)),
    "a log": Target(verify, (signed_story(*pacts(BADGE)).as_lines(),)),
    "a link": Target(text(link.parse_link), (link.make_link("https://help.example", ISSUER.organisation).encode(),)),
    "a code": Target(text(code.parse_code), (b"4711-482-913",)),
    "a name": Target(text(names.clean_name), (b"Technician A",)),
    "a refusal": Target(pairing.read_refusal, (messages.encode(messages.Refusal("code_wrong")),)),
}

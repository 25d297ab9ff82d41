"""What a hostile network does: junk from a third socket, and datagrams of a connection spoilt on their way."""

from __future__ import annotations

import asyncio
import random
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from remotehelp.peer.connection import Connection

BATCH_S = 0.002
QUEUE = 10_000  # bytes that may wait at the attacker's own side: they are still to come when it is over


def junk(targets: Sequence[tuple[str, int]], a_second: int, seconds: float) -> int:
    """Send so many packets a second to each of ``targets``: random bytes that look like each protocol; how many left.

    By their first byte (RFC 7983 §7) STUN, DTLS, RTP and RTCP, and nothing known.
    """
    chance = random.Random(3)  # noqa: S311 - the same each time
    firsts = (0, 1, 20, 22, 23, 63, 64, 128, 129, 191, 255)
    packets = [bytes([first]) + chance.randbytes(size) for first in firsts for size in (0, 11, 19, 60, 400, 1200)]
    packets += [hello(chance), b""]
    sent, began = 0, time.monotonic()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as third:
        third.bind(("127.0.0.1", 0))
        while (passed := time.monotonic() - began) < seconds:
            for _ in range(int(passed * a_second) - sent):
                for target in targets:
                    third.sendto(packets[sent % len(packets)], target)
                sent += 1
            time.sleep(BATCH_S)
    return sent


def hello(chance: random.Random) -> bytes:
    """A DTLS ClientHello (RFC 6347 §4.2.1) from nobody."""
    body = b"\xfe\xfd" + chance.randbytes(32) + b"\x00\x00\x00\x02\xc0\x2b\x01\x00"
    message = b"\x01" + len(body).to_bytes(3, "big") + b"\x00\x00\x00\x00\x00" + len(body).to_bytes(3, "big") + body
    return b"\x16\xfe\xff\x00\x00" + bytes(6) + len(message).to_bytes(2, "big") + message


def on_the_way(channel: Any) -> int:
    """Bytes that were given to a channel and have not arrived: what a flood may have waiting at its own side."""
    return int(channel.bufferedAmount + channel.transport._flight_size)


async def flood_channel(channel: Any, make: Callable[[int], bytes], a_second: float, seconds: float) -> None:
    """Send what ``make`` makes of 0, 1, 2 ... so often, or as often as the line takes it."""
    began, count = time.monotonic(), 0
    while (passed := time.monotonic() - began) < seconds:
        while count < passed * a_second and on_the_way(channel) < QUEUE:
            channel.send(make(count))
            count += 1
        await asyncio.sleep(0.001)


@contextmanager
def mangling(sender: Connection, share: float) -> Iterator[None]:
    """Spoil so large a share of the datagrams of ``sender``, which is connected: cut, changed, repeated, late."""
    chance, loop = random.Random(4), asyncio.get_running_loop()  # noqa: S311 - the same each time
    ice: Any = sender._pc.getTransceivers()[0].sender.transport.transport
    original = ice._send

    async def send(data: bytes) -> None:
        if chance.random() >= share:
            await original(data)
            return
        match chance.randrange(4):
            case 0:
                await original(data[: chance.randrange(1, len(data))])
            case 1:
                at = chance.randrange(len(data))
                await original(data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :])
            case 2:
                await original(data)
                await original(data)
            case 3:
                loop.call_later(chance.random() * 0.05, lambda: loop.create_task(original(data)))

    ice._send = send
    try:
        yield
    finally:
        ice._send = original

"""A third socket forges the first message of DTLS, before, during and after the real handshake: no visit is lost."""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
import socket
from collections.abc import Iterator

import pytest

from remotehelp import messages
from tests.helpers.floods import hello
from tests.helpers.joined_peers import pair

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]

VISITS, EVERY_S, AFTER_S = 20, 0.002, 0.1
UDP_HOST = re.compile(r"^a=candidate:\S+ 1 udp \d+ 127\.0\.0\.1 (\d+) typ host", re.MULTILINE | re.IGNORECASE)


@contextlib.contextmanager
def forging(ports: set[int]) -> Iterator[list[int]]:
    """Send a forged ClientHello to each of ``ports`` all the time; how many left."""
    sent, chance = [0], random.Random(7)  # noqa: S311 - the same each time

    async def forge() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as third:
            third.bind(("127.0.0.1", 0))
            while True:
                for port in ports:
                    third.sendto(hello(chance), ("127.0.0.1", port))
                    sent[0] += 1
                await asyncio.sleep(EVERY_S)

    task = asyncio.get_running_loop().create_task(forge())
    try:
        yield sent
    finally:
        task.cancel()


@pytest.mark.parametrize("number", range(VISITS))
async def test_a_forged_client_hello_ends_no_visit(number: int) -> None:
    async with pair() as both:
        ports: set[int] = set()
        with forging(ports) as sent:
            offer = await both.customer.offer(both.screen.track, both.screen.want_keyframe, both.technician.fingerprint)
            ports.update(map(int, UDP_HOST.findall(offer)))
            answer = await both.technician.answer(offer, both.face, both.customer.fingerprint)
            ports.update(map(int, UDP_HOST.findall(answer)))
            await asyncio.sleep(EVERY_S * number)  # each visit at another moment
            await both.customer.accept_answer(answer)
            await both.both_ready()
            before = sent[0]
            await asyncio.sleep(AFTER_S)
            both.technician.send(messages.Key("KeyA", True, 1, "a"))
            await both.c.until(lambda c: c.told)
        assert len(ports) >= 2
        assert before > 0
        assert sent[0] > before
        assert (both.c.gone, both.t.gone) == (False, False)
        assert both.c.breaches + both.t.breaches == []

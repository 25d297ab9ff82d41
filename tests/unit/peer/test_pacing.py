"""Packets leave evenly, the first few at once; those that are repeated hold nobody up."""

from __future__ import annotations

import asyncio
import time

import pytest

from remotehelp.peer.pacing import BURST, BURST_S, FACTOR, REMEMBERED, REPEATS, Bucket, Pacing
from tests.helpers.waiting import until

PACKET = 1200


def test_a_small_picture_leaves_at_once() -> None:
    bucket = Bucket(lambda: 30_000)
    assert [bucket.wait(PACKET, 1.0) for _ in range(BURST // PACKET)] == [0.0] * (BURST // PACKET)


@pytest.mark.parametrize("rate", [12_500, 300_000, 6_000_000])
def test_a_large_picture_takes_as_long_as_the_line_needs_for_half_of_it(rate: int) -> None:
    bucket = Bucket(lambda: rate * FACTOR)
    now, sent = 3.0, 0
    while sent < 600_000:
        now += bucket.wait(PACKET, now)
        sent += PACKET
    at_once = max(BURST, BURST_S * FACTOR * rate)
    assert (now - 3.0) * FACTOR * rate == pytest.approx(sent - at_once, rel=0.01)


def test_a_faster_line_is_used_at_once() -> None:
    rate = [10_000.0]
    bucket = Bucket(lambda: rate[0])
    for _ in range(20):
        slow = bucket.wait(PACKET, 0.0)
    rate[0] = 1e6
    assert bucket.wait(PACKET, slow + 1.0) == 0.0
    assert bucket.wait(PACKET, slow + 1.0) == 0.0


def test_time_that_was_lost_is_caught_up_but_not_saved() -> None:
    bucket = Bucket(lambda: 120_000)  # ten milliseconds a packet
    for _ in range(6):
        bucket.wait(PACKET, 0.0)
    assert bucket.wait(PACKET, 0.03) == 0.0  # a timer came late
    assert [bucket.wait(PACKET, 60.0) > 0 for _ in range(8)] == [False] * 6 + [True] * 2


async def test_a_picture_that_was_made_for_a_faster_line_leaves_soon() -> None:
    rate = [400_000.0]
    pacing = Pacing(lambda: rate[0], lambda: None, time.monotonic, lambda _: None)
    left: list[bytes] = []

    async def leave(data: bytes) -> None:
        left.append(data)

    began = time.monotonic()
    for _ in range(100):
        await pacing.send(bytes(PACKET), leave)
        rate[0] = 10_000.0
    assert len(left) == 100
    assert time.monotonic() - began < 1.0
    pacing.close()


async def test_what_is_repeated_takes_its_turn_and_holds_nobody_up() -> None:
    pacing = Pacing(lambda: 100_000, lambda: None, time.monotonic, lambda _: None)
    left: list[tuple[bytes, float]] = []

    async def leave(data: bytes) -> None:
        left.append((data, time.monotonic()))

    for number in range(20):
        pacing.repeat(bytes([number]) * PACKET, leave)
    began = time.monotonic()
    await pacing.send(b"new" * 400, leave)
    await until(lambda: len(left) == 21)
    assert [data[0] for data, _ in left if data[:3] != b"new"] == list(range(20))
    assert left[0][1] - began < 0.05
    assert left[-1][1] - began > (20 * PACKET - BURST) / (REPEATS * 100_000) * 0.9
    pacing.close()


def test_a_packet_is_not_repeated_again_while_it_may_be_on_its_way() -> None:
    now = [5.0]
    told: list[float] = []
    pacing = Pacing(lambda: 100_000, lambda: 0.1, lambda: now[0], told.append)
    assert pacing.may_repeat(7)
    now[0] += 0.09
    assert not pacing.may_repeat(7)
    assert told == [5.0]
    assert pacing.may_repeat(8)
    now[0] += 0.02
    assert pacing.may_repeat(7) == (not pacing.may_repeat(8))
    for number in range(REMEMBERED):
        pacing.may_repeat(1000 + number)
    assert pacing.may_repeat(7)  # forgotten


async def test_a_flood_of_wishes_is_bounded_and_ends_with_the_connection() -> None:
    pacing = Pacing(lambda: 100_000, lambda: None, time.monotonic, lambda _: None)
    left: list[bytes] = []

    async def leave(data: bytes) -> None:
        left.append(data)
        if len(left) > 2:
            raise ConnectionError

    for _ in range(1000):
        pacing.repeat(bytes(PACKET), leave)
    assert len(pacing._repeats) * PACKET <= 100_000 * REPEATS + PACKET
    await until(lambda: len(left) == 3)
    await asyncio.sleep(0.01)
    assert len(left) == 3
    pacing.repeat(bytes(10), leave)
    pacing.close()

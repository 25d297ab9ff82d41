"""The technician's pointer on her computer: not too often, the newest place last, never after what came later."""

from __future__ import annotations

import asyncio

import pytest

from remotehelp.customer.motion import MOTION_S, Motion
from remotehelp.messages import Pointer
from tests.helpers.joined_visits import engine_here
from tests.helpers.waiting import until


class Hand:
    """A motion and the places that it was followed to."""

    def __init__(self) -> None:
        self.places: list[int] = []
        self.motion = Motion(engine_here(), lambda pointer: self.places.append(pointer.x))

    def came(self, *places: int) -> None:
        for n in places:
            self.motion.came(Pointer(n, 0, n, 0))


@pytest.fixture
async def hand() -> Hand:
    return Hand()


async def test_of_many_places_at_once_the_first_is_followed_and_then_the_newest(hand: Hand) -> None:
    hand.came(1, 2, 3)
    assert hand.places == [1]
    await until(lambda: hand.places == [1, 3])
    await asyncio.sleep(2 * MOTION_S)
    assert hand.places == [1, 3]


async def test_an_older_place_is_nothing_also_while_a_newer_one_waits(hand: Hand) -> None:
    hand.came(5, 7, 6, 5)
    await until(lambda: len(hand.places) == 2)
    hand.came(4)
    await asyncio.sleep(2 * MOTION_S)
    assert hand.places == [5, 7]


async def test_what_waits_is_followed_before_what_came_after_it(hand: Hand) -> None:
    hand.came(1, 2)
    hand.motion.flush()
    assert hand.places == [1, 2]
    await asyncio.sleep(2 * MOTION_S)
    assert hand.places == [1, 2]


async def test_what_is_forgotten_is_never_followed(hand: Hand) -> None:
    hand.came(1, 2)
    hand.motion.forget()
    await asyncio.sleep(2 * MOTION_S)
    assert hand.places == [1]

"""Opening with a code, the customer's side: what only a code has."""

from __future__ import annotations

import asyncio

import pytest

from remotehelp.customer import code_opening
from tests.helpers.hostile_broker import TO_CUSTOMER
from tests.helpers.joined_openings import PROBLEM, Openings, wrong
from tests.helpers.waiting import until


async def test_a_wrong_code_lets_nobody_in_and_counts_as_a_guess(openings: Openings) -> None:
    async with openings.broker.running():
        await openings.both(openings.issuer.badge(), wrong)
    assert openings.failures == ("code_wrong", "code_wrong")
    assert openings.guest.guessed is True
    assert openings.guest.verdict is None
    assert PROBLEM.encode() not in openings.broker.seen


async def test_a_code_that_nobody_used_expires(openings: Openings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_opening, "LIFE_S", 0.05)
    async with openings.broker.running():
        await asyncio.wait_for(openings.open(), 5)
        await until(lambda: openings.broker.left == ["customer"])
    assert openings.failures == ("code_expired", None)


async def test_a_second_hello_burns_the_code(openings: Openings) -> None:
    openings.broker.tamper = lambda way, data: [data, data] if way == TO_CUSTOMER else [data]
    async with openings.broker.running():
        await openings.both(openings.issuer.badge())
    assert openings.guest.failed is not None
    assert openings.guest.verdict is None
    assert openings.host.failed is not None


async def test_with_a_code_there_are_no_safety_words(openings: Openings) -> None:
    async with openings.broker.running():
        await openings.both(openings.issuer.badge())
    assert openings.guest.verdict is not None
    assert (openings.guest.words, openings.host.words) == (None, None)

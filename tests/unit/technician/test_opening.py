"""Joining a customer by her code, the technician's side."""

from __future__ import annotations

import asyncio

import pytest

from remotehelp import messages
from remotehelp.messages import Claimed, Joined, Presence, Refused, Relay, Sealed
from remotehelp.technician import opening
from remotehelp.trust.code import Code
from tests.helpers.hostile_broker import TO_TECHNICIAN
from tests.helpers.joined_openings import FP_C, OFFER, PROBLEM, Openings, wrong
from tests.helpers.waiting import until


async def test_the_customer_who_read_out_the_code_is_joined(openings: Openings) -> None:
    async with openings.broker.running():
        await openings.both(openings.issuer.badge())
    host = openings.host
    assert (host.paired, host.problem, host.offer, host.offered_by) == (True, PROBLEM, OFFER, FP_C)
    assert openings.failures == (None, None)


async def test_a_wrong_code_is_told_and_nothing_of_her_is_known(openings: Openings) -> None:
    async with openings.broker.running():
        await openings.both(openings.issuer.badge(), wrong)
    assert openings.failures[1] == "code_wrong"
    assert (openings.host.paired, openings.host.problem, openings.host.offer) == (False, "", "")


async def alone(openings: Openings, *told: messages.Message | str, code: Code | None = None) -> str:
    """What the technician is told when, after the claim, the broker says this and no customer answers."""
    openings.broker.claims = code is not None
    async with openings.broker.running():
        opening_there = openings.open()
        joining = asyncio.create_task(openings.join(openings.issuer.badge(), lambda shown: code or shown))
        await until(lambda: b'"Claim"' in openings.broker.seen)
        for message in told:
            await openings.broker.tell(TO_TECHNICIAN, message)
        await asyncio.wait_for(joining, 5)
        opening_there.cancel()
        await asyncio.gather(opening_there, return_exceptions=True)
    assert openings.host.failed is not None
    assert not openings.host.paired
    return openings.host.failed.key


async def test_a_nameplate_that_nobody_has(openings: Openings) -> None:
    assert await alone(openings, code=Code("9999", "000000")) == "no_such_code"


@pytest.mark.parametrize(
    ("told", "key"),
    [
        (Refused("code_burned"), "code_burned"),
        (Refused("file_not_readable"), "other_side_refused"),
        (Joined(), "message_not_understood"),
        ("garbage", "broker_went_away"),
    ],
)
async def test_whatever_a_broker_says_instead_is_one_sentence(
    openings: Openings, told: messages.Message | str, key: str
) -> None:
    assert await alone(openings, told) == key


async def test_what_is_left_of_the_room_before_is_nothing(openings: Openings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "HELLO_WITHIN_S", 0.2)
    late = Relay(messages.encode(messages.Refusal("code_wrong")))
    assert await alone(openings, messages.PeerLeft(), late, Presence(2)) == "customer_did_not_answer"


async def test_a_customer_who_leaves_is_told(openings: Openings) -> None:
    assert await alone(openings, Claimed(bytes(16)), messages.PeerLeft()) == "customer_left_early"


async def test_a_customer_who_does_not_answer_is_not_waited_for(
    openings: Openings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "HELLO_WITHIN_S", 0.1)
    assert await alone(openings, Presence(1)) == "customer_did_not_answer"


async def test_a_customer_who_does_not_confirm_is_not_waited_for(
    openings: Openings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "CONFIRM_WITHIN_S", 0.1)
    told = 0

    def swallow_the_confirmation(way: str, data: bytes) -> list[bytes]:
        nonlocal told
        told += way == TO_TECHNICIAN
        return [data] if told < 2 or way != TO_TECHNICIAN else []

    openings.broker.tamper = swallow_the_confirmation
    async with openings.broker.running():
        opened = openings.open()
        await asyncio.wait_for(openings.join(openings.issuer.badge()), 5)
        opened.cancel()
        await asyncio.gather(opened, return_exceptions=True)
    assert openings.failures[1] == "customer_did_not_answer"


async def test_a_broker_that_dies_is_one_sentence(openings: Openings) -> None:
    openings.broker.claims = False
    async with openings.broker.running():
        opened = openings.open()
        joining = asyncio.create_task(openings.join(openings.issuer.badge()))
        await until(lambda: b'"Claim"' in openings.broker.seen)
    await asyncio.wait_for(asyncio.gather(joining, opened), 5)
    assert openings.failures[1] == "broker_went_away"


async def test_a_second_claimed_is_out_of_order(openings: Openings) -> None:
    assert await alone(openings, Claimed(bytes(16)), Claimed(bytes(16))) == "message_out_of_order"


async def test_an_answer_from_the_customer_is_out_of_order(openings: Openings) -> None:
    """She may send a problem and an offer, sealed; whatever else she seals ends it."""

    async def offer(_: bytes) -> str:
        return ""  # nothing holds her back from sending what does not belong here

    openings.guest.offer = offer  # type: ignore[method-assign]
    replies: list[bytes] = []

    def repeat_the_problem(way: str, data: bytes) -> list[bytes]:
        if way == TO_TECHNICIAN and isinstance(messages.decode_relayed(data), Sealed):
            replies.append(data)
            return [replies[0]]  # the same sealed message again and again
        return [data]

    openings.broker.tamper = repeat_the_problem
    async with openings.broker.running():
        await openings.both(openings.issuer.badge())
    assert openings.failures == ("seal_broken", "seal_broken")
    assert openings.host.problem == PROBLEM
    assert openings.host.offer == ""


async def test_whatever_ends_it_the_other_side_is_told_and_the_room_is_left(openings: Openings) -> None:
    async with openings.broker.running():
        await openings.both(openings.issuer.badge(), wrong)
        await until(lambda: set(openings.broker.left) == {"customer", "technician"})


@pytest.mark.parametrize("word", [messages.Decline(), messages.Goodbye()], ids=["declines", "stops"])
async def test_a_customer_who_goes_before_the_connection_stands_says_so(
    openings: Openings, word: messages.Parting
) -> None:
    openings.connects = False
    async with openings.broker.running():
        opened = openings.open()
        joining = asyncio.create_task(openings.join(openings.issuer.badge()))
        await until(lambda: openings.guest.answer and openings.guest.part)
        assert openings.guest.part is not None
        await openings.guest.part(word)
        await asyncio.wait_for(joining, 5)
        assert openings.host.parting == word
        opened.cancel()
        await asyncio.gather(opened, return_exceptions=True)
    assert openings.failures == (None, None)


async def test_a_customer_who_goes_before_her_offer_says_so(openings: Openings) -> None:
    described = asyncio.Event()

    async def slow(_: bytes) -> str:
        await described.wait()
        return OFFER

    openings.guest.offer = slow  # type: ignore[method-assign]
    async with openings.broker.running():
        opened = openings.open()
        joining = asyncio.create_task(openings.join(openings.issuer.badge()))
        await until(lambda: openings.host.problem and openings.guest.part)
        assert openings.guest.part is not None
        await openings.guest.part(messages.Decline())
        await asyncio.wait_for(joining, 5)
        opened.cancel()
        await asyncio.gather(opened, return_exceptions=True)
    assert (openings.host.parting, openings.host.offer) == (messages.Decline(), "")
    assert openings.failures == (None, None)


async def test_a_second_offer_is_out_of_order(openings: Openings) -> None:
    openings.connects = False
    async with openings.broker.running():
        opened = openings.open()
        joining = asyncio.create_task(openings.join(openings.issuer.badge()))
        await until(lambda: openings.guest.answer and openings.guest.part)
        assert openings.guest.part is not None
        await openings.guest.part(messages.Offer("v=0"))  # type: ignore[arg-type]
        await asyncio.wait_for(asyncio.gather(opened, joining), 5)
    assert openings.failures == ("message_out_of_order", "message_out_of_order")
    assert openings.host.offer == OFFER

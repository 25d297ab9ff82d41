"""Opening from the waiting list, the customer's side: what only the list has."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from remotehelp import messages
from remotehelp.customer import opening, queue_opening
from remotehelp.customer.queue_opening import TAKES
from remotehelp.messages import CLEAR_LIMIT, Joined, Opened, PeerLeft, Place, Presence, Queued, Refused, Taken
from remotehelp.trust.wallet import OwnBadge
from tests.helpers import joined_openings
from tests.helpers.hostile_broker import TO_CUSTOMER, TO_TECHNICIAN
from tests.helpers.issuer import PHOTO, Issuer
from tests.helpers.joined_openings import ANSWER, FP_C, FP_T, PROBLEM, Openings
from tests.helpers.waiting import until


async def test_whoever_takes_her_is_met_and_both_see_the_same_words(openings: Openings) -> None:
    async with openings.broker.running():
        own = openings.issuer.badge()
        await openings.from_the_list(own)
        await until(lambda: "customer" in openings.broker.left)
    guest, host = openings.guest, openings.host
    assert openings.failures == (None, None)
    assert guest.places == [0, "taken"]
    assert guest.verdict is not None
    assert guest.verdict.badge == own.badge
    assert (guest.photo, guest.offered_to, guest.answer) == (PHOTO, FP_T, ANSWER)
    assert (host.problem, host.offered_by) == (PROBLEM, FP_C)
    assert guest.words is not None
    assert guest.words == host.words
    assert guest.pact is not None
    assert host.pact is not None
    assert guest.pact.opening == host.pact.opening, "the two would sign different logs"
    assert guest.pact.technician == own.badge.technician_key
    assert openings.known.highest_list(openings.issuer.organisation.key) == guest.verdict.list_number


async def test_only_the_beginning_of_her_words_is_in_clear(openings: Openings, monkeypatch: pytest.MonkeyPatch) -> None:
    story = "x" * CLEAR_LIMIT + "only for the helper"
    monkeypatch.setattr(joined_openings, "PROBLEM", story)
    async with openings.broker.running():
        await openings.from_the_list(openings.issuer.badge())
    assert openings.broker.words == "x" * CLEAR_LIMIT
    assert openings.host.problem == story
    for secret in ("only for the helper", "the customer's offer", "the technician's answer"):
        assert secret.encode() not in openings.broker.seen


BAD: list[tuple[str, Callable[[Issuer], OwnBadge], Callable[[Issuer], bytes]]] = [
    ("badge_expired", lambda issuer: issuer.badge(days_ago=8), lambda issuer: issuer.revocations()),
    ("badge_not_yet_valid", lambda issuer: issuer.badge(days_ago=-2), lambda issuer: issuer.revocations()),
    ("badge_revoked", lambda issuer: issuer.badge(serial=7), lambda issuer: issuer.revocations(7)),
    ("badge_not_signed", lambda issuer: issuer.unsigned(), lambda issuer: issuer.revocations()),
    ("technician_not_proven", lambda issuer: issuer.stolen(), lambda issuer: issuer.revocations()),
    ("opening_changed", lambda issuer: Issuer().badge(), lambda issuer: issuer.revocations()),
]


@pytest.mark.parametrize(("key", "own", "revocations"), BAD, ids=[key for key, _, _ in BAD])
async def test_a_badge_that_does_not_hold_never_reaches_her(
    openings: Openings, key: str, own: Callable[[Issuer], OwnBadge], revocations: Callable[[Issuer], bytes]
) -> None:
    openings.broker.revocations = revocations(openings.issuer)
    async with openings.broker.running():
        await openings.from_the_list(own(openings.issuer))
    assert openings.failures == (key, key)
    assert (openings.guest.verdict, openings.guest.photo, openings.host.paired) == (None, b"", False)
    assert openings.guest.guessed is False  # there is no code to guess


async def said(openings: Openings, *told: messages.Message) -> str:
    """What she is told after the broker said this to her who waits."""
    async with openings.broker.running():
        running = openings.ask()
        await until(lambda: openings.guest.places)
        for message in told:
            await openings.broker.tell(TO_CUSTOMER, message)
        await asyncio.wait_for(running, 5)
    assert openings.guest.failed is not None
    assert openings.guest.verdict is None
    return openings.guest.failed.key


@pytest.mark.parametrize(
    ("told", "key"),
    [
        (Queued(0, b""), "message_out_of_order"),
        (Taken(b""), "link_not_of_this_server"),
        (Opened("4711", b""), "message_not_understood"),
        (Joined(), "message_not_understood"),
        (Refused("waited_too_long"), "waited_too_long"),
        (Refused("port_in_use"), "other_side_refused"),
        (PeerLeft(), "technician_left_early"),
        (messages.Relay(messages.encode(messages.Commit(bytes(32)))), "message_out_of_order"),
    ],
)
async def test_whatever_a_broker_says_instead_is_one_sentence(
    openings: Openings, told: messages.Message, key: str
) -> None:
    assert await said(openings, told) == key


async def test_a_list_of_another_organisation_is_told_before_she_waits(openings: Openings) -> None:
    openings.broker.revocations = Issuer().revocations()
    async with openings.broker.running():
        await asyncio.wait_for(openings.ask(), 5)
    assert openings.failures == ("link_not_of_this_server", None)
    assert openings.guest.places == []


async def test_a_broker_that_gives_no_place_is_not_waited_for(
    openings: Openings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "ANSWER_S", 0.05)
    openings.broker.opens = False
    async with openings.broker.running():
        await asyncio.wait_for(openings.ask(), 5)
    assert openings.failures == ("broker_unreachable", None)


async def test_in_the_list_she_waits_for_as_long_as_it_takes(
    openings: Openings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "ANSWER_S", 0.2)
    async with openings.broker.running():
        running = openings.ask()
        await until(lambda: openings.guest.places)
        await asyncio.wait((running,), timeout=0.4)
        assert not running.done()
        for ahead in (2, 1):
            await openings.broker.tell(TO_CUSTOMER, Place(ahead))
        await openings.broker.tell(TO_CUSTOMER, Presence(3))
        await until(lambda: openings.guest.here == [1, 3])
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await until(lambda: openings.broker.left == ["customer"])
    assert openings.guest.places == [0, 2, 1]
    assert openings.failures == (None, None)


async def test_a_technician_who_took_her_and_is_silent_is_not_waited_for(
    openings: Openings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_opening, "TAKEN_S", 0.1)
    assert await said(openings, Taken(openings.broker.revocations)) == "technician_left_early"


async def test_after_a_technician_who_vanished_the_next_one_is_met(openings: Openings) -> None:
    """Whatever the first one had sent already."""
    commit = messages.encode(messages.Commit(b"c" * 32))
    async with openings.broker.running():
        running = openings.ask()
        await until(lambda: openings.guest.places)
        await openings.broker.tell(TO_CUSTOMER, Taken(openings.broker.revocations))
        await openings.broker.tell(TO_CUSTOMER, messages.Relay(commit))
        await openings.broker.put_back()
        await until(lambda: openings.guest.places == [0, "taken", 0])
        await asyncio.wait_for(openings.take(openings.issuer.badge()), 5)
        await asyncio.wait_for(running, 5)
    assert openings.failures == (None, None)
    assert openings.guest.places == [0, "taken", 0, "taken"]
    assert openings.guest.words == openings.host.words


async def test_nobody_may_try_again_and_again_for_equal_words(openings: Openings) -> None:
    """Each pairing that begins is one try of 2^22 for who stands between the two."""
    taken = Taken(openings.broker.revocations)
    told = [message for _ in range(TAKES) for message in (taken, Place(0))]
    assert await said(openings, *told, taken) == "taken_too_often"
    assert openings.guest.places.count("taken") == TAKES


async def test_a_second_technician_at_the_same_time_ends_it(openings: Openings) -> None:
    taken = Taken(openings.broker.revocations)
    assert await said(openings, taken, taken) == "message_out_of_order"


async def test_a_technician_who_goes_after_the_pairing_has_left_her(openings: Openings) -> None:
    """Nothing of a visit that had begun is used for another one."""
    described = asyncio.Event()

    async def never(_: bytes) -> str:
        await described.wait()
        return ""

    async with openings.broker.running():
        openings.guest.offer = never  # type: ignore[method-assign]
        running = openings.ask()
        taking = asyncio.create_task(openings.take(openings.issuer.badge()))
        await until(lambda: openings.guest.verdict and openings.host.paired)
        await openings.broker.put_back()
        described.set()
        await asyncio.wait_for(asyncio.gather(running, taking), 5)
    assert openings.failures[0] == "technician_left_early"


@pytest.mark.parametrize("way", [TO_CUSTOMER, TO_TECHNICIAN])
async def test_what_was_changed_on_the_way_brings_nobody_together(openings: Openings, way: str) -> None:
    def flip(to: str, data: bytes) -> list[bytes]:
        return [bytes([*data[:-1], data[-1] ^ 1]) if to == way else data]

    openings.broker.tamper = flip
    async with openings.broker.running():
        await openings.from_the_list(openings.issuer.badge())
    assert all(openings.failures)
    assert (openings.guest.verdict, openings.guest.words, openings.host.words) == (None, None, None)

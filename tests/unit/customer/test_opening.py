"""Opening a visit, the customer's side: who gets as far as her meeting page, and what she is told else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from remotehelp import messages
from remotehelp.customer import opening
from remotehelp.errors import RemoteProtocolError
from remotehelp.messages import Joined, Opened, Presence, Refused, Sealed, SignedIn
from remotehelp.trust.wallet import OwnBadge
from tests.helpers.hostile_broker import TO_CUSTOMER, TO_TECHNICIAN
from tests.helpers.issuer import PHOTO, Issuer
from tests.helpers.joined_openings import ANSWER, FP_T, PROBLEM, Openings
from tests.helpers.waiting import until


async def test_the_right_technician_is_met_and_the_connection_is_described(openings: Openings) -> None:
    async with openings.broker.running():
        own = openings.issuer.badge()
        await openings.both(own)
    guest = openings.guest
    assert openings.failures == (None, None)
    assert guest.verdict is not None
    assert guest.verdict.badge == own.badge
    assert (guest.photo, guest.offered_to, guest.answer) == (PHOTO, FP_T, ANSWER)
    assert guest.here == [1]
    assert openings.known.highest_list(openings.issuer.organisation.key) == guest.verdict.list_number


async def test_the_socket_ends_with_the_opening(openings: Openings) -> None:
    async with openings.broker.running():
        await openings.both(openings.issuer.badge())
        await until(lambda: "customer" in openings.broker.left)


BAD: list[tuple[str, Callable[[Issuer], OwnBadge], Callable[[Issuer], bytes]]] = [
    ("badge_expired", lambda issuer: issuer.badge(days_ago=8), lambda issuer: issuer.revocations()),
    ("badge_not_yet_valid", lambda issuer: issuer.badge(days_ago=-2), lambda issuer: issuer.revocations()),
    ("badge_revoked", lambda issuer: issuer.badge(serial=7), lambda issuer: issuer.revocations(7)),
    ("badge_not_signed", lambda issuer: issuer.unsigned(), lambda issuer: issuer.revocations()),
    ("technician_not_proven", lambda issuer: issuer.stolen(), lambda issuer: issuer.revocations()),
]


@pytest.mark.parametrize(("key", "own", "revocations"), BAD, ids=[f"{n} {key}" for n, (key, _, _) in enumerate(BAD)])
async def test_a_badge_that_does_not_hold_never_reaches_her(
    openings: Openings, key: str, own: Callable[[Issuer], OwnBadge], revocations: Callable[[Issuer], bytes]
) -> None:
    openings.broker.revocations = revocations(openings.issuer)
    async with openings.broker.running():
        await openings.both(own(openings.issuer))
    assert openings.failures == (key, key)
    assert (openings.guest.verdict, openings.guest.photo, openings.host.paired) == (None, b"", False)
    assert openings.guest.guessed is True


@pytest.mark.parametrize("revocations", [b"", Issuer().revocations()], ids=["none", "of another organisation"])
async def test_a_link_with_another_key_than_the_servers_is_told_before_a_code_is_read_out(
    openings: Openings, revocations: bytes
) -> None:
    openings.broker.revocations = revocations
    async with openings.broker.running():
        await asyncio.wait_for(openings.open(), 5)
    assert openings.failures == ("link_not_of_this_server", None)
    assert openings.guest.code is None
    assert openings.guest.guessed is False


async def test_a_badge_of_another_organisation_never_reaches_her(openings: Openings) -> None:
    async with openings.broker.running():
        await openings.both(Issuer("Example Help").badge())
    assert openings.failures == ("code_wrong", "code_wrong")  # the organisation is part of the transcript
    assert openings.guest.verdict is None


async def test_a_list_that_went_back_is_refused(openings: Openings) -> None:
    openings.known.saw_list(openings.issuer.organisation.key, 2**40)
    async with openings.broker.running():
        await openings.both(openings.issuer.badge())
    assert openings.failures == ("revocations_went_back", "revocations_went_back")


async def test_a_photo_that_is_not_the_badges_ends_it(openings: Openings) -> None:
    own = openings.issuer.badge()
    other = OwnBadge(own.badge, own.badge_bytes, own.private_key, PHOTO[:-2] + b"\x00\xff\xd9")
    async with openings.broker.running():
        await openings.both(other)
    assert openings.guest.failed is not None
    assert openings.guest.failed.key == "photo_differs"
    assert openings.guest.photo == b""


async def test_nobody_there_is_one_sentence(openings: Openings) -> None:
    async with openings.broker.running():
        pass
    await asyncio.wait_for(openings.open(), 5)
    assert openings.failures == ("broker_unreachable", None)
    assert openings.guest.code is None


async def test_a_broker_that_gives_no_nameplate_is_not_waited_for(
    openings: Openings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "ANSWER_S", 0.05)
    openings.broker.opens = False
    async with openings.broker.running():
        await asyncio.wait_for(openings.open(), 5)
    assert openings.failures == ("broker_unreachable", None)


async def test_a_broker_that_dies_is_one_sentence(openings: Openings) -> None:
    async with openings.broker.running():
        running = openings.open()
        await until(lambda: openings.guest.code)
    await asyncio.wait_for(running, 5)
    assert openings.failures == ("broker_went_away", None)


async def said(openings: Openings, *told: messages.Message | str) -> str:
    """What she is told after the broker said this."""
    async with openings.broker.running():
        running = openings.open()
        await until(lambda: openings.guest.code)
        for message in told:
            await openings.broker.tell(TO_CUSTOMER, message)
        await asyncio.wait_for(running, 5)
    assert openings.guest.failed is not None
    assert openings.guest.verdict is None
    return openings.guest.failed.key


@pytest.mark.parametrize(
    ("told", "key"),
    [
        (messages.PeerLeft(), "technician_left_early"),
        (Refused("code_burned"), "code_burned"),
        (Refused("port_in_use"), "other_side_refused"),
        (SignedIn(), "message_not_understood"),
        (Opened("4712", b""), "message_out_of_order"),
        ("garbage", "message_not_understood"),
        (messages.Relay(b"garbage"), "message_not_understood"),
        (messages.Relay(messages.encode(messages.ConfirmT(bytes(32), bytes(64)))), "message_out_of_order"),
        (messages.Relay(messages.encode(Sealed(b"x" * 32))), "message_out_of_order"),
        (messages.Relay(messages.encode(messages.Refusal("badge_expired"))), "badge_expired"),
        (messages.Relay(messages.encode(messages.Refusal("You_won"))), "other_side_refused"),
    ],
)
async def test_whatever_a_broker_says_instead_is_one_sentence(
    openings: Openings, told: messages.Message | str, key: str
) -> None:
    assert await said(openings, told) == key


async def test_who_is_here_is_told_again_and_again(openings: Openings) -> None:
    await said(openings, Presence(4), Joined(), Presence(0), messages.PeerLeft())
    assert openings.guest.here == [1, 4, 0]


async def test_giving_up_leaves_the_room(openings: Openings) -> None:
    async with openings.broker.running():
        running = openings.open()
        await until(lambda: openings.guest.code)
        running.cancel()
        await until(lambda: openings.broker.left == ["customer"])
        await asyncio.gather(running, return_exceptions=True)
    assert openings.failures == (None, None)


async def test_the_broker_is_told_nothing_but_the_way(openings: Openings) -> None:
    broker = openings.broker
    async with broker.running():
        await openings.both(openings.issuer.badge())
    assert openings.guest.code is not None
    for secret in (PROBLEM, openings.guest.code.secret, "the customer's offer", "the technician's answer"):
        assert secret.encode() not in broker.seen
    assert PHOTO not in broker.seen


# --- answered, but the connection does not stand yet -----------------------------------------------------


async def standing_by(openings: Openings) -> tuple[asyncio.Task[None], asyncio.Task[None]]:
    """Both openings, once the answer has crossed."""
    openings.connects = False
    running = openings.open()
    joining = asyncio.create_task(openings.join(openings.issuer.badge()))
    await until(lambda: openings.guest.answer)
    return running, joining


async def test_the_room_is_left_only_once_the_connection_stands(openings: Openings) -> None:
    async with openings.broker.running():
        both = await standing_by(openings)
        assert openings.broker.left == []
        openings.standing.set()
        await asyncio.wait_for(asyncio.gather(*both), 5)
        await until(lambda: "customer" in openings.broker.left)
    assert openings.failures == (None, None)


async def test_a_technician_who_goes_before_the_connection_stands_says_so(openings: Openings) -> None:
    async with openings.broker.running():
        running, joining = await standing_by(openings)
        assert openings.host.part is not None
        await openings.host.part(messages.Goodbye())
        await asyncio.wait_for(running, 5)
        assert openings.guest.parting == messages.Goodbye()
        openings.standing.set()
        await joining
    assert openings.failures == (None, None)


async def test_a_technician_can_not_decline_for_her(openings: Openings) -> None:
    async with openings.broker.running():
        running, joining = await standing_by(openings)
        assert openings.host.part is not None
        await openings.host.part(messages.Decline())
        await asyncio.wait_for(asyncio.gather(running, joining), 5)
    assert openings.failures == ("message_out_of_order", "message_out_of_order")
    assert openings.guest.parting is None


FORGED: list[messages.Message | str] = [
    messages.PeerLeft(),
    Refused("code_burned"),
    Presence(3),
    "garbage",
    messages.Relay(b"garbage"),
    messages.Relay(messages.encode(messages.Refusal("technician_left_early"))),
    messages.Relay(messages.encode(messages.Goodbye())),
    messages.Relay(messages.encode(Sealed(messages.encode(messages.Goodbye()) + bytes(16)))),
]


@pytest.mark.parametrize("told", FORGED, ids=str)
async def test_no_broker_can_end_an_opening_that_needs_it_no_more(
    openings: Openings, told: messages.Message | str
) -> None:
    async with openings.broker.running():
        both = await standing_by(openings)
        for way in (TO_CUSTOMER, TO_TECHNICIAN):
            await openings.broker.tell(way, told)
            await openings.broker.tell(way, Presence(1))
        openings.standing.set()
        await asyncio.wait_for(asyncio.gather(*both), 5)
    assert openings.failures == (None, None)
    assert (openings.guest.parting, openings.host.parting) == (None, None)


async def test_a_broker_that_dies_meanwhile_ends_nothing(openings: Openings) -> None:
    async with openings.broker.running():
        both = await standing_by(openings)
    await asyncio.wait_for(asyncio.gather(*both), 5)
    assert openings.failures == (None, None)


async def test_a_refusal_after_the_pairing_is_sealed(openings: Openings) -> None:
    async def refuse(text: str) -> None:
        raise RemoteProtocolError("description_refused")

    openings.guest.accept = refuse  # type: ignore[method-assign]
    async with openings.broker.running():
        await openings.both(openings.issuer.badge())
    assert openings.failures == ("description_refused", "description_refused")
    assert b"description_refused" not in openings.broker.seen

"""The room: in clear until the pairing, sealed afterwards; a key from outside names a sentence or none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError, TrustError
from remotehelp.messages import (
    Decline,
    Leave,
    Message,
    Offer,
    PeerLeft,
    Photo,
    Presence,
    Problem,
    Refusal,
    Relay,
    Sealed,
)
from remotehelp.peer.room import Room, raise_refusal, spoken
from remotehelp.sentences import SENTENCES, sentence
from remotehelp.trust.pairing import Keys

TEXT = "My printer wants a password"


class Wire:
    """Where a signalling socket would be: keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[Message] = []

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def relayed(self) -> list[bytes]:
        return [message.data for message in self.sent if isinstance(message, Relay)]


def keys(mine: bytes, theirs: bytes) -> Keys:
    return Keys(bytes(32), mine * 32, theirs * 32, bytes(32), bytes(32), bytes(32), bytes(32), ())


@pytest.fixture
def rooms() -> tuple[Room, Wire, Room, Wire]:
    """The customer's room and the technician's, not sealed yet."""
    c, t = Wire(), Wire()
    return Room(c), c, Room(t), t  # type: ignore[arg-type]


def seal(customer: Room, technician: Room) -> None:
    customer.seal(keys(b"c", b"t"))
    technician.seal(keys(b"t", b"c"))


async def test_what_one_seals_the_other_opens_and_nobody_between_reads_it(rooms: tuple[Room, Wire, Room, Wire]) -> None:
    customer, wire, technician, _ = rooms
    seal(customer, technician)
    for content in (Problem(TEXT), Offer("v=0"), Photo(b"\xff\xd8")):
        await customer.send(content)
    assert not any(TEXT.encode() in data for data in wire.relayed)
    assert [technician.open(data) for data in wire.relayed] == [Problem(TEXT), Offer("v=0"), Photo(b"\xff\xd8")]


async def test_nothing_private_leaves_before_the_pairing(rooms: tuple[Room, Wire, Room, Wire]) -> None:
    customer, wire, _, _ = rooms
    with pytest.raises(RemoteProtocolError, match="message_out_of_order"):
        await customer.send(Problem(TEXT))
    assert wire.sent == []


async def test_nothing_is_opened_before_the_pairing(rooms: tuple[Room, Wire, Room, Wire]) -> None:
    customer, wire, technician, _ = rooms
    customer.seal(keys(b"c", b"t"))
    await customer.send(Problem(TEXT))
    with pytest.raises(RemoteProtocolError, match="message_out_of_order"):
        technician.open(wire.relayed[0])


async def test_a_repeated_a_changed_and_a_left_out_message_break_the_seal(rooms: tuple[Room, Wire, Room, Wire]) -> None:
    customer, wire, technician, _ = rooms
    seal(customer, technician)
    await customer.send(Problem(TEXT))
    await customer.send(Offer("v=0"))
    assert technician.open(wire.relayed[0]) == Problem(TEXT)
    with pytest.raises(TrustError, match="seal_broken"):
        technician.open(wire.relayed[0])
    with pytest.raises(TrustError, match="seal_broken"):
        technician.open(wire.relayed[1])  # for good


async def test_ones_own_message_sent_back_breaks_the_seal(rooms: tuple[Room, Wire, Room, Wire]) -> None:
    customer, wire, technician, _ = rooms
    seal(customer, technician)
    await customer.send(Problem(TEXT))
    with pytest.raises(TrustError, match="seal_broken"):
        customer.open(wire.relayed[0])


async def test_in_clear_nothing_is_understood_after_the_pairing(rooms: tuple[Room, Wire, Room, Wire]) -> None:
    customer, _, technician, _ = rooms
    seal(customer, technician)
    with pytest.raises(RemoteProtocolError):
        technician.open(messages.encode(Problem(TEXT)))
    with pytest.raises(RemoteProtocolError):
        technician.open(messages.encode(messages.ConfirmC(bytes(32))))
    with pytest.raises(TrustError, match="seal_broken"):
        technician.open(messages.encode(Sealed(b"\x00" * 40)))


async def test_refusing_tells_the_other_side_why_and_leaves(rooms: tuple[Room, Wire, Room, Wire]) -> None:
    customer, wire, _, _ = rooms
    await customer.refuse("code_wrong")
    assert wire.sent == [Relay(messages.encode(Refusal("code_wrong"))), Leave()]
    with pytest.raises(TrustError, match="code_wrong"):
        raise_refusal(wire.relayed[0])


def test_anything_but_a_refusal_is_none() -> None:
    raise_refusal(b"")
    raise_refusal(messages.encode(Sealed(b"x" * 20)))


@given(st.one_of(st.sampled_from(sorted(SENTENCES)), st.text(max_size=40)))
def test_whatever_key_comes_from_outside_there_is_a_sentence_for_it(key: str) -> None:
    assert sentence(spoken(key))


def test_a_key_whose_sentence_needs_values_is_not_spoken() -> None:
    assert spoken("badge_expired") == "badge_expired"
    assert spoken("port_in_use") == "other_side_refused"
    assert spoken("You won a prize") == "other_side_refused"


# --- the last word while the connection does not stand ----------------------------------------------------


async def told(*said: Message, then: Exception | None = None) -> AsyncIterator[Message]:
    """What a broker says, and how its socket ends."""
    for message in said:
        yield message
    if then is not None:
        raise then


async def for_ever(*said: Message) -> AsyncIterator[Message]:
    for message in said:
        yield message
    await asyncio.Event().wait()


async def never() -> None:
    await asyncio.Event().wait()


async def soon() -> None:
    await asyncio.sleep(0)


async def test_who_goes_before_the_connection_stands_is_heard(rooms: tuple[Room, Wire, Room, Wire]) -> None:
    customer, wire, technician, _ = rooms
    seal(customer, technician)
    await customer.send(Decline())
    heard = for_ever(Presence(1), PeerLeft(), *wire.sent)
    assert await technician.last_word(heard, never()) == Decline()  # type: ignore[arg-type]


async def test_once_the_connection_stands_nobody_is_listened_to(rooms: tuple[Room, Wire, Room, Wire]) -> None:
    customer, _, technician, _ = rooms
    seal(customer, technician)
    assert await technician.last_word(for_ever(), soon()) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "heard",
    [
        lambda: told(),
        lambda: told(then=RemoteProtocolError("message_not_understood")),
        lambda: told(Relay(b"garbage")),
        lambda: told(Relay(messages.encode(Refusal("code_wrong")))),
        lambda: told(Relay(messages.encode(Sealed(bytes(40))))),
    ],
    ids=["the socket ends", "garbage", "relayed garbage", "in clear", "forged"],
)
async def test_a_broker_that_is_not_needed_any_more_ends_nothing(
    rooms: tuple[Room, Wire, Room, Wire], heard: Callable[[], AsyncIterator[Message]]
) -> None:
    customer, _, technician, _ = rooms
    seal(customer, technician)
    assert await technician.last_word(heard(), never()) is None  # type: ignore[arg-type]


async def test_refusing_after_the_pairing_is_sealed(rooms: tuple[Room, Wire, Room, Wire]) -> None:
    customer, wire, technician, _ = rooms
    seal(customer, technician)
    await customer.refuse("photo_differs")
    assert wire.sent[-1] == Leave()
    assert technician.open(wire.relayed[0]) == Refusal("photo_differs")
    raise_refusal(wire.relayed[0])

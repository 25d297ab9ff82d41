"""The technician's socket to a broker."""

from __future__ import annotations

import asyncio

from websockets.asyncio.server import ServerConnection

from remotehelp import messages
from remotehelp.messages import Available, Claimed, Leave, PeerLeft, Refused, SignedIn, encode_json
from remotehelp.technician.broker_line import MOST_UNREAD, BrokerLine
from remotehelp.technician.signing_in import SigningIn
from tests.helpers.issuer import Issuer
from tests.helpers.strange_broker import WELCOME, broker
from tests.helpers.waiting import until

OWN = Issuer().badge()


class Desk:
    """What belongs to no room."""

    def __init__(self) -> None:
        self.told: list[messages.WaitingList | str] = []

    def on_waiting(self, waiting: messages.WaitingList) -> None:
        self.told.append(waiting)

    def on_refused(self, key: str) -> None:
        self.told.append(key)


DESK = Desk()


class Heard:
    """What a broker heard; it says what it was made with after the sign-in."""

    def __init__(self, *says: messages.Message | str) -> None:
        self.says = says
        self.messages: list[messages.ToBroker] = []
        self.socket: ServerConnection | None = None
        self.gone = asyncio.Event()

    async def __call__(self, socket: ServerConnection) -> None:
        self.socket = socket
        await socket.send(encode_json(WELCOME))
        self.messages.append(messages.decode_to_broker(await socket.recv()))
        for message in self.says:
            await socket.send(message if isinstance(message, str) else encode_json(message))
        async for data in socket:
            self.messages.append(messages.decode_to_broker(data))
        self.gone.set()


async def signed_in(address: str) -> BrokerLine:
    return BrokerLine((await SigningIn.begin(address, OWN)).signalling)


async def test_availability_and_leaving_are_told_to_the_broker() -> None:
    heard = Heard(SignedIn())
    async with broker(heard) as address:
        line = await signed_in(address)
        await line.available(True)
        await line.leave()
        await until(lambda: len(heard.messages) == 3)
        await line.close()
    assert heard.messages[1:] == [Available(True), Leave()]


async def test_a_room_begins_with_what_comes_after_it_was_entered() -> None:
    heard = Heard(SignedIn(), PeerLeft(), PeerLeft())  # of a visit before
    async with broker(heard) as address:
        line = await signed_in(address)
        reading = asyncio.create_task(line.run(DESK))
        await until(lambda: line._room.qsize() == 2)
        room = line.room()
        first = asyncio.create_task(anext(room))
        await asyncio.sleep(0)
        assert heard.socket is not None
        await heard.socket.send(encode_json(Claimed(bytes(16))))
        assert await asyncio.wait_for(first, 5) == Claimed(bytes(16))
        await heard.socket.close()
        assert [message async for message in room] == []
        await asyncio.wait_for(reading, 5)


async def test_who_waits_and_what_is_refused_is_told_at_once_and_only_the_list_stays_out_of_rooms() -> None:
    listed = messages.WaitingList((messages.Waiting(1, "The printer", 5),), 1)
    heard, desk = Heard(SignedIn(), listed, Refused("badge_revoked"), Refused("port_in_use"), listed), Desk()
    async with broker(heard) as address:
        line = await signed_in(address)
        reading = asyncio.create_task(line.run(desk))
        await until(lambda: len(desk.told) == 4)
        assert desk.told == [listed, "badge_revoked", "other_side_refused", listed]
        assert [line._room.get_nowait() for _ in range(2)] == [Refused("badge_revoked"), Refused("port_in_use")]
        await line.close()
        await asyncio.wait_for(reading, 5)


async def test_a_broker_that_speaks_garbage_later_is_left() -> None:
    heard = Heard(SignedIn(), Claimed(bytes(16)), "garbage", Claimed(bytes(16)))
    async with broker(heard) as address:
        line = await signed_in(address)
        room = asyncio.create_task(_all(line))
        await asyncio.sleep(0)
        await asyncio.wait_for(line.run(DESK), 5)
        assert await room == [Claimed(bytes(16))]
        await asyncio.wait_for(heard.gone.wait(), 5)


async def _all(line: BrokerLine) -> list[messages.FromBroker]:
    return [message async for message in line.room()]


async def test_what_comes_while_nobody_is_in_a_room_takes_little_memory() -> None:
    heard = Heard(*[SignedIn()], *[Refused(key="code_unknown")] * 10 * MOST_UNREAD, PeerLeft())
    async with broker(heard) as address:
        line, desk = await signed_in(address), Desk()
        running = asyncio.create_task(line.run(desk))
        await until(lambda: len(desk.told) == 10 * MOST_UNREAD)
        assert line._room.qsize() <= MOST_UNREAD
        await line.close()
        await running
        assert line._room.qsize() <= MOST_UNREAD

"""The caps of one socket, on a real one; and what an address is counted by."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

import pytest

from remotehelp.broker.line import OUTBOX, Caps, Line, counted_address
from remotehelp.messages import BROKER_LIMIT, RELAY_LIMIT, VERSION, Claim, Leave, Open, PeerLeft, Refused, Relay

SID = bytes(range(16))


async def test_what_is_not_understood_is_said_and_ends_the_socket(place: Any) -> None:
    bad = ["hello", "{}", '{"type": "Open"}', '{"type": "Welcome"}', "\u0000", '{"type": "Leave", "x": 1}']
    for text in bad:
        program = await place.program()
        await program.socket.send(text)
        assert await program.hear() == Refused("message_not_understood")
        assert await program.close_code() == 1008


async def test_a_binary_message_ends_the_socket(place: Any) -> None:
    program = await place.program()
    await program.socket.send(b"{}")
    assert await program.hear() == Refused("message_not_understood")
    assert await program.close_code() == 1008


async def test_a_message_of_300_kb_ends_the_socket_before_it_is_read(place: Any) -> None:
    program = await place.program()
    await program.socket.send("x" * 300_000)
    assert await program.close_code() == 1009


async def test_relayed_bytes_over_their_own_limit_are_not_understood(place: Any) -> None:
    program = await place.program()
    data = base64.b64encode(bytes(RELAY_LIMIT + 1)).decode()
    assert len(data) < BROKER_LIMIT
    await program.socket.send(f'{{"type": "Relay", "data": "{data}"}}')
    assert await program.hear() == Refused("message_not_understood")
    assert await program.close_code() == 1008


async def test_a_newer_version_is_told_so_and_may_go_on(place: Any) -> None:
    program = await place.program()
    assert await program.ask(Open(VERSION + 1, SID)) == Refused("newer_version")
    await program.open()


async def test_too_many_messages_end_the_socket_and_no_other(start_broker: Any) -> None:
    async with start_broker(caps=Caps(messages=5)) as place:
        busy, calm = await place.program(), await place.program()
        for _ in range(6):
            await busy.say(Leave())
        assert await busy.hear() == Refused("too_many_messages")
        assert await busy.close_code() == 1008
        await calm.open()


async def test_who_asks_for_nothing_is_sent_away(start_broker: Any) -> None:
    async with start_broker(caps=Caps(first_s=0.2)) as place:
        silent, busy = await place.program(), await place.program()
        await busy.open()
        assert await silent.hear() == Refused("nothing_asked")
        assert await silent.close_code() == 1008
        await busy.open()


async def test_who_does_not_read_is_cut_off_and_the_other_is_told(start_broker: Any) -> None:
    async with start_broker(caps=Caps(messages=10_000, send_s=0.2)) as place:
        customer, technician = await place.pair()
        customer.socket.transport.pause_reading()
        told = asyncio.create_task(technician.hear())
        while not told.done():
            await technician.say(Relay(bytes(RELAY_LIMIT)))
            await asyncio.sleep(0)
        assert await told == PeerLeft()
        for program in (customer, technician):  # neither read to the end: no polite goodbye
            program.socket.transport.abort()


async def test_an_outbox_never_grows_beyond_its_size() -> None:
    line = Line(1, None, bytes(32), Caps())  # type: ignore[arg-type]
    for _ in range(OUTBOX * 3):
        line.send(Claim("4711"))
    assert line._outbox.qsize() == OUTBOX


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_one_household_is_counted_as_one(host: str, counted: str) -> None:
    assert counted_address(host) == counted

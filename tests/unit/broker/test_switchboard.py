"""Real programs at a real broker: signing in, claiming, relaying, leaving."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from remotehelp.broker import switchboard
from remotehelp.broker.rules import OPEN_CODES
from remotehelp.broker.store import DATABASE_FILE
from remotehelp.broker.turn import Relays
from remotehelp.messages import (
    VERSION,
    AskForHelp,
    Available,
    Claim,
    Claimed,
    Joined,
    Leave,
    Open,
    Opened,
    PeerLeft,
    Place,
    Presence,
    Queued,
    Refused,
    Rejoin,
    Rejoined,
    Relay,
    SignedIn,
    Take,
    Taken,
    TurnServers,
    WaitingList,
)
from remotehelp.trust.resumption import Resumption

SID = bytes(range(16))


async def test_each_socket_is_welcomed_with_a_nonce_of_its_own_and_the_brokers_id(place: Any) -> None:
    one, two = (await place.program()).welcome, (await place.program()).welcome
    assert one.broker == two.broker
    assert one.nonce != two.nonce
    assert (one.v, one.here) == (VERSION, 0)
    assert abs(one.time - time.time()) < 5


async def test_a_code_brings_two_people_together_and_bytes_cross_unread(place: Any) -> None:
    customer, technician = await place.pair()
    await technician.say(Relay(b"\x00\xffhello"))
    assert await customer.hear() == Relay(b"\x00\xffhello")
    await customer.say(Relay(bytes(128 * 1024)))
    assert await technician.hear() == Relay(bytes(128 * 1024))


async def test_the_nameplate_comes_with_the_organisations_newest_list(place: Any) -> None:
    customer = await place.program()
    first = await customer.ask(Open(VERSION, SID))
    assert isinstance(first, Opened)
    assert first.revocations == (place.firm.public / "revocations.json").read_bytes()
    place.firm.renew()
    second = await customer.ask(Open(VERSION, SID))
    assert isinstance(second, Opened)
    assert second.revocations == (place.firm.public / "revocations.json").read_bytes() != first.revocations


async def test_a_lost_line_is_mended_in_a_room_without_signing_in_and_with_the_newest_list(place: Any) -> None:
    hers, his = (Resumption(b"t" * 32, b"r" * 32, customers=side).passages()[0] for side in (True, False))
    customer, technician = await place.program(), await place.program()
    listed = Rejoined((place.firm.public / "revocations.json").read_bytes())
    assert await customer.ask(Rejoin(VERSION, hers.seat, hers.other)) == listed
    assert await technician.ask(Rejoin(VERSION, his.seat, his.other)) == listed
    assert await customer.hear() == await technician.hear() == Joined()
    await technician.say(Relay(b"hello"))
    assert await customer.hear() == Relay(b"hello")
    technician.socket.transport.abort()
    assert await customer.hear() == PeerLeft()


async def test_a_technician_who_leaves_or_whose_socket_ends_is_missed(place: Any) -> None:
    customer, technician = await place.pair()
    await technician.say(Leave())
    assert await customer.hear() == PeerLeft()
    assert await technician.ask(Claim(await customer.open())) == Claimed(SID)
    assert await customer.hear() == Joined()
    technician.socket.transport.abort()
    assert await customer.hear() == PeerLeft()


async def test_a_customer_whose_socket_ends_is_missed(place: Any) -> None:
    customer, technician = await place.pair()
    await customer.socket.close()
    assert await technician.hear() == PeerLeft()


async def test_a_second_claim_burns_the_code_and_all_dead_codes_get_the_same_bytes(place: Any) -> None:
    customer, technician = await place.program(), await place.technician()
    code = await customer.open()
    await technician.ask(Claim(code))
    assert await customer.hear() == Joined()
    other = await place.technician()
    raw = []
    for nameplate in (code, code, "99999"):  # used, burned, never given
        await other.say(Claim(nameplate))
        raw.append(await other.socket.recv())
    assert raw == ['{"type":"Refused","key":"no_such_code"}'] * 3
    assert await customer.hear() == await technician.hear() == Refused("code_burned")


async def test_only_signed_in_technicians_claim(place: Any) -> None:
    customer, stranger = await place.program(), await place.program()
    code = await customer.open()
    assert await stranger.ask(Claim(code)) == Refused("not_signed_in")
    assert await (await place.technician()).ask(Claim(code)) == Claimed(SID)


async def test_a_badge_of_another_organisation_or_a_proof_of_another_socket_does_not_sign_in(
    place: Any, make_firm: Any
) -> None:
    program, other = await place.program(), await place.program()
    assert await program.sign_in(make_firm("other").own) == Refused("badge_foreign")
    assert await program.sign_in(place.firm.own, other.welcome.nonce) == Refused("sign_in_not_proven")
    assert await program.ask(Claim("1234")) == Refused("not_signed_in")
    assert await program.sign_in(place.firm.own) == SignedIn()


async def test_a_badge_revoked_after_signing_in_claims_nothing_more(place: Any) -> None:
    customer, technician = await place.program(), await place.technician()
    code = await customer.open()
    place.firm.revoke()
    assert await technician.ask(Claim(code)) == Refused("badge_revoked")
    assert await technician.ask(Claim(code)) == Refused("not_signed_in")


async def test_without_an_organisation_nobody_signs_in_but_codes_are_given(start_broker: Any) -> None:
    async with start_broker(org=False) as place:
        program = await place.program()
        assert await program.sign_in(place.firm.own) == Refused("no_organisation")
        opened = await program.ask(Open(VERSION, SID))
        assert isinstance(opened, Opened)
        assert opened.revocations == b""


async def test_three_open_codes_an_address(place: Any) -> None:
    customers = [await place.program() for _ in range(OPEN_CODES + 1)]
    for customer in customers[:-1]:
        await customer.open()
    assert await customers[-1].ask(Open(VERSION, SID)) == Refused("too_many_codes")
    await customers[0].socket.close()
    async with asyncio.timeout(5):
        while not isinstance(answer := await customers[-1].ask(Open(VERSION, SID)), Opened):
            assert answer == Refused("too_many_codes")  # the broker has not seen the close yet
            await asyncio.sleep(0.05)


async def test_customers_hear_how_many_are_available_technicians_do_not(place: Any) -> None:
    customer, technician, other = await place.program(), await place.technician(), await place.technician()
    await technician.say(Available(True))
    await other.say(Available(True))
    heard = await customer.hear()
    while heard != Presence(2):  # both may fall into one tick or into two
        assert heard == Presence(1)
        heard = await customer.hear()
    assert (await place.program()).welcome.here == 2
    await technician.socket.close()
    assert await customer.hear() == Presence(1)
    assert await other.hear() == WaitingList((), 0)  # what who is available is told
    assert await other.ask(Claim("99999")) == Refused("no_such_code")  # and no presence


async def test_a_technician_takes_who_waits_and_the_list_of_revoked_badges_is_the_newest(place: Any) -> None:
    customer, technician = await place.program(), await place.technician()
    revocations = place.firm.public / "revocations.json"
    assert await customer.ask(AskForHelp(VERSION, SID, "The printer")) == Queued(0, revocations.read_bytes())
    listed = await technician.ask(Available(True))
    [waiting] = listed.first
    assert (waiting.words, waiting.waited_s, listed.total) == ("The printer", 0, 1)
    place.firm.renew()
    assert await technician.ask(Take(waiting.ticket)) == Claimed(SID)
    heard = [await customer.hear() for _ in range(2)]
    assert set(map(type, heard)) == {Presence, Taken}
    [taken] = [message for message in heard if isinstance(message, Taken)]
    assert taken.revocations == revocations.read_bytes()
    await technician.say(Relay(b"commit"))
    assert await customer.hear() == Relay(b"commit")
    technician.socket.transport.abort()
    while (message := await customer.hear()) != Place(0):  # back at her place
        assert isinstance(message, Presence)
    assert "remotehelp_customers_waiting 1.0" in place.switchboard.metrics.text().decode()


async def test_a_badge_revoked_after_signing_in_takes_and_sees_nobody_more(place: Any) -> None:
    customer, technician = await place.program(), await place.technician()
    await customer.ask(AskForHelp(VERSION, SID, "The printer"))
    [waiting] = (await technician.ask(Available(True))).first
    place.firm.revoke()
    assert await technician.ask(Take(waiting.ticket)) == Refused("badge_revoked")
    assert await technician.ask(Available(True)) == Refused("not_signed_in")


async def test_who_waits_is_gone_with_her_socket_and_after_a_restart(start_broker: Any) -> None:
    async with start_broker() as place:
        customer = await place.program()
        await customer.ask(AskForHelp(VERSION, SID, "secret words"))
        assert not any(b"secret words" in file.read_bytes() for file in place.data.iterdir())
    async with start_broker() as place:
        assert await (await place.technician()).ask(Available(True)) == WaitingList((), 0)


async def test_after_a_restart_the_broker_is_the_same_and_old_codes_stay_dead(start_broker: Any) -> None:
    async with start_broker() as place:
        customer = await place.program()
        before, code = customer.welcome.broker, await customer.open()
    async with start_broker() as place:
        technician = await place.technician()
        assert technician.welcome.broker == before
        assert await technician.ask(Claim(code)) == Refused("no_such_code")
        assert code in place.switchboard._rules._nameplates._taken
        assert await place.store.taken(time.time()) != {}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where the broker keeps its data."""
    folder = tmp_path / "data"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@contextlib.asynccontextmanager
async def full(place: Any) -> AsyncIterator[None]:
    """Not a byte is left on the disk."""
    with (place.data / "filler").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
        while True:
            filler.write(bytes(4096))
    yield
    (place.data / "filler").unlink()


@contextlib.asynccontextmanager
async def read_only(place: Any) -> AsyncIterator[None]:
    """As SQLite has it where the file system gave up writing."""
    async with place.store.session() as session:
        await session.execute(text("PRAGMA query_only = ON"))
    yield
    async with place.store.session() as session:
        await session.execute(text("PRAGMA query_only = OFF"))


@contextlib.asynccontextmanager
async def locked(place: Any) -> AsyncIterator[None]:
    """Another program has it for long."""
    with contextlib.closing(sqlite3.connect(place.data / DATABASE_FILE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextlib.asynccontextmanager
async def lost(place: Any) -> AsyncIterator[None]:
    """Somebody removed the file and put it back."""
    (place.data / DATABASE_FILE).rename(place.data / "elsewhere")
    yield
    (place.data / "elsewhere").rename(place.data / DATABASE_FILE)


@contextlib.asynccontextmanager
async def replaced(place: Any) -> AsyncIterator[None]:
    """Somebody put yesterday's file in its place, and this broker's own one back."""
    async with lost(place):
        (place.data / DATABASE_FILE).write_bytes((place.data / "elsewhere").read_bytes())
        yield


@pytest.mark.usefixtures("small_disk")
@pytest.mark.parametrize("trouble", [full, read_only, locked, lost, replaced])
async def test_a_database_in_trouble_is_one_sentence_and_readyz_says_it_and_visits_go_on(
    start_broker: Any, trouble: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switchboard, "CHECKED_S", 0.0)
    async with start_broker() as place:
        customer, technician = await place.pair()
        other = await place.program()
        async with trouble(place):
            assert await other.ask(Open(VERSION, SID)) == Refused("broker_trouble")
            assert await ready(place) == (503, {"database": False, "bus": True})
            await technician.say(Relay(b"still here"))
            assert await customer.hear() == Relay(b"still here")
        await other.open()  # it is over, and nothing has to be started again
        assert await ready(place) == (200, {"database": True, "bus": True})


async def ready(place: Any) -> tuple[int, dict[str, bool]]:
    async with httpx2.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{place.url}/readyz")
        return answer.status_code, answer.json()


async def test_being_asked_often_whether_it_is_ready_writes_once(place: Any) -> None:
    for _ in range(5):
        assert (await ready(place))[0] == 200
    async with place.store.session() as session:
        assert await session.scalar(text("SELECT beats FROM pulse")) == 1


async def test_two_in_a_room_get_credentials_for_the_relay_and_again_before_they_end(start_broker: Any) -> None:
    relays = Relays(("turn:help.example.org",), b"a secret of this test alone", life_s=1)
    async with start_broker(relays=relays) as place:
        customer, technician = await place.program(), await place.technician()
        code = await customer.open()
        assert await technician.ask(Claim(code)) == Claimed(SID)
        assert await customer.hear() == Joined()
        first = [await person.hear() for person in (customer, technician)]
        again = [await person.hear() for person in (customer, technician)]
        assert all(isinstance(one, TurnServers) for one in (*first, *again))
        assert len({one.username.split(":")[1] for one in first}) == 2


async def test_without_a_room_or_a_relay_nobody_gets_any(place: Any) -> None:
    customer, technician = await place.pair()
    await technician.say(Relay(b"x"))
    assert await customer.hear() == Relay(b"x")

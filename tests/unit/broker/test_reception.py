"""Coming in at a real broker that has accounts, over real sockets."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pyotp
import pytest

from remotehelp.broker.account_book import AccountBook
from remotehelp.broker.second_factor import STEP_S
from remotehelp.messages import (
    AccountAsked,
    Available,
    Claim,
    Claimed,
    Enrol,
    FromBroker,
    GiveAccount,
    Refused,
    Resume,
    SignedIn,
)
from remotehelp.trust import organisation, wallet
from remotehelp.trust.wallet import OwnBadge

from .conftest import QUICK, SID

NAME, PASSWORD = "technician.a", "correct horse"
REFUSED = '{"type":"Refused","key":"account_refused"}'


async def account(place: Any, name: str = NAME) -> None:
    assert await AccountBook(place.store).add(name, QUICK.hash(PASSWORD), admin=False)


def code(place: Any, secret: str, steps: int = 0) -> str:
    """One step of the clock gives one sign-in; the one before and the one after are taken, too."""
    return pyotp.TOTP(secret).at(int(place.now) + steps * STEP_S)


async def asked(place: Any) -> Any:
    program = await place.program()
    assert await program.sign_in(place.firm.own) == AccountAsked()
    return program


async def enrolled(place: Any) -> tuple[Any, str, bytes]:
    """A technician who is signed in, the secret, and the session."""
    await account(place)
    program = await asked(place)
    offer = await program.ask(GiveAccount(NAME, PASSWORD, ""))
    assert isinstance(offer, Enrol)
    answer = await program.ask(GiveAccount(NAME, PASSWORD, code(place, offer.secret, -1)))
    return program, offer.secret, session(answer)


def session(answer: FromBroker) -> bytes:
    assert isinstance(answer, SignedIn)
    assert len(answer.session) == 32
    return answer.session


async def test_a_badge_alone_takes_no_visits_where_there_are_accounts(place: Any) -> None:
    await account(place)
    program = await asked(place)
    nameplate = await (await place.program()).open()
    assert await program.ask(Claim(nameplate)) == Refused("not_signed_in")
    assert await program.ask(Available(True)) == Refused("not_signed_in")


async def test_badge_account_and_code_take_visits(place: Any) -> None:
    technician, _, _ = await enrolled(place)
    assert await technician.ask(Claim(await (await place.program()).open())) == Claimed(SID)


async def test_an_account_alone_is_nothing(place: Any, make_firm: Any) -> None:
    await account(place)
    program = await place.program()
    assert await program.ask(GiveAccount(NAME, PASSWORD, "")) == Refused("not_signed_in")
    assert await program.ask(Resume(bytes(32))) == Refused("not_signed_in")
    assert await program.sign_in(make_firm("other").own) == Refused("badge_foreign")
    assert await program.ask(GiveAccount(NAME, PASSWORD, "")) == Refused("not_signed_in")


async def test_whatever_is_wrong_gets_the_same_bytes(place: Any) -> None:
    _, secret, _ = await enrolled(place)
    program = await asked(place)
    raw = []
    for name, password, once in (
        ("nobody", PASSWORD, code(place, secret)),
        (NAME, "wrong", code(place, secret)),
        (NAME, PASSWORD, "000000"),
        (NAME, PASSWORD, ""),
        (NAME, PASSWORD, code(place, secret, -1)),  # used
    ):
        await program.say(GiveAccount(name, password, once))
        raw.append(await program.socket.recv())
    assert raw == [REFUSED] * 5
    session(await program.ask(GiveAccount(NAME, PASSWORD, code(place, secret))))


async def test_a_key_offered_to_one_account_enrols_no_other(place: Any) -> None:
    await account(place)
    await account(place, "technician.b")
    program = await asked(place)
    first = await program.ask(GiveAccount(NAME, PASSWORD, ""))
    assert isinstance(first, Enrol)
    second = await program.ask(GiveAccount("technician.b", PASSWORD, code(place, first.secret)))
    assert isinstance(second, Enrol)
    assert second.secret != first.secret


async def test_a_session_comes_back_on_another_socket_and_the_first_one_is_out(place: Any) -> None:
    first, _, token = await enrolled(place)
    second = await asked(place)
    new = session(await second.ask(Resume(token)))
    assert new != token  # rotated
    nameplate = await (await place.program()).open()
    assert await first.ask(Claim(nameplate)) == Refused("session_over")
    assert await first.ask(Claim(nameplate)) == Refused("not_signed_in")
    assert await second.ask(Claim(nameplate)) == Claimed(SID)
    assert await (await asked(place)).ask(Resume(token)) == Refused("session_over")  # once


async def test_a_session_is_the_brokers_own_choice(place: Any) -> None:
    """Fixation: a token that somebody else made, or had before, opens nothing and is not taken over at the sign-in."""
    _, secret, _ = await enrolled(place)
    program = await asked(place)
    chosen = bytes(range(32))
    assert await program.ask(Resume(chosen)) == Refused("session_over")
    assert session(await program.ask(GiveAccount(NAME, PASSWORD, code(place, secret)))) != chosen
    assert await (await asked(place)).ask(Resume(chosen)) == Refused("session_over")


async def test_a_stolen_session_is_nothing_with_another_badge(place: Any, tmp_path: Path) -> None:
    _, _, token = await enrolled(place)
    colleague = wallet_of(place, tmp_path / "colleague")
    program = await place.program()
    assert await program.sign_in(colleague) == AccountAsked()
    assert await program.ask(Resume(token)) == Refused("session_over")
    assert isinstance(await (await asked(place)).ask(Resume(token)), SignedIn)  # it is still good for its own


def wallet_of(place: Any, folder: Path) -> OwnBadge:
    """Another badge of the same organisation."""
    now = int(time.time())
    request = wallet.request(folder, "Technician", "B", None)
    wallet.install(folder, organisation.issue_badge(place.firm.directory, request, now), now)
    return wallet.load(folder)


@pytest.mark.parametrize("change", ["disable", "reset"])
async def test_a_technician_whose_account_is_taken_away_takes_no_more_visits(place: Any, change: str) -> None:
    technician, _, _ = await enrolled(place)
    book = AccountBook(place.store)
    await (book.disable(NAME) if change == "disable" else book.reset(NAME, QUICK.hash(PASSWORD)))
    nameplate = await (await place.program()).open()
    assert await technician.ask(Claim(nameplate)) == Refused("session_over")
    assert await technician.ask(Claim(nameplate)) == Refused("not_signed_in")


async def test_a_session_does_not_outlive_the_broker(start_broker: Any) -> None:
    async with start_broker() as place:
        _, _, token = await enrolled(place)
    async with start_broker() as place:
        assert await (await asked(place)).ask(Resume(token)) == Refused("session_over")


async def test_the_first_account_closes_the_door_for_bare_badges_at_once(place: Any) -> None:
    await place.technician()
    await account(place)
    await asked(place)


async def test_without_its_database_nobody_comes_in_and_who_is_in_stays(place: Any) -> None:
    technician, secret, _ = await enrolled(place)
    customer = await place.program()
    assert await technician.ask(Claim(await customer.open())) == Claimed(SID)
    program = await asked(place)
    (place.data / "broker.sqlite3").unlink()
    assert await program.ask(GiveAccount(NAME, PASSWORD, code(place, secret))) == Refused("broker_trouble")
    assert await (await place.program()).sign_in(place.firm.own) == Refused("broker_trouble")
    assert await technician.ask(Claim("1234")) == Refused("broker_trouble")

"""Password and second factor: who gets in, and that nobody learns why not."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pyotp
import pytest
from argon2 import PasswordHasher

from remotehelp.broker.account_book import AccountBook
from remotehelp.broker.accounts import PER_ACCOUNT, PER_ADDRESS, Accounts, check_mark, mark
from remotehelp.broker.passwords import Passwords
from remotehelp.broker.second_factor import STEP_S
from remotehelp.broker.sessions import SESSION_S, Admission
from remotehelp.broker.store import Store
from remotehelp.errors import ConfigError, TrustError
from remotehelp.messages import GiveAccount

BADGE, OTHER_BADGE = bytes(32), bytes([1] * 32)
HERE = "192.0.2.1"
PASSWORD = "correct horse"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NOBODY = QUICK.hash("nobody")


@dataclass
class Counted:
    """A hasher that counts what it verifies."""

    verified: int = 0
    hash = staticmethod(QUICK.hash)

    def verify(self, hash: str, password: str) -> bool:
        self.verified += 1
        return QUICK.verify(hash, password)


@dataclass
class Desk:
    """Accounts on a real database, with a clock to be set."""

    book: AccountBook
    now: float = field(default_factory=time.time)
    hasher: Counted = field(default_factory=Counted)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        self.accounts = Accounts(self.book, Passwords(self.hasher, NOBODY), lambda: self.now)

    async def add(self, name: str = "technician.a", password: str = PASSWORD) -> None:
        await self.book.add(name, QUICK.hash(password), admin=False)

    async def give(
        self,
        code: str = "",
        *,
        name: str = "technician.a",
        password: str = PASSWORD,
        offered: str | None = None,
        address: str = HERE,
    ) -> Admission | str:
        return await self.accounts.sign_in(GiveAccount(name, password, code), BADGE, address, offered)

    async def enrolled(self) -> str:
        """The secret of a new account's second factor, whose current code is used up."""
        await self.add()
        secret = await self.give()
        assert isinstance(secret, str)
        assert isinstance(await self.give(self.code(secret), offered=secret), Admission)
        return secret

    def code(self, secret: str) -> str:
        return pyotp.TOTP(secret).at(int(self.now))

    async def admitted(self, secret: str) -> Admission:
        self.now += STEP_S
        admission = await self.give(self.code(secret))
        assert isinstance(admission, Admission)
        return admission


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    store = await Store.open(tmp_path)
    yield Desk(AccountBook(store))
    await store.close()


async def refused(desk: Desk, **given: str) -> str:
    with pytest.raises(TrustError) as caught:
        await desk.give(**given)  # type: ignore[arg-type]
    return caught.value.key


async def test_without_accounts_none_is_asked_for(desk: Desk) -> None:
    assert not await desk.accounts.asked()
    await desk.add()
    assert await desk.accounts.asked()
    await desk.book.disable("technician.a")
    assert await desk.accounts.asked()


async def test_the_first_sign_in_needs_a_code_of_the_new_key(desk: Desk) -> None:
    await desk.add()
    secret = await desk.give()
    assert isinstance(secret, str)
    assert await refused(desk, code="000000", offered=secret) == "account_refused"
    assert isinstance(await desk.give(desk.code(secret), offered=secret), Admission)


async def test_a_key_that_was_not_confirmed_is_worth_nothing(desk: Desk) -> None:
    await desk.add()
    secret = await desk.give()
    assert isinstance(secret, str)
    other = await desk.give(desk.code(secret))  # on another socket
    assert isinstance(other, str)
    assert other != secret


async def test_nobody_gets_in_without_a_code(desk: Desk) -> None:
    await desk.enrolled()
    assert await refused(desk, code="") == "account_refused"
    assert await refused(desk, code="", offered="A" * 32) == "account_refused"


async def test_a_code_is_good_for_one_sign_in(desk: Desk) -> None:
    secret = await desk.enrolled()
    assert await refused(desk, code=desk.code(secret)) == "account_refused"
    await desk.admitted(secret)
    assert await refused(desk, code=desk.code(secret)) == "account_refused"
    desk.restart()
    assert await refused(desk, code=desk.code(secret)) == "account_refused"  # nor after a restart


async def test_a_key_of_ones_own_does_not_replace_the_accounts(desk: Desk) -> None:
    await desk.enrolled()
    desk.now += STEP_S
    own = pyotp.random_base32()
    assert await refused(desk, code=desk.code(own), offered=own) == "account_refused"


async def test_all_refusals_are_one_after_the_same_work(desk: Desk) -> None:
    secret = await desk.enrolled()
    desk.now += STEP_S
    good = desk.code(secret)
    await desk.add("technician.b")
    await desk.book.disable("technician.b")
    tries = (
        {"code": good, "name": "nobody"},
        {"code": "", "name": "nobody"},
        {"code": good, "password": "wrong"},
        {"code": "000000"},
        {"code": good, "name": "technician.b"},
        {"code": "", "name": "technician.b", "password": "wrong"},
    )
    for wrong in tries:
        before = desk.hasher.verified
        assert await refused(desk, **wrong) == "account_refused"
        assert desk.hasher.verified == before + 1
    assert isinstance(await desk.give(good), Admission)  # no wrong try used it up


async def test_an_account_is_held_against_guessing_whether_it_is_there_or_not(desk: Desk) -> None:
    await desk.add()
    for name in ("technician.a", "nobody"):
        keys = [
            await refused(desk, name=name, password="wrong", address=f"192.0.2.{host}")
            for host in range(PER_ACCOUNT.amount + 1)
        ]
        assert keys == ["account_refused"] * PER_ACCOUNT.amount + ["too_many_sign_ins"]
    assert await refused(desk, address="192.0.2.200") == "too_many_sign_ins"  # not even with the right password


async def test_an_address_is_held_against_trying_many_accounts(desk: Desk) -> None:
    keys = [await refused(desk, name=f"nobody{number}") for number in range(PER_ADDRESS.amount + 1)]
    assert keys == ["account_refused"] * PER_ADDRESS.amount + ["too_many_sign_ins"]
    assert desk.hasher.verified == PER_ADDRESS.amount  # before anything is computed
    assert await refused(desk, name="nobody", address="192.0.2.2") == "account_refused"


async def test_a_session_brings_back_once_without_password_and_code(desk: Desk) -> None:
    first = await desk.admitted(await desk.enrolled())
    second = await desk.accounts.resume(first.token, BADGE)
    assert await desk.accounts.holds(second)
    assert not await desk.accounts.holds(first)
    for token, badge in ((first.token, BADGE), (second.token, OTHER_BADGE), (bytes(32), BADGE)):
        with pytest.raises(TrustError, match="session_over"):
            await desk.accounts.resume(token, badge)


@pytest.mark.parametrize("change", ["disable", "reset"])
async def test_what_changes_the_account_ends_its_sessions(desk: Desk, change: str) -> None:
    admission = await desk.admitted(await desk.enrolled())
    if change == "disable":
        await desk.book.disable("technician.a")
    else:
        await desk.book.reset("technician.a", QUICK.hash("another horse"))
    assert not await desk.accounts.holds(admission)
    with pytest.raises(TrustError, match="session_over"):
        await desk.accounts.resume(admission.token, BADGE)


async def test_a_session_ends_after_its_hours_and_with_the_broker(desk: Desk) -> None:
    secret = await desk.enrolled()
    admission = await desk.admitted(secret)
    desk.now += SESSION_S
    assert not await desk.accounts.holds(admission)
    admission = await desk.admitted(secret)
    desk.restart()
    assert not await desk.accounts.holds(admission)
    with pytest.raises(TrustError, match="session_over"):
        await desk.accounts.resume(admission.token, BADGE)


async def test_a_database_that_lost_its_accounts_does_not_open_the_door(desk: Desk, tmp_path: Path) -> None:
    await check_mark(tmp_path, desk.book)
    mark(tmp_path)
    with pytest.raises(ConfigError, match="accounts_lost"):
        await check_mark(tmp_path, desk.book)
    await desk.add()
    await check_mark(tmp_path, desk.book)


def test_a_folder_that_can_not_be_marked_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="file_not_writable"):
        mark(tmp_path / "missing")

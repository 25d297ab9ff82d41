"""Accounts in a real SQLite file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from remotehelp.broker.account_book import Account, AccountBook
from remotehelp.broker.store import DATABASE_FILE, Store
from remotehelp.errors import ServiceUnavailable

SECRET = "A" * 32


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[AccountBook]:
    store = await Store.open(tmp_path)
    yield AccountBook(store)
    await store.close()


async def added(book: AccountBook, name: str = "technician.a", *, admin: bool = False) -> Account:
    assert await book.add(name, "hash", admin=admin)
    return await found(book, name)


async def found(book: AccountBook, name: str = "technician.a") -> Account:
    account = await book.find(name)
    assert account is not None
    return account


async def test_an_account_is_kept_as_it_was_added(book: AccountBook) -> None:
    assert await book.count() == 0
    account = await added(book, admin=True)
    assert account == Account("technician.a", "hash", None, 0, 1, True, False)
    assert await book.find("technician.b") is None
    await added(book, "technician.b")
    assert [one.name for one in await book.all()] == ["technician.a", "technician.b"]
    assert await book.count() == 2


async def test_a_name_is_there_once(book: AccountBook) -> None:
    account = await added(book)
    assert not await book.add("technician.a", "other", admin=True)
    assert await found(book) == account


async def test_a_second_factor_is_given_once(book: AccountBook) -> None:
    account = await added(book)
    assert await book.enrol(account, SECRET, 7)
    assert not await book.enrol(account, "B" * 32, 8)
    assert ((await found(book)).secret, (await found(book)).step) == (SECRET, 7)


async def test_of_many_sockets_with_one_code_one_gets_in(book: AccountBook) -> None:
    account = await added(book)
    assert sorted(await asyncio.gather(*(book.use(account, 7) for _ in range(8)))) == [False] * 7 + [True]
    assert not await book.use(account, 6)
    assert await book.use(account, 8)


async def test_what_was_read_before_a_reset_counts_no_more(book: AccountBook) -> None:
    before = await added(book)
    assert await book.reset("technician.a", "new")
    assert not await book.enrol(before, SECRET, 7)
    assert not await book.use(before, 7)
    assert (await found(book)).version > before.version


async def test_a_reset_makes_it_new_and_lets_it_in_again(book: AccountBook) -> None:
    await book.enrol(await added(book), SECRET, 7)
    assert await book.disable("technician.a")
    assert (await found(book)).disabled
    assert await book.reset("technician.a", "new")
    assert await found(book) == Account("technician.a", "new", None, 0, 3, False, False)


async def test_who_is_not_there_is_not_changed(book: AccountBook) -> None:
    assert not await book.disable("technician.b")
    assert not await book.reset("technician.b", "new")


async def test_no_secret_is_in_what_a_log_might_show(book: AccountBook) -> None:
    await book.enrol(await added(book), SECRET, 7)
    assert "hash" not in repr(await found(book))
    assert SECRET not in repr(await found(book))


async def test_a_database_that_is_gone_is_in_trouble(book: AccountBook, tmp_path: Path) -> None:
    await added(book)
    (tmp_path / DATABASE_FILE).unlink()
    with pytest.raises(ServiceUnavailable, match="broker_trouble"):
        await book.count()

"""The accounts as whoever runs the broker keeps them, by the command line of its own machine alone.

Each works on the database of a broker that serves, too; what it changes counts at the technician's next step.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from remotehelp.broker.account_book import Account, AccountBook
from remotehelp.broker.accounts import mark
from remotehelp.broker.passwords import Passwords
from remotehelp.broker.store import Store
from remotehelp.errors import ConfigError

LEAST_PASSWORD, MOST_PASSWORD = 10, 128  # characters; messages.Password

T = TypeVar("T")


def check_password(password: str) -> str:
    """``password`` if it may be one; raises ConfigError("password_length")."""
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise ConfigError("password_length", least=LEAST_PASSWORD, most=MOST_PASSWORD)
    return password


def add(data: Path, name: str, password: str, *, admin: bool) -> None:
    """Add an account; raises ConfigError("account_exists", "password_length")."""
    check_password(password)

    async def work(book: AccountBook) -> None:
        hashed = await Passwords().hash(password)
        mark(data)  # first: a broker that has lost its accounts must not serve without
        if not await book.add(name, hashed, admin=admin):
            raise ConfigError("account_exists", name=name)

    _with_book(data, work)


def accounts(data: Path) -> Sequence[Account]:
    """All accounts by name."""
    return _with_book(data, AccountBook.all)


def disable(data: Path, name: str) -> None:
    """Let nobody in by this account any more; raises ConfigError("account_unknown")."""

    async def work(book: AccountBook) -> None:
        _known(await book.disable(name), name)

    _with_book(data, work)


def reset(data: Path, name: str, password: str) -> None:
    """A new password, and a new second factor at the next sign-in; raises ConfigError, see ``add`` and ``disable``."""
    check_password(password)

    async def work(book: AccountBook) -> None:
        _known(await book.reset(name, await Passwords().hash(password)), name)

    _with_book(data, work)


def _known(found: bool, name: str) -> None:
    if not found:
        raise ConfigError("account_unknown", name=name)


def _with_book(data: Path, work: Callable[[AccountBook], Awaitable[T]]) -> T:
    async def run() -> T:
        store = await Store.open(data)
        try:
            return await work(AccountBook(store))
        finally:
            await store.close()

    return asyncio.run(run())

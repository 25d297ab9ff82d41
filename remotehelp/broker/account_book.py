"""The accounts in the broker's database: names, hashed passwords, the second factor, and who is an administrator.

A code's time step is written down in the same statement that accepts it, so that no second socket gets in by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BigInteger, CursorResult, String, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from remotehelp.broker.store import Base, Store


class AccountRow(Base):
    """One account, as the newest migration leaves it."""

    __tablename__ = "accounts"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    password: Mapped[str] = mapped_column(String(255))
    secret: Mapped[str | None] = mapped_column(String(32))
    step: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int]
    admin: Mapped[bool]
    disabled: Mapped[bool]


@dataclass(frozen=True)
class Account:
    """One account. ``secret`` is None until a code has confirmed it; ``step`` is the last time step that was used.

    ``version`` rises with whatever ends its sessions.
    """

    name: str
    password: str = field(repr=False)
    secret: str | None = field(repr=False)
    step: int
    version: int
    admin: bool
    disabled: bool


class AccountBook:
    """The accounts of one database; each method raises ServiceUnavailable("broker_trouble") if it does not answer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def count(self) -> int:
        """How many accounts there are, disabled ones too."""
        async with self._store.session() as session:
            return await session.scalar(select(func.count()).select_from(AccountRow)) or 0

    async def all(self) -> Sequence[Account]:
        """All accounts by name."""
        async with self._store.session() as session:
            return [_plain(row) for row in await session.scalars(select(AccountRow).order_by(AccountRow.name))]

    async def find(self, name: str) -> Account | None:
        """The account of this name."""
        async with self._store.session() as session:
            row = await session.get(AccountRow, name)
            return None if row is None else _plain(row)

    async def add(self, name: str, password: str, *, admin: bool) -> bool:
        """Add an account whose hashed password this is; False if there is one of this name."""
        async with self._store.session() as session:
            if await session.get(AccountRow, name) is not None:
                return False
            session.add(
                AccountRow(name=name, password=password, secret=None, step=0, version=1, admin=admin, disabled=False)
            )
            return True

    async def disable(self, name: str) -> bool:
        """Let nobody in by this account, and end its sessions; False if there is none."""
        return await self._change(name, disabled=True)

    async def reset(self, name: str, password: str) -> bool:
        """A new hashed password, no second factor, no sessions, not disabled; False if there is none."""
        return await self._change(name, password=password, secret=None, step=0, disabled=False)

    async def enrol(self, account: Account, secret: str, step: int) -> bool:
        """Give ``account`` its second factor; False if it has changed since it was read."""
        return await self._change_if(account, AccountRow.secret.is_(None), secret=secret, step=step)

    async def use(self, account: Account, step: int) -> bool:
        """Use up ``step`` and all before it; False if that was done already or the account has changed."""
        return await self._change_if(account, AccountRow.step < step, step=step)

    async def _change(self, name: str, **values: Any) -> bool:
        raised = AccountRow.version + 1
        return await self._execute(update(AccountRow).where(AccountRow.name == name).values(version=raised, **values))

    async def _change_if(self, account: Account, condition: Any, **values: Any) -> bool:
        same = (AccountRow.name == account.name, AccountRow.version == account.version)
        return await self._execute(update(AccountRow).where(*same, condition).values(**values))

    async def _execute(self, statement: Any) -> bool:
        async with self._store.session() as session:
            result = await session.execute(statement)
            return isinstance(result, CursorResult) and result.rowcount == 1


def _plain(row: AccountRow) -> Account:
    return Account(row.name, row.password, row.secret, row.step, row.version, row.admin, row.disabled)

"""What a broker must not forget over a restart: who it is, and which nameplates were given out lately.

Visits leave nothing here: what two people do is none of the broker's business.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import BigInteger, Connection, Double, LargeBinary, String, delete, event, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from remotehelp.broker.alone import in_use
from remotehelp.errors import ConfigError, HelpError, ServiceUnavailable, TemporaryError
from remotehelp.profile import ensure_folder

DATABASE_FILE = "broker.sqlite3"
MIGRATIONS = Path(__file__).parent / "migrations"
PRIVATE = 0o600
BUSY_S = 5.0  # how long one waits for another program that has the file, a backup for instance


class Base(DeclarativeBase):
    """The tables, as the newest migration leaves them."""


class Identity(Base):
    """The one row that says who this broker is: 16 random bytes, made at the first start."""

    __tablename__ = "identity"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    broker: Mapped[bytes] = mapped_column(LargeBinary(16))


class TakenNameplate(Base):
    """A nameplate that must not be given again before ``until`` (seconds since 1970 UTC)."""

    __tablename__ = "nameplates"
    nameplate: Mapped[str] = mapped_column(String(5), primary_key=True)
    until: Mapped[float] = mapped_column(Double)


class Pulse(Base):
    """The one row that a check writes: only writing shows that a disk is full or may only be read."""

    __tablename__ = "pulse"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    beats: Mapped[int] = mapped_column(BigInteger)


class Store:
    """The broker's database; each method raises ServiceUnavailable("broker_trouble") if it does not answer."""

    def __init__(self, engine: AsyncEngine, file: Path) -> None:
        self._engine = engine
        self._file, self._opened = file, _identity_of(file)

    @classmethod
    async def open(cls, folder: Path, busy_s: float = BUSY_S) -> Self:
        """The database in ``folder``, made or brought up to date; raises ConfigError if it can't be used.

        Raises TemporaryError("database_in_use") if another program keeps it locked for ``busy_s`` seconds.
        """
        file = ensure_folder(folder) / DATABASE_FILE
        if file.exists() and not (file.is_file() and os.access(file, os.R_OK | os.W_OK)):
            raise ConfigError("file_not_writable", file=str(file))
        _keep_private(file)
        engine = create_async_engine(
            f"sqlite+aiosqlite:///{file}", connect_args={"timeout": busy_s}, pool_timeout=busy_s
        )
        event.listen(engine.sync_engine, "connect", _set_pragmas)
        try:
            async with engine.begin() as connection:
                await connection.execute(text("BEGIN IMMEDIATE"))  # a file that is in use is known now
                await connection.run_sync(migrate)
        except CommandError as error:
            await engine.dispose()
            raise ConfigError("database_newer", file=str(file)) from error
        except SQLAlchemyError as error:
            await engine.dispose()
            raise _refusal(error, file) from error
        return cls(engine, file)

    async def close(self) -> None:
        """Close the database."""
        await self._engine.dispose()

    async def broker_id(self, make: Callable[[], bytes]) -> bytes:
        """This broker's 16 bytes; ``make`` is called at the first start."""
        async with self.session() as session:
            identity = await session.get(Identity, 1)
            if identity is None:
                identity = Identity(id=1, broker=make())
                session.add(identity)
            return identity.broker

    async def keep(self, nameplate: str, until: float) -> None:
        """Remember that a nameplate is taken until then, in seconds since 1970 UTC."""
        async with self.session() as session:
            await session.merge(TakenNameplate(nameplate=nameplate, until=until))

    async def taken(self, now: float) -> dict[str, float]:
        """The nameplates that are taken now and until when; those whose time is over are deleted."""
        async with self.session() as session:
            await session.execute(delete(TakenNameplate).where(TakenNameplate.until <= now))
            rows = await session.scalars(select(TakenNameplate))
            return {row.nameplate: row.until for row in rows}

    async def check(self) -> None:
        """Return if the database answers and takes what is written."""
        async with self.session() as session:
            pulse = await session.get(Pulse, 1) or Pulse(id=1, beats=0)
            pulse.beats += 1
            session.add(pulse)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """One transaction; nothing goes into a file that was removed or replaced since it was opened."""
        if _identity_of(self._file) != self._opened:
            raise ServiceUnavailable("broker_trouble")
        try:
            async with AsyncSession(self._engine, expire_on_commit=False) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise ServiceUnavailable("broker_trouble") from error


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the database up to ``revision``, within the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _keep_private(file: Path) -> None:
    """It holds the accounts' second factors; what SQLite makes beside it gets the same mode."""
    try:
        file.touch(PRIVATE)
        file.chmod(PRIVATE)
    except OSError as error:
        raise ConfigError("file_not_writable", file=str(file)) from error


def _identity_of(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _refusal(error: SQLAlchemyError, file: Path) -> HelpError:
    """Why a database can't be opened, for whoever runs the broker."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    if in_use(cause):
        return TemporaryError("database_in_use", file=str(file))
    return ConfigError("database_not_usable", file=str(file))


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")  # safe with WAL: a power cut may lose the last seconds, never the file
    cursor.close()

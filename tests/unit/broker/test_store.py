"""What a broker remembers over a restart, on a real SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from remotehelp.broker.store import DATABASE_FILE, Store
from remotehelp.errors import ConfigError, ServiceUnavailable, TemporaryError
from remotehelp.sentences import explain

Reopen = Callable[[], Awaitable[Store]]


@pytest.fixture
async def reopen(tmp_path: Path) -> AsyncIterator[Reopen]:
    """Open the store of one folder, closing what was open before."""
    stores: list[Store] = []

    async def reopen() -> Store:
        if stores:
            await stores[-1].close()
        stores.append(await Store.open(tmp_path / "data"))
        return stores[-1]

    yield reopen
    await stores[-1].close()


async def test_the_broker_keeps_the_id_that_it_made_at_its_first_start(reopen: Reopen) -> None:
    store = await reopen()
    assert await store.broker_id(lambda: b"a" * 16) == b"a" * 16
    assert await store.broker_id(lambda: b"b" * 16) == b"a" * 16
    store = await reopen()
    assert await store.broker_id(lambda: b"c" * 16) == b"a" * 16


async def test_taken_nameplates_outlive_a_restart_until_their_time(reopen: Reopen) -> None:
    store = await reopen()
    await store.keep("4711", 100.5)
    await store.keep("0815", 50)
    store = await reopen()
    assert await store.taken(now=50) == {"4711": 100.5}
    assert await store.taken(now=0) == {"4711": 100.5}  # the other was deleted, not hidden


async def test_a_number_that_is_given_again_later_is_taken_for_the_longer_time(reopen: Reopen) -> None:
    store = await reopen()
    await store.keep("4711", 10)
    await store.keep("4711", 20)
    assert await store.taken(now=0) == {"4711": 20}


async def test_the_file_is_in_wal_mode(reopen: Reopen, tmp_path: Path) -> None:
    await (await reopen()).check()
    file = sqlite3.connect(tmp_path / "data" / DATABASE_FILE)
    assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    file.close()


async def test_a_database_that_does_not_answer_is_said_to_be_in_trouble(reopen: Reopen, tmp_path: Path) -> None:
    store = await reopen()
    file = sqlite3.connect(tmp_path / "data" / DATABASE_FILE)
    file.execute("DROP TABLE nameplates")
    file.close()
    with pytest.raises(ServiceUnavailable, match="broker_trouble"):
        await store.keep("4711", 1)


async def refusal(folder: Path) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        await Store.open(folder)
    assert str(folder) in explain(caught.value)
    return caught.value


async def test_a_folder_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert (await refusal(tmp_path / "file" / "data")).key == "folder_not_writable"


async def test_a_file_that_is_no_database_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / DATABASE_FILE).write_bytes(b"no database at all" * 100)
    assert (await refusal(tmp_path)).key == "database_not_usable"
    assert (tmp_path / DATABASE_FILE).read_bytes() == b"no database at all" * 100


@pytest.mark.parametrize("begin", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
@pytest.mark.parametrize("mode", ["wal", "delete"])
async def test_a_database_that_another_program_keeps_is_in_use_for_a_moment(
    reopen: Reopen, tmp_path: Path, mode: str, begin: str
) -> None:
    await (await reopen()).close()
    other = sqlite3.connect(tmp_path / "data" / DATABASE_FILE, isolation_level=None)
    other.execute(f"PRAGMA journal_mode={mode}")
    other.execute(begin)
    with pytest.raises(TemporaryError, match="database_in_use") as caught:
        await Store.open(tmp_path / "data", busy_s=0.1)
    assert DATABASE_FILE in explain(caught.value)
    other.close()
    await (await reopen()).check()


async def test_a_database_that_can_not_be_opened_is_to_be_made_writable(tmp_path: Path) -> None:
    (tmp_path / DATABASE_FILE).mkdir()  # root may write all else: tests/e2e/test_commands_say_one_sentence.py
    assert (await refusal(tmp_path)).key == "file_not_writable"


async def test_the_database_of_a_newer_program_is_named_and_left_as_it_is(reopen: Reopen, tmp_path: Path) -> None:
    await (await reopen()).close()
    file = sqlite3.connect(tmp_path / "data" / DATABASE_FILE)
    file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.commit()
    assert (await refusal(tmp_path / "data")).key == "database_newer"
    assert file.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
    file.close()

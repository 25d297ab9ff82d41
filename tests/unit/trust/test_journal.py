"""A log that is on the disk as it grows."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from remotehelp.errors import ConfigError
from remotehelp.trust.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "visits" / "log.jsonl")


def test_each_write_adds_what_is_new_for_this_user_alone(journal: Journal) -> None:
    assert not journal.path.parent.exists()
    journal.write(b"")
    assert not journal.path.exists()
    journal.write(b"one\n")
    first = journal.path.stat().st_ino
    journal.write(b"one\ntwo\n")
    assert journal.path.read_bytes() == b"one\ntwo\n"
    assert journal.path.stat().st_ino == first
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(journal.path.parent.stat().st_mode) == 0o700


def test_an_older_state_that_comes_late_changes_nothing(journal: Journal) -> None:
    journal.write(b"one\ntwo\n")
    journal.write(b"one\n")
    assert journal.path.read_bytes() == b"one\ntwo\n"


@pytest.mark.parametrize("there", [None, b"on", b"one\ntw"], ids=["gone", "cut", "half a line too much"])
def test_a_file_that_lost_something_is_whole_again(journal: Journal, there: bytes | None) -> None:
    journal.write(b"one\n")
    journal.path.unlink()
    if there is not None:
        journal.path.write_bytes(there)
    journal.write(b"one\ntwo\n")
    assert journal.path.read_bytes() == b"one\ntwo\n"


@pytest.mark.parametrize(
    ("place", "key"), [("visits", "folder_not_writable"), ("visits/log.jsonl", "file_not_writable")]
)
def test_what_can_not_be_written_is_named_and_can_be_written_later(
    journal: Journal, tmp_path: Path, place: str, key: str
) -> None:
    in_the_way = tmp_path / place
    if place == "visits":
        in_the_way.write_text("a file where the folder should be")
    else:
        in_the_way.mkdir(parents=True)
    with pytest.raises(ConfigError) as caught:
        journal.write(b"one\n")
    assert caught.value.key == key
    in_the_way.unlink() if in_the_way.is_file() else in_the_way.rmdir()
    journal.write(b"one\n")
    assert journal.path.read_bytes() == b"one\n"

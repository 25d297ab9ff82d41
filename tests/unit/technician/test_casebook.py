"""The technician's cases on this computer."""

from __future__ import annotations

import datetime
import json
import stat
from pathlib import Path

import pytest

from remotehelp.errors import ConfigError
from remotehelp.technician.casebook import HISTORY, Case, Casebook, local_time
from remotehelp.visit.events import Side
from remotehelp.visit.story import Entry, Story
from tests.helpers.stories import SOON


@pytest.fixture
def story() -> Story:
    told = Story()
    told.add(Entry(0.5, Side.CUSTOMER, "accepted"), SOON)
    return told


def case(n: int, **fields: str) -> Case:
    return Case(f"2026-11-22T10:{n:02d}:00.000000", **{"problem": f"problem {n}", **fields})


def test_a_case_is_two_files_for_this_technician_alone(tmp_path: Path, story: Story) -> None:
    kept = case(5, wrong="stalled", done="resumed", notes="called twice")
    Casebook(tmp_path / "cases").begin(kept, story).write()
    text, log = sorted((tmp_path / "cases").iterdir())
    assert (text.suffix, log.suffix) == (".json", ".jsonl")
    assert json.loads(text.read_bytes()) == {
        "at": kept.at,
        "problem": "problem 5",
        "wrong": "stalled",
        "done": "resumed",
        "notes": "called twice",
    }
    assert log.read_bytes() == story.as_lines()
    assert {stat.S_IMODE(path.stat().st_mode) for path in (text, log)} == {0o600}
    assert stat.S_IMODE((tmp_path / "cases").stat().st_mode) == 0o700


def test_the_history_has_one_line_a_case_the_newest_first(tmp_path: Path, story: Story) -> None:
    book = Casebook(tmp_path)
    book.begin(case(1, done="first\nsecond line"), story).write()
    book.begin(case(2, problem="x" * 500), story).write()
    newest, oldest = Casebook(tmp_path).history()
    assert oldest == "2026-11-22 10:01  problem 1 – first"
    assert newest.startswith("2026-11-22 10:02  " + "x" * 80 + " –")


def test_an_old_history_is_cut(tmp_path: Path, story: Story) -> None:
    book = Casebook(tmp_path)
    for n in range(HISTORY + 3):
        book.begin(case(n % 60, problem=str(n)) if n < 60 else case(59), story).write()
    assert len(book.history()) == HISTORY


@pytest.mark.parametrize("damage", [b"", b"{", b'{"at": 5}', b"\xff\xfe"])
def test_a_damaged_file_is_left_out_and_stays_where_it_is(tmp_path: Path, story: Story, damage: bytes) -> None:
    book = Casebook(tmp_path)
    book.begin(case(1), story).write()
    broken = tmp_path / "2026-11-23.json"
    broken.write_bytes(damage)
    assert len(book.history()) == 1
    assert broken.read_bytes() == damage


def test_a_folder_that_can_not_be_written_is_named(tmp_path: Path, story: Story) -> None:
    book = Casebook(tmp_path / "cases")
    (tmp_path / "cases").rmdir()
    (tmp_path / "cases").write_text("a file stands in the way")
    with pytest.raises(ConfigError, match="folder_not_writable"):
        book.begin(case(1), story).write()


def test_a_case_is_written_again_with_all_that_is_new(tmp_path: Path, story: Story) -> None:
    kept = Casebook(tmp_path).begin(case(1), story)
    assert kept.take("")
    kept.write()
    assert not kept.take("")
    assert kept.take("called twice")
    story.add(Entry(2.0, Side.TECHNICIAN, "left"), SOON)
    assert kept.take("called twice")
    kept.case = case(1, done="resumed", notes="called twice")
    kept.write()
    text, log = sorted(tmp_path.iterdir())
    written = json.loads(text.read_bytes())
    assert (written["done"], written["notes"]) == ("resumed", "called twice")
    assert log.read_bytes() == story.as_lines()


def test_the_time_is_this_places_and_two_cases_never_share_one() -> None:
    first, second = local_time(), local_time()
    assert abs(datetime.datetime.fromisoformat(first) - datetime.datetime.now()) < datetime.timedelta(seconds=5)
    assert first < second or first != second

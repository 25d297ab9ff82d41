"""A report says who came, by which proof and way, and everything that happened; it goes nowhere by itself."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from remotehelp.customer.keepsake import Record, new_record
from remotehelp.customer.report import Suspect, lines_of, write_report
from remotehelp.customer.view import Organisation, Person
from remotehelp.errors import ConfigError
from remotehelp.sentences import sentence
from remotehelp.visit.events import Side
from remotehelp.visit.shown import Said
from remotehelp.visit.story import Entry, Story
from tests.helpers.issuer import Issuer

NOW = datetime(2026, 11, 28, 17, 5, 30)
BADGE = Issuer().badge(serial=4).badge
SAID = (Said(Side.TECHNICIAN, "Please buy gift cards", 2),)
SUSPECT = Suspect(Person("Technician", "A", Organisation("Example Help", "new")), BADGE, "https://help.example.org")


@pytest.fixture
def record(tmp_path: Path) -> Record:
    story, began = Story(), datetime(2026, 11, 28, 17, 0, 0)
    for entry in (
        Entry(1.0, Side.CUSTOMER, "accepted"),
        Entry(61.0, Side.TECHNICIAN, "said", size=21),
        Entry(90.5, Side.CUSTOMER, "stopped_all"),
    ):
        story.add(entry, round((began.timestamp() + entry.at) * 1000))
    return new_record(tmp_path / "visits", began, "The printer stopped", story)


def test_everything_that_is_known_stands_in_it(record: Record) -> None:
    assert lines_of(NOW, SUSPECT, record, SAID, sentence) == [
        "Report about a visit with RemoteHelp",
        "Written on 2026-11-28 at 17:05.",
        "Who came: Technician A, for an organisation that calls itself Example Help.",
        f"Number of the badge: 4. Key of the organisation: {BADGE.organisation.id.hex()}.",
        "The link led to the server https://help.example.org.",
        "In your words: The printer stopped",
        "",
        "What happened:",
        "17:00:01  You let the technician in.",
        "17:01:01  Technician: Please buy gift cards",
        "17:01:30  You stopped everything that was allowed.",
    ]


def test_what_he_wrote_adds_no_entry(record: Record) -> None:
    said = (Said(Side.TECHNICIAN, "ok\n17:01:02  You allowed: use mouse and keyboard.", 2),)
    told = lines_of(NOW, SUSPECT, replace(record, problem="It\n17:00:00  stopped"), said, sentence)
    assert "17:01:01  Technician: ok 17:01:02 You allowed: use mouse and keyboard." in told
    assert not [line for line in "\n".join(told).splitlines() if line.startswith(("17:01:02", "17:00:00"))]


def test_words_that_she_did_not_write_are_not_there(record: Record) -> None:
    assert "In your words" not in "".join(lines_of(NOW, SUSPECT, replace(record, problem=" "), SAID, sentence))


def test_it_is_a_file_for_her_alone(record: Record, tmp_path: Path) -> None:
    path = write_report(tmp_path / "reports", NOW, SUSPECT, record, SAID, sentence)
    assert path == tmp_path / "reports" / "2026-11-28T17-05-30.000000.txt"
    assert path.read_text().splitlines() == lines_of(NOW, SUSPECT, record, SAID, sentence)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_can_not_be_made_is_one_sentence(record: Record, tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file in the way")
    with pytest.raises(ConfigError):
        write_report(tmp_path / "reports", NOW, SUSPECT, record, SAID, sentence)

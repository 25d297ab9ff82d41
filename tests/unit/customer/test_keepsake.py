"""What she keeps of a visit."""

from __future__ import annotations

import stat
from datetime import datetime
from pathlib import Path

import pytest

from remotehelp.customer.keepsake import Record, local_time, new_record, summary_of, write_copy
from remotehelp.customer.view import Organisation, Person
from remotehelp.errors import ConfigError
from remotehelp.sentences import sentence
from remotehelp.visit.events import Side, Summarised
from remotehelp.visit.shown import Said
from remotehelp.visit.story import Entry, Story
from tests.helpers.stories import OPENING

PERSON = Person("Technician", "A", Organisation("Example Help", "new"))
BEGAN = datetime(2026, 11, 22, 16, 58, 30, 5)
HAPPENED = (
    Entry(0.4, Side.CUSTOMER, "accepted"),
    Entry(61.9, Side.TECHNICIAN, "asked", "control"),
    Entry(62.0, Side.CUSTOMER, "allowed", "control"),
    Entry(65.0, Side.TECHNICIAN, "said", size=15),
    Entry(66.0, Side.TECHNICIAN, "not_signed", "1"),
    Entry(3700.0, Side.TECHNICIAN, "left"),
)
SAID = (Said(Side.TECHNICIAN, "I see {it} & <b>", 5),)


def add(told: Story, entry: Entry) -> None:
    told.add(entry, round((BEGAN.timestamp() + entry.at) * 1000))


def story(*entries: Entry) -> Story:
    told = Story()
    told.add(Entry(0, Side.CUSTOMER, "opened"), round(BEGAN.timestamp() * 1000), opening=OPENING)
    for entry in entries:
        add(told, entry)
    return told


def record(told: Story, folder: Path = Path("visits"), problem: str = "") -> Record:
    return new_record(folder, BEGAN, problem, told)


def test_the_summary_says_who_what_and_when_in_order() -> None:
    summary = Summarised("The queue was stalled", "Resumed it")
    kept = record(story(*HAPPENED), problem=" It stopped\n")
    assert summary_of(PERSON, summary, kept, SAID, sentence).splitlines() == [
        "Technician A of Example Help helped you.",
        "On 2026-11-22, from 16:58 to 18:00.",
        "In your words: It stopped",
        "What was wrong: The queue was stalled",
        "What was done: Resumed it",
        "",
        "16:58  You let the technician in.",
        "16:59  Technician asked to: use mouse and keyboard.",
        "16:59  You allowed: use mouse and keyboard.",
        "16:59  Technician: I see {it} & <b>",
        "18:00  Technician ended the visit.",
    ]


def test_the_visit_ends_with_its_goodbye_and_not_with_what_came_later() -> None:
    told = story(*HAPPENED, Entry(9000.0, Side.CUSTOMER, "lapsed", "control"))
    assert "from 16:58 to 18:00." in summary_of(PERSON, None, record(told), SAID, sentence)


def test_of_a_long_conversation_the_newest_lines_stand_at_their_places() -> None:
    told = story(*(Entry(n * 60.0, Side.CUSTOMER, "said", size=n) for n in range(1, 4)))
    kept = [Said(Side.CUSTOMER, "two", 3), Said(Side.CUSTOMER, "three", 4)]
    assert summary_of(PERSON, None, record(told), kept, sentence).splitlines()[-3:] == [
        "16:59  You wrote a message (length 1).",
        "17:00  You: two",
        "17:01  You: three",
    ]


BREAKS = ("\n", "\r\n", "\v", "\x1c", "\x85", "\u2028", "\u2029", " " * 300, "\N{NO-BREAK SPACE}" * 300)


@pytest.mark.parametrize("line_break", BREAKS, ids=ascii)
def test_what_he_writes_is_no_entry_of_its_own(line_break: str) -> None:
    forged = f"ok{line_break}10:31:02  You allowed: use mouse and keyboard."
    kept = record(story(*HAPPENED), problem=f"It stopped{line_break}again")
    text = summary_of(PERSON, Summarised(forged, forged), kept, [Said(Side.TECHNICIAN, forged, 5)], sentence)
    assert "16:59  Technician: ok 10:31:02 You allowed: use mouse and keyboard." in text.splitlines()
    assert not [line for line in text.splitlines() if line.startswith("10:31")]
    assert "  " * 3 not in text


def test_what_was_done_may_have_lines_which_stand_under_the_first() -> None:
    text = summary_of(PERSON, Summarised("", "Resumed it\n\n  Printed a page\n"), record(story()), (), sentence)
    assert "What was done: Resumed it\n    Printed a page\n" in text


@pytest.mark.parametrize("summary", [None, Summarised("", ""), Summarised(" \n", " ")])
def test_a_visit_without_a_summary_has_its_story_and_no_empty_lines(summary: Summarised | None) -> None:
    text = summary_of(PERSON, summary, record(story(*HAPPENED)), SAID, sentence)
    assert "What was" not in text
    assert "In your words" not in text
    assert text.endswith("Technician ended the visit.")


def test_a_visit_in_which_nothing_happened_has_no_time() -> None:
    assert summary_of(PERSON, None, record(story()), (), sentence) == "Technician A of Example Help helped you.\n"


def test_the_time_is_that_of_this_computer() -> None:
    assert local_time(story().entries[0]) == BEGAN.replace(microsecond=0)


@pytest.mark.parametrize("name", ["Hilfe.txt", "Dr. Meier", "everything.jsonl", "no suffix"])
def test_her_copy_is_the_one_file_that_she_chose(tmp_path: Path, name: str) -> None:
    other = tmp_path / "Hilfe.jsonl"
    other.write_text("hers")
    write_copy(tmp_path / name, "Zusammenfassung: gelöst")
    assert (tmp_path / name).read_text(encoding="utf-8") == "Zusammenfassung: gelöst\n"
    assert other.read_text() == "hers"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_place_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="file_not_writable") as caught:
        write_copy(tmp_path / "missing" / "copy.txt", "")
    assert "copy.txt" in str(caught.value.values["file"])


def test_the_log_is_kept_for_her_alone_and_grows_with_the_visit(tmp_path: Path) -> None:
    told = story(*HAPPENED[:2])
    kept = record(told, tmp_path / "visits")
    kept.write()
    path = kept.journal.path
    assert path == tmp_path / "visits" / "2026-11-22T16-58-30.000005.jsonl"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == told.as_lines()
    add(told, HAPPENED[2])
    kept.write()
    assert path.read_bytes() == told.as_lines()

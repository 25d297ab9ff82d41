"""What she keeps of a visit."""

from __future__ import annotations

import stat
from datetime import datetime
from pathlib import Path

import pytest

from remotehelp.customer.keepsake import Record, new_record, story_line, summary_of, write_copy
from remotehelp.customer.view import Organisation, Person
from remotehelp.errors import ConfigError
from remotehelp.messages import Right
from remotehelp.sentences import SENTENCES, sentence
from remotehelp.visit import host
from remotehelp.visit.events import Side, Summarised
from remotehelp.visit.story import Entry, Story

PERSON = Person("Technician", "A", Organisation("Example Help", "new"))


def story(*entries: Entry) -> Story:
    told = Story()
    for entry in entries:
        told.add(entry)
    return told


TOLD = story(
    Entry(0.4, Side.CUSTOMER, "accepted"),
    Entry(61.9, Side.TECHNICIAN, "asked", "control"),
    Entry(62.0, Side.CUSTOMER, "allowed", "control"),
    Entry(65.0, Side.TECHNICIAN, "said", "I see {it} & <b>"),
    Entry(3700.0, Side.TECHNICIAN, "left"),
)


def record(told: Story, folder: Path = Path("visits"), problem: str = "") -> Record:
    return new_record(folder, datetime(2026, 11, 22, 16, 58, 30, 5), problem, told)


def test_the_summary_says_who_what_and_when_in_order() -> None:
    summary = Summarised("The queue was stalled", "Resumed it")
    assert summary_of(PERSON, summary, record(TOLD, problem=" It stopped\n"), sentence).splitlines() == [
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


def test_the_visit_ends_with_its_goodbye_and_not_with_what_was_written_later() -> None:
    told = story(*TOLD.entries, Entry(9000.0, Side.TECHNICIAN, "was_done", "Resumed it"))
    assert "from 16:58 to 18:00." in summary_of(PERSON, None, record(told), sentence)


@pytest.mark.parametrize("summary", [None, Summarised("", ""), Summarised(" \n", " ")])
def test_a_visit_without_a_summary_has_its_story_and_no_empty_lines(summary: Summarised | None) -> None:
    empty = [Entry(3701.0, Side.TECHNICIAN, what, " " * n) for n, what in enumerate(("was_wrong", "was_done"))]
    text = summary_of(PERSON, summary, record(story(*TOLD.entries, *empty)), sentence)
    assert "What was" not in text
    assert "In your words" not in text
    assert text.endswith("Technician ended the visit.")


def test_a_visit_in_which_nothing_happened_has_no_time() -> None:
    assert summary_of(PERSON, None, record(story()), sentence) == "Technician A of Example Help helped you.\n"


@pytest.mark.parametrize("what", sorted({*host.STORY.values(), "said", "was_wrong", "was_done"}))
@pytest.mark.parametrize("who", list(Side))
def test_there_is_a_sentence_for_each_kind_of_entry(what: str, who: Side) -> None:
    assert story_line(Entry(1.0, who, what, "text"), PERSON, sentence)


@pytest.mark.parametrize("right", list(Right))
@pytest.mark.parametrize("what", ["asked", "allowed", "not_now", "took_back"])
def test_there_are_words_for_each_right(what: str, right: Right) -> None:
    assert SENTENCES[f"right_{right}"] in story_line(Entry(1.0, Side.CUSTOMER, what, right), PERSON, sentence)


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
    told = story(*TOLD.entries[:2])
    kept = record(told, tmp_path / "visits")
    kept.write()
    path = kept.journal.path
    assert path == tmp_path / "visits" / "2026-11-22T16-58-30.000005.jsonl"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == told.as_lines()
    told.add(TOLD.entries[2])
    kept.write()
    assert path.read_bytes() == told.as_lines()

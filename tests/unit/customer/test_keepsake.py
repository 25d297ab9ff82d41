"""What she keeps of a visit."""

from __future__ import annotations

import json
import stat
from datetime import datetime
from pathlib import Path

import pytest

from remotehelp.customer.keepsake import keep_story, story_line, summary_of, write_copy
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


def test_the_summary_says_who_what_and_when_in_order() -> None:
    text = summary_of(PERSON, Summarised("The queue was stalled", "Resumed it"), TOLD, sentence)
    assert text.splitlines() == [
        "Technician A of Example Help helped you.",
        "What was wrong: The queue was stalled",
        "What was done: Resumed it",
        "",
        "00:00  You let the technician in.",
        "01:01  Technician asked to: use mouse and keyboard.",
        "01:02  You allowed: use mouse and keyboard.",
        "01:05  Technician: I see {it} & <b>",
        "61:40  Technician ended the visit.",
    ]


@pytest.mark.parametrize("summary", [None, Summarised("", "")])
def test_a_visit_without_a_summary_has_its_story(summary: Summarised | None) -> None:
    text = summary_of(PERSON, summary, TOLD, sentence)
    assert "What was" not in text
    assert text.endswith("Technician ended the visit.")


@pytest.mark.parametrize("what", sorted({*host.STORY.values(), "said", "was_wrong", "was_done"}))
@pytest.mark.parametrize("who", list(Side))
def test_there_is_a_sentence_for_each_kind_of_entry(what: str, who: Side) -> None:
    assert story_line(1.0, who, what, "text", PERSON, sentence).startswith("00:01  ")


@pytest.mark.parametrize("right", list(Right))
@pytest.mark.parametrize("what", ["asked", "allowed", "not_now", "took_back"])
def test_there_are_words_for_each_right(what: str, right: Right) -> None:
    assert SENTENCES[f"right_{right}"] in story_line(1.0, Side.CUSTOMER, what, right, PERSON, sentence)


def test_her_copy_is_the_summary_and_the_log_beside_it(tmp_path: Path) -> None:
    text, log = write_copy(tmp_path / "Hilfe vom Montag", "Zusammenfassung: gelöst", TOLD)
    assert (text.name, log.name) == ("Hilfe vom Montag.txt", "Hilfe vom Montag.jsonl")
    assert text.read_text(encoding="utf-8") == "Zusammenfassung: gelöst\n"
    assert [json.loads(line)["what"] for line in log.read_text().splitlines()] == [e.what for e in TOLD.entries]


def test_a_place_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="file_not_writable") as caught:
        write_copy(tmp_path / "missing" / "copy.txt", "", TOLD)
    assert "copy.txt" in str(caught.value.values["file"])


def test_the_log_is_kept_for_her_alone(tmp_path: Path) -> None:
    path = keep_story(tmp_path / "visits", TOLD, datetime(2026, 11, 22, 17, 5, 9))
    assert path.name == "2026-11-22T17-05-09.jsonl"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.read_bytes() == TOLD.as_lines()

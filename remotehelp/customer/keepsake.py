"""What she keeps of a visit: its log, from the first moment on, and a copy in words where she wants one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from remotehelp.customer.view import Person
from remotehelp.trust.files import write_atomically
from remotehelp.trust.journal import Journal
from remotehelp.visit.events import Side, Summarised
from remotehelp.visit.story import Entry, Story

Say = Callable[..., str]  # (key, **values) -> the sentence in her language

ENDS = frozenset({"left", "gave_up", "badge_lapsed", "misbehaved", "declined"})
OFTEN_EMPTY = frozenset({"was_wrong", "was_done"})  # a technician may close a case without a word


@dataclass(frozen=True)
class Record:
    """One visit as it is kept: ``began`` is local time, the story's entries count their seconds from there."""

    began: datetime
    problem: str
    story: Story
    journal: Journal

    def write(self) -> None:
        """Bring the log on the disk up to date; any thread. Raises ConfigError."""
        self.journal.write(self.story.as_lines())

    def clock(self, entry: Entry) -> datetime:
        """When it happened."""
        return self.began + timedelta(seconds=entry.at)


def new_record(folder: Path, began: datetime, problem: str, story: Story) -> Record:
    """The record of a visit that begins now; its log will lie in ``folder`` under its time."""
    return Record(began, problem, story, Journal(folder / f"{began:%Y-%m-%dT%H-%M-%S.%f}.jsonl"))


def summary_of(person: Person, summary: Summarised | None, record: Record, say: Say) -> str:
    """The visit in a few lines: who came and when, what was wrong, what was done, what was allowed, in order."""
    told = [entry for entry in record.story.entries if entry.text.strip() or entry.what not in OFTEN_EMPTY]
    name = f"{person.given_name} {person.surname}"
    lines = [say("summary_who", name=name, organisation=person.organisation.name), *_when(told, record, say)]
    if record.problem.strip():
        lines.append(say("summary_problem", text=record.problem.strip()))
    if summary is not None and summary.wrong.strip():
        lines.append(say("summary_wrong", text=summary.wrong))
    if summary is not None and summary.done.strip():
        lines.append(say("summary_done", text=summary.done))
    lines.append("")
    lines += [f"{record.clock(entry):%H:%M}  {story_line(entry, person, say)}" for entry in told]
    return "\n".join(lines)


def _when(told: list[Entry], record: Record, say: Say) -> list[str]:
    """The day and the time of the visit; nothing if nothing happened."""
    if not told:
        return []
    last = next((entry for entry in told if entry.what in ENDS), told[-1])
    first, end = record.clock(told[0]), record.clock(last)
    return [say("summary_when", date=f"{first:%Y-%m-%d}", start=f"{first:%H:%M}", end=f"{end:%H:%M}")]


def story_line(entry: Entry, person: Person, say: Say) -> str:
    """One entry of the story as a sentence."""
    actor = say("you") if entry.who is Side.CUSTOMER else person.given_name
    is_right = entry.what in ("asked", "allowed", "not_now", "took_back")
    return say(f"story_{entry.what}", who=actor, text=say(f"right_{entry.text}") if is_right else entry.text)


def write_copy(path: Path, summary: str) -> None:
    """Write the summary to the one file that she chose; raises ConfigError("file_not_writable")."""
    write_atomically(path, summary.encode() + b"\n")

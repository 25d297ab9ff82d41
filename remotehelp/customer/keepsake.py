"""What she keeps of a visit: its log, from the first moment on, and a copy in words where she wants one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from remotehelp.customer.view import Person
from remotehelp.trust.files import write_atomically
from remotehelp.trust.journal import Journal
from remotehelp.visit.events import Side, Summarised
from remotehelp.visit.shown import Said
from remotehelp.visit.story import Line, Story
from remotehelp.visit.telling import Say, told

ENDS = frozenset({"left", "gave_up", "badge_lapsed", "misbehaved", "declined", "failed"})
OF_THE_LOG = frozenset({"opened", "signed", "not_signed"})  # what is about the log itself


@dataclass(frozen=True)
class Record:
    """One visit as it is kept."""

    problem: str
    story: Story
    journal: Journal

    def write(self) -> None:
        """Bring the log on the disk up to date; any thread. Raises ConfigError."""
        self.journal.write(self.story.as_lines())


def new_record(folder: Path, began: datetime, problem: str, story: Story) -> Record:
    """The record of a visit that begins now; its log will lie in ``folder`` under its time."""
    return Record(problem, story, Journal(folder / f"{began:%Y-%m-%dT%H-%M-%S.%f}.jsonl"))


def summary_of(person: Person, summary: Summarised | None, record: Record, words: Collection[Said], say: Say) -> str:
    """The visit in a few lines: who came and when, what was wrong, what was done, what was allowed, in order.

    ``words``: what was written, which the log does not hold; of a very long conversation its newest lines.
    """
    happened = [line for line in record.story.entries if line.what not in OF_THE_LOG]
    name = f"{person.given_name} {person.surname}"
    lines = [say("summary_who", name=name, organisation=person.organisation.name), *_when(happened, say)]
    if record.problem.strip():
        lines.append(say("summary_problem", text=indented(record.problem)))
    if summary is not None and summary.wrong.strip():
        lines.append(say("summary_wrong", text=indented(summary.wrong)))
    if summary is not None and summary.done.strip():
        lines.append(say("summary_done", text=indented(summary.done)))
    lines.append("")
    lines += in_order(happened, person, words, say, clock="%H:%M")
    return "\n".join(lines)


def _when(happened: list[Line], say: Say) -> list[str]:
    """The day and the time of the visit; nothing if nothing happened."""
    if not happened:
        return []
    last = next((line for line in happened if line.what in ENDS), happened[-1])
    first, end = local_time(happened[0]), local_time(last)
    return [say("summary_when", date=f"{first:%Y-%m-%d}", start=f"{first:%H:%M}", end=f"{end:%H:%M}")]


def in_order(happened: Sequence[Line], person: Person, words: Collection[Said], say: Say, *, clock: str) -> list[str]:
    """What happened, a sentence a line, with what was written at its place; ``clock``: how the time is written."""
    names = {Side.CUSTOMER: say("you"), Side.TECHNICIAN: person.given_name}
    written = {said.entry: said for said in words}
    lines = []
    for line in happened:
        said = written.get(line.n)
        sentence = told(line, names, say) if said is None else say("summary_said", who=names[said.who], text=said.text)
        lines.append(f"{local_time(line):{clock}}  {in_one_line(sentence)}")
    return lines


def in_one_line(text: str) -> str:
    """Nothing that somebody wrote looks like another entry: every run of white space is one space."""
    return " ".join(text.split())


def indented(text: str) -> str:
    """Each further line under the first one, where no entry begins; no empty ones."""
    return "\n    ".join(line for line in map(in_one_line, text.splitlines()) if line)


def local_time(line: Line) -> datetime:
    """When it happened, by her clock, in the time zone of this computer."""
    return datetime.fromtimestamp(line.clock / 1000).astimezone().replace(tzinfo=None)


def write_copy(path: Path, summary: str) -> None:
    """Write the summary to the one file that she chose; raises ConfigError("file_not_writable")."""
    write_atomically(path, summary.encode() + b"\n")

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


def summary_of(
    person: Person, summary: Summarised | None, record: Record, conversation: Collection[Said], say: Say
) -> str:
    """The visit in a few lines: who came and when, what was wrong, what was done, what was allowed, in order.

    ``conversation``: what was written, which the log does not hold; of a very long one its newest lines.
    """
    happened = [line for line in record.story.entries if line.what not in OF_THE_LOG]
    name = f"{person.given_name} {person.surname}"
    lines = [say("summary_who", name=name, organisation=person.organisation.name), *_when(happened, say)]
    if record.problem.strip():
        lines.append(say("summary_problem", text=record.problem.strip()))
    if summary is not None and summary.wrong.strip():
        lines.append(say("summary_wrong", text=summary.wrong))
    if summary is not None and summary.done.strip():
        lines.append(say("summary_done", text=summary.done))
    lines.append("")
    lines += in_order(happened, person, conversation, say, clock="%H:%M")
    return "\n".join(lines)


def _when(happened: list[Line], say: Say) -> list[str]:
    """The day and the time of the visit; nothing if nothing happened."""
    if not happened:
        return []
    last = next((line for line in happened if line.what in ENDS), happened[-1])
    first, end = local_time(happened[0]), local_time(last)
    return [say("summary_when", date=f"{first:%Y-%m-%d}", start=f"{first:%H:%M}", end=f"{end:%H:%M}")]


def in_order(
    happened: Sequence[Line], person: Person, conversation: Collection[Said], say: Say, *, clock: str
) -> list[str]:
    """What happened, a sentence a line, with what was written at its place; ``clock``: how the time is written."""
    names = {Side.CUSTOMER: say("you"), Side.TECHNICIAN: person.given_name}
    written = iter(conversation)
    unknown = sum(line.what == "said" for line in happened) - len(conversation)
    lines = []
    for line in happened:
        sentence = told(line, names, say)
        if line.what == "said":
            said = next(written, None) if unknown <= 0 else None
            unknown -= 1
            if said is not None:
                sentence = say("summary_said", who=names[said.who], text=said.text)
        lines.append(f"{local_time(line):{clock}}  {sentence}")
    return lines


def local_time(line: Line) -> datetime:
    """When it happened, by her clock, in the time zone of this computer."""
    return datetime.fromtimestamp(line.clock / 1000).astimezone().replace(tzinfo=None)


def write_copy(path: Path, summary: str) -> None:
    """Write the summary to the one file that she chose; raises ConfigError("file_not_writable")."""
    write_atomically(path, summary.encode() + b"\n")

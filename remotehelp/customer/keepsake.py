"""What she keeps of a visit: its summary in words, and the log beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from remotehelp.customer.view import Person
from remotehelp.trust.files import PRIVATE, make_folder, write_atomically
from remotehelp.visit.events import Side, Summarised
from remotehelp.visit.story import Story

Say = Callable[..., str]  # (key, **values) -> the sentence in her language


def summary_of(person: Person, summary: Summarised | None, story: Story, say: Say) -> str:
    """The visit in a few lines: who came, what was wrong, what was done, what was allowed, in order."""
    name = f"{person.given_name} {person.surname}"
    lines = [say("summary_who", name=name, organisation=person.organisation.name)]
    if summary is not None and summary.wrong:
        lines.append(say("summary_wrong", text=summary.wrong))
    if summary is not None and summary.done:
        lines.append(say("summary_done", text=summary.done))
    lines.append("")
    lines += [story_line(entry.at, entry.who, entry.what, entry.text, person, say) for entry in story.entries]
    return "\n".join(lines)


def story_line(at: float, who: Side, what: str, text: str, person: Person, say: Say) -> str:
    """One entry of the story as a sentence with its minute and second."""
    minutes, seconds = divmod(int(at), 60)
    actor = say("you") if who is Side.CUSTOMER else person.given_name
    spoken = say(f"right_{text}") if what in ("asked", "allowed", "not_now", "took_back") else text
    return f"{minutes:02d}:{seconds:02d}  " + say(f"story_{what}", who=actor, text=spoken)


def keep_story(folder: Path, story: Story, at: datetime) -> Path:
    """Keep the log of a visit that ended ``at`` in ``folder``; where it is. Raises ConfigError("file_not_writable")."""
    path = make_folder(folder, 0o700) / f"{at:%Y-%m-%dT%H-%M-%S}.jsonl"
    write_atomically(path, story.as_lines(), PRIVATE)
    return path


def write_copy(path: Path, summary: str, story: Story) -> tuple[Path, Path]:
    """Write the summary to ``path`` and the log beside it; the two paths. Raises ConfigError("file_not_writable")."""
    text = path if path.suffix else path.with_suffix(".txt")
    log = text.with_suffix(".jsonl")
    write_atomically(text, summary.encode() + b"\n")
    write_atomically(log, story.as_lines())
    return text, log

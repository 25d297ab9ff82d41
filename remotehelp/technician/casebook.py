"""The cases of this technician on this computer: what was wrong, what was done, the own notes, and the log of each."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec

from remotehelp.trust.files import PRIVATE, make_folder, write_atomically
from remotehelp.visit.story import Story

HISTORY = 50  # cases that the desk shows


class Case(msgspec.Struct, frozen=True):
    """One visit as the technician keeps it. ``at``: ISO 8601, local time."""

    at: str
    problem: str
    wrong: str = ""
    done: str = ""
    notes: str = ""


class Casebook:
    """A folder with two files a case: ``.json`` and the visit's log as ``.jsonl``."""

    def __init__(self, folder: Path) -> None:
        self._folder = make_folder(folder, 0o700)

    def keep(self, case: Case, story: Story) -> None:
        """Write the case and its log; raises ConfigError("file_not_writable")."""
        name = case.at.replace(":", "-")
        write_atomically(self._folder / f"{name}.jsonl", story.as_lines(), PRIVATE)
        write_atomically(self._folder / f"{name}.json", msgspec.json.encode(case), PRIVATE)

    def history(self) -> tuple[str, ...]:
        """One line a case, the newest first; a file that can't be read is left out."""
        lines = []
        for path in sorted(self._folder.glob("*.json"), reverse=True)[:HISTORY]:
            try:
                case = msgspec.json.decode(path.read_bytes(), type=Case)
            except (OSError, msgspec.DecodeError):
                continue
            lines.append(f"{case.at[:16].replace('T', ' ')}  {_first_line(case.problem)} – {_first_line(case.done)}")
        return tuple(lines)


def local_time() -> str:
    """Now, ISO 8601 with seconds, local time."""
    return datetime.datetime.now().astimezone().replace(tzinfo=None).isoformat(timespec="microseconds")


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0][:80]

"""The cases of this technician on this computer: what was wrong, what was done, the own notes, and the log of each."""

from __future__ import annotations

import datetime
from pathlib import Path
from threading import Lock

import msgspec

from remotehelp.trust.files import PRIVATE, make_folder, write_atomically
from remotehelp.trust.journal import Journal
from remotehelp.visit.story import Story

HISTORY = 50  # cases that the desk shows


class Case(msgspec.Struct, frozen=True):
    """One visit as the technician keeps it. ``at``: ISO 8601, local time."""

    at: str
    problem: str
    wrong: str = ""
    done: str = ""
    notes: str = ""


class KeptCase:
    """One case on the disk: ``.json``, and the visit's log as ``.jsonl``; ``case`` may be set anew at will."""

    def __init__(self, folder: Path, case: Case, story: Story) -> None:
        name = case.at.replace(":", "-")
        self.case = case
        self._path = folder / f"{name}.json"
        self._story, self._journal = story, Journal(folder / f"{name}.jsonl")
        self._lock = Lock()
        self._noted = -1

    @property
    def log(self) -> Path:
        """Where the visit's log lies."""
        return self._journal.path

    def take(self, notes: str) -> bool:
        """Take the notes as they are now; whether anything is new since the last time, so that it is to be written."""
        before = self.case, self._noted
        self.case, self._noted = msgspec.structs.replace(self.case, notes=notes), self._story.length
        return before != (self.case, self._noted)

    def write(self) -> None:
        """Bring both files up to date; any thread. Raises ConfigError("folder_not_writable", "file_not_writable")."""
        with self._lock:
            self._journal.write(self._story.as_lines())
            write_atomically(self._path, msgspec.json.encode(self.case), PRIVATE)


class Casebook:
    """The folder with all cases."""

    def __init__(self, folder: Path) -> None:
        self._folder = make_folder(folder, 0o700)

    def begin(self, case: Case, story: Story) -> KeptCase:
        """A case that can be written from now on, as often as it changes."""
        return KeptCase(self._folder, case, story)

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

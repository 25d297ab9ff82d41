"""The story of a visit: what both sides keep, in order, in plain facts."""

from __future__ import annotations

import msgspec

from remotehelp.visit.events import Side


class Entry(msgspec.Struct, frozen=True):
    """One fact. ``at``: seconds since the visit began; ``what``: a key with a sentence ``story_<what>``."""

    at: float
    who: Side
    what: str
    text: str = ""


class Story:
    """An append-only list of entries."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        """Append; an entry is never changed or taken back."""
        self._entries.append(entry)

    @property
    def length(self) -> int:
        return len(self._entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries)

    def as_lines(self) -> bytes:
        """JSON lines, one entry a line, UTF-8."""
        return b"".join(msgspec.json.encode(entry) + b"\n" for entry in self._entries)

"""What an X server told on one connection, counted by kind: whoever wants to know compares with the last time."""

from __future__ import annotations

from Xlib import X
from Xlib.display import Display


class News:
    """For one thread at a time; whoever reads first, reads for all."""

    def __init__(self, connection: Display) -> None:
        self._connection = connection
        self._counts = {X.MappingNotify: 0, X.ReparentNotify: 0, X.DestroyNotify: 0}

    @property
    def keyboards(self) -> int:
        """How often a keyboard has changed; never while the X server says nothing."""
        self._read()
        return self._counts[X.MappingNotify]

    @property
    def moves(self) -> int:
        """How often a window that is listened to (StructureNotify) was put elsewhere or destroyed."""
        self._read()
        return self._counts[X.ReparentNotify] + self._counts[X.DestroyNotify]

    def _read(self) -> None:
        while self._connection.pending_events():
            kind = self._connection.next_event().type
            if kind in self._counts:
                self._counts[kind] += 1

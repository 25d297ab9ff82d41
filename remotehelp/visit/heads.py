"""When the head of the log is put to the technician's machine to sign, and when an answer is overdue. Pure."""

from __future__ import annotations

from remotehelp.visit.story import Head

EVERY_S = 30.0  # PROTOCOL.md, the log of a visit
ANSWER_S = 10.0  # then the log says that it was not signed; an answer that comes later still counts


class Heads:
    """One head at a time is open; times are seconds of any steady clock."""

    def __init__(self, now: float) -> None:
        self.open: Head | None = None
        self._asked_at = now
        self._wished = self._overdue_told = False

    def wish(self) -> None:
        """Something was granted or is over: the next head is due as soon as none is open."""
        self._wished = True

    def due(self, now: float) -> bool:
        """Whether a head is to be put to the other side."""
        return self.open is None and (self._wished or now - self._asked_at >= EVERY_S)

    def ask(self, head: Head, now: float) -> None:
        """This one is open from now on, in place of any other."""
        self.open, self._asked_at = head, now
        self._wished = self._overdue_told = False

    def answered(self, upto: int) -> Head | None:
        """The open head, if this is the answer to it; then none is open any more."""
        head = self.open
        if head is None or head.upto != upto:
            return None
        self.open = None
        return head

    def overdue(self, now: float) -> bool:
        """Whether the open head has waited too long; true once for each."""
        late = self.open is not None and now - self._asked_at >= ANSWER_S
        told, self._overdue_told = self._overdue_told, self._overdue_told or late
        return late and not told

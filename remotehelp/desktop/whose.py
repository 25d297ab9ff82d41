"""Whose hand an event came from: hers, or the technician's by ours. Pure; times are seconds on a steady clock.

An on-screen keyboard injects as our hands do. So what counts is not how an event came but whether our hands have just
made it up: each of theirs is noted before, and answers for exactly one that comes.
"""

from __future__ import annotations

from collections import deque

KEPT = 1.0  # seconds after which an event that was noted comes no more
LASTS = 2.0  # seconds that her turn lasts after the last thing that she did


class Whose:
    """Compares what comes with what was noted, in order: who has noted a later one has missed those before it."""

    def __init__(self) -> None:
        self._noted: deque[tuple[int, float]] = deque()

    def note(self, event: int, now: float) -> None:
        """Our hands are about to make this event up."""
        self._noted.append((event, now))

    def is_ours(self, event: int, now: float) -> bool:
        """Whether this event, which has come, is one that was noted; anything else is hers."""
        while self._noted and now - self._noted[0][1] > KEPT:
            self._noted.popleft()
        if all(event != noted for noted, _ in self._noted):
            return False
        while self._noted.popleft()[0] != event:
            pass
        return True


class HerTurn:
    """Begins with what she does and ends LASTS seconds after the last of it."""

    def __init__(self) -> None:
        self.until: float | None = None  # None: it is not her turn

    def moved(self, now: float) -> bool:
        """She did something; whether her turn begins with it."""
        begins = self.until is None
        self.until = now + LASTS
        return begins

    def ended(self, now: float) -> bool:
        """Whether her turn is over; told once."""
        if self.until is None or now < self.until:
            return False
        self.until = None
        return True

    def wait(self, now: float) -> float | None:
        """Seconds until it ends; None if it is not her turn."""
        return None if self.until is None else max(0.0, self.until - now)

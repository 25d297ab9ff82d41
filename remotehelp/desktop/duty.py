"""When the guardian steps in: pure; times are seconds on a steady clock."""

from __future__ import annotations

from enum import Enum

BEAT_S = 0.25  # from one sign of life to the next
ANSWERS_WITHIN = 0.5  # seconds that her program has to stop everything after the panic key
PAUSED_AFTER = 1.5  # seconds without a sign of life until all is let go of, as when the line falls silent
KILLED_AFTER = 3.0  # and until the program is ended: a computer that is short of memory stands still for a while, too
HELD_UP = 0.5  # seconds by which the guardian itself comes late before that is taken into account


class Step(Enum):
    """What is to be done now."""

    NOTHING = "nothing"
    PAUSE = "pause"  # let go of everything, inject nothing
    KILL = "kill"  # end her program


class Duty:
    """Knows how long her program was silent, and how long it owes an answer."""

    def __init__(self, now: float) -> None:
        self._alive = self._looked = now
        self._pressed: float | None = None  # the panic key, without an answer yet

    def beat(self, now: float) -> None:
        """A sign of life."""
        self._alive = now

    def pressed(self, now: float) -> None:
        """The panic key was pressed and her program was told; the first press counts."""
        if self._pressed is None:
            self._pressed = now

    def answered(self) -> None:
        """Her program has stopped everything."""
        self._pressed = None

    def step(self, now: float) -> Step:
        """What is to be done; asked at least every BEAT_S, it sees when the guardian itself stood still."""
        self._forgive(now - self._looked - BEAT_S)
        self._looked = now
        silent = now - self._alive
        late = self._pressed is not None and now - self._pressed >= ANSWERS_WITHIN
        if late or silent >= KILLED_AFTER:
            return Step.KILL
        return Step.PAUSE if silent >= PAUSED_AFTER else Step.NOTHING

    def wait(self, now: float) -> float:
        """Seconds until ``step`` has to be asked again."""
        due = BEAT_S if self._pressed is None else self._pressed + ANSWERS_WITHIN - now
        return min(max(0.0, due), BEAT_S)

    def _forgive(self, held_up: float) -> None:
        """Whatever kept us from looking has kept her program from living, too: a computer that slept or stood still."""
        if held_up > HELD_UP:
            self._alive += held_up
            if self._pressed is not None:
                self._pressed += held_up

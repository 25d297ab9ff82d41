"""How large, how often and how well the technician's face travels: as the line allows. Pure: times come in, in s.

The voice comes first: its room is left free. Small and slow is what a thin line gets; the next better step is tried
when nothing went wrong for a while, and less often each time that it turned out to be too much.
"""

from __future__ import annotations

from dataclasses import dataclass

VOICE_KBIT_S = 48.0  # is left free for the voice: Opus at 32 kbit/s with its headers
NEAR_S = 0.008  # a round trip of a local network: there the face begins at its best
STANDING_S = 0.5  # more than this beyond the shortest round trip: a queue is full
MUCH_LOST, MOST_LOST = 0.1, 0.4  # of the packets; less is the weather, more is far too much for the line
PATIENCE_S, MOST_PATIENCE_S = 3.0, 60.0  # how long a step has to be good until the next better one is tried
TRIAL_S = 8.0  # trouble within this time after a better step means that it was too much
SETTLE_S = 2.0  # trouble has to pass for so long before it counts again
SHRINKS = 0.97  # an estimate that falls to less than this share of the last one is trouble


@dataclass(frozen=True)
class Step:
    """``width`` in pixels, ``rate`` in pictures a second."""

    width: int
    rate: int
    kbit_s: int


STEPS = (Step(640, 15, 600), Step(320, 15, 250), Step(320, 10, 130), Step(160, 10, 70), Step(160, 6, 35))
BEST, FIRST = 0, 1
NEVER = float("-inf")


class FacePlan:
    """Which step is right for the line now."""

    def __init__(self) -> None:
        self._at = FIRST
        self._since: float | None = None  # when the present step began
        self._troubled_at = self._lowered_at = NEVER
        self._patience = PATIENCE_S
        self._tried = False  # the present step is better than the last one
        self._estimate: float | None = None
        self._limit: float | None = None  # kbit/s that the line was full at
        self._base: float | None = None

    def step(self, round_trip: float | None, now: float) -> Step:
        """For the next picture; ``round_trip`` in s."""
        since = self._since = now if self._since is None else self._since
        if round_trip is not None:
            self._feel(round_trip, now)
        if self._tried and now - since >= TRIAL_S:
            self._tried, self._limit = False, None
            self._patience = max(PATIENCE_S, self._patience / 2)
        if self._at != BEST and now - max(since, self._troubled_at) >= self._patience:
            self._go(self._at - 1, now)
            self._tried = True
        return STEPS[self._at]

    def estimated(self, kbit_s: float, now: float) -> None:
        """The receiver's estimate of the line (draft-alvestrand-rmcat-remb): it falls when a queue grows."""
        before, self._estimate = self._estimate, kbit_s
        if before is not None and kbit_s < before * SHRINKS:
            self._limit = kbit_s
            room = kbit_s - VOICE_KBIT_S
            self._trouble(next((n for n, step in enumerate(STEPS) if step.kbit_s <= room), len(STEPS) - 1), now)

    def lost(self, share: float, now: float) -> None:
        """``share`` of the packets did not arrive lately (RFC 3550 §6.4.1)."""
        if share > MUCH_LOST:
            self._trouble(self._at + (1 if share < MOST_LOST else len(STEPS)), now)

    @property
    def kbit_s(self) -> float:
        """What the line is good for, as far as it is known."""
        return max(self._limit or STEPS[BEST].kbit_s * 4, STEPS[self._at].kbit_s * 1.5)

    def _feel(self, round_trip: float, now: float) -> None:
        self._base = round_trip if self._base is None else min(self._base, round_trip)
        if round_trip > self._base + STANDING_S:
            self._trouble(self._at + 1, now)
        elif round_trip < NEAR_S and self._at != BEST and self._troubled_at == NEVER:
            self._go(BEST, now)

    def _trouble(self, at: int, now: float) -> None:
        """The step ``at`` is as much as the line can bear."""
        if self._tried:
            self._patience = min(self._patience * 2, MOST_PATIENCE_S)
            self._tried = False
        self._troubled_at = now
        settled = now - self._lowered_at >= SETTLE_S
        if at > self._at and (settled or at > self._at + 1):
            self._lowered_at = now
            self._go(min(at, len(STEPS) - 1), now)

    def _go(self, at: int, now: float) -> None:
        self._at, self._since = at, now

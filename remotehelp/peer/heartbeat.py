"""Signs of life on `live`: when to send one and when the line is lost. Pure; times come in (PROTOCOL.md, channels)."""

from __future__ import annotations

from dataclasses import dataclass

from remotehelp.messages import Heartbeat

INTERVAL_S = 0.25
UNHEARD_AFTER_S = 2.5  # without an answer to any beat of ours: the line may be cut one way only
LOST_AFTER_S = 1.4  # it has to be seen after 1.5; nothing reliable may be depended on (MEASURED.md, trap 15)


@dataclass
class Pulse:
    """Counts heartbeats both ways. ``lost`` changes only in ``check``, ``lose`` and ``heard``."""

    heard_at: float
    lost: bool = False
    sent: int = 0
    echo: int = 0
    came: int = 0
    answered: int = 0  # the newest of our beats that was echoed
    answered_at: float = float("inf")  # counts from the other side's first beat on
    sent_at: float = 0.0
    round_trip_s: float | None = None
    _lost_at_beat: int = 0

    def beat(self, now: float) -> Heartbeat:
        """The next heartbeat to send."""
        self.sent, self.sent_at = self.sent + 1, now
        return Heartbeat(self.sent, self.echo)

    def heard(self, now: float, beat: Heartbeat | None = None) -> bool:
        """Anything authentic came at ``now``; True if the line was lost until then and carries both ways again."""
        self.heard_at = now
        if beat is None:
            return False
        self.echo, self.came = max(self.echo, beat.n), self.came + 1
        if beat.echo == self.sent:
            self.round_trip_s = now - self.sent_at
        self.answered_at = min(self.answered_at, now)
        if self.answered < beat.echo <= self.sent:
            self.answered, self.answered_at = beat.echo, now
        was_lost, self.lost = self.lost, self.lost and self.answered <= self._lost_at_beat
        return was_lost and not self.lost

    @property
    def patience_ends_at(self) -> float:
        """When the line will be lost if nothing is heard until then, or nobody seems to hear us."""
        return min(self.heard_at + LOST_AFTER_S, self.answered_at + UNHEARD_AFTER_S)

    def check(self, now: float) -> bool:
        """True once, when the patience has ended."""
        return now >= self.patience_ends_at and self.lose()

    def lose(self) -> bool:
        """The line is lost, until a beat that is sent from now on was echoed; True if it was not lost before."""
        was_lost, self.lost = self.lost, True
        if not was_lost:
            self._lost_at_beat = self.sent
        return not was_lost

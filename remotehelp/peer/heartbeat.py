"""Signs of life on `live`: when to send one and when the line is lost. Pure; times come in (PROTOCOL.md, channels)."""

from __future__ import annotations

from dataclasses import dataclass

from remotehelp.messages import Heartbeat

INTERVAL_S = 0.25
LOST_AFTER_S = 1.5  # nothing reliable may be depended on here: SCTP's RTO alone is 1 s (MEASURED.md, trap 15)


@dataclass
class Pulse:
    """Counts heartbeats both ways. ``lost`` changes only in ``check`` and ``heard``."""

    heard_at: float
    lost: bool = False
    sent: int = 0
    echo: int = 0
    came: int = 0
    sent_at: float = 0.0
    round_trip_s: float | None = None

    def beat(self, now: float) -> Heartbeat:
        """The next heartbeat to send."""
        self.sent, self.sent_at = self.sent + 1, now
        return Heartbeat(self.sent, self.echo)

    def heard(self, now: float, beat: Heartbeat | None = None) -> bool:
        """Anything authentic came at ``now``; True if the line was lost until then."""
        self.heard_at = now
        if beat is not None:
            self.echo, self.came = max(self.echo, beat.n), self.came + 1
            if beat.echo == self.sent:
                self.round_trip_s = now - self.sent_at
        was_lost, self.lost = self.lost, False
        return was_lost

    def check(self, now: float) -> bool:
        """True once, when nothing was heard for too long."""
        if self.lost or now - self.heard_at < LOST_AFTER_S:
            return False
        self.lost = True
        return True

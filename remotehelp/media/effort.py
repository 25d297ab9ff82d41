"""How much time a side may spend on what the other asks for. Pure: times come in, in seconds of one steady clock."""

from __future__ import annotations

SHARE = 0.5  # of the time that passes
AT_ONCE_S = 0.3  # saved up: a whole new picture of the largest screen takes about that


class Effort:
    """Fills while time passes and empties while there is work; what is asked for beyond it has to wait."""

    def __init__(self, now: float) -> None:
        self._left, self._at = AT_ONCE_S, now

    def spent(self, seconds: float, now: float) -> None:
        """So much work was done, up to ``now``."""
        self._fill(now)
        self._left = max(self._left - seconds, -AT_ONCE_S)

    def left(self, now: float) -> bool:
        """Whether more may be done."""
        self._fill(now)
        return self._left > 0

    def _fill(self, now: float) -> None:
        self._left = min(AT_ONCE_S, self._left + (now - self._at) * SHARE)
        self._at = now

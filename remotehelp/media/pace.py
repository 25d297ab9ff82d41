"""When the next picture of a screen may leave. Pure; times come in."""

from __future__ import annotations


class Pace:
    """At most a certain number of pictures a second on average, of which one may come early.

    A fixed pause after each picture would fall behind a screen that changes just as often: the time that a grab takes
    would come on top, and every sixth change of a scrolling page would be left out.
    """

    def __init__(self) -> None:
        self._due = 0.0

    def wait(self, now: float) -> float:
        """Seconds from ``now`` until a picture may be taken."""
        return max(0.0, self._due - now)

    def took(self, now: float, rate: int) -> None:
        """A picture of a kind of which at most ``rate`` a second may leave was taken at ``now``."""
        self._due = max(self._due, now - 1 / rate) + 1 / rate

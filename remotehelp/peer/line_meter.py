"""How the line is, in figures that a person can read: from what both sides count. Pure: times come in, in s."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from remotehelp.visit.shown import Quality

WINDOW_S = 10.0  # what is lost and what flows is counted over this time
WEAK_TRIP_MS, WEAK_LOST = 600, 8  # ms; packets in a hundred
FEW = 20  # packets of which a loss says nothing


@dataclass(frozen=True)
class Counts:
    """What was counted since the line stands; pairs are (arrived, lost) packets."""

    relayed: bool
    round_trip: float | None  # s
    octets: int  # both ways
    received: tuple[int, int] = (0, 0)
    sent: tuple[int, int] = (0, 0)


class LineMeter:
    """Turns counts into quality."""

    def __init__(self) -> None:
        self._counts: deque[tuple[float, Counts]] = deque()

    def take(self, counts: Counts, now: float) -> Quality:
        """The quality over the last seconds up to ``now``."""
        self._counts.append((now, counts))
        while len(self._counts) > 2 and self._counts[1][0] <= now - WINDOW_S:
            self._counts.popleft()
        began, first = self._counts[0]
        seconds = max(now - began, 0.001)
        return Quality(
            relayed=counts.relayed,
            round_trip_ms=_readable((counts.round_trip or 0.0) * 1000),
            lost_percent=max(_lost(first.received, counts.received), _lost(first.sent, counts.sent)),
            kbit_s=_readable((counts.octets - first.octets) * 8 / 1000 / seconds),
        )


def weak(quality: Quality) -> bool:
    """Whether everything takes longer on such a line than a person expects."""
    return quality.round_trip_ms >= WEAK_TRIP_MS or quality.lost_percent >= WEAK_LOST


def _lost(before: tuple[int, int], now: tuple[int, int]) -> int:
    """Packets in a hundred; a packet that came twice counts as none that was lost."""
    arrived, lost = max(now[0] - before[0], 0), max(now[1] - before[1], 0)
    return round(100 * lost / (arrived + lost)) if arrived + lost >= FEW else 0


def _readable(value: float) -> int:
    """Two digits are enough: a figure that flickers can't be read, and drawing it anew has its price."""
    whole = max(round(value), 0)
    step = int("1" + "0" * max(len(str(whole)) - 2, 0))
    return round(whole / step) * step

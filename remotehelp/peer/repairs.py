"""Which packets of an RTP stream to ask for once more, and when to give one up. Pure: times come in, in s.

A packet that is missing is asked for at once and again after 1.5 round trips, whether or not others arrive (RFC 4585
§6.2.1 leaves the timers to us). The rest of a picture whose last packets are missing is asked for as well: nothing that
comes later would tell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

TURN = 2**16  # sequence numbers (RFC 3550 §5.1)
REMEMBERED = 1024  # packets: the sender keeps no more either
ASKS = 3  # times, then a whole new picture is quicker
TRIPS, LEAST_S, UNKNOWN_S = 1.5, 0.03, 0.2  # round trips from one asking to the next; at least; while none is known
REST = 8  # packets of the end of a picture that are asked for at once


@dataclass(slots=True)
class _Asking:
    asked: int
    at: float  # when to ask next, or to give up


class Repairs:
    """The gaps in one stream."""

    def __init__(self, round_trip: Callable[[], float | None]) -> None:
        self._round_trip = round_trip
        self._newest: int | None = None
        self._missing: dict[int, _Asking] = {}  # oldest first
        self._rest: _Asking | None = None  # of the picture that the newest packet belongs to
        self._given_up: int | None = None

    def came(self, number: int, *, last: bool, now: float) -> None:
        """The packet ``number`` is here; ``last`` if a picture ends with it (marker bit, RFC 6184 §5.1)."""
        ahead = 0 if self._newest is None else (number - self._newest) % TURN
        if self._newest is None or 0 < ahead < TURN // 2:
            self._miss(number, ahead - 1, now)
            self._newest = number
            self._rest = None if last else _Asking(0, now + self._wait)
        else:
            self._missing.pop(number, None)

    def due(self, now: float) -> list[int]:
        """The packets to ask for now, oldest first."""
        asked = [number for number, asking in tuple(self._missing.items()) if self._ask(number, asking, now)]
        if self._rest is not None and self._newest is not None and self._rest.at <= now:
            asked += [(self._newest + count) % TURN for count in range(1, REST + 1)]
            self._rest = _Asking(self._rest.asked + 1, now + self._wait) if self._rest.asked < ASKS - 1 else None
        return asked

    def given_up(self) -> int | None:
        """The newest packet that was given up since the last call: nothing up to it is worth waiting for."""
        number, self._given_up = self._given_up, None
        return number

    def next_due(self) -> float | None:
        """When to call ``due`` next."""
        times = [asking.at for asking in self._missing.values()]
        return min(times if self._rest is None else [*times, self._rest.at], default=None)

    @property
    def _wait(self) -> float:
        trip = self._round_trip()
        return UNKNOWN_S if trip is None else max(LEAST_S, TRIPS * trip)

    def _miss(self, number: int, count: int, now: float) -> None:
        """The ``count`` packets before ``number`` are missing."""
        if count > REMEMBERED:
            self._missing.clear()
            self._given_up = (number - REMEMBERED - 1) % TURN
        for back in range(min(count, REMEMBERED), 0, -1):
            self._missing[(number - back) % TURN] = _Asking(0, now)
        while len(self._missing) > REMEMBERED:
            self._give_up(next(iter(self._missing)))

    def _ask(self, number: int, asking: _Asking, now: float) -> bool:
        if asking.at > now:
            return False
        if asking.asked == ASKS:
            self._give_up(number)
            return False
        asking.asked, asking.at = asking.asked + 1, now + self._wait
        return True

    def _give_up(self, number: int) -> None:
        """``number`` and all that is older."""
        while self._missing:
            oldest = next(iter(self._missing))
            del self._missing[oldest]
            self._given_up = oldest
            if oldest == number:
                return

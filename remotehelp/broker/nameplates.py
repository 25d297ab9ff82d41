"""Which nameplates are taken: none is given twice within the life of a code."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from remotehelp.errors import ServiceUnavailable

LONGER_ABOVE = 5_000  # in use; above it nameplates have five digits
FULL_AT = 50_000  # in use; half of the five-digit ones, so that a random pick soon finds a free one


class Nameplates:
    """The nameplates in use: each stays taken until its code's life ends, whatever became of the code."""

    def __init__(self, pick: Callable[[int], int], taken: Mapping[str, float]) -> None:
        """``pick(n)`` is a random number in 0..n-1; ``taken`` maps nameplates to the second until which they are."""
        self._pick = pick
        self._taken = dict(sorted(taken.items(), key=lambda item: item[1]))

    def __len__(self) -> int:
        return len(self._taken)

    def take(self, until: float) -> str:
        """A random free nameplate, taken until ``until``; raises ServiceUnavailable if too many are in use."""
        if len(self._taken) >= FULL_AT:
            raise ServiceUnavailable("broker_full")
        digits = 5 if len(self._taken) > LONGER_ABOVE else 4
        while (nameplate := f"{self._pick(10**digits):0{digits}d}") in self._taken:
            pass  # at least half are free: two tries on average
        self._taken[nameplate] = until
        return nameplate

    def release(self, now: float) -> None:
        """Free those whose time is over; they lie in the order of their ends, since all lives are equally long."""
        while self._taken and (oldest := next(iter(self._taken.items())))[1] <= now:
            del self._taken[oldest[0]]

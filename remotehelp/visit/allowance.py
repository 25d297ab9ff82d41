"""How often something may happen: pure, the time comes in."""

from __future__ import annotations

from collections import deque


class Allowance:
    """Lets ``limit`` things pass within any ``window_s`` seconds; what is refused does not count."""

    def __init__(self, limit: int, window_s: float) -> None:
        self._limit, self._window_s = limit, window_s
        self._times: deque[float] = deque()

    def passes(self, now: float) -> bool:
        """Whether one more may pass at ``now`` (seconds, any steady clock)."""
        while self._times and now - self._times[0] >= self._window_s:
            self._times.popleft()
        if len(self._times) >= self._limit:
            return False
        self._times.append(now)
        return True

"""How often something happened lately, counted by key."""

from __future__ import annotations

from collections import deque


class Recent:
    """At most ``most`` things of one key within any ``seconds``."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._times: dict[str, deque[float]] = {}

    def allow(self, key: str, now: float) -> bool:
        """Count one more of ``key``; False, and not counted, if there were too many."""
        times = self._times.setdefault(key, deque())
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) >= self._most:
            return False
        times.append(now)
        return True

    def prune(self, now: float) -> None:
        """Forget the keys that have been quiet for long enough."""
        quiet = [key for key, times in self._times.items() if not times or times[-1] <= now - self._seconds]
        for key in quiet:
            del self._times[key]

"""How many are in at a time: not too many of one address, nor in all. Pure."""

from __future__ import annotations

from collections import Counter


class Crowd:
    """Counts who is in by the address that they are counted by."""

    def __init__(self, each: int, most: int) -> None:
        """At most ``each`` of one address, and ``most`` of all."""
        self._each, self._most = each, most
        self._in: Counter[str] = Counter()

    def enter(self, address: str) -> bool:
        """Let one more in; False, and not counted, if there are too many."""
        if self._in[address] >= self._each or self._in.total() >= self._most:
            return False
        self._in[address] += 1
        return True

    def leave(self, address: str) -> None:
        """One who was let in has gone; an address without any is forgotten."""
        self._in[address] -= 1
        if self._in[address] <= 0:
            del self._in[address]

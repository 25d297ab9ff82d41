"""A key that is held for long: pure; times are seconds on a steady clock."""

from __future__ import annotations

from collections.abc import Hashable

HELD = 2.0  # seconds


class LongPress:
    """Tells once when a key has been held for HELD seconds; which key it is, and on which keyboard, is one name."""

    def __init__(self) -> None:
        self._since: dict[Hashable, float] = {}
        self._told: set[Hashable] = set()

    def pressed(self, key: Hashable, now: float) -> None:
        """It went down, or repeats."""
        self._since.setdefault(key, now)

    def released(self, key: Hashable) -> None:
        """It came up."""
        self._since.pop(key, None)
        self._told.discard(key)

    def due(self, now: float) -> bool:
        """Whether one has been held for so long, and was not told of yet."""
        held = {key for key, since in self._since.items() if now - since >= HELD} - self._told
        self._told |= held
        return bool(held)

    def wait(self, now: float) -> float | None:
        """Seconds until one may be due; None if none is down."""
        waiting = [since for key, since in self._since.items() if key not in self._told]
        return max(0.0, min(waiting) + HELD - now) if waiting else None

"""What the guardian hears and feels of one display."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Protocol


class Heard(Enum):
    """What was heard on her computer."""

    PANIC = "panic"
    HER_HAND = "her hand"


class Senses(Protocol):
    """Ears and a free hand on one display; all of it raises BackendError once that is gone."""

    def fileno(self) -> int:
        """Readable when something may be heard."""

    def hear(self, now: float) -> Iterator[Heard]:
        """What has been heard since the last time."""

    def wait(self, now: float) -> float | None:
        """Seconds until something may be heard without anything happening; None: never."""

    def release_all(self) -> None:
        """Let go of every key and button that was injected, whoever did it."""

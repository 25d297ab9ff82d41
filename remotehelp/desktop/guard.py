"""The guardian as her program holds it: somebody outside who hears her and lets go of everything where we can't."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

ANSWER, END = "answer", "end"  # what our program says beside its beats: the process id of its hands, or 0


class News(StrEnum):
    """What the guardian tells."""

    READY = "ready"  # it hears from now on
    PANIC = "panic"  # the panic key: it has shut the fence and waits for an answer
    HER_HAND = "her hand"  # she works herself: the fence is shut, what is held has to be let go of
    FREE = "free"  # she has not done anything for a while
    LOST = "lost"  # it did not start, or is there no more: told last


class Guard(Protocol):
    """The guardian of this computer, one at a time; any thread may call."""

    def start(self, told: Callable[[News], None]) -> bool:
        """Start it, unless it is there; whether it hears already. ``told`` is called on a thread of its own.

        From then on it has to hear ``beat`` every ``duty.BEAT_S`` seconds, or it takes our program to hang.
        """

    def beat(self) -> None:
        """We live."""

    def answer(self) -> None:
        """All that the panic key asks for is done."""

    def stop(self) -> None:
        """Let it end; nothing is told any more. May be called twice."""

    def self_test(self) -> str | None:
        """None, or the key of the sentence that says why there can be none here."""

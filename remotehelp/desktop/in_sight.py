"""Keeping windows of ours in sight: whatever covers or hides them, they come back, and somebody hears of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

REST_S = 0.1  # nothing is raised more often: another program may want to be on top as well
AGAIN_S = 0.4  # what stays covered is brought to the top again, and told again, after so long


class InSight(Protocol):
    """Something that brings windows to the top again as soon as they can't be seen at all."""

    def start(self, covered: Callable[[], None]) -> None:
        """Keep in sight what ``keep`` named last; ``covered`` is called on a thread of its own, at most every AGAIN_S.

        Windows that are covered together are told once; what stays covered is told again. Starting twice is starting
        once. Raises BackendError.
        """

    def keep(self, windows: Collection[int]) -> None:
        """From now on these, by native id, which are on the screen. Any thread."""

    def stop(self) -> None:
        """Keep nothing any more; may be called twice, and by ``covered``."""

    def self_test(self) -> str | None:
        """None, or the key of the sentence that says why nothing can be kept in sight here."""

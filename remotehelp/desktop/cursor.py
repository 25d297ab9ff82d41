"""The pointer of this computer: what it looks like and where it is, told whenever that changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from remotehelp.media.cursor import Cursor

PERIOD_S = 1 / 60  # at most one change is told in this time


class CursorWatch(Protocol):
    """Something that tells of the pointer; its place counts on the root window."""

    def start(self, changed: Callable[[Cursor], None]) -> None:
        """Call ``changed`` with the pointer as it is, and with the newest at most every PERIOD_S when that changes.

        It is called on a thread of its own, never while the pointer rests and keeps its shape, and no more once the
        display ended (the picture's source tells that). Starting twice is starting once. Raises BackendError.
        """

    def stop(self) -> None:
        """Tell nothing any more; may be called twice, and by ``changed``."""

    def self_test(self) -> str | None:
        """None, or the key of the sentence that says why the pointer can't be watched here."""

"""The window in front: what it calls itself and whose it is, told whenever that changes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol

TITLE = 400  # characters of a title that are told, at most


@dataclass(frozen=True)
class Front:
    """A window of another program that is in front.

    ``window``: its native id; ``title``: one line, may be empty; ``programs``: what its program calls itself.
    """

    window: int
    title: str
    programs: tuple[str, ...] = ()


class ForegroundWatch(Protocol):
    """Something that tells which window of another program is in front: the topmost one where that is ours."""

    def start(self, own: Collection[int], changed: Callable[[Front | None], None], only: int | None = None) -> None:
        """Call ``changed`` with the window in front (None: there is none) before this returns, and at each change.

        Later it is called on a thread of its own, never while nothing changes, and no more once the display ended (the
        picture's source tells that). ``own``: native ids of our windows. ``only``: native id of the one window to tell
        of instead of the one in front. Starting twice is starting once.
        Raises BackendError.
        """

    def know_own(self, own: Collection[int]) -> None:
        """These are our windows from now on; any thread."""

    def stop(self) -> None:
        """Tell nothing any more; may be called twice, and by ``changed``."""

    def self_test(self) -> str | None:
        """None, or the key of the sentence that says why the window in front can't be known here."""

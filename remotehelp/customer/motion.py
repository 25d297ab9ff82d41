"""Where the technician's pointer is, as often as her computer follows it: the newest place always arrives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from remotehelp.engine import Engine
from remotehelp.messages import Pointer

MOTION_S = 0.004  # a pointer that moves more often than this is not followed everywhere


class Motion:
    """Hands on the newest place at once, or as soon as ``MOTION_S`` have gone by since the last one."""

    def __init__(self, engine: Engine, follow: Callable[[Pointer], None]) -> None:
        """``follow`` is called on the loop."""
        self._engine, self._follow = engine, follow
        self._n = -1  # of the newest that came
        self._followed_at = 0.0
        self._waits: Pointer | None = None
        self._timer: asyncio.TimerHandle | None = None

    def came(self, pointer: Pointer) -> None:
        """A place came; one that is older than the newest is nothing."""
        if pointer.n <= self._n:
            return
        self._n, self._waits = pointer.n, pointer
        wait = self._followed_at + MOTION_S - self._engine.now
        if wait <= 0:
            self.flush()
        elif self._timer is None:
            self._timer = self._engine.later(wait, self.flush)

    def flush(self) -> None:
        """Hand on what waits now: what comes next must not be overtaken by it."""
        pointer = self._waits
        self.forget()
        if pointer is not None:
            self._followed_at = self._engine.now
            self._follow(pointer)

    def forget(self) -> None:
        """Nothing waits any more."""
        self._waits = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

"""A held key repeats: by the hands themselves, since each repetition has to be asked for like a press.

The X server would repeat a held key by itself, and wherever the keyboard goes meanwhile: into our own windows too.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

DELAY = 0.5  # seconds from the press to the first repetition
EVERY = 1 / 30  # seconds from one to the next


class Repetition:
    """Which key repeats and when next; ``now`` is in seconds on a steady clock."""

    def __init__(self) -> None:
        self._code: str | None = None
        self._next = 0.0

    def pressed(self, code: str, now: float) -> None:
        """From ``DELAY`` on this key repeats, and no other."""
        self._code, self._next = code, now + DELAY

    def released(self, code: str) -> None:
        """This key repeats no longer."""
        if code == self._code:
            self.stop()

    def stop(self) -> None:
        """Nothing repeats."""
        self._code = None

    def wait(self, now: float) -> float | None:
        """Seconds until a key is due; None if nothing repeats."""
        return None if self._code is None else max(0.0, self._next - now)

    def due(self, now: float) -> str | None:
        """The key to repeat now, if it is time; what was missed is not made up for."""
        if self._code is None or now < self._next:
            return None
        self._next = now + EVERY
        return self._code


class Repeater:
    """Carries a ``Repetition`` out on a thread of its own; call it with ``lock`` held.

    ``again`` presses a key once more, with ``lock`` held, and says whether it may go on.
    """

    def __init__(self, lock: threading.Lock, again: Callable[[str], bool]) -> None:
        self._changed = threading.Condition(lock)
        self._again = again
        self._repetition = Repetition()
        self._thread: threading.Thread | None = None
        self._ended = False

    def pressed(self, code: str) -> None:
        """This key went down and repeats."""
        self._repetition.pressed(code, time.monotonic())
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="key repetition", daemon=True)
            self._thread.start()
        self._changed.notify()

    def released(self, code: str) -> None:
        """This key went up."""
        self._repetition.released(code)

    def stop(self) -> None:
        """Nothing repeats any more, until the next press."""
        self._repetition.stop()

    def end(self) -> None:
        """Nothing repeats ever again."""
        self._ended = True
        self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while not self._ended:
                code = self._repetition.due(time.monotonic())
                if code and not self._again(code):
                    self._repetition.stop()
                self._changed.wait(self._repetition.wait(time.monotonic()))

"""A box for one value in which the newest wins: nothing that carries frames may grow."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Latest(Generic[T]):
    """One value between two threads; an unread value is replaced by the next one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._value: T | None = None

    def put(self, value: T) -> bool:
        """Store ``value``; True if the box was empty, so that the reader has to be woken."""
        with self._lock:
            was_empty = self._value is None
            self._value = value
        return was_empty

    def take(self) -> T | None:
        """The newest value, which leaves the box; None if there is nothing new."""
        with self._lock:
            value, self._value = self._value, None
        return value

"""The panic key Ctrl+Alt+End: stops everything, whichever window has the keyboard."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Protocol

from remotehelp.errors import BackendError

COMBINATION = "<ctrl>+<alt>+<end>"


class Panic(Protocol):
    """Something that hears the panic key."""

    def start(self, pressed: Callable[[], None]) -> None:
        """Call ``pressed``, on a thread of its own, each time; raises BackendError("no_panic_key")."""

    def stop(self) -> None:
        """Hear nothing any more; may be called twice."""

    def self_test(self) -> str | None:
        """None, or the key of the sentence that says why the key can't be heard here."""


class PanicKey(Panic):
    """The panic key as pynput hears it, on the display of the environment.

    It can't tell a person's keys from injected ones, so the technician's Ctrl+Alt+End stops everything as well.
    """

    def __init__(self) -> None:
        self._listener: Any = None  # pynput brings no types

    def start(self, pressed: Callable[[], None]) -> None:
        """Call ``pressed`` on the listener's thread each time the combination goes down."""
        if self._listener:
            return
        try:
            from pynput import keyboard  # it connects to the display at import

            listener = keyboard.GlobalHotKeys({COMBINATION: pressed})
            listener.start()
            listener.wait()
        except Exception as error:  # whatever its backend raises, ImportError among it
            raise BackendError("no_panic_key") from error
        self._listener = listener

    def stop(self) -> None:
        """Hear nothing any more."""
        listener, self._listener = self._listener, None
        if listener:
            listener.stop()
            if listener is not threading.current_thread():
                listener.join()

    def self_test(self) -> str | None:
        """None if the key can be listened for now."""
        if self._listener:
            return None
        try:
            self.start(lambda: None)
        except BackendError as error:
            return error.key
        self.stop()
        return None

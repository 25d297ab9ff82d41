"""How pictures of an X display are pulled by one thread, while others hold, refresh and close; whatever is shown."""

from __future__ import annotations

import os
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from Xlib.display import Display

from remotehelp.desktop.curtain import Curtain
from remotehelp.desktop.screens import Picture
from remotehelp.desktop.x11.connection import display_lost, wait


class Pulled(ABC):
    """A ``ScreenSource`` but for what it shows: ``_connection`` tells of each change, then ``_look`` is asked.

    A subclass opens what it needs inside ``_opening()`` and pushes to ``_opened`` how it is given back.
    """

    _connection: Display

    def __init__(self) -> None:
        self._pulling = threading.Lock()  # held by next(), so that close() waits for it
        self._wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._opened = ExitStack()
        self._opened.callback(os.close, self._wake)
        self._curtain = Curtain(lambda: os.eventfd_write(self._wake, 1))

    @contextmanager
    def _opening(self) -> Iterator[None]:
        """Where it fails, what was opened so far is given back."""
        try:
            yield
        except BaseException:
            self._opened.close()
            raise

    @abstractmethod
    def _look(self) -> Picture | None:
        """A picture if one is due now."""

    def next(self, timeout: float) -> Picture | None:
        """The newest picture, as soon as something changed."""
        deadline = time.monotonic() + timeout
        with self._pulling, display_lost():
            while not self._curtain.closed:
                if picture := self._look():
                    return picture
                if (left := deadline - time.monotonic()) <= 0:
                    return None
                self._sleep(left)
        return None

    def refresh(self) -> None:
        """Make the next picture whole."""
        self._curtain.refresh()

    def hold(self) -> None:
        """Let no picture leave that is captured after this returns."""
        self._curtain.hold()

    def release(self) -> None:
        """Undo one ``hold()``."""
        self._curtain.release()

    def close(self) -> None:
        """Give everything back; a waiting ``next()`` returns None at once."""
        self._curtain.close()
        with self._pulling:
            self._opened.close()

    def _sleep(self, seconds: float) -> None:
        wait(self._connection, seconds, self._wake)
        with suppress(BlockingIOError):  # nobody rang: the X server or the clock woke us
            os.eventfd_read(self._wake)

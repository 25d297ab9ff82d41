"""How pictures of an X display are pulled by one thread, while others hold, refresh and close; whatever is shown."""

from __future__ import annotations

import os
import select
import threading
import time
from abc import ABC, abstractmethod
from contextlib import ExitStack, suppress

from Xlib.display import Display

from remotehelp.desktop.curtain import Curtain
from remotehelp.desktop.screens import Picture
from remotehelp.desktop.x11.connection import display_lost


class Pulled(ABC):
    """A ``ScreenSource`` but for what it shows: ``_connection`` is woken at each change, then ``_look`` is asked.

    ``_opened`` gives back what was opened; what a subclass opens is to be pushed there.
    """

    _connection: Display

    def __init__(self) -> None:
        self._pulling = threading.Lock()  # held by next(), so that close() waits for it
        self._wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._opened = ExitStack()
        self._opened.callback(os.close, self._wake)
        self._curtain = Curtain(lambda: os.eventfd_write(self._wake, 1))

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
        """Until the X server has something to tell, somebody rings or time is up."""
        if not self._connection.pending_events():
            select.select([self._connection.fileno(), self._wake], [], [], seconds)
        with suppress(BlockingIOError):  # nobody rang
            os.eventfd_read(self._wake)

"""Tells when the monitors of an X display change: plugged in, taken away, resized, moved."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress

from Xlib.display import Display

from remotehelp.desktop.screens import Monitor
from remotehelp.desktop.x11.connection import connect, disconnect, display_lost
from remotehelp.desktop.x11.monitors import list_monitors, watch_changes
from remotehelp.errors import BackendError


class XMonitorWatch:
    """One connection and one thread that sleeps until RandR tells of a change (a ``MonitorWatch``)."""

    def __init__(self, display: str | None, changed: Callable[[tuple[Monitor, ...]], None]) -> None:
        self._changed = changed
        self._closed = False
        self._ending = threading.Lock()  # nobody rings at a descriptor that is given back, and may be another's by then
        self._wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        with ExitStack() as opened, display_lost():
            opened.callback(os.close, self._wake)
            self._connection = connect(display)
            opened.callback(disconnect, self._connection)
            watch_changes(self._connection)
            self._known = list_monitors(self._connection)
            self._opened = opened.pop_all()
        threading.Thread(target=self._run, name="monitors", daemon=True).start()

    def close(self) -> None:
        """Tell nothing any more; the thread gives everything back, and is not waited for: the display may hang."""
        with self._ending:
            if not self._closed:
                self._closed = True
                os.eventfd_write(self._wake, 1)

    def _run(self) -> None:
        with suppress(BackendError), display_lost():
            while not self._closed:
                self._look()
                self._sleep()
        with self._ending:
            self._closed = True
            self._opened.close()

    def _look(self) -> None:
        """Tell of a change, once for any number of events."""
        _drain(self._connection)
        found = list_monitors(self._connection)
        if found != self._known and not self._closed:
            self._known = found
            self._changed(found)

    def _sleep(self) -> None:
        if not self._connection.pending_events():
            select.select([self._connection.fileno(), self._wake], [], [])


def _drain(connection: Display) -> None:
    while connection.pending_events():
        connection.next_event()

"""Writes down when each event happened on an X display: by the X server's own clock, whoever made it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from Xlib.display import Display
from Xlib.ext import ge, xinput

from remotehelp.desktop.x11.raw_events import understand_raw_events
from remotehelp.desktop.x11.senses import CORE, MASK
from tests.helpers.xdesk import connected


@dataclass(frozen=True)
class Happened:
    """One event: the core protocol's number of its kind, keycode or button, and when (``time.monotonic``).

    X.Org's servers count the milliseconds of CLOCK_MONOTONIC.
    """

    kind: int
    detail: int
    at: float


class Recorder:
    """All that happened since it began."""

    def __init__(self, connection: Display) -> None:
        self._connection = connection
        self._happened: list[Happened] = []
        self._lock = threading.Lock()

    def since(self, moment: float) -> list[Happened]:
        """What happened after ``moment``, to the millisecond; all of it has come."""
        with self._lock:
            self._connection.sync()
            self._drain()
        return [one for one in self._happened if one.at > moment]

    def forget(self) -> None:
        """All of it is over."""
        self.since(0)
        self._happened.clear()

    def _drain(self) -> None:
        while self._connection.pending_events():
            event = self._connection.next_event()
            if event.type == ge.GenericEventCode:
                self._happened.append(Happened(CORE[event.evtype], event.data.detail, event.data.time / 1000))


@contextmanager
def recording(display: str) -> Iterator[Recorder]:
    """Record inside this block."""
    with connected(display) as connection:
        assert understand_raw_events(connection, CORE)
        connection.screen().root.xinput_select_events([(xinput.AllMasterDevices, MASK)])
        connection.sync()
        yield Recorder(connection)

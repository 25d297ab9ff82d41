"""The heartbeat of one connection: sends it, and tells when the line is lost, back or given up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from remotehelp.messages import Heartbeat
from remotehelp.peer.heartbeat import INTERVAL_S, Pulse
from remotehelp.visit.events import Event, GaveUp, LineBack, LineLost
from remotehelp.visit.shown import Line

MEND_S = 15.0  # how long a lost line is waited for: it may come back by itself, but nothing can make it anew yet
READY_S = 15.0  # how long a line may take to stand; aiortc alone notices after 31 s that nobody is there


class Lifeline:
    """Beats from ``begin`` on; ``tell`` gets LineLost, LineBack and GaveUp on the loop."""

    def __init__(
        self, now: Callable[[], float], send: Callable[[Heartbeat], None], tell: Callable[[Event], None]
    ) -> None:
        self._now, self._send, self._tell = now, send, tell
        self._pulse = Pulse(now())
        self._lost_at: float | None = None
        self._awaited_from: float | None = None
        self.ready = False

    @property
    def line(self) -> Line:
        """The line in words."""
        if self._lost_at is not None:
            return Line.LOST
        return Line.GOOD if self.ready else Line.CONNECTING

    def expect(self) -> None:
        """The pairing is confirmed: the line has to stand soon."""
        self._awaited_from = self._now()

    def begin(self) -> None:
        """`ready` came from both sides: silence counts from now on."""
        self.ready = True
        self.heard()

    def heard(self, message: object = None) -> None:
        """Anything authentic came; a Heartbeat is echoed."""
        if self._pulse.heard(self._now(), message if isinstance(message, Heartbeat) else None):
            self._lost_at = None
            self._tell(LineBack())

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            await asyncio.sleep(INTERVAL_S)
            self._look(self._now())

    def _look(self, now: float) -> None:
        if self.ready:
            self._beat(now)
        elif self._awaited_from is not None and now - self._awaited_from > READY_S:
            self._tell(GaveUp())

    def _beat(self, now: float) -> None:
        self._send(self._pulse.beat(now))
        if self._pulse.check(now):
            self._lost_at = now
            self._tell(LineLost())
        elif self._lost_at is not None and now - self._lost_at > MEND_S:
            self._tell(GaveUp())

"""The heartbeat of one connection: sends it, and tells when the line is lost, back or given up, and how it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from remotehelp.messages import Heartbeat
from remotehelp.peer.heartbeat import INTERVAL_S, Pulse
from remotehelp.peer.line_meter import Counts, LineMeter, weak
from remotehelp.visit.events import Event, GaveUp, LineBack, LineLost
from remotehelp.visit.shown import Line, Quality

MEND_S = 15.0  # how long a lost line is waited for: it may come back by itself, but nothing can make it anew yet
MEASURE_S = 2.0  # a figure that changes more often can't be read
READY_S = 15.0  # how long a line may take to stand; aiortc alone notices after 31 s that nobody is there


class Lifeline:
    """Beats from ``begin`` on; ``tell`` gets LineLost, LineBack and GaveUp on the loop.

    ``quality`` is None until it was measured, and while the line is lost.
    """

    def __init__(
        self,
        now: Callable[[], float],
        send: Callable[[Heartbeat], None],
        tell: Callable[[Event], None],
        count: Callable[[], Awaitable[Counts]],
        changed: Callable[[], None],
    ) -> None:
        """``count`` tells what was counted on the line, ``changed`` is called when ``line`` or ``quality`` did."""
        self._now, self._send, self._tell, self._count, self._changed = now, send, tell, count, changed
        self._pulse, self._meter = Pulse(now()), LineMeter()
        self._measured: Quality | None = None
        self._lost_at: float | None = None
        self._awaited_from: float | None = None
        self.ready = False

    @property
    def line(self) -> Line:
        """The line in words."""
        if self._lost_at is not None:
            return Line.LOST
        if not self.ready:
            return Line.CONNECTING
        return Line.WEAK if self._measured is not None and weak(self._measured) else Line.GOOD

    @property
    def quality(self) -> Quality | None:
        """The line in figures."""
        return None if self._lost_at is not None else self._measured

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
        measured_at = self._now()
        while True:
            await asyncio.sleep(INTERVAL_S)
            self._look(self._now())
            if self.ready and self._now() - measured_at >= MEASURE_S:
                measured_at = self._now()
                await self._measure()

    async def _measure(self) -> None:
        counts = await self._count()
        arrived, lost = counts.received
        beats = self._pulse.came, self._pulse.echo - self._pulse.came
        counts = replace(counts, received=(arrived + beats[0], lost + beats[1]))
        before, self._measured = self._measured, self._meter.take(counts, self._now())
        if self._measured != before:
            self._changed()

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

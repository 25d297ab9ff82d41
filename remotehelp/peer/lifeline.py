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

MEND_S = 120.0  # how long a lost line is mended (PROTOCOL.md, reconnect)
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

    def lose(self) -> None:
        """The connection has ended, so that nothing can be heard any more: lost at once."""
        if self._pulse.lose():
            self._lose(self._now())

    def begin_anew(self) -> None:
        """Another connection has taken the place of the one that was lost."""
        self._pulse, self._meter = Pulse(self._now()), LineMeter()
        self._measured = self._lost_at = None
        self._tell(LineBack())

    def heard(self, message: object = None) -> None:
        """Anything authentic came; a Heartbeat is echoed. Only that of a round trip brings a lost line back."""
        if self._pulse.heard(self._now(), message if isinstance(message, Heartbeat) else None):
            self._lost_at = None
            self._tell(LineBack())

    async def run(self) -> None:
        """Beat until cancelled."""
        measured_at = self._now()
        while True:
            await self._rest()
            self._look(self._now())
            if self.ready and self._now() - measured_at >= MEASURE_S:
                measured_at = self._now()
                await self._measure()

    async def _rest(self) -> None:
        """Until the next beat; a line that is lost in between is told at once."""
        left = self._pulse.patience_ends_at - self._now() if self.ready else INTERVAL_S
        if 0 < left < INTERVAL_S:
            await asyncio.sleep(left)
            self._check(self._now())
            await asyncio.sleep(INTERVAL_S - left)
        else:
            await asyncio.sleep(INTERVAL_S)

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
        self._check(now)

    def _check(self, now: float) -> None:
        if self._pulse.check(now):
            self._lose(now)
        elif self._lost_at is not None and now - self._lost_at > MEND_S:
            self._tell(GaveUp())

    def _lose(self, now: float) -> None:
        self._lost_at = now
        self._tell(LineLost())

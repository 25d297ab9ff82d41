"""No control without the guardian: it is started before the first one, kept alive while the visit lasts, and heard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import structlog

from remotehelp.desktop.duty import BEAT_S
from remotehelp.desktop.guard import Guard, News
from remotehelp.engine import Engine
from remotehelp.messages import Right
from remotehelp.visit import events as on
from remotehelp.visit.checks import BeforeControl
from remotehelp.visit.grants import Grants
from remotehelp.visit.host import Host

log = structlog.get_logger("guardian")


@dataclass(frozen=True)
class _Waiting:
    """Her yes to control, which waits for the guardian, and what was allowed and asked when she gave it."""

    event: on.Event
    grants: Grants


class Guarding:
    """Holds the guardian of one visit. ``let_go`` may be called on any thread, all else on the loop.

    ``lost`` is called where there is no guardian (any more).
    """

    def __init__(
        self,
        engine: Engine,
        guard: Guard,
        host: Host,
        feed: Callable[[on.Event], None],
        let_go: Callable[[], None],
        panic: Callable[[], None],
        lost: Callable[[], None],
    ) -> None:
        self._engine, self._guard, self._host, self._feed = engine, guard, host, feed
        self._let_go, self._panic, self._lost = let_go, panic, lost
        self._waiting: _Waiting | None = None
        self._started = False
        self._timer: asyncio.TimerHandle | None = None

    def lets(self, event: on.Event) -> bool:
        """Whether ``event`` may be decided on now; a yes to control comes again once the guardian hears."""
        if isinstance(event, on.RightSet) and not event.on:
            self._waiting = None
        if not self._gives_control(event):
            return True
        if self._started and self._timer is not None:
            return True
        self._waiting = _Waiting(event, self._host.grants)
        if not self._started:
            self._start()
        return self._waiting is None

    async def stop(self) -> None:
        """Let the guardian end; waits for it a moment."""
        self._rest()
        if self._started:  # else another visit may have begun with the same desktop
            self._started = False
            await asyncio.to_thread(self._guard.stop)

    def _gives_control(self, event: on.Event) -> bool:
        """Whether this is the last yes that control needs: before the first one she is asked twice."""
        if not self._host.may_grant(Right.CONTROL):
            return False
        asked = self._host.grants.open_request
        match event:
            case on.RightSet(right=Right.CONTROL, on=True):
                return self._host.braked and not self._host.checking
            case on.Answered(allow=True):
                return isinstance(asked, BeforeControl) or (self._host.braked and asked is Right.CONTROL)
        return False

    def _start(self) -> None:
        self._started = True
        if self._guard.start(self._told):
            self._waiting = None
            self._beat()

    def _told(self, news: News) -> None:
        """The guardian's thread."""
        if news is News.HER_HAND:
            self._let_go()
        self._engine.call(partial(self._take, news))

    def _take(self, news: News) -> None:
        if not self._started:
            return
        log.info("guardian", tells=news.value)
        match news:
            case News.READY:
                self._beat()
                self._go_on()
            case News.PANIC:
                self._panic()
                self._guard.answer()
            case News.HER_HAND:
                self._feed(on.HerTurn(True))
            case News.FREE:
                self._feed(on.HerTurn(False))
            case News.LOST:
                self._lose()

    def _go_on(self) -> None:
        """Decide on what waited, if all is still as it was when she said it."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting.grants == self._host.grants:
            self._feed(waiting.event)

    def _lose(self) -> None:
        self._rest()
        self._started = False
        self._lost()

    def _rest(self) -> None:
        self._waiting = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _beat(self) -> None:
        self._guard.beat()
        self._timer = self._engine.later(BEAT_S, self._beat)

"""Showing her pointer: the only road by which its shape and place leave, while her screen's picture does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from remotehelp.customer.cursor_news import CursorNews
from remotehelp.customer.sharing import Sharing
from remotehelp.desktop.cursor import CursorWatch
from remotehelp.engine import Engine
from remotehelp.errors import BackendError
from remotehelp.latest import Latest
from remotehelp.media.cursor import Cursor
from remotehelp.messages import Message

log = structlog.get_logger("cursor")


class CursorSharing:
    """Tells of her pointer on what ``sharing`` shows; nothing while its pictures are held."""

    def __init__(self, engine: Engine, watch: CursorWatch, sharing: Sharing, send: Callable[[Message], None]) -> None:
        self._engine, self._watch, self._sharing, self._send = engine, watch, sharing, send
        self._watches = False
        self._came: Latest[Cursor] = Latest()
        self._cursor: Cursor | None = None
        self._news = CursorNews()
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Watch the pointer from now on; where that can't be done, her screen is shown without it."""
        self.stop()
        self._news.begin()
        try:
            self._watch.start(self._changed)
            self._watches = True
        except BackendError as error:
            log.warning("no cursor", key=error.key)

    def stop(self) -> None:
        """Tell nothing any more."""
        if self._watches:  # else another visit may have begun with the same desktop
            self._watch.stop()
            self._watches = False
        self._came.take()
        self._cursor = None
        self._rest()

    def look_again(self) -> None:
        """Tell what is to be told now: the picture is held no more, or our own windows stand elsewhere."""
        self._rest()
        if self._cursor is None or self._cursor.place is None or not self._sharing.flows:
            return
        place = self._sharing.shown_at(*self._cursor.place)
        for message in self._news.tell(self._cursor.shape, place, self._engine.now):
            self._send(message)
        due = self._news.due()
        if due is not None:
            self._timer = self._engine.later(max(0.0, due - self._engine.now), self.look_again)

    def _changed(self, cursor: Cursor) -> None:
        """Any thread."""
        if self._came.put(cursor):
            self._engine.call(self._take)

    def _take(self) -> None:
        newest = self._came.take()
        if newest is not None:
            self._cursor = newest
            self.look_again()

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

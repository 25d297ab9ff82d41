"""uvicorn's HTTP connection with an end: whoever sends a request drop by drop has as long as everybody else."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from remotehelp.broker.crowd import Crowd
from remotehelp.broker.line import counted_address

LIFE_S = 15.0  # of a connection that is no WebSocket; our programs are one within a second
EACH, MOST = 64, 2048  # connections that are no WebSocket, of one address and in all
HEAD_LIMIT = 16 * 1024  # bytes of a request's line and headers


class BriefH11(H11Protocol):
    """One HTTP connection: cut off after ``LIFE_S`` seconds, or at once where there are too many of them.

    What becomes a WebSocket is counted and timed by ``line.py`` from then on.
    """

    crowd = Crowd(EACH, MOST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._end: asyncio.TimerHandle | None = None
        self._address: str | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection begins."""
        super().connection_made(transport)
        address = counted_address(self.client[0]) if self.client else ""
        if not self.crowd.enter(address):
            transport.abort()
            return
        self._address = address
        self._end = self.loop.call_later(LIFE_S, transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """A connection ended."""
        self._forget()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """It is a WebSocket from now on."""
        self._forget()
        super().handle_websocket_upgrade(event)

    def _forget(self) -> None:
        if self._end is not None:
            self._end.cancel()
        if self._address is not None:
            self.crowd.leave(self._address)
            self._address = None

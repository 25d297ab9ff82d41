"""The road to the other side: what a visit sends goes over one connection, until another one takes its place."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from remotehelp import messages
from remotehelp.errors import HelpError
from remotehelp.media.frame import Frame
from remotehelp.peer.connection import Connection, Handler
from remotehelp.peer.line_meter import Counts

log = structlog.get_logger("peer")


class Road:
    """Sends over ``connection``, whichever that is at the moment."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def send(self, message: messages.Message) -> None:
        """As ``Connection.send``."""
        self.connection.send(message)

    def send_exact(self, data: bytes) -> None:
        """As ``Connection.send_exact``."""
        self.connection.send_exact(data)

    async def offer_screen(self, *, active: bool) -> None:
        """As ``Connection.offer_screen``."""
        await self.connection.offer_screen(active=active)

    async def counts(self) -> Counts:
        """As ``Connection.counts``."""
        return await self.connection.counts()

    def go_over(self, connection: Connection) -> Connection:
        """Send over ``connection`` from now on; the one before, which the caller has to close."""
        before, self.connection = self.connection, connection
        return before


class Trial:
    """A connection that is tried beside the one of the visit. Nothing that it brings is heard before it is taken."""

    def __init__(self, handler: Handler, on_ready: Callable[[Trial], None], on_word: Callable[[Trial], None]) -> None:
        """``on_ready``: `ready` came from both sides; ``on_word``: something came on `control`. Either may take it."""
        self._handler, self._on_ready, self._on_word = handler, on_ready, on_word
        self.taken = False
        self.connection = Connection(self)

    def take(self) -> None:
        """The visit goes over it from now on."""
        self.taken = True

    # --- peer.connection.Handler -----------------------------------------------------------------------

    def on_ready(self) -> None:
        self._on_ready(self)

    def on_control(self, message: messages.Control) -> None:
        if not self.taken:
            self._on_word(self)
        if self.taken:
            self._handler.on_control(message)

    def on_input(self, message: messages.Input) -> None:
        if self.taken:
            self._handler.on_input(message)

    def on_live(self, message: messages.Live) -> None:
        if self.taken:
            self._handler.on_live(message)

    def on_frame(self, frame: Frame) -> None:
        if self.taken:
            self._handler.on_frame(frame)

    def on_exact(self, message: messages.Exact) -> None:
        if self.taken:
            self._handler.on_exact(message)

    def on_film(self, data: bytes) -> None:
        if self.taken:
            self._handler.on_film(data)

    def on_receipt(self, receipt: messages.Receipt) -> None:
        if self.taken:
            self._handler.on_receipt(receipt)

    def on_breach(self, error: HelpError) -> None:
        if self.taken:
            self._handler.on_breach(error)
        else:
            log.warning("breach on a trial", key=error.key)

    def on_gone(self) -> None:
        if self.taken:
            self._handler.on_gone()

    def on_closed(self) -> None:
        if self.taken:
            self._handler.on_closed()

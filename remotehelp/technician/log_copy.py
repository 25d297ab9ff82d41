"""The technician's copy of the log: taken over line by line, signed as far as it is true."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

import structlog

from remotehelp import messages
from remotehelp.errors import HelpError, RemoteProtocolError
from remotehelp.trust.receipt import Pact
from remotehelp.visit.story import Head, Line, Story
from remotehelp.visit.witness import Witness

log = structlog.get_logger("log")

CLOSE_S = 1.0  # how long the end of the connection waits for the last line


class LogCopy:
    """Her machine's log as it comes. One line that can't be so, and nothing is taken or signed any more.

    The visit goes on then: she decides whether it does, and her log says that it is not signed.
    """

    def __init__(
        self,
        send: Callable[[messages.Message], None],
        is_over: Callable[[], bool],
        changed: Callable[[], None],
        trouble: Callable[[HelpError], None],
    ) -> None:
        """``is_over``: whether the visit is, as far as is known here; ``trouble`` is told once."""
        self._send, self._is_over, self._changed, self._trouble = send, is_over, changed, trouble
        self.story = Story()
        self.witness = Witness()
        self.refused = False
        self._pact: Pact | None = None
        self._done = asyncio.Event()

    def open(self, pact: Pact) -> None:
        """The pairing is confirmed: the first line has to name these keys."""
        self._pact = pact

    def take(self, message: messages.LogLine) -> None:
        """The next line, or one that is here already."""
        if self.refused or self.story.closed or self.story.has(message.line):
            return
        try:
            self._check(self.story.take(message.line))
        except RemoteProtocolError as error:
            self._refuse(error)
        if self.story.closed:
            self._done.set()
        self._changed()

    def sign(self, message: messages.LogHead) -> None:
        """Sign the head if it is that of this copy and says what is so; one that a lost line brings late is nothing."""
        head = self.story.head(closes=message.closes)
        if message.upto < head.upto:
            return
        if not self.refused and not self._may_sign(head, message):
            self._refuse(RemoteProtocolError("log_not_true", line=head.upto))
        if self.refused or self._pact is None:
            self._send(messages.LogNotSigned(message.upto))
        else:
            self._send(messages.LogSigned(head.upto, self._pact.sign(head.body)))

    async def settled(self) -> None:
        """When the last line is here or never will be, at most a second later; to be awaited before the line goes."""
        if self.story.length and not self.refused:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._done.wait(), CLOSE_S)

    # --- parts ---------------------------------------------------------------------------------------

    def _check(self, line: Line) -> None:
        """Raise RemoteProtocolError("log_not_true") if this line can't be so."""
        pact = self._pact
        if pact is None or (isinstance(line.opening, messages.LogOpening) and line.opening != pact.opening):
            raise RemoteProtocolError("log_not_true", line=line.n)
        if isinstance(line.receipt, messages.LogReceipt) and not self._is_ours(line.receipt, pact):
            raise RemoteProtocolError("log_not_true", line=line.n)
        self.witness.hear(line)

    def _is_ours(self, receipt: messages.LogReceipt, pact: Pact) -> bool:
        return receipt.upto < self.story.length and pact.both_signed(self.story.head_at(receipt).body, receipt)

    def _may_sign(self, head: Head, asked: messages.LogHead) -> bool:
        pact = self._pact
        same = pact is not None and head.upto == asked.upto and pact.customer_signed(head.body, asked.signature)
        return same and self.witness.agrees(closes=head.closes) and (self._is_over() or not head.closes)

    def _refuse(self, error: RemoteProtocolError) -> None:
        log.warning("refused", key=error.key, **error.values)
        self.refused = True
        self._done.set()
        self._trouble(HelpError("log_refused"))

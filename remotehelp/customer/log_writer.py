"""The log of the visit on the machine that writes it: each line goes over as it comes, each head is signed by both.

A signature that is missing, wrong or refused is said in the log, and keeps nothing from going on.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

import structlog
from msgspec import UNSET, UnsetType

from remotehelp import messages
from remotehelp.trust.receipt import Pact
from remotehelp.visit.events import Side
from remotehelp.visit.heads import Heads
from remotehelp.visit.story import Entry, Head, Story, What

log = structlog.get_logger("log")

LOOK_S = 1.0  # how often it is looked whether a head is due or an answer overdue
CLOSE_S = 1.0  # how long the end of the connection waits for the last signature


class LogWriter:
    """One visit's log; nothing is written before ``open`` nor, but the last receipt, after ``close``."""

    def __init__(
        self,
        now: Callable[[], float],
        clock: Callable[[], float],
        send: Callable[[messages.Message], None],
        visiting: Callable[[], bool],
        changed: Callable[[], None],
    ) -> None:
        """``now``: a steady clock; ``clock``: that of the computer, seconds since 1970.

        ``visiting``: whether both sides know the same of the rights, so that he can sign. ``changed`` is called at
        lines that nobody wrote, but that came of signatures.
        """
        self._now, self._clock, self._send, self._changed = now, clock, send, changed
        self._visiting = visiting
        self.story = Story()
        self._began = now()
        self._heads = Heads(self._began)
        self._pact: Pact | None = None
        self._there = 0  # so many lines the other side has for certain, for it signed them
        self._stands = self._closing = self._unsigned = False
        self._done = asyncio.Event()

    def open(self, pact: Pact) -> None:
        """The pairing is confirmed: the first line says whose keys these are."""
        self._pact = pact
        self.story.add(self._entry(Side.CUSTOMER, "opened"), self._ms(), opening=pact.opening)

    def begin(self) -> None:
        """A line to the other side stands: what it may not have goes over, now and from now on."""
        self._stands = True
        for written in self.story.written_after(self._there):
            self._send(messages.LogLine(written))
        if self._heads.open is not None and self._closing:
            self._ask(self._heads.open)
        elif self._heads.open is not None:  # its answer may be lost, and he has more lines by now
            self._heads.open = None
            self.rights_changed()

    def write(self, entry: Entry) -> int:
        """The next line; its number, 0 where none is written; raises LocalProtocolError("log_full")."""
        if self._pact is None or self._closing:
            return 0
        self._add(entry)
        return self.story.length

    def rights_changed(self) -> None:
        """What is allowed has changed, or she has let somebody in: both are to sign that soon."""
        self._heads.wish()
        self.look()

    def look(self) -> None:
        """Put the head to the other side if that is due; say so if it does not answer."""
        if (
            self._stands
            and not self._closing
            and self._visiting()
            and not self.story.full
            and self._heads.due(self._now())
        ):
            self._ask(self.story.head(closes=False))
        if self._heads.overdue(self._now()):
            self._give_up() if self._closing else self._not_signed()

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            self.look()

    def signed(self, message: messages.LogSigned) -> None:
        """His signature came; one of a head that is not open is too late."""
        head = self._heads.answered(message.upto)
        if head is None or self._pact is None:
            return
        if not self._pact.technician_signed(head.body, message.signature):
            self._refused(head)
            return
        receipt = messages.LogReceipt(head.upto, head.closes, self._pact.sign(head.body), message.signature)
        self._there, self._unsigned = head.upto, False
        if head.closes:
            self._add_last(receipt)
        else:
            self._add(self._entry(Side.CUSTOMER, "signed", str(head.upto)), receipt)
        self._changed()
        if head.closes:
            self._done.set()

    def not_signed(self, message: messages.LogNotSigned) -> None:
        """His machine refused."""
        head = self._heads.answered(message.upto)
        if head is not None:
            self._refused(head)

    def close(self, *, reachable: bool) -> None:
        """The visit is over: nothing is written any more, and both sign that; not if he can't be reached."""
        if self._closing or self._pact is None:
            return
        self._closing = True
        if reachable and self._stands:
            self._ask(self.story.head(closes=True))
        else:
            self._give_up()

    async def settled(self) -> None:
        """When the end is signed or never will be, at most a second later; to be awaited before the line goes."""
        if self._closing:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._done.wait(), CLOSE_S)
            self._give_up()

    # --- parts ---------------------------------------------------------------------------------------

    def _refused(self, head: Head) -> None:
        log.warning("not signed", upto=head.upto)
        if head.closes:
            self._give_up()
        else:
            self._not_signed()

    def _give_up(self) -> None:
        """No answer to the last head is waited for any more."""
        if not self._done.is_set():
            self._heads.open = None
            self._not_signed()
            self._done.set()

    def _not_signed(self) -> None:
        """Say it once, until he signs again."""
        if not self._unsigned:
            self._unsigned = True
            self._add(self._entry(Side.TECHNICIAN, "not_signed", str(self._there + 1)))
            self._changed()

    def _ask(self, head: Head) -> None:
        if self._pact is not None:
            self._heads.ask(head, self._now())
            self._send(messages.LogHead(head.upto, head.closes, self._pact.sign(head.body)))

    def _entry(self, who: Side, what: What, text: str = "") -> Entry:
        return Entry(round(self._now() - self._began, 3), who, what, text)

    def _add_last(self, receipt: messages.LogReceipt) -> None:
        """The line that nobody signs any more tells no time but the signed one."""
        last = self.story.entries[-1]
        self._put(Entry(last.at, Side.CUSTOMER, "signed", str(receipt.upto)), last.clock, receipt)

    def _add(self, entry: Entry, receipt: messages.LogReceipt | UnsetType = UNSET) -> None:
        self._put(entry, self._ms(), receipt)

    def _put(self, entry: Entry, clock: int, receipt: messages.LogReceipt | UnsetType) -> None:
        written = self.story.add(entry, clock, receipt=receipt)
        if self._stands:
            self._send(messages.LogLine(written))

    def _ms(self) -> int:
        return round(self._clock() * 1000)

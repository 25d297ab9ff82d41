"""Opening a visit, from the customer's side: broker, pairing, then the one sealed offer and answer.

What both modes share; ``code_opening`` and ``queue_opening`` say how she and a technician find each other.
"""

from __future__ import annotations

import asyncio
import os
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp import messages
from remotehelp.errors import HelpError, RemoteProtocolError, ServiceUnavailable, TrustError
from remotehelp.peer.connection import Detour, FindServers
from remotehelp.peer.relay import servers_by
from remotehelp.peer.room import Room, raise_refusal, spoken
from remotehelp.peer.signalling import Signalling
from remotehelp.trust.badge import Badge, Verdict, check_photo, judge
from remotehelp.trust.code import HELLO_WITHIN_S
from remotehelp.trust.known import Known
from remotehelp.trust.link import Link
from remotehelp.trust.pairing import CustomerMachine, Keys, Step
from remotehelp.trust.public import public_half
from remotehelp.trust.receipt import Pact
from remotehelp.trust.revocations import open_list
from remotehelp.trust.safety_words import SafetyWords

log = structlog.get_logger("opening")

ANSWER_S = 8.0  # how long the broker may take to give a nameplate or a place

P = TypeVar("P", bound=CustomerMachine)


class Guest(Protocol):
    """Who is told how the opening goes; called on the loop."""

    def on_here(self, technicians: int) -> None:
        """So many technicians are available now."""

    def on_proven(self, verdict: Verdict, words: SafetyWords | None, pact: Pact) -> None:
        """The pairing is confirmed; from here on the technician is this person, and both can sign.

        ``words``: from the queue only.
        """

    def on_photo(self, jpeg: bytes) -> None:
        """The photo that stands in the badge."""

    def on_parting(self, word: messages.Parting) -> None:
        """The technician goes before the connection stands."""

    def on_failed(self, error: HelpError, *, guessed: bool) -> None:
        """It came to nothing; ``guessed``: somebody tried a code that did not fit."""


@dataclass(frozen=True)
class Line:
    """The connection's part in it: its fingerprint, how to offer, be answered and part, and when it ``stands``.

    ``paired`` gets the keys as soon as they are there.
    """

    fingerprint: bytes
    offer: Callable[[bytes], Coroutine[Any, Any, str]]
    accept_answer: Callable[[str], Coroutine[Any, Any, None]]
    part_by: Callable[[Detour], None]
    stands: Callable[[], Coroutine[Any, Any, None]]
    paired: Callable[[Keys], None] = lambda keys: None
    find_servers_by: Callable[[FindServers], None] = lambda find: None


class Opening(ABC, Generic[P]):
    """From the first word to the broker to the connection; run ``run`` as a task, cancel it to give up."""

    def __init__(self, guest: Guest, link: Link, known: Known, problem: str, line: Line) -> None:
        self._guest, self._link, self._known, self._problem, self._line = guest, link, known, problem, line
        self._sid = os.urandom(16)
        self._visit_key = Ed25519PrivateKey.generate()  # signs the log of this visit alone
        self._pairing: P | None = None
        self._revocations = b""
        self._badge: Badge | None = None
        self._badge_bytes = b""
        self._answered = self._parted = False
        self._signalling: Signalling
        self._room: Room

    # --- how the two find each other ------------------------------------------------------------------

    @abstractmethod
    def _request(self) -> messages.Message:
        """What she asks the broker for."""

    @abstractmethod
    def _broker_said(self, message: messages.FromBroker) -> None:
        """What brokers say in this mode alone; raises HelpError."""

    @abstractmethod
    def _pair(self, pairing: P, data: bytes) -> bytes | None:
        """One step of the pairing before the technician's confirmation, and what answers it; raises HelpError."""

    @abstractmethod
    def _too_late(self) -> HelpError:
        """Why she is told that it came to nothing, after what was waited for did not come."""

    def _words(self, keys: Keys) -> SafetyWords | None:
        """The safety words, where there are any."""
        return None

    @property
    def _guessed(self) -> bool:
        """Whether somebody tried a code that did not fit."""
        return False

    # --- what both share ------------------------------------------------------------------------------

    async def run(self) -> None:
        """Until the connection stands, or something fails or takes too long; tells the guest which."""
        try:
            self._signalling = await Signalling.open(self._link.broker_url)
        except HelpError as error:
            self._guest.on_failed(error, guessed=False)
            return
        self._room = Room(self._signalling)
        try:
            async with asyncio.timeout(ANSWER_S) as self._deadline:
                await self._converse()
            if self._answered:
                await self._stand_by()
        except TimeoutError:
            self._guest.on_failed(self._too_late(), guessed=False)
        except HelpError as error:
            await self._refuse(error)
        finally:
            await self._signalling.close()

    async def _converse(self) -> None:
        self._guest.on_here(self._signalling.welcome.here)
        await self._signalling.send(self._request())
        async for message in self._signalling.received():
            await self._hear(message)
            if self._answered or self._parted:
                return
        raise ServiceUnavailable("broker_went_away")

    async def _stand_by(self) -> None:
        """Stay in the room until the connection stands: who goes before that can only say so here."""
        word = await self._room.last_word(self._signalling.received(), self._line.stands())
        if word is not None:
            await self._content(word)

    async def _hear(self, message: messages.FromBroker) -> None:
        match message:
            case messages.Relay(data=data):
                await self._relayed(data)
            case messages.Presence(here=here):
                self._guest.on_here(here)
            case messages.PeerLeft():
                raise TrustError("technician_left_early")
            case messages.Refused(key=key):
                raise TrustError(spoken(key))
            case _:
                self._broker_said(message)

    def _check_link(self, revocations: bytes) -> None:
        """The list is signed by the server's organisation: with a mistyped key all would be in vain."""
        try:
            open_list(revocations, self._link.organisation.key)
        except TrustError as error:
            raise TrustError("link_not_of_this_server") from error

    def _within(self, seconds: float) -> float:
        """Give up after so many seconds; when that is, on the loop's clock."""
        at = asyncio.get_running_loop().time() + seconds
        self._deadline.reschedule(at)
        return at

    async def _relayed(self, data: bytes) -> None:
        raise_refusal(data)
        pairing = self._pairing
        if pairing is None:
            raise RemoteProtocolError("message_out_of_order")
        if pairing.step is Step.CONFIRM:
            await self._confirm(pairing, data)
        elif pairing.step is Step.DONE:
            await self._content(self._room.open(data))
        elif (answer := self._pair(pairing, data)) is not None:
            await self._room.relay(answer)
            self._within(HELLO_WITHIN_S)

    async def _confirm(self, pairing: P, data: bytes) -> None:
        confirmation, keys, verdict = pairing.receive_confirm(data, self._judge)
        log.info("paired")
        self._known.saw_list(self._link.organisation.key, verdict.list_number)
        self._badge = verdict.badge
        await self._room.relay(confirmation)
        self._room.seal(keys)
        self._line.part_by(self._room.send)
        self._line.paired(keys)
        self._line.find_servers_by(servers_by(self._signalling))
        self._guest.on_proven(verdict, self._words(keys), self._pact(keys.th, verdict.badge))
        await self._room.send(messages.Problem(self._problem))
        await self._room.send(messages.Offer(await self._line.offer(keys.peer_fingerprint)))

    async def _content(self, content: messages.SealedContent) -> None:
        match content:
            case messages.Photo(jpeg=jpeg) if self._badge is not None and not self._answered:
                check_photo(self._badge, jpeg)
                self._guest.on_photo(jpeg)
            case messages.Answer(sdp=sdp) if not self._answered:
                await self._line.accept_answer(sdp)
                self._answered = True
            case messages.Goodbye():
                self._parted = True
                self._guest.on_parting(content)
            case messages.Refusal(key=key):
                raise TrustError(spoken(key))
            case _:
                raise RemoteProtocolError("message_out_of_order")

    def _pact(self, th: bytes, badge: Badge) -> Pact:
        opening = messages.LogOpening(th, public_half(self._visit_key), self._badge_bytes)
        return Pact.made(opening, badge, self._visit_key)

    def _judge(self, badge: bytes) -> Verdict:
        self._badge_bytes = badge
        key = self._link.organisation.key
        broker_time = self._signalling.welcome.time
        return judge(badge, key, self._revocations, time.time(), broker_time, self._known.highest_list(key))

    async def _refuse(self, error: HelpError) -> None:
        await self._room.refuse(error.key)
        self._guest.on_failed(error, guessed=self._guessed)

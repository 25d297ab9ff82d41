"""Joining a customer, from the technician's side: broker, pairing, then the one sealed offer and answer.

What both modes share; ``code_joining`` and ``queue_joining`` say which customer it is.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import structlog

from remotehelp import messages
from remotehelp.errors import HelpError, RemoteProtocolError, ServiceUnavailable, TrustError
from remotehelp.peer.connection import Detour, FindServers
from remotehelp.peer.relay import servers_by
from remotehelp.peer.room import Room, raise_refusal, spoken
from remotehelp.peer.signalling import Signalling
from remotehelp.trust.code import CONFIRM_WITHIN_S, HELLO_WITHIN_S
from remotehelp.trust.pairing import Keys, Step, TechnicianMachine
from remotehelp.trust.receipt import Pact
from remotehelp.trust.safety_words import SafetyWords
from remotehelp.trust.wallet import OwnBadge

log = structlog.get_logger("opening")

P = TypeVar("P", bound=TechnicianMachine)


class Host(Protocol):
    """Who is told how joining goes; called on the loop."""

    def on_paired(self, words: SafetyWords | None, pact: Pact) -> None:
        """The pairing is confirmed, and both can sign; ``words``: from the queue only."""

    def on_problem(self, text: str) -> None:
        """What is wrong, in her words."""

    def on_parting(self, word: messages.Parting) -> None:
        """The customer goes before the connection stands."""

    def on_failed(self, error: HelpError) -> None:
        """It came to nothing."""


@dataclass(frozen=True)
class Line:
    """The connection's part in it: its fingerprint, how to answer an offer and part, and when it ``stands``.

    ``paired`` gets the keys as soon as they are there.
    """

    fingerprint: bytes
    answer: Callable[[str, bytes], Coroutine[Any, Any, str]]
    part_by: Callable[[Detour], None]
    stands: Callable[[], Coroutine[Any, Any, None]]
    paired: Callable[[Keys], None] = lambda keys: None
    find_servers_by: Callable[[FindServers], None] = lambda find: None


class Joining(ABC, Generic[P]):
    """From the first word to the broker to the connection; ``messages_in`` are the broker's messages from then on."""

    def __init__(self, host: Host, signalling: Signalling, own: OwnBadge, line: Line) -> None:
        self._host, self._signalling, self._own, self._line = host, signalling, own, line
        self._room = Room(signalling)
        self._pairing: P | None = None
        self._peer_fingerprint = b""
        self._answered = self._parted = False

    # --- which customer it is -------------------------------------------------------------------------

    @abstractmethod
    def _request(self) -> messages.Message:
        """What the broker is asked for."""

    @abstractmethod
    def _begin(self, sid: bytes) -> tuple[P, bytes]:
        """The pairing with the customer in the room ``sid``, and its first bytes."""

    @abstractmethod
    def _pair(self, pairing: P, data: bytes) -> tuple[bytes, ...]:
        """What answers her hello, the confirmation last; raises HelpError."""

    def _words(self, keys: Keys) -> SafetyWords | None:
        """The safety words, where there are any."""
        return None

    # --- what both share ------------------------------------------------------------------------------

    async def run(self, messages_in: AsyncIterator[messages.FromBroker]) -> None:
        """Until the connection stands or something fails; tells the host which."""
        try:
            async with asyncio.timeout(HELLO_WITHIN_S) as self._deadline:
                await self._signalling.send(self._request())
                await self._converse(messages_in)
            if self._answered:
                await self._stand_by(messages_in)
        except TimeoutError:
            await self._fail(TrustError("customer_did_not_answer"))
        except HelpError as error:
            await self._fail(error)

    async def _converse(self, messages_in: AsyncIterator[messages.FromBroker]) -> None:
        async for message in messages_in:
            await self._hear(message)
            if self._answered or self._parted:
                return
        raise ServiceUnavailable("broker_went_away")

    async def _stand_by(self, messages_in: AsyncIterator[messages.FromBroker]) -> None:
        """Stay in the room until the connection stands: who goes before that can only say so here."""
        word = await self._room.last_word(messages_in, self._line.stands())
        if word is not None:
            await self._content(word)

    async def _hear(self, message: messages.FromBroker) -> None:
        match message:
            case messages.Claimed(sid=sid):
                await self._claimed(sid)
            case messages.Relay(data=data) if self._pairing is not None:
                await self._relayed(self._pairing, data)
            case messages.PeerLeft() if self._pairing is not None:
                raise TrustError("customer_left_early")
            case messages.Refused(key=key):
                raise TrustError(spoken(key))
            case messages.Relay() | messages.PeerLeft() | messages.Presence():
                pass  # the broker answers in order: what comes before `Claimed` belongs to the room before
            case _:
                raise RemoteProtocolError("message_not_understood")

    async def _claimed(self, sid: bytes) -> None:
        if self._pairing is not None:
            raise RemoteProtocolError("message_out_of_order")
        self._pairing, first = self._begin(sid)
        await self._room.relay(first)

    async def _relayed(self, pairing: P, data: bytes) -> None:
        raise_refusal(data)
        if pairing.step is Step.HELLO:
            for answer in self._pair(pairing, data):
                await self._room.relay(answer)
            self._deadline.reschedule(asyncio.get_running_loop().time() + CONFIRM_WITHIN_S)
        elif pairing.step is Step.CONFIRM:
            await self._confirmed(pairing, data)
        else:
            await self._content(self._room.open(data))

    async def _confirmed(self, pairing: P, data: bytes) -> None:
        keys = pairing.receive_confirm(data)
        log.info("paired")
        self._peer_fingerprint = keys.peer_fingerprint
        self._room.seal(keys)
        self._line.part_by(self._room.send)
        self._line.paired(keys)
        self._line.find_servers_by(servers_by(self._signalling))
        self._host.on_paired(self._words(keys), self._pact(keys.th, keys.peer_key))
        if self._own.photo is not None:
            await self._room.send(messages.Photo(self._own.photo))

    def _pact(self, th: bytes, customer: bytes) -> Pact:
        opening = messages.LogOpening(th, customer, self._own.badge_bytes)
        return Pact.made(opening, self._own.badge, self._own.private_key)

    async def _content(self, content: messages.SealedContent) -> None:
        match content:
            case messages.Problem(text=text) if not self._answered:
                self._host.on_problem(text)
            case messages.Offer(sdp=sdp) if not self._answered:
                await self._room.send(messages.Answer(await self._line.answer(sdp, self._peer_fingerprint)))
                self._answered = True
            case messages.Decline() | messages.Goodbye():
                self._parted = True
                self._host.on_parting(content)
            case messages.Refusal(key=key):
                raise TrustError(spoken(key))
            case _:
                raise RemoteProtocolError("message_out_of_order")

    async def _fail(self, error: HelpError) -> None:
        await self._room.refuse(error.key)
        self._host.on_failed(error)

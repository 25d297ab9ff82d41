"""Mending a lost line: to the broker's room of the visit, and a new connection with whoever proves to be the same.

Both sides do this at once and over and over, from the moment in which the line is lost until it is back or the visit
has ended (PROTOCOL.md, reconnect). What a broker says counts for nothing: what is not sealed under the passage's keys,
which are new at each meeting, ends that meeting, and the next one begins.
"""

from __future__ import annotations

import asyncio
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import structlog

from remotehelp import messages
from remotehelp.errors import HelpError, RemoteProtocolError, TrustError
from remotehelp.messages import VERSION, HelloAgain
from remotehelp.peer.lifeline import MEND_S
from remotehelp.peer.relay import servers_by
from remotehelp.peer.road import Trial
from remotehelp.peer.room import Room, spoken
from remotehelp.peer.signalling import Signalling, reach
from remotehelp.trust.resumption import Passage, Resumption

log = structlog.get_logger("reconnect")

PAUSE_S = 0.25  # between two meetings
TRY_S = 12.0  # from a meeting until its connection has to stand
MEETINGS = 8  # in one stay: each costs a certificate, and a server can say as often as it likes that somebody came

Spawn: TypeAlias = Callable[..., asyncio.Task[None]]


@dataclass(frozen=True)
class Handed:
    """What a broker hands over: the revocation list, which is signed, and what its clock says."""

    revocations: bytes
    broker_time: float


class Part(Protocol):
    """What one side does in the room; called on the loop."""

    def begin(self, passage: Passage) -> Trial:
        """A connection to try."""

    async def met(self, trial: Trial, room: Room, peer_fingerprint: bytes, handed: Handed) -> None:
        """The other side came; only it can read what is sent to ``room``. Raises HelpError to end the meeting."""

    async def hear(self, trial: Trial, room: Room, content: messages.SealedContent) -> None:
        """What the other side sealed; raises HelpError to end the meeting."""

    def drop(self, trial: Trial) -> None:
        """Nothing comes of this one, unless it was taken."""


class LastWord:
    """How one side that goes while the line is lost tells the other: through the room, sealed, when they meet."""

    def __init__(self) -> None:
        self._word: messages.Parting | None = None
        self.told = False

    @property
    def waits(self) -> bool:
        """Whether there is one, and the other side was not there yet."""
        return self._word is not None and not self.told

    def say(self, word: messages.Parting) -> None:
        """From now on every meeting is for this word alone."""
        self._word = word

    async def goes(self, room: Room) -> bool:
        """Send it to this room, if there is one to be said."""
        if self._word is None:
            return False
        await room.send(self._word)
        self.told = True
        return True


class Meeting:
    """One stay in the room of a passage, from the socket's first byte to its last."""

    def __init__(self, signalling: Signalling, passage: Passage, part: Part, word: LastWord) -> None:
        self._signalling, self._passage, self._part, self._word = signalling, passage, part, word
        self._handed = Handed(b"", signalling.welcome.time)
        self._room = Room(signalling)
        self._trial: Trial | None = None
        self._hello = b""
        self._sealed = False
        self._begun = 0

    async def run(self) -> None:
        """Until the socket ends or the meeting comes to nothing; raises HelpError, TimeoutError."""
        try:
            async with asyncio.timeout(None) as self._patience:
                await self._signalling.send(messages.Rejoin(VERSION, self._passage.seat, self._passage.other))
                async for message in self._signalling.received():
                    await self._hear(message)
        finally:
            self._signalling.drop()
            self._forget()

    async def _hear(self, message: messages.FromBroker) -> None:
        match message:
            case messages.Rejoined(revocations=revocations):
                self._handed = Handed(revocations, self._signalling.welcome.time)
            case messages.Joined():
                await self._begin()
            case messages.Relay(data=data) if self._trial is not None:
                await self._relayed(self._trial, data)
            case messages.PeerLeft() if self._trial is None or self._word.told:
                raise TrustError("other_side_refused")  # our seat was taken, or all was said
            case messages.Refused(key=key):
                raise TrustError(spoken(key))
            case _:
                pass  # once the answer has crossed, the broker is not needed: who left may be with us already

    async def _begin(self) -> None:
        """Whoever is there is greeted with a new nonce and the certificate of a new connection."""
        self._forget()
        self._begun += 1
        if self._begun > MEETINGS:
            raise RemoteProtocolError("too_many_messages")
        self._patience.reschedule(asyncio.get_running_loop().time() + TRY_S)
        self._trial = self._part.begin(self._passage)
        self._trial.connection.find_servers_by(servers_by(self._signalling))
        self._room, self._sealed = Room(self._signalling), False
        hello = HelloAgain(VERSION, self._passage.number, os.urandom(32), self._trial.connection.fingerprint)
        self._hello = messages.encode(hello)
        await self._room.relay(self._hello)

    async def _relayed(self, trial: Trial, data: bytes) -> None:
        if self._sealed:
            await self._part.hear(trial, self._room, self._room.open(data))
            return
        peer = self._read(data)
        hellos = (self._hello, data) if self._passage.customers else (data, self._hello)
        self._room.seal(self._passage.seals(*hellos))
        self._sealed = True
        if not await self._word.goes(self._room):
            await self._part.met(trial, self._room, peer.fp, self._handed)

    def _read(self, data: bytes) -> HelloAgain:
        peer, mine = messages.decode_relayed(data), messages.decode_relayed(self._hello)
        if not isinstance(peer, HelloAgain) or not isinstance(mine, HelloAgain):
            raise RemoteProtocolError("message_out_of_order")
        if peer.number != self._passage.number:
            raise RemoteProtocolError("message_out_of_order")
        if hmac.compare_digest(peer.nonce, mine.nonce) or hmac.compare_digest(peer.fp, mine.fp):
            raise RemoteProtocolError("own_message_came_back")
        return peer

    def _forget(self) -> None:
        if self._trial is not None:
            self._part.drop(self._trial)
            self._trial = None


class Mending:
    """Makes the line anew while it is lost: ``start`` when it is, ``stop`` when it is not any more."""

    def __init__(self, spawn: Spawn, address: str, resumption: Resumption, part: Part, linger_s: float = 0.0) -> None:
        """``spawn(work, name=...)`` runs a task; ``address`` is the broker's. ``linger_s``: how long ``stop`` leaves
        things as they are, for the side that does not decide and may hear only now what was decided.
        """
        self._spawn, self._address, self._part, self._linger_s = spawn, address, part, linger_s
        self.resumption = resumption
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping: asyncio.TimerHandle | None = None
        self._word = LastWord()
        self._closed = False

    @property
    def pending(self) -> bool:
        """Whether the two sides may not be agreed yet on the connection that counts."""
        return bool(self._tasks) or self.resumption.in_doubt

    def start(self) -> None:
        """Be in the room, or in both while it is in doubt which one, from now on; by new sockets: the line was lost."""
        self._leave()
        passages = () if self._closed else self.resumption.passages()
        self._tasks = [self._spawn(self._mend(passage), name=f"mend {passage.number}") for passage in passages]

    def say(self, word: messages.Parting) -> None:
        """What the other side shall hear, should it come to the room yet; it ends the visit over there."""
        if self._tasks and self._stopping is None:
            self._word.say(word)
            self.start()

    def stop(self) -> None:
        """The line is not lost any more, or the visit is over."""
        self._go_on()
        linger_s = MEND_S if self._word.waits else self._linger_s
        self._stopping = asyncio.get_running_loop().call_later(linger_s, self._leave)

    def close(self) -> None:
        """Leave at once and for good: what is heard while a visit closes may sound like another loss."""
        self._closed = True
        self._leave()

    def _leave(self) -> None:
        self._go_on()
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()

    def _go_on(self) -> None:
        if self._stopping is not None:
            self._stopping.cancel()
            self._stopping = None

    async def _mend(self, passage: Passage) -> None:
        while not self._word.told:
            signalling = await reach(self._address)
            try:
                await Meeting(signalling, passage, self._part, self._word).run()
            except (HelpError, TimeoutError) as error:
                log.info("a meeting came to nothing", number=passage.number, why=getattr(error, "key", "too late"))
            except Exception:
                log.exception("a meeting failed")
            await asyncio.sleep(PAUSE_S)

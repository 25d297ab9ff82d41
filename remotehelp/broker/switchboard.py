"""The broker's edge: carries sockets' messages to the rules and performs what the rules command."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Self

import structlog
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocket

from remotehelp.broker.account_book import AccountBook
from remotehelp.broker.accounts import Accounts
from remotehelp.broker.bus import Bus, Letter
from remotehelp.broker.commands import Announce, Command, Enlist, Give, GiveList, Introduce, Keep, Send
from remotehelp.broker.crowd import Crowd
from remotehelp.broker.events import Asked, Came, Disproven, Event, Gone, Kept, NotKept, Proven, Socket, Tick
from remotehelp.broker.line import Caps, Line
from remotehelp.broker.metrics import Metrics
from remotehelp.broker.passwords import Passwords
from remotehelp.broker.public_folder import PublicFolder
from remotehelp.broker.reception import Reception
from remotehelp.broker.rules import CODE_LIFE_S, Rules
from remotehelp.broker.store import Store
from remotehelp.broker.turn import Relays, Renewals
from remotehelp.errors import ServiceUnavailable, TrustError
from remotehelp.messages import (
    VERSION,
    Available,
    Claim,
    FromBroker,
    GiveAccount,
    Opened,
    Presence,
    Queued,
    Refused,
    Rejoined,
    Resume,
    SignedIn,
    SignIn,
    Take,
    Taken,
    ToBroker,
    Welcome,
    encode_json,
)

NODE = "here"  # the only node; a shared bus will need a name for each
TICK_S = 0.25
CHECK_S, CHECKED_S = 2.0, 1.0  # until a part must have answered; and for how long that counts

log = structlog.get_logger("broker")


class Switchboard:
    """All sockets of this node, the rules, and what they reach: database, bus, the organisation's public folder."""

    def __init__(
        self,
        identity: bytes,
        rules: Rules,
        store: Store,
        bus: Bus,
        folder: PublicFolder | None,
        caps: Caps,
        accounts: Accounts,
        renewals: Renewals,
    ) -> None:
        self.metrics = Metrics()
        self._identity = identity
        self._rules = rules
        self._store = store
        self._bus = bus
        self._folder = folder
        self._caps = caps
        self._renewals = renewals
        self._crowd = Crowd(caps.sockets_each, caps.sockets)
        self._checking = asyncio.Lock()
        self._checked: tuple[float, dict[str, bool]] = (float("-inf"), {})
        self._reception = Reception(identity, folder, accounts)
        self._lines: dict[Socket, Line] = {}
        self._numbers = count(1)
        self.metrics.sockets.set_function(lambda: len(self._lines))
        self.metrics.here.set_function(lambda: self._rules.here)
        self.metrics.waiting.set_function(lambda: self._rules.waiting)
        self.metrics.queued.set_function(lambda: self._rules.queued)

    @classmethod
    async def open(
        cls,
        store: Store,
        bus: Bus,
        folder: PublicFolder | None,
        caps: Caps | None = None,
        accounts: Accounts | None = None,
        relays: Relays | None = None,
    ) -> Self:
        """A switchboard with what the database remembers; without ``folder`` nobody can sign in."""
        identity = await store.broker_id(lambda: secrets.token_bytes(16))
        now, clock = time.time(), time.monotonic()
        taken = await store.taken(now)
        rest = {nameplate: clock + min(until - now, CODE_LIFE_S) for nameplate, until in taken.items()}
        accounts = accounts or Accounts(AccountBook(store), Passwords(), time.time)
        renewals = Renewals(relays, lambda: secrets.token_hex(8))
        return cls(identity, Rules(secrets.randbelow, rest), store, bus, folder, caps or Caps(), accounts, renewals)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While this lasts letters are delivered and time passes."""
        self._bus.listen(NODE, self._deliver)
        async with asyncio.TaskGroup() as tasks:
            clock = tasks.create_task(self._tick())
            yield
            clock.cancel()

    async def check(self) -> dict[str, bool]:
        """Which of the things that a broker needs answer now, or did within the last second."""
        async with self._checking:
            if time.monotonic() >= self._checked[0] + CHECKED_S:
                parts = {"database": await _answers(self._store), "bus": await _answers(self._bus)}
                self._checked = time.monotonic(), parts
            return self._checked[1]

    async def serve(self, websocket: WebSocket) -> None:
        """One program from its first byte to its last; 429 where there are too many."""
        line = Line(next(self._numbers), websocket, secrets.token_bytes(32), self._caps)
        if not self._crowd.enter(line.address):
            log.warning("too many sockets")
            await websocket.send_denial_response(PlainTextResponse("Too Many Requests", 429))
            return
        try:
            await websocket.accept()
            await self._serve(line)
        finally:
            self._crowd.leave(line.address)

    async def _serve(self, line: Line) -> None:
        line.send(Welcome(VERSION, self._identity, line.visitor.nonce, time.time(), self._rules.here))
        self._lines[line.number] = line
        await self._feed(Came(line.number, line.address))
        try:
            await line.run(self._answer)
        finally:
            del self._lines[line.number]
            self._renewals.left(line.number)
            await self._feed(Gone(line.number))

    # --- in ------------------------------------------------------------------------------------------

    async def _answer(self, line: Line, message: ToBroker) -> None:
        self.metrics.messages.labels(type(message).__name__).inc()
        self._renewals.heard(line.number, message)
        if isinstance(message, SignIn | GiveAccount | Resume):
            await self._sign_in(line, message)
        elif not isinstance(message, Claim | Take | Available) or await self._may_still(line):
            await self._feed(Asked(line.number, message))

    async def _sign_in(self, line: Line, message: SignIn | GiveAccount | Resume) -> None:
        try:
            answer = await self._reception.hear(line.visitor, line.address, message)
        except (TrustError, ServiceUnavailable) as error:
            log.info("sign-in refused", reason=error.key)
            await self._post(line.number, Refused(error.key))
            return
        if isinstance(answer, SignedIn):
            await self._feed(Proven(line.number, answer.session))
        else:
            await self._post(line.number, answer)

    async def _may_still(self, line: Line) -> bool:
        try:
            await self._reception.check(line.visitor)
        except (TrustError, ServiceUnavailable) as error:
            if line.visitor.badge is None:
                await self._feed(Disproven(line.number))
            await self._post(line.number, Refused(error.key))
            return False
        return True

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            await self._feed(Tick())
            for socket, servers in self._renewals.due(time.time()):
                await self._post(socket, servers)

    async def _feed(self, event: Event) -> None:
        for command in self._rules.handle(event, time.monotonic()):
            await self._perform(command)

    # --- out -----------------------------------------------------------------------------------------

    async def _perform(self, command: Command) -> None:
        match command:
            case Send(socket, message):
                await self._post(socket, message)
            case Give(socket, nameplate):
                await self._post(socket, Opened(nameplate, self._revocations()))
            case GiveList(socket):
                await self._post(socket, Rejoined(self._revocations()))
            case Enlist(socket, ahead):
                await self._post(socket, Queued(ahead, self._revocations()))
            case Introduce(socket):
                await self._post(socket, Taken(self._revocations()))
            case Announce(here):
                await self._post(None, Presence(here))
            case Keep(nameplate, seconds):
                await self._keep(nameplate, seconds)

    def _revocations(self) -> bytes:
        return self._folder.read().revocations if self._folder else b""

    async def _keep(self, nameplate: str, seconds: float) -> None:
        try:
            await self._store.keep(nameplate, time.time() + seconds)
        except ServiceUnavailable:
            log.error("database does not answer")
            await self._feed(NotKept(nameplate))
        else:
            await self._feed(Kept(nameplate))

    async def _post(self, socket: Socket | None, message: FromBroker) -> None:
        if isinstance(message, Refused):
            self.metrics.refusals.labels(message.key).inc()
        await self._bus.post(NODE, Letter(socket, encode_json(message)))
        if socket is not None and (servers := self._renewals.told(socket, message, time.time())) is not None:
            await self._bus.post(NODE, Letter(socket, encode_json(servers)))

    def _deliver(self, letter: Letter) -> None:
        if letter.socket is None:
            for line in self._lines.values():
                if line.visitor.badge is None:
                    line.put(letter.text)
        elif letter.socket in self._lines:
            self._lines[letter.socket].put(letter.text)


async def _answers(part: Store | Bus) -> bool:
    try:
        async with asyncio.timeout(CHECK_S):
            await part.check()
    except (ServiceUnavailable, TimeoutError):
        return False
    return True

"""A real broker on loopback in the test's own loop, an organisation, and programs that speak to it by `websockets`."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from websockets.asyncio.client import ClientConnection, connect

from remotehelp.broker.account_book import AccountBook
from remotehelp.broker.accounts import Accounts
from remotehelp.broker.bus import MemoryBus
from remotehelp.broker.line import Caps
from remotehelp.broker.passwords import Passwords
from remotehelp.broker.public_folder import PublicFolder
from remotehelp.broker.serve import Server, address, listen
from remotehelp.broker.store import Store
from remotehelp.broker.switchboard import Switchboard
from remotehelp.broker.turn import Relays
from remotehelp.messages import (
    VERSION,
    Claim,
    Claimed,
    FromBroker,
    Joined,
    Message,
    Open,
    Opened,
    SignedIn,
    SignIn,
    Welcome,
    decode_from_broker,
    encode_json,
)
from remotehelp.trust import organisation, signin
from remotehelp.trust.one_person import one_person, renew
from remotehelp.trust.wallet import OwnBadge
from tests.helpers.broker_day import Day

SID = bytes(range(16))
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NOBODY = QUICK.hash("nobody")


@dataclass
class Firm:
    """An organisation of one: its folder, and its technician's badge."""

    directory: Path
    own: OwnBadge

    @property
    def public(self) -> Path:
        return self.directory / "public"

    def revoke(self) -> None:
        organisation.revoke(self.directory, self.own.badge.serial, int(time.time()))

    def renew(self) -> OwnBadge:
        renewed = renew(self.directory, int(time.time()))
        assert renewed is not None
        return renewed


@dataclass
class Program:
    """One program at the broker."""

    socket: ClientConnection
    welcome: Welcome

    async def say(self, message: Message) -> None:
        await self.socket.send(encode_json(message))

    async def hear(self) -> FromBroker:
        async with asyncio.timeout(5):
            return decode_from_broker(await self.socket.recv())

    async def ask(self, message: Message) -> FromBroker:
        await self.say(message)
        return await self.hear()

    async def close_code(self) -> int | None:
        async with asyncio.timeout(5):
            await self.socket.wait_closed()
        return self.socket.close_code

    async def open(self) -> str:
        opened = await self.ask(Open(VERSION, SID))
        assert isinstance(opened, Opened), opened
        return opened.nameplate

    async def sign_in(self, own: OwnBadge, nonce: bytes | None = None) -> FromBroker:
        proof = signin.prove(own.private_key, self.welcome.broker, nonce or self.welcome.nonce)
        return await self.ask(SignIn(VERSION, own.badge_bytes, proof))


@dataclass
class Place:
    """A running broker."""

    url: str
    data: Path
    firm: Firm
    store: Store
    switchboard: Switchboard
    now: float  # seconds since 1970 UTC, at which the accounts' clock stands still
    programs: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)

    async def program(self) -> Program:
        ws = self.url.replace("http://", "ws://") + "/ws"
        socket = await self.programs.enter_async_context(connect(ws, proxy=None))
        welcome = decode_from_broker(await socket.recv())
        assert isinstance(welcome, Welcome)
        return Program(socket, welcome)

    async def technician(self) -> Program:
        program = await self.program()
        assert await program.sign_in(self.firm.own) == SignedIn()
        return program

    async def pair(self) -> tuple[Program, Program]:
        """A customer and a technician in one room."""
        customer, technician = await self.program(), await self.technician()
        assert await technician.ask(Claim(await customer.open())) == Claimed(SID)
        assert await customer.hear() == Joined()
        return customer, technician


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def make_firm(tmp_path: Path) -> Callable[[str], Firm]:
    def make(name: str) -> Firm:
        own = one_person(tmp_path / name, "Technician", "A", "Example Help", int(time.time()))
        return Firm(tmp_path / name, own)

    return make


@pytest.fixture
def firm(make_firm: Callable[[str], Firm]) -> Firm:
    return make_firm("firm")


@contextlib.asynccontextmanager
async def broker_running(
    data: Path,
    firm: Firm,
    *,
    org: bool = True,
    caps: Caps | None = None,
    origins: tuple[str, ...] = (),
    relays: Relays | None = None,
) -> AsyncIterator[Place]:
    store = await Store.open(data, busy_s=0.2)
    folder = PublicFolder(firm.public) if org else None
    now = time.time()
    accounts = Accounts(AccountBook(store), Passwords(QUICK, NOBODY), lambda: now)
    switchboard = await Switchboard.open(store, MemoryBus(), folder, caps, accounts, relays)
    listener = listen("127.0.0.1", 0)
    place = Place(address("127.0.0.1", listener), data, firm, store, switchboard, now)
    server = Server(switchboard, place.url, origins)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        async with place.programs:
            yield place
    finally:
        server.should_exit = True
        await serving
        await store.close()


@pytest.fixture
async def place(tmp_path: Path, firm: Firm) -> AsyncIterator[Place]:
    async with broker_running(tmp_path / "data", firm) as place:
        yield place


@pytest.fixture
def start_broker(tmp_path: Path, firm: Firm) -> Callable[..., contextlib.AbstractAsyncContextManager[Place]]:
    """Start a broker with other caps, or without an organisation; the data folder is the same each time."""

    def start(**how: object) -> contextlib.AbstractAsyncContextManager[Place]:
        return broker_running(tmp_path / "data", firm, **how)  # type: ignore[arg-type]

    return start

"""A broker in the test that lets everybody in and may read, change, hold back and invent whatever it likes."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from remotehelp import messages
from remotehelp.messages import (
    VERSION,
    AskForHelp,
    Available,
    Claim,
    Claimed,
    Joined,
    Leave,
    Message,
    Open,
    Opened,
    PeerLeft,
    Place,
    Queued,
    Refused,
    Relay,
    SignedIn,
    SignIn,
    Take,
    Taken,
    Waiting,
    WaitingList,
    Welcome,
)

NAMEPLATE = "4711"
TICKET = 7
TO_CUSTOMER, TO_TECHNICIAN = "to customer", "to technician"

# what becomes of one relayed message on its way: the messages that are relayed instead of it
Tamper = Callable[[str, bytes], list[bytes]]


class HostileBroker:
    """One room for two, by a code or from the list. ``tamper(way, data)`` handles each relayed message.

    ``seen`` holds all bytes that came in.
    """

    def __init__(self, revocations: bytes, tamper: Tamper | None = None) -> None:
        self.revocations = revocations
        self.tamper: Tamper = (lambda way, data: [data]) if tamper is None else tamper
        self.clock_error = 0.0
        self.opens = self.claims = True
        self.seen = bytearray()
        self.left: list[str] = []
        self.url = ""
        self._customer: ServerConnection | None = None
        self._technician: ServerConnection | None = None
        self.sid = b""
        self.words: str | None = None  # of her who waits in the list
        self._loop: asyncio.AbstractEventLoop | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[HostileBroker]:
        """Serve on loopback; ``url`` says where."""
        async with serve(self._serve, "127.0.0.1", 0, compression=None) as server:
            self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            self._loop = asyncio.get_running_loop()
            yield self

    @contextlib.contextmanager
    def in_a_thread(self) -> Iterator[HostileBroker]:
        """Serve on a loop of its own, for programs with loops of their own."""
        loop, up = asyncio.new_event_loop(), threading.Event()
        stopping = asyncio.Event()

        async def run() -> None:
            async with self.running():
                up.set()
                await stopping.wait()

        thread = threading.Thread(target=lambda: loop.run_until_complete(run()), name="hostile broker")
        thread.start()
        assert up.wait(5)
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(stopping.set)
            thread.join()
            loop.close()

    async def hang_up(self, way: str) -> None:
        """End the socket of the customer or the technician."""
        socket = self._customer if way == TO_CUSTOMER else self._technician
        if socket is not None:
            await socket.close()

    async def tell(self, way: str, message: Message | str) -> None:
        """Send the customer or the technician whatever we like."""
        socket = self._customer if way == TO_CUSTOMER else self._technician
        if socket is not None:
            with contextlib.suppress(ConnectionClosed):
                await socket.send(message if isinstance(message, str) else messages.encode_json(message))

    def say(self, way: str, *data: bytes) -> None:
        """Relay these bytes to one side, from another thread."""
        for one in data:
            self.say_raw(way, Relay(one))

    def say_raw(self, way: str, message: Message | str) -> None:
        """Send the customer or the technician whatever we like, from another thread."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(self.tell(way, message), self._loop).result(5)

    def cut(self) -> None:
        """End both sockets, from another thread."""
        assert self._loop is not None
        for way in (TO_CUSTOMER, TO_TECHNICIAN):
            asyncio.run_coroutine_threadsafe(self.hang_up(way), self._loop).result(5)

    async def _serve(self, socket: ServerConnection) -> None:
        now = time.time() + self.clock_error
        await socket.send(messages.encode_json(Welcome(VERSION, bytes(16), bytes(32), now, 1)))
        with contextlib.suppress(ConnectionClosed):
            async for data in socket:
                raw = data.encode() if isinstance(data, str) else data
                self.seen += raw
                await self._answer(socket, messages.decode_to_broker(raw))
        if socket in (self._customer, self._technician):
            await self._gone(socket)

    async def _answer(self, socket: ServerConnection, message: messages.ToBroker) -> None:
        match message:
            case SignIn():
                await socket.send(messages.encode_json(SignedIn()))
            case Open(sid=sid):
                self._customer, self.sid = socket, sid
                if self.opens:
                    await self.tell(TO_CUSTOMER, Opened(NAMEPLATE, self.revocations))
            case AskForHelp(sid=sid, words=words):
                self._customer, self.sid, self.words = socket, sid, words
                if self.opens:
                    await self.tell(TO_CUSTOMER, Queued(0, self.revocations))
                    await self._show_list()
            case Claim(nameplate=nameplate):
                await self._claim(socket, nameplate)
            case Take():
                self._technician = socket
                if self.claims:
                    await self.tell(TO_TECHNICIAN, Claimed(self.sid))
                    await self.tell(TO_CUSTOMER, Taken(self.revocations))
            case Relay(data=data):
                self.seen += data
                way = TO_TECHNICIAN if socket is self._customer else TO_CUSTOMER
                for changed in self.tamper(way, data):
                    await self.tell(way, Relay(changed))
            case Leave():
                await self._gone(socket)
            case Available(on=on):
                if on:
                    self._technician = socket
                    await self._show_list()

    async def put_back(self) -> None:
        """As after a technician who vanished: she waits on."""
        await self.tell(TO_CUSTOMER, Place(0))

    async def _show_list(self) -> None:
        if self.words is not None:
            await self.tell(TO_TECHNICIAN, WaitingList((Waiting(TICKET, self.words, 61),), 1))

    async def _claim(self, socket: ServerConnection, nameplate: str) -> None:
        self._technician = socket
        if not self.claims:
            return
        if nameplate != NAMEPLATE:
            await self.tell(TO_TECHNICIAN, Refused("no_such_code"))
            return
        await self.tell(TO_TECHNICIAN, Claimed(self.sid))
        await self.tell(TO_CUSTOMER, Joined())

    async def _gone(self, socket: ServerConnection) -> None:
        way = TO_TECHNICIAN if socket is self._customer else TO_CUSTOMER
        self.left.append("customer" if socket is self._customer else "technician")
        await self.tell(way, PeerLeft())

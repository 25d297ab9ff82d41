"""A broker in the test that knows nothing but the rooms of lost lines, and may change what goes through them."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Callable

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from remotehelp import messages
from remotehelp.broker.commands import Command, GiveList, Send
from remotehelp.broker.reunions import Reunions
from remotehelp.messages import VERSION, Message, Rejoin, Rejoined, Relay, Welcome

# what becomes of one relayed message on its way: the messages that are relayed instead of it
Tamper = Callable[[bytes], list[bytes]]


class ReunionBroker:
    """``relayed`` holds what went through, in order; ``rejoined`` all requests. ``tamper`` handles each message."""

    def __init__(self, port: int = 0) -> None:
        self.tamper: Tamper = lambda data: [data]
        self.relayed: list[bytes] = []
        self.rejoined: list[Rejoin] = []
        self.url = ""
        self._port = port
        self._rooms = Reunions()
        self._sockets: dict[int, ServerConnection] = {}
        self._numbers = itertools.count()
        self._server: Server | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[ReunionBroker]:
        """Serve on loopback; ``url`` says where, whether it serves or not."""
        await self.start()
        try:
            yield self
        finally:
            await self.stop()

    async def start(self) -> None:
        """Serve, always at the same address."""
        self._server = await serve(self._serve, "127.0.0.1", self._port, compression=None)
        self._port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"

    async def stop(self) -> None:
        """Die, and forget everything."""
        if self._server is not None:
            for socket in self._sockets.values():
                socket.transport.abort()
            self._server.close()
            await self._server.wait_closed()
            self._server, self._rooms = None, Reunions()

    async def invent(self, message: Message) -> None:
        """Tell everybody whatever we like."""
        for socket in tuple(self._sockets.values()):
            await _tell(socket, message)

    @property
    def seats(self) -> int:
        """How many sockets sit in rooms."""
        return sum(self._rooms.holds(number) for number in self._sockets)

    async def _serve(self, socket: ServerConnection) -> None:
        number = next(self._numbers)
        self._sockets[number] = socket
        await _tell(socket, Welcome(VERSION, bytes(16), bytes(32), time.time(), 1))
        with contextlib.suppress(ConnectionClosed):
            async for data in socket:
                await self._answer(number, messages.decode_to_broker(data))
        del self._sockets[number]
        await self._perform(self._rooms.leave(number))

    async def _answer(self, number: int, message: messages.ToBroker) -> None:
        match message:
            case Rejoin():
                self.rejoined.append(message)
                await self._perform(self._rooms.come(number, "here", message, time.monotonic()))
            case Relay(data=data):
                self.relayed.append(data)
                for changed in self.tamper(data):
                    await self._perform(self._rooms.relay(number, Relay(changed)))
            case messages.Leave():
                await self._perform(self._rooms.leave(number))

    async def _perform(self, commands: list[Command]) -> None:
        for command in commands:
            match command:
                case Send(number, message):
                    if number in self._sockets:
                        await _tell(self._sockets[number], message)
                case GiveList(number):
                    await _tell(self._sockets[number], Rejoined(b"the list"))


async def _tell(socket: ServerConnection, message: Message) -> None:
    with contextlib.suppress(ConnectionClosed):
        await socket.send(messages.encode_json(message))


async def quiet(seconds: float) -> None:
    """Let so much time pass in which something must not happen."""
    await asyncio.sleep(seconds)

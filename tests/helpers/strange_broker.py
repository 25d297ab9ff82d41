"""A broker on loopback that is written in the test: a real `websockets` server with one function for each socket."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable

from websockets.asyncio.server import ServerConnection, serve

from remotehelp.messages import VERSION, Welcome, encode_json

WELCOME = Welcome(VERSION, bytes(16), bytes(32), time.time(), 3)

Answer = Callable[[ServerConnection], Awaitable[None]]


@contextlib.asynccontextmanager
async def broker(answer: Answer) -> AsyncIterator[str]:
    """Serve each socket by ``answer``; gives the address."""
    async with serve(answer, "127.0.0.1", 0, compression=None) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def welcomes(socket: ServerConnection) -> None:
    """Says welcome and then nothing more."""
    await socket.send(encode_json(WELCOME))
    await socket.wait_closed()

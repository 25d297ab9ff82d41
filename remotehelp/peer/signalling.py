"""The socket to the broker: typed messages out and in, one plain error where it does not answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from ipaddress import ip_address

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI
from websockets.protocol import State

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError, ServiceUnavailable
from remotehelp.trust.link import clean_broker_url

log = structlog.get_logger("signalling")

OPEN_TIMEOUT_S = 8.0
AGAIN_S, TRIES = 0.5, 8  # while a line is lost: a new try so often, and so many at a time
# s between two questions whether a socket is alive, until an answer must have come, and for its end
CALM, WATCHED = (20.0, 20.0, 2.0), (1.0, 1.5, 0.5)


class Signalling:
    """An open socket to a broker; ``welcome`` was its first message."""

    def __init__(self, socket: ClientConnection, welcome: messages.Welcome) -> None:
        self._socket = socket
        self._closing: asyncio.Task[None] | None = None
        self.welcome = welcome
        self.turn: messages.TurnServers | None = None  # the newest that came

    @classmethod
    async def open(cls, address: str, *, watched: bool = False) -> Signalling:
        """Connect to the broker at ``address``; a ``watched`` socket ends soon after its line is cut.

        Raises TrustError("broker_address_not_understood"), ServiceUnavailable("broker_unreachable") and
        RemoteProtocolError("newer_version", "message_not_understood").
        """
        where = "ws" + clean_broker_url(address).removeprefix("http") + "/ws"  # http -> ws, https -> wss
        asked_s, answered_s, end_s = WATCHED if watched else CALM
        try:
            socket = await connect(
                where,
                open_timeout=OPEN_TIMEOUT_S,
                ping_interval=asked_s,
                ping_timeout=answered_s,
                close_timeout=end_s,
                max_size=messages.BROKER_LIMIT,
                proxy=None,
            )
        except (OSError, TimeoutError, InvalidHandshake, InvalidURI, ValueError) as error:
            raise ServiceUnavailable("broker_unreachable", address=address) from error
        try:
            return cls(socket, await _welcome(socket))
        except (ConnectionClosed, TimeoutError) as error:
            await _close(socket)
            raise ServiceUnavailable("broker_unreachable", address=address) from error
        except BaseException:
            await _close(socket)
            raise

    @property
    def is_local(self) -> bool:
        """Whether the broker runs on this computer, as far as its address tells."""
        return ip_address(self._socket.remote_address[0].partition("%")[0]).is_loopback

    @property
    def ended(self) -> bool:
        """Whether the socket is closed or closing."""
        return self._socket.state is not State.OPEN

    async def send(self, message: messages.Message) -> None:
        """Send one message; silently dropped when the socket has ended (the reader tells that)."""
        try:
            await self._socket.send(messages.encode_json(message))
        except ConnectionClosed:
            log.info("socket ended")

    async def received(self) -> AsyncIterator[messages.FromBroker]:
        """Each message of the broker until the socket ends; relays are kept in ``turn`` instead."""
        try:
            async for data in self._socket:
                message = messages.decode_from_broker(data)
                if isinstance(message, messages.TurnServers):
                    self.turn = message
                else:
                    yield message
        except ConnectionClosed:
            log.info("socket ended")

    async def close(self) -> None:
        """Close the socket; that goes on by itself if who waits for it gives up."""
        await asyncio.shield(self.drop())

    def drop(self) -> asyncio.Task[None]:
        """Close the socket without waiting for it."""
        if self._closing is None:
            self._closing = asyncio.create_task(_close(self._socket), name="close socket")
        return self._closing


async def reach(address: str) -> Signalling:
    """An open, watched socket to the broker at ``address``, however long it takes until one can be had.

    A new try begins each half a second: one that was begun while the line was cut may wait long after it is back.
    Raises TrustError("broker_address_not_understood").
    """
    tries: set[asyncio.Task[Signalling]] = set()
    try:
        while True:
            if len(tries) < TRIES:
                tries.add(asyncio.create_task(Signalling.open(address, watched=True), name="reach"))
            again = asyncio.get_running_loop().time() + AGAIN_S
            while tries and (left := again - asyncio.get_running_loop().time()) > 0:
                done, tries = await asyncio.wait(tries, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    if (reached := _opened(task)) is not None:
                        return reached
            await asyncio.sleep(again - asyncio.get_running_loop().time())
    finally:
        for task in tries:
            task.add_done_callback(_leave)
            task.cancel()


def _opened(task: asyncio.Task[Signalling]) -> Signalling | None:
    try:
        return task.result()
    except (ServiceUnavailable, RemoteProtocolError):
        return None


def _leave(task: asyncio.Task[Signalling]) -> None:
    if not task.cancelled() and task.exception() is None:
        task.result().drop()


async def _close(socket: ClientConnection) -> None:
    """Properly; a socket whose line is cut, or that nobody waits for any more, the hard way."""
    try:
        await socket.close()
    finally:
        socket.transport.abort()


async def _welcome(socket: ClientConnection) -> messages.Welcome:
    async with asyncio.timeout(OPEN_TIMEOUT_S):
        data = await socket.recv()
    first = messages.decode_from_broker(data)
    if not isinstance(first, messages.Welcome):
        raise RemoteProtocolError("message_not_understood")
    return first

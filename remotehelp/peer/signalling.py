"""The socket to the broker: typed messages out and in, one plain error where it does not answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError, ServiceUnavailable
from remotehelp.trust.link import clean_broker_url

log = structlog.get_logger("signalling")

OPEN_TIMEOUT_S = 8.0


class Signalling:
    """An open socket to a broker; ``welcome`` was its first message."""

    def __init__(self, socket: ClientConnection, welcome: messages.Welcome) -> None:
        self._socket = socket
        self._closing: asyncio.Task[None] | None = None
        self.welcome = welcome

    @classmethod
    async def open(cls, address: str) -> Signalling:
        """Connect to the broker at ``address``.

        Raises TrustError("broker_address_not_understood"), ServiceUnavailable("broker_unreachable") and
        RemoteProtocolError("newer_version", "message_not_understood").
        """
        where = "ws" + clean_broker_url(address).removeprefix("http") + "/ws"  # http -> ws, https -> wss
        try:
            socket = await connect(where, open_timeout=OPEN_TIMEOUT_S, max_size=messages.BROKER_LIMIT, proxy=None)
        except (OSError, TimeoutError, InvalidHandshake, InvalidURI, ValueError) as error:
            raise ServiceUnavailable("broker_unreachable", address=address) from error
        try:
            return cls(socket, await _welcome(socket))
        except (ConnectionClosed, TimeoutError) as error:
            await socket.close()
            raise ServiceUnavailable("broker_unreachable", address=address) from error
        except BaseException:
            await socket.close()
            raise

    async def send(self, message: messages.Message) -> None:
        """Send one message; silently dropped when the socket has ended (the reader tells that)."""
        try:
            await self._socket.send(messages.encode_json(message))
        except ConnectionClosed:
            log.info("socket ended")

    async def received(self) -> AsyncIterator[messages.FromBroker]:
        """Each message of the broker until the socket ends."""
        try:
            async for data in self._socket:
                yield messages.decode_from_broker(data)
        except ConnectionClosed:
            log.info("socket ended")

    async def close(self) -> None:
        """Close the socket; that goes on by itself if who waits for it gives up."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._socket.close(), name="close socket")
        await asyncio.shield(self._closing)


async def _welcome(socket: ClientConnection) -> messages.Welcome:
    async with asyncio.timeout(OPEN_TIMEOUT_S):
        data = await socket.recv()
    first = messages.decode_from_broker(data)
    if not isinstance(first, messages.Welcome):
        raise RemoteProtocolError("message_not_understood")
    return first

"""The socket to the broker: typed messages out and in, one plain error where it does not answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit, urlunsplit

import msgspec
import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError, ServiceUnavailable

log = structlog.get_logger("signalling")

OPEN_TIMEOUT_S = 8.0


def socket_address(address: str) -> str:
    """The WebSocket address of a broker given as http(s), ws(s) or a bare ``host:port``."""
    text = address.strip() if "//" in address else f"http://{address.strip()}"
    parts = urlsplit(text)
    scheme = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}.get(parts.scheme)
    if scheme is None or not parts.hostname:
        raise ServiceUnavailable("address_not_understood", address=address)
    path = parts.path.rstrip("/").removesuffix("/ws") + "/ws"
    return urlunsplit((scheme, parts.netloc, path, "", ""))


class Signalling:
    """An open socket to a broker; ``welcome`` was its first message."""

    def __init__(self, socket: ClientConnection, welcome: messages.Welcome) -> None:
        self._socket = socket
        self._closing: asyncio.Task[None] | None = None
        self.welcome = welcome

    @classmethod
    async def open(cls, address: str) -> Signalling:
        """Connect to the broker at ``address``.

        Raises ServiceUnavailable("broker_unreachable", "address_not_understood") and RemoteProtocolError
        ("newer_version", "message_not_understood").
        """
        try:
            socket = await connect(
                socket_address(address), open_timeout=OPEN_TIMEOUT_S, max_size=messages.BROKER_LIMIT, proxy=None
            )
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


class _AnyVersion(msgspec.Struct):
    """What can be read of every welcome, of whatever version."""

    v: int = messages.VERSION


async def _welcome(socket: ClientConnection) -> messages.Welcome:
    async with asyncio.timeout(OPEN_TIMEOUT_S):
        data = await socket.recv()
    if _version(data) > messages.VERSION:
        raise RemoteProtocolError("newer_version")
    first = messages.decode_from_broker(data)
    if not isinstance(first, messages.Welcome):
        raise RemoteProtocolError("message_not_understood")
    return first


def _version(data: str | bytes) -> int:
    try:
        return msgspec.json.decode(data, type=_AnyVersion).v
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return messages.VERSION

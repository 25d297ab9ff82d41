"""One program's socket at the broker: its caps, its outbox, its end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.websockets import WebSocket, WebSocketDisconnect

from remotehelp.broker.events import Socket
from remotehelp.broker.reception import Visitor
from remotehelp.errors import RemoteProtocolError
from remotehelp.messages import Message, Refused, ToBroker, decode_to_broker, encode_json

OUTBOX = 32  # messages that may wait for a slow reader
POLICY_VIOLATION, TOO_BIG = 1008, 1009  # RFC 6455 §7.4.1


@dataclass(frozen=True)
class Caps:
    """What one socket may do before it is ended, and how many there may be; times in seconds."""

    messages: int = 60  # within `messages_s`; a whole visit needs about twenty
    messages_s: int = 10
    first_s: float = 60.0  # until a program must have asked for something
    send_s: float = 10.0  # until one message must have left
    sockets_each: int = 256  # of one address at a time; an office may sit behind one
    sockets: int = 10_000  # in all


class Line:
    """One socket: hands over what comes in, sends what is put, and is ended by whatever breaks a cap."""

    def __init__(self, number: Socket, websocket: WebSocket, nonce: bytes, caps: Caps) -> None:
        self.number = number
        self._websocket = websocket
        self.visitor = Visitor(nonce)
        self._caps = caps
        self._pace = RateLimitItemPerSecond(caps.messages, caps.messages_s)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._outbox: asyncio.Queue[str | int] = asyncio.Queue(OUTBOX)
        self._reader: asyncio.Task[None] | None = None
        self._refused = False

    @property
    def address(self) -> str:
        """What limits are counted by."""
        client = self._websocket.client
        return "" if client is None else counted_address(client.host)

    async def run(self, answer: Callable[[Line, ToBroker], Awaitable[None]]) -> None:
        """Read and send until the socket ends; ``answer`` gets each message, one after the other."""
        async with asyncio.TaskGroup() as tasks:
            writer = tasks.create_task(self._write())
            self._reader = tasks.create_task(self._read(answer))
            self._reader.add_done_callback(lambda reader: self._finish(reader, writer))

    def send(self, message: Message) -> None:
        """Send a message soon."""
        self.put(encode_json(message))

    def put(self, item: str | int) -> None:
        """Send JSON text soon, or close with a code once all before it has left; who reads too slowly is cut off."""
        try:
            self._outbox.put_nowait(item)
        except asyncio.QueueFull:
            self._cut()

    def _refuse(self, key: str) -> None:
        self._refused = True
        self.send(Refused(key))
        self.put(TOO_BIG if key == "message_too_long" else POLICY_VIOLATION)

    async def _read(self, answer: Callable[[Line, ToBroker], Awaitable[None]]) -> None:
        try:
            async with asyncio.timeout(self._caps.first_s) as patience:
                while (text := await self._receive()) is not None:
                    if (message := self._understand(text)) is not None:
                        patience.reschedule(None)
                        await answer(self, message)
        except TimeoutError:
            self._refuse("nothing_asked")
        except RemoteProtocolError as error:
            self._refuse(error.key)

    async def _receive(self) -> str | None:
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            return None
        if not await self._limiter.hit(self._pace):
            raise RemoteProtocolError("too_many_messages")
        text: str | None = message.get("text")
        if text is None:  # a binary message (RFC 6455 §5.6)
            raise RemoteProtocolError("message_not_understood")
        return text

    def _understand(self, text: str) -> ToBroker | None:
        try:
            return decode_to_broker(text)
        except RemoteProtocolError as error:
            if error.key != "newer_version":
                raise
            self.send(Refused(error.key))  # honest, and free to say something that we do understand
            return None

    async def _write(self) -> None:
        try:
            while isinstance(item := await self._outbox.get(), str):
                async with asyncio.timeout(self._caps.send_s):
                    await self._websocket.send_text(item)
            await self._websocket.close(item)
        except (WebSocketDisconnect, TimeoutError):
            self._cut()

    def _cut(self) -> None:
        if self._reader:
            self._reader.cancel()

    def _finish(self, reader: asyncio.Task[None], writer: asyncio.Task[None]) -> None:
        if reader.cancelled() or not self._refused:
            writer.cancel()


def counted_address(host: str) -> str:
    """An IPv4 address as it is; of an IPv6 one the /64 that one household or machine has for itself (RFC 6177 §2)."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:  # a path or a name: not the internet
        return host
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Network((address, 64), strict=False))

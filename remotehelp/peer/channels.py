"""The data channels of a connection: which message goes on which, and what comes is decoded within its bounds.

They are negotiated out of band (RFC 8832 §2): fixed ids, made on both sides.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import structlog
from aiortc import RTCDataChannel, RTCPeerConnection

from remotehelp import messages
from remotehelp.errors import HelpError, RemoteProtocolError

log = structlog.get_logger("peer")

CONTROL, INPUT, LIVE, EXACT = "control", "input", "live", "exact"
FLUSH_S = 1.0

Receiver: TypeAlias = tuple[Callable[[bytes | str], Any], Callable[[Any], None]]  # decodes, takes


@dataclass(frozen=True)
class _Shape:
    id: int
    ordered: bool
    retransmits: int | None


_SHAPES = {
    CONTROL: _Shape(10, True, None),
    INPUT: _Shape(12, True, None),
    LIVE: _Shape(14, False, 0),
    EXACT: _Shape(16, False, 0),
}


class Channels:
    """All channels of one connection; nothing but `control` is heard before ``hear_all()``."""

    def __init__(self, receivers: Mapping[str, Receiver], on_breach: Callable[[HelpError], None]) -> None:
        """``receivers``: by the channel's name, what decodes a message and who takes it."""
        self._receivers, self._on_breach = receivers, on_breach
        self._channels: dict[str, RTCDataChannel] = {}
        self._heard = {CONTROL}

    def __getitem__(self, label: str) -> RTCDataChannel:
        """The channel with this name, once it is open or opening."""
        return self._channels[label]

    def open(self, pc: RTCPeerConnection, opened: Callable[[], None]) -> None:
        """Make them on ``pc``; ``opened`` is called once `control` can be written to."""
        for label, shape in _SHAPES.items():
            channel = pc.createDataChannel(
                label, negotiated=True, id=shape.id, ordered=shape.ordered, maxRetransmits=shape.retransmits
            )
            self._channels[label] = channel
            channel.on("message", self._receiver(label))
        control = self._channels[CONTROL]
        control.on("open", opened)
        if control.readyState == "open":
            opened()

    def hear_all(self) -> None:
        """Hear the other channels too: both sides are ready."""
        self._heard.update(_SHAPES)

    def close(self) -> None:
        """Hear nothing any more."""
        self._heard.clear()

    def send(self, message: messages.Message) -> None:
        """Send on the channel that the message belongs to; silently dropped while that is not open."""
        self.send_encoded(channel_of(message), messages.encode(message))

    def send_encoded(self, label: str, data: bytes) -> None:
        """Send what is encoded already."""
        channel = self._channels.get(label)
        if channel is not None and channel.readyState == "open":
            channel.send(data)

    def waiting(self, label: str) -> int:
        """Bytes that are queued on this channel but not yet sent."""
        channel = self._channels.get(label)
        return channel.bufferedAmount if channel else 0

    async def flushed(self) -> None:
        """When what was sent on `control` is on its way, at most a second later."""
        if not self.waiting(CONTROL):
            return
        low = asyncio.Event()
        self._channels[CONTROL].on("bufferedamountlow", low.set)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(low.wait(), FLUSH_S)

    def _receiver(self, label: str) -> Callable[[bytes | str], None]:
        decode, take = self._receivers[label]

        def message_came(data: bytes | str) -> None:
            if label not in self._heard:
                return
            try:
                take(decode(data))
            except RemoteProtocolError as error:
                log.warning("breach", channel=label, key=error.key)
                self._on_breach(error)

        return message_came


def channel_of(message: messages.Message) -> str:
    """The name of the channel that a message belongs to."""
    if isinstance(message, messages.Key | messages.Typed | messages.Button | messages.Wheel):
        return INPUT
    if isinstance(message, messages.Pointer | messages.Heartbeat | messages.CursorPlace):
        return LIVE
    if isinstance(message, messages.Exact | messages.Receipt):
        return EXACT
    return CONTROL

"""The technician's socket to a broker once they are signed in: available or not, one claim at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

import structlog

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError
from remotehelp.peer.room import spoken
from remotehelp.peer.signalling import Signalling

log = structlog.get_logger("broker line")

MOST_UNREAD = 32  # messages of a room


class Desk(Protocol):
    """Who is told what belongs to no room; called on the loop."""

    def on_waiting(self, waiting: messages.WaitingList) -> None:
        """Who waits for help now."""

    def on_refused(self, key: str) -> None:
        """The broker does not do what was asked, in a room or not; ``key`` names the sentence."""


class BrokerLine:
    """An open, signed-in socket; ``run`` reads it until it ends."""

    def __init__(self, signalling: Signalling) -> None:
        self.signalling = signalling
        self._room: asyncio.Queue[messages.FromBroker | None] = asyncio.Queue(MOST_UNREAD)

    async def run(self, desk: Desk) -> None:
        """Read until the socket ends; a broker that sends what can't be understood is left."""
        try:
            async for message in self.signalling.received():
                if isinstance(message, messages.WaitingList):
                    desk.on_waiting(message)
                    continue
                self._put(message)
                if isinstance(message, messages.Refused):
                    desk.on_refused(spoken(message.key))
        except RemoteProtocolError as error:
            log.warning("breach", key=error.key)
            await self.close()
        finally:
            self._put(None)

    def _put(self, message: messages.FromBroker | None) -> None:
        """While nobody is in a room what comes is for nobody: the oldest goes, so that a broker can't fill memory."""
        if self._room.full():
            self._room.get_nowait()
        self._room.put_nowait(message)

    async def available(self, on: bool) -> None:
        """Take visits now, or not."""
        await self.signalling.send(messages.Available(on))

    async def room(self) -> AsyncIterator[messages.FromBroker]:
        """The broker's messages from now on; what came before belonged to an earlier visit."""
        while not self._room.empty():
            self._room.get_nowait()
        while (message := await self._room.get()) is not None:
            yield message

    async def leave(self) -> None:
        """Give the room up."""
        await self.signalling.send(messages.Leave())

    async def close(self) -> None:
        """Close the socket."""
        await self.signalling.close()

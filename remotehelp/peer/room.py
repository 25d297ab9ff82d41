"""The room at the broker in which two people meet: bytes across, in clear until the pairing, sealed afterwards."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from typing import Any

from remotehelp import messages
from remotehelp.errors import HelpError, RemoteProtocolError, TrustError
from remotehelp.peer.signalling import Signalling
from remotehelp.sentences import SENTENCES
from remotehelp.trust.pairing import Keys, read_refusal
from remotehelp.trust.resumption import Seals
from remotehelp.trust.sealing import Opener, Sealer


class Room:
    """Relays over a signalling socket; ``seal`` once the keys are there."""

    def __init__(self, signalling: Signalling) -> None:
        self._signalling = signalling
        self._sealer: Sealer | None = None
        self._opener: Opener | None = None

    def seal(self, keys: Keys | Seals) -> None:
        """From now on everything is sealed, both ways."""
        self._sealer, self._opener = Sealer(keys.send, keys.th), Opener(keys.receive, keys.th)

    async def relay(self, data: bytes) -> None:
        """Send bytes of the pairing across."""
        await self._signalling.send(messages.Relay(data))

    async def send(self, content: messages.SealedContent) -> None:
        """Send sealed content across."""
        if self._sealer is None:
            raise RemoteProtocolError("message_out_of_order")
        await self.relay(messages.encode(messages.Sealed(self._sealer.seal(messages.encode(content)))))

    def open(self, data: bytes) -> messages.SealedContent:
        """What the other side sealed; raises TrustError("seal_broken"), RemoteProtocolError."""
        envelope = messages.decode_relayed(data)
        if self._opener is None or not isinstance(envelope, messages.Sealed):
            raise RemoteProtocolError("message_out_of_order")
        return messages.decode_sealed(self._opener.open(envelope.data))

    async def refuse(self, key: str) -> None:
        """Tell the other side which sentence ends it, and leave."""
        refusal = messages.Refusal(key)
        await (self.relay(messages.encode(refusal)) if self._sealer is None else self.send(refusal))
        await self._signalling.send(messages.Leave())

    async def last_word(
        self, messages_in: AsyncIterator[messages.FromBroker], stands: Coroutine[Any, Any, None]
    ) -> messages.SealedContent | None:
        """What the other side seals before the connection ``stands``; None once it stands, or if nothing can come.

        The broker is not needed any more: if it goes, or hands over what nobody sealed, that ends nothing but this.
        """
        listening, standing = asyncio.create_task(self._listen(messages_in)), asyncio.create_task(stands)
        try:
            await asyncio.wait((listening, standing), return_when=asyncio.FIRST_COMPLETED)
            return listening.result() if listening.done() else None
        finally:
            listening.cancel()
            standing.cancel()
            await asyncio.gather(listening, standing, return_exceptions=True)

    async def _listen(self, messages_in: AsyncIterator[messages.FromBroker]) -> messages.SealedContent | None:
        with contextlib.suppress(HelpError):
            async for message in messages_in:
                if isinstance(message, messages.Relay):
                    return self.open(message.data)
        return None


def raise_refusal(data: bytes) -> None:
    """Raise TrustError with the key of the other side's Refusal, if ``data`` is one."""
    key = read_refusal(data)
    if key is not None:
        raise TrustError(spoken(key))


def spoken(key: str) -> str:
    """``key`` if it names a sentence that needs no values, else "other_side_refused": the key came from outside."""
    return key if "{" not in SENTENCES.get(key, "{") else "other_side_refused"

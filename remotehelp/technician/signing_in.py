"""Signing in at a broker: the badge is proven and, where the broker asks, an account given on the same socket."""

from __future__ import annotations

import asyncio
from typing import Self

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError, ServiceUnavailable, TrustError
from remotehelp.peer.room import spoken
from remotehelp.peer.signalling import Signalling
from remotehelp.trust.signin import prove
from remotehelp.trust.wallet import OwnBadge

ANSWER_S = 8.0  # how long the broker may take to check a badge or an account

Answer = messages.SignedIn | messages.AccountAsked | messages.Enrol


class SigningIn:
    """An open socket on the way in. ``answer`` is the broker's last one: with ``SignedIn`` the socket may be used.

    Whatever fails but a refusal of the account closes it.
    """

    def __init__(self, signalling: Signalling, address: str) -> None:
        self.signalling, self.address = signalling, address
        self.answer: Answer | None = None

    @classmethod
    async def begin(cls, address: str, own: OwnBadge) -> Self:
        """Connect to ``address`` and prove the badge; raises ServiceUnavailable, TrustError, RemoteProtocolError."""
        made = cls(await Signalling.open(address), address)
        welcome = made.signalling.welcome
        proof = prove(own.private_key, welcome.broker, welcome.nonce)
        await made._ask(messages.SignIn(messages.VERSION, own.badge_bytes, proof))
        return made

    @property
    def ended(self) -> bool:
        """Whether the socket has ended meanwhile."""
        return self.signalling.ended

    async def give_account(self, account: str, password: str, code: str) -> None:
        """Give the account that was asked for; raises TrustError("account_refused", …), after which it may be again."""
        await self._ask(messages.GiveAccount(account, password, code), stay=True)

    async def resume(self, session: bytes) -> None:
        """Give an earlier session instead; raises TrustError("session_over"), after which the account may be given."""
        await self._ask(messages.Resume(session), stay=True)

    async def close(self) -> None:
        """Close the socket."""
        await self.signalling.close()

    async def _ask(self, message: messages.Message, *, stay: bool = False) -> None:
        try:
            await self.signalling.send(message)
            async with asyncio.timeout(ANSWER_S):
                self.answer = await self._heard()
        except TimeoutError as error:
            await self.close()
            raise ServiceUnavailable("broker_unreachable", address=self.address) from error
        except TrustError:
            if not stay:
                await self.close()
            raise
        except BaseException:
            await self.close()
            raise

    async def _heard(self) -> Answer:
        async for message in self.signalling.received():
            match message:
                case messages.SignedIn() | messages.AccountAsked() | messages.Enrol():
                    return message
                case messages.Refused(key=key):
                    raise TrustError(spoken(key))
                case messages.Presence():
                    continue
                case _:
                    raise RemoteProtocolError("message_not_understood")
        raise ServiceUnavailable("broker_went_away")

"""Who comes in as a technician: the badge first and, where the broker has accounts, the account after it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import structlog

from remotehelp.broker.accounts import Accounts
from remotehelp.broker.public_folder import PublicFolder
from remotehelp.broker.sessions import Admission
from remotehelp.errors import TrustError
from remotehelp.messages import AccountAsked, Enrol, GiveAccount, Resume, SignedIn, SignIn
from remotehelp.trust.badge import Badge

log = structlog.get_logger("broker")


@dataclass(frozen=True)
class Offered:
    """The secret of a second factor that waits for its first code."""

    account: str
    secret: str = field(repr=False)


@dataclass
class Visitor:
    """What one socket has shown of its technician; ``badge`` is there once they are in."""

    nonce: bytes
    badge: bytes | None = None
    admission: Admission | None = None
    waiting: tuple[Badge, bytes] | None = None  # a good badge that waits for its account
    offered: Offered | None = None


class Reception:
    """Lets technicians in, and looks again whether they may stay."""

    def __init__(self, identity: bytes, folder: PublicFolder | None, accounts: Accounts) -> None:
        self._identity, self._folder, self._accounts = identity, folder, accounts

    async def hear(
        self, visitor: Visitor, address: str, message: SignIn | GiveAccount | Resume
    ) -> SignedIn | AccountAsked | Enrol:
        """What a technician at ``address`` is answered; ``SignedIn``: is in. Raises TrustError, ServiceUnavailable."""
        if isinstance(message, SignIn):
            return await self._badge_came(visitor, message)
        if visitor.waiting is None:
            raise TrustError("not_signed_in")
        key = visitor.waiting[0].technician_key
        if isinstance(message, Resume):
            return self._let_in(visitor, await self._accounts.resume(message.session, key))
        offered = visitor.offered
        secret = offered.secret if offered and offered.account == message.account else None
        outcome = await self._accounts.sign_in(message, key, address, secret)
        if isinstance(outcome, Admission):
            return self._let_in(visitor, outcome)
        visitor.offered = Offered(message.account, outcome)
        return Enrol(outcome)

    async def _badge_came(self, visitor: Visitor, message: SignIn) -> SignedIn | AccountAsked:
        if self._folder is None:
            raise TrustError("no_organisation")
        badge = self._folder.check(message, self._identity, visitor.nonce, time.time())
        if await self._accounts.asked():
            visitor.waiting = badge, message.badge
            return AccountAsked()
        visitor.badge = message.badge
        return SignedIn()

    def _let_in(self, visitor: Visitor, admission: Admission) -> SignedIn:
        if visitor.waiting is not None:
            _, visitor.badge = visitor.waiting
        visitor.admission, visitor.waiting, visitor.offered = admission, None, None
        log.info("account signed in", account=admission.session.account)
        return SignedIn(admission.token)

    async def check(self, visitor: Visitor) -> None:
        """Return if the technician may go on; raises TrustError if badge or session hold no longer.

        Raises ServiceUnavailable where that can't be found out.
        """
        if self._folder is None or visitor.badge is None:
            return  # never signed in: the rules refuse it
        try:
            self._folder.judge(visitor.badge, time.time())
            if visitor.admission is not None and not await self._accounts.holds(visitor.admission):
                raise TrustError("session_over")
        except TrustError:
            visitor.badge = visitor.admission = None
            raise

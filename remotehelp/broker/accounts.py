"""The account beside the badge: password and second factor, held against guessing, and the sessions that come of it.

An unknown account, a wrong password, a wrong or used code and a disabled account get the same refusal after the same
work. Who has no valid badge of the organisation gets nowhere near it (``reception.py``).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from remotehelp.broker.account_book import Account, AccountBook
from remotehelp.broker.passwords import Passwords
from remotehelp.broker.second_factor import matching_step, new_secret
from remotehelp.broker.sessions import SESSION_S, Admission, Session, Sessions
from remotehelp.errors import ConfigError, TrustError
from remotehelp.messages import GiveAccount

PER_ACCOUNT = RateLimitItemPerMinute(10, 15)
PER_ADDRESS = RateLimitItemPerMinute(30, 15)
NO_SECRET = "A" * 32  # what the code of an account without a second factor is computed with; it opens nothing
MARK_FILE = "accounts"  # beside a database that has accounts: without them it may not serve


class Accounts:
    """The accounts of a broker, and who is signed in by them."""

    def __init__(self, book: AccountBook, passwords: Passwords, clock: Callable[[], float]) -> None:
        """``clock``: seconds since 1970 UTC."""
        self._book, self._passwords, self._clock = book, passwords, clock
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._sessions = Sessions(secrets.token_bytes)

    async def asked(self) -> bool:
        """Whether the badge alone is not enough."""
        return await self._book.count() > 0

    async def sign_in(self, given: GiveAccount, badge_key: bytes, address: str, offered: str | None) -> Admission | str:
        """Let in who knows password and code; or, for an account without a second factor, give a secret for one.

        ``offered`` is the secret that this socket got before: a code of it enrols the account. Raises
        TrustError("account_refused", "too_many_sign_ins"), ServiceUnavailable.
        """
        await self._pace(PER_ADDRESS, address)
        await self._pace(PER_ACCOUNT, given.account)
        account = await self._book.find(given.account)
        known = await self._passwords.fits(account.password if account else None, given.password)
        secret = (account.secret if account else None) or offered or NO_SECRET
        step = matching_step(secret, given.code, self._clock(), account.step if account else 0)
        if account is None or account.disabled or not known:
            raise TrustError("account_refused")
        if account.secret is None and offered is None:
            return new_secret()
        if step is None or not await self._accept(account, secret, step):
            raise TrustError("account_refused")
        session = Session(account.name, account.version, badge_key, self._clock() + SESSION_S)
        return self._sessions.admit(session, self._clock())

    async def resume(self, token: bytes, badge_key: bytes) -> Admission:
        """Let in by a token, which is used up; raises TrustError("session_over"), ServiceUnavailable."""
        admission = self._sessions.take_over(token, badge_key, self._clock())
        if admission is None or not await self.holds(admission):
            raise TrustError("session_over")
        return admission

    async def holds(self, admission: Admission) -> bool:
        """Whether it still counts; raises ServiceUnavailable."""
        session = admission.session
        account = await self._book.find(session.account)
        same = account is not None and not account.disabled and account.version == session.version
        return same and self._sessions.has(admission, self._clock())

    async def _accept(self, account: Account, secret: str, step: int) -> bool:
        if account.secret is None:
            return await self._book.enrol(account, secret, step)
        return await self._book.use(account, step)

    async def _pace(self, item: RateLimitItem, key: str) -> None:
        if not await self._limiter.hit(item, key):
            raise TrustError("too_many_sign_ins")


def mark(folder: Path) -> None:
    """Note beside the database that it has accounts; raises ConfigError("file_not_writable")."""
    try:
        (folder / MARK_FILE).touch(0o600)
    except OSError as error:
        raise ConfigError("file_not_writable", file=str(folder / MARK_FILE)) from error


async def check_mark(folder: Path, book: AccountBook) -> None:
    """Raise ConfigError("accounts_lost") where accounts were: a lost database must not open the door to all badges."""
    if (folder / MARK_FILE).exists() and not await book.count():
        raise ConfigError("accounts_lost", folder=str(folder))

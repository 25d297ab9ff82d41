"""Sessions: who signed in with an account may come back for some hours without being asked anew. Pure.

They live in memory alone, and only as hashes of their tokens: a restart ends them all, and so no database that is
brought back from a backup holds one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

SESSION_S = 12 * 3600.0  # from the sign-in, however often one comes back
TOKEN_BYTES = 32


@dataclass(frozen=True)
class Session:
    """One sign-in: the account, its ``version`` at that time, whose badge it was with, and when it ends."""

    account: str
    version: int
    badge_key: bytes
    until: float  # seconds of the same clock as ``now``


@dataclass(frozen=True)
class Admission:
    """A session as one socket has it, and the token by which another socket may take it over."""

    session: Session
    token: bytes = field(repr=False)


class Sessions:
    """The sessions of one node."""

    def __init__(self, make_token: Callable[[int], bytes]) -> None:
        """``make_token(n)``: n random bytes."""
        self._make_token = make_token
        self._kept: dict[bytes, Session] = {}

    def admit(self, session: Session, now: float) -> Admission:
        """Keep the session under a new token; those that are over are forgotten."""
        self._kept = {hashed: one for hashed, one in self._kept.items() if one.until > now}
        token = self._make_token(TOKEN_BYTES)
        self._kept[_hashed(token)] = session
        return Admission(session, token)

    def take_over(self, token: bytes, badge_key: bytes, now: float) -> Admission | None:
        """The session of ``token`` under a new one, for the socket that has it no longer counts.

        None if there is no such session, if it is over, or for another badge.
        """
        session = self._kept.get(_hashed(token))
        if session is None or session.badge_key != badge_key:
            return None
        del self._kept[_hashed(token)]
        return self.admit(session, now) if session.until > now else None

    def has(self, admission: Admission, now: float) -> bool:
        """Whether it has neither ended nor been taken over."""
        return _hashed(admission.token) in self._kept and admission.session.until > now


def _hashed(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()

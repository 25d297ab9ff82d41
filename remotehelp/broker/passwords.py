"""Passwords of accounts: Argon2id (RFC 9106), off the loop, and the same work whether there is an account or not."""

from __future__ import annotations

import asyncio
import unicodedata
from typing import Protocol

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2  # each takes 64 MiB while it lasts

# of random bytes that nobody kept: what an unknown account is checked against
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$Fecgmn6x6rEavg2vEImPiw$Bp1IBN0Wsy4W83hLexiALjVU/dBeAe+iELQCDhFCntA"


class Hasher(Protocol):
    """What ``argon2.PasswordHasher`` does of it."""

    def hash(self, password: str) -> str: ...

    def verify(self, hash: str, password: str) -> bool: ...


class Passwords:
    """Hashes and checks, at most ``AT_ONCE`` at a time; who comes meanwhile waits."""

    def __init__(self, hasher: Hasher | None = None, nobody: str = NOBODY) -> None:
        """``nobody`` is hashed with the parameters that ``hasher`` has."""
        self._hasher = PasswordHasher() if hasher is None else hasher
        self._nobody = nobody
        self._room = asyncio.Semaphore(AT_ONCE)

    async def hash(self, password: str) -> str:
        """What is kept of ``password``, with its parameters and salt (PHC string format)."""
        async with self._room:
            return await asyncio.to_thread(self._hasher.hash, _plain(password))

    async def fits(self, kept: str | None, password: str) -> bool:
        """Whether ``kept`` was made of ``password``; without an account (None) it takes as long, and is False."""
        async with self._room:
            return await asyncio.to_thread(self._verify, kept or self._nobody, _plain(password)) and kept is not None

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def _plain(password: str) -> str:
    """The same password from every keyboard (RFC 8265 §4.2.2 asks for NFC, and spaces of one kind)."""
    return unicodedata.normalize("NFC", "".join(" " if sign.isspace() else sign for sign in password))

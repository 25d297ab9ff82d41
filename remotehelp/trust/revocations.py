"""The list of revoked badges: signed by the organisation, with a number that only rises."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Meta

from remotehelp.trust import signed
from remotehelp.trust.files import read_file

REVOCATIONS_FILE = "revocations.json"
FRESH_S = 7 * 86400  # an older list makes its organisation "not proven"
KEEP_S = 32 * 86400  # the longest badge and the 26 h of clock error: after that a revoked badge is expired anyway

Serial = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Time = Annotated[int, Meta(ge=0, le=2**40)]  # seconds since 1970 UTC


class Revoked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """One badge that counts no more, and since when."""

    serial: Serial
    since: Time


class Revocations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The list: its number, when it was signed, and the revoked badges that are not expired anyway."""

    number: Annotated[int, Meta(ge=1, le=2**53)]
    time: Time
    revoked: tuple[Revoked, ...] = ()

    def names(self, serial: int) -> bool:
        """Whether the badge with this serial is revoked."""
        return any(entry.serial == serial for entry in self.revoked)

    def is_old(self, now: float) -> bool:
        """Whether the list is older than 7 days."""
        return now - self.time > FRESH_S

    def next(self, now: int, *serials: int) -> Revocations:
        """The list that follows this one, with ``serials`` added and those left out that expired long ago.

        The number is at least the time, so that a folder that came back from a backup does not fall behind.
        """
        kept = [entry for entry in self.revoked if now - entry.since <= KEEP_S and entry.serial not in serials]
        added = [Revoked(serial, now) for serial in serials]
        return Revocations(max(self.number + 1, now), now, (*kept, *added))


def write_list(key: Ed25519PrivateKey, revocations: Revocations) -> bytes:
    """The signed list as customers and brokers get it."""
    return signed.write_signed(key, signed.REVOCATIONS, revocations)


def open_list(data: bytes, organisation_key: bytes) -> Revocations:
    """The list, once its signature held; raises TrustError("revocations_not_signed")."""
    return signed.open_signed(
        data, signed.REVOCATIONS, Revocations, lambda _: organisation_key, "revocations_not_signed"
    )


def load_revocations(folder: Path, organisation_key: bytes) -> bytes:
    """The signed list in an organisation's public folder, checked, as the bytes to hand over.

    Raises ConfigError("file_not_readable"), TrustError("revocations_not_signed").
    """
    data = read_file(folder / REVOCATIONS_FILE)
    open_list(data, organisation_key)
    return data

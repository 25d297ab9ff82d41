"""What an organisation shows of itself: name, domain and public key, signed with that key."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp.errors import TrustError
from remotehelp.messages import Key32, Name
from remotehelp.trust import signed
from remotehelp.trust.files import read_file
from remotehelp.trust.names import is_clean

ORGANISATION_FILE = "organisation.json"


class Organisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An organisation as it names itself; only ``key`` (Ed25519, 32 bytes) tells it from others."""

    name: Name
    key: Key32
    domain: str | None = None

    @property
    def id(self) -> bytes:
        """SHA-256 of the public key."""
        return hashlib.sha256(self.key).digest()


def public_half(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public key."""
    return key.public_key().public_bytes_raw()


def write_public(key: Ed25519PrivateKey, organisation: Organisation) -> bytes:
    """The organisation's public file."""
    return signed.write_signed(key, signed.ORGANISATION, organisation)


def open_public(data: bytes) -> Organisation:
    """The organisation that a public file names; raises TrustError("organisation_not_signed").

    The signature shows only that whoever holds the key chose this name; it proves no name.
    """
    organisation = signed.open_signed(
        data, signed.ORGANISATION, Organisation, lambda claimed: claimed.key, "organisation_not_signed"
    )
    if not is_clean(organisation.name, organisation.domain):
        raise TrustError("organisation_not_signed")
    return organisation


def load_public(path: Path) -> Organisation:
    """The organisation of a public file, or of the folder that holds one.

    Raises ConfigError("file_not_readable"), TrustError("organisation_not_signed").
    """
    return open_public(read_file(path / ORGANISATION_FILE if path.is_dir() else path))

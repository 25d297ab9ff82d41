"""What an organisation shows of itself: name, domain and public key, signed with that key."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Meta

from remotehelp.errors import TrustError
from remotehelp.messages import Key32, Name
from remotehelp.trust import signed
from remotehelp.trust.files import read_file
from remotehelp.trust.names import is_clean

ORGANISATION_FILE = "organisation.json"


PRIVATE_WORDS = 16  # that an organisation adds to those that make a window private

PrivateWords = Annotated[tuple[Annotated[str, Meta(min_length=3, max_length=32)], ...], Meta(max_length=PRIVATE_WORDS)]


class Organisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An organisation as it names itself; only ``key`` (Ed25519, 32 bytes) tells it from others.

    ``contact``: whom a customer calls or writes to who wants to report somebody. ``private``: words that make a window
    private, too (plain words, ``remotehelp.customer.brake``); none can be taken away.
    """

    name: Name
    key: Key32
    domain: str | None = None
    contact: Name | None = None
    private: PrivateWords = ()

    @property
    def id(self) -> bytes:
        """SHA-256 of the public key."""
        return hashlib.sha256(self.key).digest()


def is_plain(organisation: Organisation) -> bool:
    """Whether every word of it can be shown to a person as it stands."""
    words = (organisation.contact, *organisation.private)
    named = is_clean(organisation.name, organisation.domain)
    return named and all(is_clean(word) for word in words if word is not None)


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
    if not is_plain(organisation):
        raise TrustError("organisation_not_signed")
    return organisation


def load_public(path: Path) -> Organisation:
    """The organisation of a public file, or of the folder that holds one.

    Raises ConfigError("file_not_readable"), TrustError("organisation_not_signed").
    """
    return open_public(read_file(path / ORGANISATION_FILE if path.is_dir() else path))

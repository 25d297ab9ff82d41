"""An organisation and its technician with fixed keys, so that a failing test fails again."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp.trust import badge
from remotehelp.trust.public import Organisation, public_half
from remotehelp.trust.revocations import Revocations, write_list
from remotehelp.trust.wallet import OwnBadge

NOW = 1_800_000_000


class Issuer:
    """An organisation that signs: ``own()`` is a technician's badge with its key, ``revocations()`` the list."""

    def __init__(self, name: str, domain: str | None = None) -> None:
        self.key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())
        self.organisation = Organisation(name, public_half(self.key), domain)

    def own(self, *, serial: int = 1, now: int = NOW, days: int = 7, photo: bytes | None = None) -> OwnBadge:
        key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"technician {serial}".encode()).digest())
        request = badge.open_request(badge.make_request("Technician", "A", photo, key))
        data = badge.issue(self.key, self.organisation, request, serial, now, days)
        return OwnBadge(badge.open_badge(data), data, key, photo)

    def revocations(self, *serials: int, number: int = NOW, time: int = NOW) -> bytes:
        listed = Revocations(number, time).next(time, *serials).revoked
        return write_list(self.key, Revocations(number, time, listed))


@pytest.fixture
def now() -> int:
    return NOW


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    return Issuer("Helpers", "help.example.org")


@pytest.fixture(scope="session")
def stranger() -> Issuer:
    return Issuer("Somebody else")


@pytest.fixture
def photo() -> bytes:
    return b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8 + b"\xff\xd9"

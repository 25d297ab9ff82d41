"""An organisation in memory that gives badges of every kind: good ones and each kind that must be refused."""

from __future__ import annotations

import time

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp.trust import badge
from remotehelp.trust.public import Organisation, public_half
from remotehelp.trust.revocations import Revocations, write_list
from remotehelp.trust.wallet import OwnBadge

DAY_S = 86400
PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8 + b"\xff\xd9"


class Issuer:
    """An organisation with a key of its own."""

    def __init__(self, name: str = "Example Help") -> None:
        self.key = Ed25519PrivateKey.generate()
        self.organisation = Organisation(name, public_half(self.key), None)

    def badge(
        self, *, serial: int = 1, days_ago: float = 0, photo: bytes | None = PHOTO, now: float | None = None
    ) -> OwnBadge:
        """A badge for seven days, issued so long before ``now`` (seconds since 1970; if None, the real one)."""
        key = Ed25519PrivateKey.generate()
        request = badge.open_request(badge.make_request("Technician", "A", photo, key))
        issued_at = int((time.time() if now is None else now) - days_ago * DAY_S)
        data = badge.issue(self.key, self.organisation, request, serial, issued_at, 7)
        return OwnBadge(badge.open_badge(data), data, key, photo)

    def unsigned(self) -> OwnBadge:
        """A badge of this organisation that somebody else signed."""
        own, forger = self.badge(), Issuer(self.organisation.name)
        request = badge.open_request(badge.make_request("Technician", "A", None, own.private_key))
        data = badge.issue(forger.key, self.organisation, request, 1, int(time.time()), 7)
        return OwnBadge(own.badge, data, own.private_key, None)

    def stolen(self) -> OwnBadge:
        """A good badge in the hands of somebody who has not its key."""
        own = self.badge()
        return OwnBadge(own.badge, own.badge_bytes, Ed25519PrivateKey.generate(), own.photo)

    def revocations(self, *serials: int, days_ago: float = 0, number: int | None = None) -> bytes:
        """The signed list that names these serials."""
        now = int(time.time() - days_ago * DAY_S)
        listed = Revocations(1, now).next(now, *serials)
        return write_list(self.key, Revocations(number or listed.number, now, listed.revoked))

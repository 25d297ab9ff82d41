"""An organisation, its list and one badge with keys that are the same each time, for machines that replay a failure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp.trust.badge import Verdict, issue, judge, make_request, open_badge, open_request
from remotehelp.trust.public import Organisation, public_half
from remotehelp.trust.revocations import Revocations, write_list
from remotehelp.trust.wallet import OwnBadge

NOW = 1_800_000_000


def private_key(name: str) -> Ed25519PrivateKey:
    """The key of this name."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


ORG_KEY = private_key("organisation")
ORGANISATION = Organisation("Helpers", public_half(ORG_KEY))
REVOCATIONS = write_list(ORG_KEY, Revocations(1, NOW))


def own_badge(name: str, serial: int) -> OwnBadge:
    """The badge of the technician with the key ``name``."""
    key = private_key(name)
    data = issue(ORG_KEY, ORGANISATION, open_request(make_request("Technician", "A", None, key)), serial, NOW)
    return OwnBadge(open_badge(data), data, key)


def judge_here(badge_bytes: bytes) -> Verdict:
    """What she makes of a badge of this organisation."""
    return judge(badge_bytes, ORGANISATION.key, REVOCATIONS, NOW, NOW)


def entropy(seed: str) -> Callable[[int], bytes]:
    """Bytes that are the same each time the test runs and different for each seed."""
    return lambda size: hashlib.shake_256(seed.encode()).digest(size)

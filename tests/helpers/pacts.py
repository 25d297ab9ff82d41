"""Two sides that can sign a log: what the pairing would have given them."""

from __future__ import annotations

import os

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp.messages import LogOpening
from remotehelp.trust.public import public_half
from remotehelp.trust.receipt import Pact
from remotehelp.trust.wallet import OwnBadge
from tests.helpers.issuer import Issuer


def pacts(own: OwnBadge | None = None) -> tuple[Pact, Pact]:
    """The customer's and the technician's, of one new visit; ``own``: the technician's badge."""
    own, key = own or Issuer().badge(), Ed25519PrivateKey.generate()
    opening = LogOpening(os.urandom(32), public_half(key), own.badge_bytes)
    return Pact.made(opening, own.badge, key), Pact.made(opening, own.badge, own.private_key)

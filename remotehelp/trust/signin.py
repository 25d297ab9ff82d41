"""Signing in at a broker: the technician signs the broker's nonce with the badge's key, and nothing else is asked."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp.errors import TrustError
from remotehelp.trust import signed
from remotehelp.trust.badge import Badge


def prove(private_key: Ed25519PrivateKey, broker_id: bytes, nonce: bytes) -> bytes:
    """The signature over ``"RHP/1 claim" | broker id | nonce`` (16 and 32 bytes, both from the broker's welcome)."""
    return signed.sign(private_key, signed.CLAIM, broker_id + nonce)


def check(badge: Badge, broker_id: bytes, nonce: bytes, signature: bytes) -> None:
    """Raise TrustError("sign_in_not_proven") unless the badge's key made the proof; the badge is judged elsewhere."""
    if not signed.holds(badge.technician_key, signed.CLAIM, broker_id + nonce, signature):
        raise TrustError("sign_in_not_proven")

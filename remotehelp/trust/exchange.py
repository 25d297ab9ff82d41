"""How two sides come to one secret: SPAKE2 where they share a code, X25519 where they share nothing."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from spake2 import SPAKE2_A, SPAKE2_B, SPAKEError
from spake2.ed25519_basic import NotOnCurve

from remotehelp.errors import RemoteProtocolError

ID_T = b"RHP/1|T"
ID_C = b"RHP/1|C"
PAKE_SIZE = 33  # one byte for the side and a point of Ed25519
SHARE_SIZE = 32
FIELD = 2**255 - 19  # RFC 7748 §4.1

Entropy = Callable[[int], bytes]


class Exchange(Protocol):
    """One side of it; ``message`` goes to the other one."""

    message: bytes

    def finish(self, message: bytes) -> bytes:
        """The secret, from the other side's message; raises RemoteProtocolError("message_not_understood")."""


class Pake:
    """SPAKE2 over the digits of a code."""

    def __init__(self, side: type[SPAKE2_A | SPAKE2_B], secret: str, entropy: Entropy = os.urandom) -> None:
        """``side``: SPAKE2_A at the technician's, SPAKE2_B at the customer's."""
        self._pake = side(secret.encode(), idA=ID_T, idB=ID_C, entropy_f=entropy)
        self.message: bytes = self._pake.start()

    def finish(self, message: bytes) -> bytes:
        """The PAKE's result; the library asserts and raises several kinds for a point that is none."""
        if len(message) != PAKE_SIZE:
            raise RemoteProtocolError("message_not_understood")
        try:
            shared: bytes = self._pake.finish(message)
        except (SPAKEError, NotOnCurve, ValueError, AssertionError) as error:
            raise RemoteProtocolError("message_not_understood") from error
        return shared


class DiffieHellman:
    """X25519 (RFC 7748), with a key for this one time."""

    def __init__(self, entropy: Entropy = os.urandom) -> None:
        self._key = X25519PrivateKey.from_private_bytes(entropy(SHARE_SIZE))
        self.message = self._key.public_key().public_bytes_raw()

    def finish(self, message: bytes) -> bytes:
        """The common secret; our own share, one of low order and one that is not written canonically are refused.

        RFC 7748 §5 reads several byte strings as one point: only the canonical one can be compared.
        """
        if len(message) != SHARE_SIZE or int.from_bytes(message, "little") >= FIELD:
            raise RemoteProtocolError("message_not_understood")
        if hmac.compare_digest(message, self.message):
            raise RemoteProtocolError("own_message_came_back")
        try:
            return self._key.exchange(X25519PublicKey.from_public_bytes(message))
        except ValueError as error:  # all zero: a point of low order (RFC 7748 §6.1)
            raise RemoteProtocolError("message_not_understood") from error

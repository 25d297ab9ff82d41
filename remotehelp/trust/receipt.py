"""Who signs the log of a visit: her key for the visit and his badge key, both under the context "RHP/1 log".

What is signed is for ``visit/story.py`` to say. The first line of a log names her key and the badge, which names his
key and is signed by the organisation whose key stands in it; whether that one is known is not for this module to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp.errors import TrustError
from remotehelp.messages import LogOpening, LogReceipt
from remotehelp.trust import signed
from remotehelp.trust.badge import Badge, open_badge


@dataclass(frozen=True)
class Parties:
    """The public keys that sign: hers, and the badge's."""

    customer: bytes
    technician: bytes

    def customer_signed(self, body: bytes, signature: bytes) -> bool:
        """Whether this is her signature of ``body``."""
        return signed.holds(self.customer, signed.LOG, body, signature)

    def technician_signed(self, body: bytes, signature: bytes) -> bool:
        """Whether this is his signature of ``body``."""
        return signed.holds(self.technician, signed.LOG, body, signature)

    def both_signed(self, body: bytes, receipt: LogReceipt) -> bool:
        """Whether ``receipt`` has both signatures of ``body``."""
        return self.customer_signed(body, receipt.customer) and self.technician_signed(body, receipt.technician)


@dataclass(frozen=True)
class Pact(Parties):
    """What a side needs to sign the log of one visit: how it begins, and its own private key."""

    opening: LogOpening
    own_key: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def made(cls, opening: LogOpening, badge: Badge, own_key: Ed25519PrivateKey) -> Pact:
        """The pact of a visit that begins with ``opening``, in which ``badge`` is."""
        return cls(opening.customer, badge.technician_key, opening, own_key)

    def sign(self, body: bytes) -> bytes:
        """Our signature of ``body``."""
        return signed.sign(self.own_key, signed.LOG, body)


class LogProofs:
    """For whoever reads a log, on any computer; ``badge`` is there once the first line held."""

    def __init__(self) -> None:
        self.badge: Badge
        self._parties = Parties(b"", b"")

    def opens(self, opening: LogOpening) -> bool:
        """Whether the organisation that the badge names has signed it."""
        try:
            self.badge = open_badge(opening.badge)
        except TrustError:
            return False
        self._parties = Parties(opening.customer, self.badge.technician_key)
        return True

    def both_signed(self, body: bytes, receipt: LogReceipt) -> bool:
        """Whether both signatures are of ``body``."""
        return self._parties.both_signed(body, receipt)

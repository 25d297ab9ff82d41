"""Pairing from the queue, without I/O: nobody is on the phone, so there is no shared secret (PROTOCOL.md).

X25519 stands in place of SPAKE2. The technician commits to the whole hello before the customer's is known, and opens it
after: so nobody between the two can look for shares under which both read the same safety words; there is one try of
2^22. Who has no badge's key can't sign the transcript.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp import messages
from remotehelp.errors import TrustError
from remotehelp.messages import Commit, HelloT
from remotehelp.trust import signed
from remotehelp.trust.exchange import DiffieHellman, Entropy
from remotehelp.trust.pairing import CustomerMachine, Mode, Place, Step, TechnicianMachine, read, read_hello
from remotehelp.trust.public import Organisation
from remotehelp.trust.wallet import OwnBadge

QUEUE = Mode(signed.QUEUE, "opening_changed")
NO_NAMEPLATE = ""


def commitment(hello_t: bytes) -> bytes:
    """SHA-256 over the context and the whole of the technician's hello, as it will be sent."""
    return hashlib.sha256(signed.QUEUE + hello_t).digest()


class QueueTechnician(TechnicianMachine):
    """The technician's side, from the queue: ``commit``, then ``receive_hello``, then ``receive_confirm``."""

    def __init__(
        self,
        sid: bytes,
        own: OwnBadge,
        fingerprint: bytes,
        *,
        caps: tuple[str, ...] = (),
        nonce: bytes,
        entropy: Entropy = os.urandom,
    ) -> None:
        place = Place(QUEUE, own.badge.organisation.id, NO_NAMEPLATE, sid)
        super().__init__(place, DiffieHellman(entropy), own, fingerprint, caps, nonce)

    def commit(self) -> bytes:
        """The encoded Commit; raises LocalProtocolError the second time."""
        self._begin()
        return messages.encode(Commit(commitment(self._hello)))

    def receive_hello(self, data: bytes) -> tuple[bytes, bytes]:
        """The encoded HelloT and ConfirmT, both for the customer's HelloC; raises RemoteProtocolError."""
        confirm = self._answer_hello(data)
        return self._hello, confirm


class QueueCustomer(CustomerMachine):
    """The customer's side, from the queue: ``receive_commit``, ``receive_hello``, then ``receive_confirm``.

    ``organisation`` is her pin's or her link's.
    """

    def __init__(
        self,
        sid: bytes,
        organisation: Organisation,
        fingerprint: bytes,
        *,
        visit_key: Ed25519PrivateKey,
        caps: tuple[str, ...] = (),
        nonce: bytes,
        entropy: Entropy = os.urandom,
    ) -> None:
        place = Place(QUEUE, organisation.id, NO_NAMEPLATE, sid)
        super().__init__(place, DiffieHellman(entropy), fingerprint, visit_key, caps, nonce)
        self._step = Step.COMMIT
        self._commitment: bytes

    def receive_commit(self, data: bytes) -> bytes:
        """The encoded HelloC, once the technician is bound to one hello; raises RemoteProtocolError."""
        self._enter(Step.COMMIT)
        self._commitment = read(data, Commit).hash
        self._step = Step.HELLO
        return self._hello

    def receive_hello(self, data: bytes) -> None:
        """The technician's HelloT; raises TrustError("opening_changed") if it is not the promised one.

        Raises RemoteProtocolError too.
        """
        self._enter(Step.HELLO)
        if not hmac.compare_digest(commitment(data), self._commitment):
            raise TrustError(QUEUE.mismatch)
        self._peer = read_hello(data, HelloT)
        self._refuse_reflection(self._peer)
        self._agree(self._peer, data, self._hello)
        self._step = Step.CONFIRM

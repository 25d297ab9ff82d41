"""Pairing, without I/O: two machines fed with the other side's bytes (PROTOCOL.md, opening with a code).

What both modes share, and the two machines of the mode with a code; those of the queue are in ``queue_pairing``.
A step that goes wrong ends the machine: before it does anything, each step marks the machine as over, and only a step
that held opens the next one. So a code is used before its confirmation is looked at.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from spake2 import SPAKE2_A, SPAKE2_B

from remotehelp import messages
from remotehelp.errors import LocalProtocolError, RemoteProtocolError, TrustError
from remotehelp.messages import HELLO_LIMIT, VERSION, Commit, ConfirmC, ConfirmT, HelloC, HelloT, Refusal
from remotehelp.trust import signed
from remotehelp.trust.badge import Verdict
from remotehelp.trust.code import LIFE_S, Code
from remotehelp.trust.exchange import Entropy, Exchange, Pake
from remotehelp.trust.public import Organisation, public_half
from remotehelp.trust.wallet import OwnBadge

M = TypeVar("M", HelloT, HelloC, Commit, ConfirmT, ConfirmC)


class Step(Enum):
    """What a machine waits for."""

    START = auto()
    COMMIT = auto()
    HELLO = auto()
    CONFIRM = auto()
    DONE = auto()
    OVER = auto()


@dataclass(frozen=True)
class Keys:
    """What one side holds after pairing; ``peer_fingerprint`` is the only DTLS certificate that it may talk to."""

    th: bytes
    send: bytes = field(repr=False)  # for sealing.Sealer
    receive: bytes = field(repr=False)  # for sealing.Opener
    resume: bytes = field(repr=False)
    words: bytes = field(repr=False)
    peer_fingerprint: bytes  # SHA-256 of the certificate, 32 bytes
    peer_key: bytes  # Ed25519: the badge's key, or the customer's key for this visit
    peer_caps: tuple[str, ...]


@dataclass(frozen=True)
class Secrets:
    """The six keys that both sides derive (RFC 5869 with the transcript hash as salt)."""

    confirm_t: bytes
    confirm_c: bytes
    seal_t: bytes
    seal_c: bytes
    resume: bytes
    words: bytes


def transcript_hash(*parts: bytes) -> bytes:
    """SHA-256 over the parts, each after its length in 4 bytes, highest first."""
    return hashlib.sha256(b"".join(len(part).to_bytes(4) + part for part in parts)).digest()


def derive(shared: bytes, th: bytes) -> Secrets:
    """The keys of a visit from the PAKE's result and the transcript hash."""

    def key(info: bytes) -> bytes:
        return HKDF(SHA256(), 32, salt=th, info=info).derive(shared)

    names = (b"confirm_T", b"confirm_C", b"seal_T", b"seal_C", b"resume", b"words")
    return Secrets(*(key(name) for name in names))


@dataclass(frozen=True)
class Mode:
    """One of the two ways to a visit; ``context`` keeps transcripts and signatures of the two apart."""

    context: bytes
    mismatch: str  # the sentence's key where the other side's proof does not fit


CODE = Mode(signed.CODE, "code_wrong")


@dataclass(frozen=True)
class Place:
    """Where two people meet: what both bind into the transcript before their hellos."""

    mode: Mode
    organisation_id: bytes  # hers: the link's or the pin's; his: the badge's
    nameplate: str
    sid: bytes  # 16 bytes


class Machine:
    """The steps that both sides share."""

    def __init__(self, place: Place, exchange: Exchange, fingerprint: bytes, nonce: bytes) -> None:
        self._place = place
        self._exchange = exchange
        self._fingerprint = fingerprint
        self._nonce = nonce
        self._step = Step.START
        self._th: bytes
        self._secrets: Secrets

    @property
    def step(self) -> Step:
        """What this side waits for; OVER after anything that did not hold."""
        return self._step

    def _enter(self, expected: Step) -> None:
        """Mark the machine as over until the step held; raises RemoteProtocolError if it is not this step's turn."""
        step, self._step = self._step, Step.OVER
        if step is not expected:
            raise RemoteProtocolError("message_out_of_order")

    def _refuse_reflection(self, peer: HelloT | HelloC) -> None:
        mine = hmac.compare_digest(peer.nonce, self._nonce) or hmac.compare_digest(peer.fp, self._fingerprint)
        if mine:
            raise RemoteProtocolError("own_message_came_back")

    def _agree(self, peer: HelloT | HelloC, hello_t: bytes, hello_c: bytes) -> None:
        """Both hellos are there: the transcript hash and the keys; raises RemoteProtocolError."""
        place = self._place
        parts = (place.mode.context, place.organisation_id, place.nameplate.encode(), place.sid, hello_t, hello_c)
        self._th = transcript_hash(*parts)
        self._secrets = derive(self._exchange.finish(peer.pake), self._th)

    def _keys(self, send: bytes, receive: bytes, peer: HelloT | HelloC, peer_key: bytes) -> Keys:
        return Keys(
            th=self._th,
            send=send,
            receive=receive,
            resume=self._secrets.resume,
            words=self._secrets.words,
            peer_fingerprint=peer.fp,
            peer_key=peer_key,
            peer_caps=peer.caps,
        )


class TechnicianMachine(Machine):
    """The technician's side of either mode: how the customer's hello is answered and her confirmation checked."""

    def __init__(
        self, place: Place, exchange: Exchange, own: OwnBadge, fingerprint: bytes, caps: tuple[str, ...], nonce: bytes
    ) -> None:
        super().__init__(place, exchange, fingerprint, nonce)
        self._own = own
        hello = HelloT(VERSION, caps, fingerprint, nonce, exchange.message, own.badge_bytes)
        self._hello = messages.encode(hello)

    def _begin(self) -> None:
        if self._step is not Step.START:
            raise LocalProtocolError("message_out_of_order")
        self._step = Step.HELLO

    def _answer_hello(self, data: bytes) -> bytes:
        """The encoded ConfirmT for the customer's HelloC; raises RemoteProtocolError."""
        self._enter(Step.HELLO)
        self._peer = read_hello(data, HelloC)
        self._refuse_reflection(self._peer)
        self._agree(self._peer, self._hello, data)
        signature = signed.sign(self._own.private_key, self._place.mode.context, self._th)
        self._step = Step.CONFIRM
        return messages.encode(ConfirmT(_mac(self._secrets.confirm_t, self._th), signature))

    def receive_confirm(self, data: bytes) -> Keys:
        """The keys, once the customer's confirmation held; raises TrustError(mode.mismatch), RemoteProtocolError."""
        self._enter(Step.CONFIRM)
        confirm = read(data, ConfirmC)
        if not hmac.compare_digest(confirm.mac, _mac(self._secrets.confirm_c, self._th)):
            raise TrustError(self._place.mode.mismatch)
        self._step = Step.DONE
        return self._keys(self._secrets.seal_t, self._secrets.seal_c, self._peer, self._peer.sig)


class CustomerMachine(Machine):
    """The customer's side of either mode: how the technician's confirmation is checked."""

    def __init__(
        self,
        place: Place,
        exchange: Exchange,
        fingerprint: bytes,
        visit_key: Ed25519PrivateKey,
        caps: tuple[str, ...],
        nonce: bytes,
    ) -> None:
        super().__init__(place, exchange, fingerprint, nonce)
        self._peer: HelloT
        hello = HelloC(VERSION, caps, fingerprint, nonce, exchange.message, public_half(visit_key))
        self._hello = messages.encode(hello)

    @property
    def used(self) -> bool:
        """Whether it counts no more, for it held or failed."""
        return self._step in (Step.DONE, Step.OVER)

    def receive_confirm(self, data: bytes, judge: Callable[[bytes], Verdict]) -> tuple[bytes, Keys, Verdict]:
        """The encoded ConfirmC, the keys, and what ``judge`` made of the badge: the MAC, the badge, the signature held.

        The code is used from the first line on. Raises TrustError(mode.mismatch, "technician_not_proven"), whatever
        ``judge`` raises, and RemoteProtocolError.
        """
        self._enter(Step.CONFIRM)
        confirm = read(data, ConfirmT)
        if not hmac.compare_digest(confirm.mac, _mac(self._secrets.confirm_t, self._th)):
            raise TrustError(self._place.mode.mismatch)
        verdict = judge(self._peer.badge)
        technician_key = verdict.badge.technician_key
        if not signed.holds(technician_key, self._place.mode.context, self._th, confirm.signature):
            raise TrustError("technician_not_proven")
        self._step = Step.DONE
        keys = self._keys(self._secrets.seal_c, self._secrets.seal_t, self._peer, technician_key)
        return messages.encode(ConfirmC(_mac(self._secrets.confirm_c, self._th))), keys, verdict


class TechnicianPairing(TechnicianMachine):
    """The technician's side, with a code: ``hello``, then ``receive_hello``, then ``receive_confirm``."""

    def __init__(
        self,
        code: Code,
        sid: bytes,
        own: OwnBadge,
        fingerprint: bytes,
        *,
        caps: tuple[str, ...] = (),
        nonce: bytes,
        entropy: Entropy = os.urandom,
    ) -> None:
        place = Place(CODE, own.badge.organisation.id, code.nameplate, sid)
        super().__init__(place, Pake(SPAKE2_A, code.secret, entropy), own, fingerprint, caps, nonce)

    def hello(self) -> bytes:
        """The encoded HelloT; raises LocalProtocolError the second time."""
        self._begin()
        return self._hello

    def receive_hello(self, data: bytes) -> bytes:
        """The encoded ConfirmT for the customer's HelloC; raises RemoteProtocolError."""
        return self._answer_hello(data)


class CustomerPairing(CustomerMachine):
    """The customer's side, with a code: ``receive_hello``, then ``receive_confirm``.

    ``organisation`` is her pin's or her link's.
    """

    def __init__(
        self,
        code: Code,
        sid: bytes,
        organisation: Organisation,
        fingerprint: bytes,
        *,
        visit_key: Ed25519PrivateKey,
        opened_at: float,
        caps: tuple[str, ...] = (),
        nonce: bytes,
        entropy: Entropy = os.urandom,
    ) -> None:
        place = Place(CODE, organisation.id, code.nameplate, sid)
        super().__init__(place, Pake(SPAKE2_B, code.secret, entropy), fingerprint, visit_key, caps, nonce)
        self._opened_at = opened_at
        self._step = Step.HELLO

    def receive_hello(self, data: bytes, now: float) -> bytes:
        """The encoded HelloC for the technician's HelloT, within 10 min of ``opened_at``.

        A second hello burns the code. Raises RemoteProtocolError, TrustError("code_expired").
        """
        self._enter(Step.HELLO)
        if not 0 <= now - self._opened_at <= LIFE_S:
            raise TrustError("code_expired")
        self._peer = read_hello(data, HelloT)
        self._refuse_reflection(self._peer)
        self._agree(self._peer, data, self._hello)
        self._step = Step.CONFIRM
        return self._hello


def read_refusal(data: bytes) -> str | None:
    """The key in a Refusal of the other side, None for anything else: ask before you feed the machine."""
    try:
        return msgspec.msgpack.decode(data, type=Refusal).key
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def read_hello(data: bytes, kind: type[M]) -> M:
    """The hello, if it is at most 16 KiB, of this version and of the right role."""
    if len(data) > HELLO_LIMIT:
        raise RemoteProtocolError("message_too_long", size=len(data), limit=HELLO_LIMIT)
    return read(data, kind)


def read(data: bytes, kind: type[M]) -> M:
    """The message, if it is of this kind; raises RemoteProtocolError."""
    message = messages.decode_relayed(data)
    if not isinstance(message, kind):
        raise RemoteProtocolError("message_out_of_order")
    return message


def _mac(key: bytes, th: bytes) -> bytes:
    return hmac.digest(key, th, "sha256")

"""Pairing by code, without I/O: two machines fed with the other side's bytes (PROTOCOL.md, opening with a code).

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
from spake2 import SPAKE2_A, SPAKE2_B, SPAKEError
from spake2.ed25519_basic import NotOnCurve

from remotehelp import messages
from remotehelp.errors import LocalProtocolError, RemoteProtocolError, TrustError
from remotehelp.messages import HELLO_LIMIT, VERSION, ConfirmC, ConfirmT, HelloC, HelloT, Refusal
from remotehelp.trust import signed
from remotehelp.trust.badge import Verdict
from remotehelp.trust.code import LIFE_S, Code
from remotehelp.trust.public import Organisation, public_half
from remotehelp.trust.wallet import OwnBadge

ID_T = b"RHP/1|T"
ID_C = b"RHP/1|C"
PAKE_SIZE = 33  # one byte for the side and a point of Ed25519

Entropy = Callable[[int], bytes]
M = TypeVar("M", HelloT, HelloC, ConfirmT, ConfirmC)


class Step(Enum):
    """What a machine waits for."""

    START = auto()
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


class _Machine:
    """The steps that both sides share."""

    def __init__(self, code: Code, sid: bytes, organisation_id: bytes, fingerprint: bytes, nonce: bytes) -> None:
        self._code = code
        self._sid = sid
        self._organisation_id = organisation_id
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

    def _transcript(self, hello_t: bytes, hello_c: bytes) -> bytes:
        nameplate = self._code.nameplate.encode()
        return transcript_hash(signed.CODE, self._organisation_id, nameplate, self._sid, hello_t, hello_c)


class TechnicianPairing(_Machine):
    """The technician's side: ``hello``, then ``receive_hello``, then ``receive_confirm``."""

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
        super().__init__(code, sid, own.badge.organisation.id, fingerprint, nonce)
        self._own = own
        self._pake = SPAKE2_A(code.secret.encode(), idA=ID_T, idB=ID_C, entropy_f=entropy)
        hello = HelloT(VERSION, caps, fingerprint, nonce, self._pake.start(), own.badge_bytes)
        self._hello = messages.encode(hello)

    def hello(self) -> bytes:
        """The encoded HelloT; raises LocalProtocolError the second time."""
        if self._step is not Step.START:
            raise LocalProtocolError("message_out_of_order")
        self._step = Step.HELLO
        return self._hello

    def receive_hello(self, data: bytes) -> bytes:
        """The encoded ConfirmT for the customer's HelloC; raises RemoteProtocolError."""
        self._enter(Step.HELLO)
        self._peer = _read_hello(data, HelloC)
        self._refuse_reflection(self._peer)
        self._th = self._transcript(self._hello, data)
        self._secrets = derive(_finish(self._pake, self._peer.pake), self._th)
        signature = signed.sign(self._own.private_key, signed.CODE, self._th)
        self._step = Step.CONFIRM
        return messages.encode(ConfirmT(_mac(self._secrets.confirm_t, self._th), signature))

    def receive_confirm(self, data: bytes) -> Keys:
        """The keys, once the customer's confirmation held; raises TrustError("code_wrong"), RemoteProtocolError."""
        self._enter(Step.CONFIRM)
        confirm = _read(data, ConfirmC)
        if not hmac.compare_digest(confirm.mac, _mac(self._secrets.confirm_c, self._th)):
            raise TrustError("code_wrong")
        self._step = Step.DONE
        return self._keys(self._secrets.seal_t, self._secrets.seal_c, self._peer, self._peer.sig)


class CustomerPairing(_Machine):
    """The customer's side: ``receive_hello``, then ``receive_confirm``; ``organisation`` is her pin's or her link's."""

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
        super().__init__(code, sid, organisation.id, fingerprint, nonce)
        self._opened_at = opened_at
        self._caps = caps
        self._visit_key = public_half(visit_key)
        self._pake = SPAKE2_B(code.secret.encode(), idA=ID_T, idB=ID_C, entropy_f=entropy)
        self._step = Step.HELLO

    @property
    def used(self) -> bool:
        """Whether the code counts no more, for it held or failed."""
        return self._step in (Step.DONE, Step.OVER)

    def receive_hello(self, data: bytes, now: float) -> bytes:
        """The encoded HelloC for the technician's HelloT, within 10 min of ``opened_at``.

        A second hello burns the code. Raises RemoteProtocolError, TrustError("code_expired").
        """
        self._enter(Step.HELLO)
        if not 0 <= now - self._opened_at <= LIFE_S:
            raise TrustError("code_expired")
        self._peer = _read_hello(data, HelloT)
        self._refuse_reflection(self._peer)
        start = self._pake.start()
        hello = messages.encode(HelloC(VERSION, self._caps, self._fingerprint, self._nonce, start, self._visit_key))
        self._th = self._transcript(data, hello)
        self._secrets = derive(_finish(self._pake, self._peer.pake), self._th)
        self._step = Step.CONFIRM
        return hello

    def receive_confirm(self, data: bytes, judge: Callable[[bytes], Verdict]) -> tuple[bytes, Keys, Verdict]:
        """The encoded ConfirmC, the keys, and what ``judge`` made of the badge: the MAC, the badge, the signature held.

        The code is used from the first line on. Raises TrustError("code_wrong", "technician_not_proven"), whatever
        ``judge`` raises, and RemoteProtocolError.
        """
        self._enter(Step.CONFIRM)
        confirm = _read(data, ConfirmT)
        if not hmac.compare_digest(confirm.mac, _mac(self._secrets.confirm_t, self._th)):
            raise TrustError("code_wrong")
        verdict = judge(self._peer.badge)
        technician_key = verdict.badge.technician_key
        if not signed.holds(technician_key, signed.CODE, self._th, confirm.signature):
            raise TrustError("technician_not_proven")
        self._step = Step.DONE
        keys = self._keys(self._secrets.seal_c, self._secrets.seal_t, self._peer, technician_key)
        return messages.encode(ConfirmC(_mac(self._secrets.confirm_c, self._th))), keys, verdict


def read_refusal(data: bytes) -> str | None:
    """The key in a Refusal of the other side, None for anything else: ask before you feed the machine."""
    try:
        return msgspec.msgpack.decode(data, type=Refusal).key
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def _read_hello(data: bytes, kind: type[M]) -> M:
    """The hello, if it is at most 16 KiB, of this version and of the right role."""
    if len(data) > HELLO_LIMIT:
        raise RemoteProtocolError("message_too_long", size=len(data), limit=HELLO_LIMIT)
    return _read(data, kind)


def _read(data: bytes, kind: type[M]) -> M:
    message = messages.decode_relayed(data)
    if not isinstance(message, kind):
        raise RemoteProtocolError("message_out_of_order")
    return message


def _finish(pake: SPAKE2_A | SPAKE2_B, message: bytes) -> bytes:
    """The PAKE's result; the library asserts and raises several kinds for a point that is none."""
    if len(message) != PAKE_SIZE:
        raise RemoteProtocolError("message_not_understood")
    try:
        shared: bytes = pake.finish(message)
    except (SPAKEError, NotOnCurve, ValueError, AssertionError) as error:
        raise RemoteProtocolError("message_not_understood") from error
    return shared


def _mac(key: bytes, th: bytes) -> bytes:
    return hmac.digest(key, th, "sha256")

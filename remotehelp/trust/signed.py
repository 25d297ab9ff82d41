"""Signed documents: the exact bytes that were signed, beside their Ed25519 signature (RFC 8032), as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from remotehelp.errors import TrustError
from remotehelp.messages import Signature

# What a signature is for; none is the beginning of another, so that no signature can be taken for another statement.
ORGANISATION = b"RHP/1 organisation"
REVOCATIONS = b"RHP/1 revocations"
REQUEST = b"RHP/1 request"
BADGE = b"RHP/1 badge"
CLAIM = b"RHP/1 claim"
CODE = b"RHP/1 code"
QUEUE = b"RHP/1 queue"
LOG = b"RHP/1 log"

T = TypeVar("T", bound=msgspec.Struct)


class Signed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``body`` as it was signed, byte for byte; JSON in files and on the wire."""

    body: bytes
    signature: Signature


def sign(key: Ed25519PrivateKey, context: bytes, body: bytes) -> bytes:
    """The 64-byte signature of ``context || body``."""
    return key.sign(context + body)


def holds(public_key: bytes, context: bytes, body: bytes, signature: bytes) -> bool:
    """Whether ``signature`` over ``context || body`` was made with the private half of ``public_key`` (32 bytes)."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, context + body)
    except (InvalidSignature, ValueError):
        return False
    return True


def write_signed(key: Ed25519PrivateKey, context: bytes, content: msgspec.Struct) -> bytes:
    """``content`` as a signed document."""
    body = msgspec.json.encode(content)
    return msgspec.json.encode(Signed(body, sign(key, context, body)))


def open_signed(data: bytes, context: bytes, kind: type[T], key_of: Callable[[T], bytes], refusal: str) -> T:
    """The content of a signed document, once its signature held under the key that ``key_of(content)`` names.

    Raises TrustError(refusal) if the document is not understood or its signature does not hold.
    """
    try:
        document = msgspec.json.decode(data, type=Signed)
        content = msgspec.json.decode(document.body, type=kind)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise TrustError(refusal) from error
    if not holds(key_of(content), context, document.body, document.signature):
        raise TrustError(refusal)
    return content

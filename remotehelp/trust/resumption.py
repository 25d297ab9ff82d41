"""The keys by which the people of a visit find each other again once their line is lost (PROTOCOL.md, reconnect).

Each connection number has a passage: a place in one of the broker's rooms, and what is said there is sealed under it. A
passage and the key of the next one come from the key of this one, which is forgotten then: whoever finds out a later
key learns nothing of what was said before.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from remotehelp.trust.pairing import transcript_hash

CONTEXT = b"RHP/1 again"


@dataclass(frozen=True)
class Seals:
    """What `peer.room.Room` seals and opens with; ``th`` is bound into each message."""

    th: bytes
    send: bytes = field(repr=False)
    receive: bytes = field(repr=False)


@dataclass(frozen=True)
class Passage:
    """The way to connection ``number``, as one of the two sides has it.

    ``seat`` is its place in the broker's room, ``other`` the SHA-256 of the other side's: the room is the pair of both
    hashes, so that whoever knows a room has no place in it.
    """

    number: int
    customers: bool  # the customer's, or the technician's
    th: bytes
    seat: bytes = field(repr=False)
    other: bytes
    secret: bytes = field(repr=False)

    def seals(self, hello_c: bytes, hello_t: bytes) -> Seals:
        """Keys for one meeting: the two encoded hellos, each with a nonce, make them new every time (RFC 5869)."""
        bound = transcript_hash(CONTEXT, self.th, self.number.to_bytes(4), hello_c, hello_t)
        seal_c, seal_t = _derive(self.secret, bound, b"seal_C"), _derive(self.secret, bound, b"seal_T")
        return Seals(bound, seal_c, seal_t) if self.customers else Seals(bound, seal_t, seal_c)


class Resumption:
    """One side's passages, one after the other; begins with the resume key of the pairing, connection number 0."""

    def __init__(self, th: bytes, resume: bytes, *, customers: bool) -> None:
        self._th, self._resume, self._customers = th, resume, customers
        self._number = 0
        self._next: Passage | None = None
        self._doubtful: Passage | None = None  # its connection stood here; whether it did over there is not known yet

    @property
    def in_doubt(self) -> bool:
        """Whether the other side may not use the connection yet that stands here."""
        return self._doubtful is not None

    def passages(self) -> tuple[Passage, ...]:
        """All by which the other side may come now: one, or two while the last one is in doubt."""
        if self._next is None:
            self._next = self._pass_on()
        return (self._next,) if self._doubtful is None else (self._doubtful, self._next)

    def stood(self, passage: Passage) -> None:
        """The connection of this passage stands on this side; it stays in doubt until ``settled``."""
        if passage is self._next:
            self._next = None
        self._doubtful = passage

    def settled(self) -> None:
        """The other side uses that connection too: its passage will never be used again, and is forgotten."""
        self._doubtful = None

    def _pass_on(self) -> Passage:
        """The passage of the next number; the key that it came from is gone then."""
        self._number += 1

        def key(name: bytes) -> bytes:
            return _derive(self._resume, self._th, name + self._number.to_bytes(4))

        seat_c, seat_t, secret, self._resume = key(b"seat_C"), key(b"seat_T"), key(b"seal"), key(b"resume")
        mine, theirs = (seat_c, seat_t) if self._customers else (seat_t, seat_c)
        return Passage(self._number, self._customers, self._th, mine, seat_hash(theirs), secret)


def seat_hash(seat: bytes) -> bytes:
    """By what a seat is known to those who don't have it."""
    return hashlib.sha256(seat).digest()


def _derive(secret: bytes, salt: bytes, name: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=salt, info=CONTEXT + b" " + name).derive(secret)

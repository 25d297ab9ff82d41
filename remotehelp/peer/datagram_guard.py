"""Who may speak to a UDP socket of a visit: the partner; strangers not at all, but for a few connectivity checks.

One forged ClientHello, or one empty datagram, from any source would end an aiortc connection (PROTOCOL.md, guards).
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from remotehelp.visit.allowance import Allowance

STUN = range(4)  # what the first byte of a STUN message can be (RFC 7983 §7)
CHECKS, CHECKS_S = 100, 1.0  # STUN messages of strangers: an answer to each would be work, and a gift to a flood
TRUST_S = 0.5  # how long an address that may send is not asked about again

Address = tuple[str, int]


class DatagramGuard:
    """Judges each datagram by its source, which the network may forge, before anything looks into it."""

    def __init__(self, partners: Callable[[], Collection[Address]], now: Callable[[], float]) -> None:
        """``partners`` gives the addresses that may send more than STUN at the moment; ``now`` in s."""
        self._partners, self._now = partners, now
        self._known: Collection[Address] = ()
        self._until = 0.0
        self._checks = Allowance(CHECKS, CHECKS_S)

    def passes(self, data: bytes, source: Address) -> bool:
        """Whether ``data`` from ``source`` may be looked into."""
        now = self._now()
        return bool(data) and (self._knows(source, now) or (data[0] in STUN and self._checks.passes(now)))

    def _knows(self, source: Address, now: float) -> bool:
        if source not in self._known or now >= self._until:
            self._known, self._until = self._partners(), now + TRUST_S
        return source in self._known

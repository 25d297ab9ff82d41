"""Who may speak to a UDP socket of a visit: the partner; strangers not at all, but for a few connectivity checks.

One forged ClientHello, or one empty datagram, from any source would end an aiortc connection (PROTOCOL.md, guards).
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from remotehelp.visit.allowance import Allowance

STUN = range(4)  # what the first byte of a STUN message can be (RFC 7983 §7)
CHECKS, CHECKS_S = 100, 1.0  # STUN messages of strangers: an answer to each would be work, and a gift to a flood

Address = tuple[str, int]


class DatagramGuard:
    """Judges each datagram by its source, which the network may forge, before anything looks into it."""

    def __init__(self, partners: Callable[[], Collection[Address]], now: Callable[[], float]) -> None:
        """``partners`` gives the addresses that may send more than STUN at the moment; ``now`` in s."""
        self._partners, self._now = partners, now
        self._known: frozenset[Address] = frozenset()
        self._checks = Allowance(CHECKS, CHECKS_S)
        self.refused = 0  # datagrams so far

    def passes(self, data: bytes, source: Address) -> bool:
        """Whether ``data`` from ``source`` may be looked into."""
        passes = bool(data) and (source in self._known or self._may(data[0], source))
        self.refused += not passes
        return passes

    def forget(self) -> None:
        """``partners`` says something else from now on."""
        self._known = frozenset()

    def _may(self, first: int, source: Address) -> bool:
        if source in (known := frozenset(self._partners())):
            self._known = known
            return True
        return first in STUN and self._checks.passes(self._now())

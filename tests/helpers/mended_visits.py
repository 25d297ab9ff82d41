"""Both sides of a visit on one loop; their line can be cut, and made anew over a broker that may be hostile."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from remotehelp.customer.mending import CustomerPart
from remotehelp.messages import Right
from remotehelp.peer.connection import Connection
from remotehelp.peer.reconnect import Handed, Mending
from remotehelp.technician.mending import LINGER_S, TechnicianPart
from remotehelp.trust.resumption import Resumption
from remotehelp.visit.machine import State
from tests.helpers.joined_visits import Visits, visiting
from tests.helpers.reunion_broker import ReunionBroker


@dataclass
class Mendable:
    """A visit that can be mended; ``judge`` is what she makes of the badge then."""

    both: Visits
    broker: ReunionBroker
    judge: Callable[[Handed], None] = lambda handed: None
    judged: list[Handed] = field(default_factory=list)

    def cut(self) -> Callable[[], None]:
        """As ``fall_silent``, and both sides know it at once."""
        back = self.fall_silent()
        self.both.c.lifeline.lose()
        self.both.t.lifeline.lose()
        return back

    def fall_silent(self) -> Callable[[], None]:
        """No datagram of the present connection arrives any more; what comes back brings it back."""
        backs = [cut(side.connection) for side in (self.both.c, self.both.t)]
        return lambda: [back() for back in backs] and None

    async def lost(self) -> None:
        """Both know that the line is lost."""
        both = self.both
        await both.until(lambda: both.c.host.state is State.MENDING and both.t.guest.state is State.MENDING)

    async def back(self) -> None:
        """Both go on, over the same connection."""
        both = self.both
        await both.until(lambda: both.c.host.state is State.VISITING and both.t.guest.state is State.VISITING)

    def judges(self, handed: Handed) -> None:
        self.judged.append(handed)
        self.judge(handed)


def cut(connection: Connection) -> Callable[[], None]:
    """Nothing comes in on this connection any more, until the result is called."""
    protocols: list[Any] = [
        protocol
        for transport in connection._pc._RTCPeerConnection__iceTransports  # type: ignore[attr-defined]
        for protocol in transport._connection._protocols
    ]
    before = [protocol.datagram_received for protocol in protocols]
    for protocol in protocols:
        protocol.datagram_received = lambda data, source: None

    def back() -> None:
        for protocol, receive in zip(protocols, before, strict=True):
            protocol.datagram_received = receive

    return back


@contextlib.asynccontextmanager
async def mendable(*rights: Right) -> AsyncIterator[Mendable]:
    """A visit in which she has allowed ``rights``, as after a pairing."""
    async with ReunionBroker().running() as broker, visiting(*rights) as both:
        made = Mendable(both, broker)
        th, resume, spawn = os.urandom(32), os.urandom(32), both.engine.spawn
        c, t = Resumption(th, resume, customers=True), Resumption(th, resume, customers=False)
        both.c.mending = Mending(spawn, broker.url, c, CustomerPart(both.c, spawn, c, made.judges))
        both.t.mending = Mending(spawn, broker.url, t, TechnicianPart(both.t, spawn, t), LINGER_S)
        try:
            yield made
        finally:
            for mending in (both.c.mending, both.t.mending):
                mending.close()

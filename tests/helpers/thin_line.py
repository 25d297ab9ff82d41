"""A line between two joined connections that is as thin, long and lossy as a test wants; all within one process."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from remotehelp.peer.connection import Connection

HEADERS = 28  # bytes of IPv4 and UDP


@dataclass
class Line:
    """One direction; change it at any time."""

    kbit_s: float = 100_000
    delay_s: float = 0.0
    lost: float = 0.0  # share of the datagrams
    queue_s: float = 0.4  # a longer queue loses what comes
    seed: int = 1

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311
        self._free_at = 0.0
        self.sent = self.dropped = 0  # datagrams

    def arrives(self, size: int, now: float) -> float | None:
        """When ``size`` bytes that leave at ``now`` arrive; None if they are lost."""
        self.sent += 1
        waits = max(self._free_at - now, 0.0)
        if self._random.random() < self.lost or waits > self.queue_s:
            self.dropped += 1
            return None
        self._free_at = now + waits + (size + HEADERS) * 8 / (self.kbit_s * 1000)
        return self._free_at + self.delay_s


def lay(line: Line, sender: Connection) -> None:
    """Let all that ``sender``, which is connected, sends from now on travel over ``line``."""
    loop = asyncio.get_running_loop()
    ice: Any = sender._pc.getTransceivers()[0].sender.transport.transport
    deliver = _delivery(ice._connection)

    async def send(data: bytes) -> None:
        at = line.arrives(len(data), loop.time())
        if at is not None:
            loop.call_at(at, deliver, data)

    ice._send = send


def _delivery(connection: Any) -> Callable[[bytes], None]:
    def deliver(data: bytes) -> None:
        pair = connection._nominated.get(1)
        if pair is not None and not pair.protocol.transport.is_closing():
            pair.protocol.transport.sendto(data, pair.remote_addr)

    return deliver

"""RTP packets leave evenly: a large picture sent at once would be lost in the first small buffer on its way."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

FACTOR = 2.0  # how much faster than the rate a picture leaves (1.5 to 2.5 in draft-ietf-rmcat-gcc-02 §4)
BURST, BURST_S = 6_000, 0.01  # bytes that leave at once, so that a small picture does; the same in s at full speed
WORTH_S = 0.001  # no timer is finer
WAITING = 1024  # packets to repeat; more are not taken


class Bucket:
    """When the next packet may leave. Pure: times come in, in s."""

    def __init__(self, rate: Callable[[], float]) -> None:
        """``rate``: bytes a second that the line is good for, now."""
        self._rate = rate
        self._free_at = float("-inf")

    def wait(self, size: int, now: float) -> float:
        """Count a packet of ``size`` bytes, and say how many seconds from ``now`` on it has to wait."""
        speed = self._rate() * FACTOR
        self._free_at = max(self._free_at, now - max(BURST_S, BURST / speed))
        wait = self._free_at - now
        self._free_at += size / speed
        return max(wait, 0.0)


class Pacing:
    """Sends the packets of one stream; those that are repeated as well, but nobody waits for them."""

    def __init__(self, rate: Callable[[], float], now: Callable[[], float]) -> None:
        self._bucket, self._now = Bucket(rate), now
        self._repeats: deque[bytes] = deque()
        self._repeating: asyncio.Task[None] | None = None

    async def send(self, data: bytes, leave: Callable[[bytes], Awaitable[None]]) -> None:
        """Let ``data`` leave when its turn has come."""
        wait = self._bucket.wait(len(data), self._now())
        if wait >= WORTH_S:
            await asyncio.sleep(wait)
        await leave(data)

    def repeat(self, data: bytes, leave: Callable[[bytes], Awaitable[None]]) -> None:
        """Let ``data`` leave as soon as its turn has come; returns at once."""
        if len(self._repeats) < WAITING:
            self._repeats.append(data)
        if self._repeating is None or self._repeating.done():
            self._repeating = asyncio.create_task(self._repeat(leave), name="repeat packets")

    def close(self) -> None:
        """Nothing is repeated any more."""
        self._repeats.clear()
        if self._repeating is not None:
            self._repeating.cancel()

    async def _repeat(self, leave: Callable[[bytes], Awaitable[None]]) -> None:
        try:
            while self._repeats:
                await self.send(self._repeats.popleft(), leave)
        except ConnectionError:
            self._repeats.clear()  # closed

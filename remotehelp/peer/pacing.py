"""RTP packets leave evenly: a large picture sent at once would be lost in the first small buffer on its way."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

FACTOR = 2.0  # how much faster than the rate a picture leaves (1.5 to 2.5 in draft-ietf-rmcat-gcc-02 §4)
HOLD_S = 1.0  # a picture that was made for a faster line leaves as if it still were: else it would take seconds
BURST, BURST_S = 6_000, 0.01  # bytes that leave at once, so that a small picture does; the same in s at full speed
WORTH_S = 0.001  # no timer is finer
REPEATS = 0.5  # share of the rate for what is repeated: where the line is full it would only lose more
REMEMBERED = 1024  # packets that were repeated


class Bucket:
    """When the next packet may leave. Pure: times come in, in s."""

    def __init__(self, speed: Callable[[], float]) -> None:
        """``speed``: bytes a second, now."""
        self._speed = speed
        self._free_at = float("-inf")

    def wait(self, size: int, now: float) -> float:
        """Count a packet of ``size`` bytes, and say how many seconds from ``now`` on it has to wait."""
        speed = self._speed()
        self._free_at = max(self._free_at, now - max(BURST_S, BURST / speed))
        wait = self._free_at - now
        self._free_at += size / speed
        return max(wait, 0.0)


class Pacing:
    """Sends the packets of one stream; those that are repeated as well, but nobody waits for them."""

    def __init__(
        self,
        rate: Callable[[], float],
        round_trip: Callable[[], float | None],
        now: Callable[[], float],
        on_repeat: Callable[[float], None],
    ) -> None:
        """``rate`` in bytes a second, ``round_trip`` and ``now`` in s; ``on_repeat`` gets the time of each repeat."""
        self._on_repeat = on_repeat
        self._rate, self._round_trip, self._now = rate, round_trip, now
        self._bucket, self._repeats_bucket = Bucket(self._speed), Bucket(lambda: rate() * REPEATS)
        self._highest, self._highest_at = 0.0, float("-inf")
        self._repeated: dict[int, float] = {}  # when; the latest last
        self._repeats: deque[bytes] = deque()
        self._repeating: asyncio.Task[None] | None = None

    async def send(self, data: bytes, leave: Callable[[bytes], Awaitable[None]]) -> None:
        """Let ``data`` leave when its turn has come."""
        await self._pause(self._bucket.wait(len(data), self._now()))
        await leave(data)

    def may_repeat(self, number: int) -> bool:
        """Whether to repeat the packet ``number``: not if it is on its way again already, whatever is asked for."""
        now = self._now()
        if now - self._repeated.pop(number, float("-inf")) < (self._round_trip() or 0.0):
            return False
        self._repeated[number] = now
        self._on_repeat(now)
        if len(self._repeated) > REMEMBERED:
            del self._repeated[next(iter(self._repeated))]
        return True

    def repeat(self, data: bytes, leave: Callable[[bytes], Awaitable[None]]) -> None:
        """Let ``data`` leave when its turn has come, if that is within a second; returns at once."""
        if sum(map(len, self._repeats)) < self._rate() * REPEATS:
            self._repeats.append(data)
        if self._repeating is None or self._repeating.done():
            self._repeating = asyncio.create_task(self._repeat(leave), name="repeat packets")

    def close(self) -> None:
        """Nothing is repeated any more."""
        self._repeats.clear()
        if self._repeating is not None:
            self._repeating.cancel()

    def _speed(self) -> float:
        rate, now = self._rate(), self._now()
        if rate >= self._highest or now - self._highest_at > HOLD_S:
            self._highest, self._highest_at = rate, now
        return self._highest * FACTOR

    async def _repeat(self, leave: Callable[[bytes], Awaitable[None]]) -> None:
        try:
            while self._repeats:
                await self._pause(self._repeats_bucket.wait(len(self._repeats[0]), self._now()))
                await self.send(self._repeats.popleft(), leave)
        except ConnectionError:
            self._repeats.clear()  # closed

    async def _pause(self, seconds: float) -> None:
        if seconds >= WORTH_S:
            await asyncio.sleep(seconds)

"""The video of a shared screen: one encoder for the region that it shows, and what of it is on its way."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any, TypeAlias

import av

from remotehelp.media.area import Pixels, Rect
from remotehelp.media.region_encoder import CLOCK_RATE, RegionEncoder
from remotehelp.media.stamp import Stamp

FORGET_S = 0.3, 1.0  # at least and at most: a picture without a receipt does not count as on its way any more then
FORGET_TRIPS = 1.5  # short round trips: what is not there yet waits at the viewer for a packet to be repeated
SLOWLY = 32  # receipts, until a line counts as longer than it was
LOST_S = 3.0  # a receipt that comes later is for nothing
RENEW = 5  # an encoder that was made for so many times another rate makes its key pictures too large or too coarse

Packet: TypeAlias = "av.Packet[Any]"


class Filming:
    """For one thread. Sizes in bytes, times in s."""

    def __init__(self) -> None:
        self.in_flight = 0
        self._encoder: RegionEncoder | None = None
        self._made_for = 0
        self._count = 1
        self._forget_s = FORGET_S[1]
        self._flying: deque[tuple[int, int, float]] = deque()  # count, size, when
        self._forgotten: deque[tuple[int, int, float]] = deque()  # the same, and not in flight any more

    def picture(
        self, parts: Iterable[tuple[Rect, Pixels]], stamp: Stamp, now: float, kbit_s: int, *, key: bool
    ) -> Packet | None:
        """The next picture of ``stamp.rect``; ``parts`` of it changed, counted from its top left corner."""
        packet = self._for(stamp.rect, kbit_s).encode(parts, stamp, int(now * CLOCK_RATE), key=key)
        if packet is not None:
            self._flying.append((self._count, packet.size, now))
            self.in_flight += packet.size
            self._count += 1
        return packet

    @property
    def next(self) -> int:
        """The count of the next picture."""
        return self._count

    def shows(self, rect: Rect, kbit_s: int) -> bool:
        """Whether only what changed is needed for a picture of ``rect``, not all of it."""
        fitting = self._made_for / RENEW <= kbit_s <= self._made_for * RENEW
        return self._encoder is not None and self._encoder.rect == rect and fitting

    def seen(self, count: int, now: float) -> tuple[int, float] | None:
        """The viewer shows the picture ``count``: how many bytes arrived with it, and its round trip; None if none."""
        arrived, late = _up_to(count, self._flying), _up_to(count, self._forgotten)
        self.in_flight -= sum(size for _, size, _ in arrived)
        if not arrived and not late:
            return None
        trip = now - (arrived or late)[-1][2]
        wanted = min(max(trip * FORGET_TRIPS, FORGET_S[0]), FORGET_S[1])
        self._forget_s = min(wanted, self._forget_s + (wanted - self._forget_s) / SLOWLY)
        return sum(size for _, size, _ in (*late, *arrived)), trip

    def forget(self, now: float) -> None:
        """What left long ago is not on its way any more: lost, or its receipt was, or it waits for a lost packet."""
        while self._flying and self._flying[0][2] < now - self._forget_s:
            self.in_flight -= self._flying[0][1]
            self._forgotten.append(self._flying.popleft())
        while self._forgotten and self._forgotten[0][2] < now - LOST_S:
            self._forgotten.popleft()

    def _for(self, rect: Rect, kbit_s: int) -> RegionEncoder:
        if self._encoder is None or not self.shows(rect, kbit_s):
            self._encoder, self._made_for = RegionEncoder(rect, kbit_s, self._count), kbit_s
        self._encoder.aim(kbit_s)
        return self._encoder


def _up_to(count: int, pictures: deque[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Take those up to ``count`` away, oldest first."""
    taken = []
    while pictures and pictures[0][0] <= count:
        taken.append(pictures.popleft())
    return taken

"""What came on `exact`: in which order the technician's side may apply it, and what it acknowledges.

Pure: no clock, no threads. Called from one thread at a time; whoever uses two guards it with a lock.
"""

from __future__ import annotations

from heapq import heappop, heappush

from remotehelp.errors import RemoteProtocolError
from remotehelp.messages import Exact, Seen

WINDOW = 512  # messages after the oldest missing one that are accepted
HELD_BYTES = 8_000_000  # of tiles that wait for earlier messages
ALSO = 64  # numbers in one receipt


class Inbox:
    """Releases messages in an order that gives the right picture, however they were lost, repeated and mixed up.

    Let `upto` be the number up to which everything has arrived. A message may be applied once ``after <= upto``:
    since ``after < seq``, everything up to `upto` has then been released itself.
    """

    def __init__(self) -> None:
        self._area = -1
        self._news = False  # whether anything came since the last receipt
        self._forget()

    def take(self, message: Exact) -> list[Exact]:
        """The messages that may be applied now, in this order: none, this one, or this one and some that waited.

        The first message of a newer area starts it; older areas and repetitions are dropped. What finds no place
        (``WINDOW``, ``HELD_BYTES``) is dropped without a receipt, so that it comes again; the oldest missing
        message always finds one. Raises RemoteProtocolError("message_out_of_order") where ``after >= seq``.
        """
        if message.after >= message.seq:
            raise RemoteProtocolError("message_out_of_order")
        self._start(message.area)
        if message.area < self._area:
            return []
        if message.seq <= self._upto or message.seq in self._later:
            self._again(message.seq)
            return []
        return self._ready(message) if message.after <= self._upto else self._hold(message)

    def may_paint(self, area: int, after: int) -> bool:
        """Whether a video picture of ``area`` may be painted now; the first one of a newer area starts that area."""
        self._start(area)
        return area == self._area and after <= self._upto

    def receipt(self) -> Seen | None:
        """What has arrived so far, or None if nothing came since the last receipt.

        A repetition counts as something: the receipt for it must have been lost. Of many messages after a gap it
        names the ``ALSO`` that came last.
        """
        if not self._news:
            return None
        self._news = False
        return Seen(area=self._area, upto=self._upto, also=tuple(sorted(list(self._later)[-ALSO:])))

    def _start(self, area: int) -> None:
        if area > self._area:
            self._area = area
            self._forget()

    def _forget(self) -> None:
        self._upto = 0
        self._later: dict[int, None] = {}  # what arrived after a gap, in the order in which it came
        self._held: list[tuple[int, int, Exact]] = []  # a heap by `after`
        self._held_bytes = 0
        self._news = False

    def _again(self, seq: int) -> None:
        self._news = True
        if seq in self._later:
            del self._later[seq]
            self._later[seq] = None

    def _ready(self, message: Exact) -> list[Exact]:
        if not self._arrived(message.seq):
            return []
        if message.seq > self._upto + 1:
            return [message]
        while self._upto + 1 in self._later:
            self._upto += 1
            del self._later[self._upto]
        return [message, *self._released()]

    def _hold(self, message: Exact) -> list[Exact]:
        size = _size(message)
        if self._held_bytes + size <= HELD_BYTES and self._arrived(message.seq):
            heappush(self._held, (message.after, message.seq, message))
            self._held_bytes += size
        return []

    def _arrived(self, seq: int) -> bool:
        """Notes that ``seq`` is here; False if it is too far ahead."""
        if seq > self._upto + WINDOW:
            return False
        self._later[seq] = None
        self._news = True
        return True

    def _released(self) -> list[Exact]:
        """What waits no longer, by `after`: who has to follow another waits for more than that one."""
        released = []
        while self._held and self._held[0][0] <= self._upto:
            message = heappop(self._held)[2]
            self._held_bytes -= _size(message)
            released.append(message)
        return released


def _size(message: Exact) -> int:
    return sum(len(tile.data) for tile in message.tiles)

"""What the customer's side sent on `exact` and what became of it: order, receipts, repetition, round trip.

Pure: times come in, in seconds of one steady clock. Called from one thread at a time; whoever uses two guards it
with a lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from remotehelp.errors import LocalProtocolError
from remotehelp.media.area import Rect
from remotehelp.media.inbox import WINDOW
from remotehelp.messages import EXACT_LIMIT, Copy, Exact, Seen, Tile, encode

COPIES, TILES = 16, 64  # at most in one message
LEAST_WAIT = 0.03  # s until a message is repeated, however short the round trip
MOST_WAIT = 1.0  # s between two repetitions, unless 1.5 round trips are more
FIRST_WAIT = 0.3  # s, while no round trip is known
PROBE = 16_000  # bytes to repeat into silence before waiting once more; at least one message
DOUBLINGS = 6  # carry LEAST_WAIT beyond MOST_WAIT
FAR_S = 0.03  # of round trip, from which a lost letter would be missed: it is sent twice
SMALL, SPARE = 1100, 4000  # bytes: what fits one packet is sent twice if no more than this is on its way
TWICE_S = 0.015  # after the first time: what lost that one is likely over

Box = tuple[int, int, int, int]  # left, top, right, bottom; comparing these is ten times faster than Rect.overlap
NOTHING: Box = (0, 0, 0, 0)


class RoundTrip:
    """The smoothed round trip and its deviation (RFC 6298 §2), without that RFC's floor of 1 s."""

    def __init__(self) -> None:
        self.seconds: float | None = None
        self.wait = self.wait_overtaken = FIRST_WAIT  # s until a message counts as lost; if a later one has arrived
        self._deviation = 0.0

    def sample(self, seconds: float) -> None:
        """One message took ``seconds`` to be acknowledged; never of one that was repeated (Karn, RFC 6298 §3)."""
        if self.seconds is None:
            self.seconds, self._deviation = seconds, seconds / 2
        else:
            self._deviation += (abs(self.seconds - seconds) - self._deviation) / 4
            self.seconds += (seconds - self.seconds) / 8
        self.wait_overtaken = max(LEAST_WAIT, 1.5 * self.seconds)
        self.wait = max(self.wait_overtaken, self.seconds + 4 * self._deviation)


@dataclass(slots=True)
class _Reach:
    """The boxes that a message reads and writes, and the bounds of them all."""

    reads: list[Box]
    writes: list[Box]
    whole: Box

    def must_follow(self, earlier: _Reach) -> bool:
        """Whether the picture would be wrong if this one were applied before ``earlier``."""
        return _meet([self.whole], [earlier.whole]) and (
            _meet(self.writes, earlier.writes) or _meet(self.writes, earlier.reads) or _meet(self.reads, earlier.writes)
        )


@dataclass(slots=True)
class _Sending:
    """A message that has not been acknowledged; ``first`` and ``last`` count all sendings of all messages."""

    data: bytes
    at: float
    first: int
    last: int
    doubled: int
    twice_at: float  # s; never, if infinite


class Outbox:
    """Numbers what is sent, says what each message has to wait for, and repeats what gets no receipt.

    A message that a later sent one has overtaken is repeated 1.5 round trips after its sending (the idea of RACK,
    RFC 8985 §3). Any other may just stand in a queue: it is repeated when no receipt has brought news for that long,
    with four deviations of doubt, and only ``PROBE`` bytes of such messages at a time. Each such repetition doubles
    this wait, for messages that are put from then on too, until one that was sent only once is acknowledged
    (RFC 6298 §5.5): else a line that becomes slower would have everything repeated and never be measured again.
    On a long line a small message that is almost alone is sent twice, whatever becomes of it: a letter that gets lost
    would come two round trips later.
    """

    def __init__(self, area: int, width: int, height: int) -> None:
        self._trip = RoundTrip()
        self._area = -1
        self.begin(area, width, height)

    def begin(self, area: int, width: int, height: int) -> None:
        """Another picture: all that was on its way is forgotten, the round trip stays known.

        Raises LocalProtocolError if ``area`` is not a later one.
        """
        if area <= self._area:
            raise LocalProtocolError("message_out_of_order")
        self._area, self._width, self._height = area, width, height
        self.seq = 0  # of the newest message; 0 before the first
        self.in_flight = 0  # bytes that no receipt has come for, repetitions not counted
        self._waiting: dict[int, _Sending] = {}  # what no receipt has come for, by seq, oldest first
        self._unsettled: dict[int, tuple[int, _Reach]] = {}  # what may not have been applied yet: `after` and reach
        self._sendings = self._overtaker = 0  # all so far; the latest that is known to have arrived
        self._silent_since = 0.0  # the last receipt with news, or the last time that a PROBE was used up
        self._probe_began, self._probed = 0.0, 0  # of the present PROBE: when, and bytes so far
        self._doubled = 0

    @property
    def round_trip(self) -> float | None:
        """The smoothed round trip in s; None before the first sample."""
        return self._trip.seconds

    @property
    def all_seen(self) -> bool:
        """Whether everything that was put has arrived."""
        return not self._waiting

    @property
    def full(self) -> bool:
        """Whether the viewer would not accept another message before it gets the oldest missing one."""
        return self.seq - self._upto() >= WINDOW

    def put(self, copies: Sequence[Copy], tiles: Sequence[Tile], now: float, film: int = 0) -> tuple[Exact, bytes]:
        """The next message and the same as the bytes that are to be sent now; ``film`` as in ``messages.Exact``.

        Raises LocalProtocolError("message_too_long") for more than 16 copies, 64 tiles or 64 KiB; nothing has
        been put then.
        """
        reach = _reach(copies, tiles)
        after = self._last_before(reach)
        message = Exact(self._area, self._width, self._height, self.seq + 1, after, tuple(copies), tuple(tiles), film)
        data = encode(message)
        if len(data) > EXACT_LIMIT or len(copies) > COPIES or len(tiles) > TILES:
            raise LocalProtocolError("message_too_long", size=len(data), limit=EXACT_LIMIT)
        self.seq += 1
        self.in_flight += len(data)
        self._sendings += 1
        twice_at = now + TWICE_S if self._worth_two(data) else inf
        self._waiting[self.seq] = _Sending(data, now, self._sendings, self._sendings, self._doubled, twice_at)
        self._unsettled[self.seq] = (after, reach)
        return message, data

    def waits_for(self, rect: Rect) -> int:
        """The ``after`` of a video picture that is painted on ``rect`` now; 0 if it has to wait for nothing."""
        box = _box(rect.x, rect.y, rect.width, rect.height)
        return self._last_before(_Reach([], [box], box))

    def seen(self, receipt: Seen, now: float) -> float | None:
        """A receipt came; the round trip that it tells, in s, if it tells one.

        Those of another area and for what was never sent are ignored.
        """
        if receipt.area != self._area or receipt.upto > self.seq:
            return None
        also = frozenset(receipt.also)
        arrived = [seq for seq in self._waiting if seq <= receipt.upto or seq in also]
        if arrived:
            self._silent_since, self._probed = now, 0
            trip = self._measure([self._take(seq, now) for seq in arrived], now)
            self._settle()
            return trip
        return None

    def due(self, now: float) -> list[bytes]:
        """The messages to be sent again now: first what was overtaken, then the oldest; they count as sent."""
        late = [sending for sending in self._waiting.values() if self._due_at(sending) <= now]
        lost = [sending for sending in late if self._overtaken(sending)]
        again = lost + self._probe([sending for sending in late if not self._overtaken(sending)], now)
        for sending in again[len(lost) :]:
            sending.doubled = min(sending.doubled + 1, DOUBLINGS)
            self._doubled = max(self._doubled, sending.doubled)
        for sending in again:
            self._sendings += 1
            sending.at, sending.last = now, self._sendings
        return [sending.data for sending in again]

    def twice(self, now: float) -> list[bytes]:
        """The messages whose second copy is to be sent now; to be on the safe side, not because anything was lost."""
        again = [sending for sending in self._waiting.values() if sending.twice_at <= now]
        for sending in again:
            sending.twice_at = inf
        return [sending.data for sending in again]

    def next_due(self) -> float | None:
        """When ``due`` or ``twice`` will have something, if nothing arrives before; None if nothing is on its way."""
        times = (min(self._due_at(sending), sending.twice_at) for sending in self._waiting.values())
        return min(times, default=None)

    def _worth_two(self, data: bytes) -> bool:
        far = self.round_trip is not None and self.round_trip > FAR_S
        return far and len(data) <= SMALL and self.in_flight <= SPARE

    def _due_at(self, sending: _Sending) -> float:
        if self._overtaken(sending):
            return sending.at + self._trip.wait_overtaken
        wait = self._trip.wait
        if sending.doubled:
            wait = min(wait * (1 << sending.doubled), max(wait, MOST_WAIT))
        return max(sending.at, self._silent_since) + wait

    def _overtaken(self, sending: _Sending) -> bool:
        return sending.last < self._overtaker

    def _probe(self, late: list[_Sending], now: float) -> list[_Sending]:
        """The oldest of what was not overtaken, as much as may go into the silence; the others wait once more."""
        if now >= self._probe_began + self._trip.wait:
            self._probe_began, self._probed = now, 0
        for count, sending in enumerate(late):
            if self._probed and self._probed + len(sending.data) > PROBE:
                self._silent_since = now
                return late[:count]
            self._probed += len(sending.data)
        return late

    def _take(self, seq: int, now: float) -> _Sending:
        sending = self._waiting.pop(seq)
        self.in_flight -= len(sending.data)
        self._overtaker = max(self._overtaker, self._arrived_as(sending, now))
        return sending

    def _arrived_as(self, sending: _Sending, now: float) -> int:
        """Which sending has arrived: the last, unless that was too short a time ago (RFC 8985 §6.2)."""
        likely = self.round_trip is not None and now - sending.at >= 0.75 * self.round_trip
        return sending.last if likely else sending.first

    def _measure(self, arrived: list[_Sending], now: float) -> float | None:
        """One sample a receipt, of the newest: receipts for the others may have been lost."""
        once = [sending.at for sending in arrived if sending.first == sending.last]
        if not once:
            return None
        self._trip.sample(now - max(once))
        self._doubled = 0
        return now - max(once)

    def _settle(self) -> None:
        """Forget what must have been applied.

        To have arrived is not enough: it may still be held there, waiting for an earlier one. A message that meets
        it but not the earlier one would go ahead of it.
        """
        upto = self._upto()
        done = [seq for seq, (after, _) in self._unsettled.items() if after <= upto and seq not in self._waiting]
        for seq in done:
            del self._unsettled[seq]

    def _upto(self) -> int:
        return next(iter(self._waiting), self.seq + 1) - 1

    def _last_before(self, reach: _Reach) -> int:
        for seq, (_, earlier) in reversed(self._unsettled.items()):
            if reach.must_follow(earlier):
                return seq
        return 0


def _reach(copies: Sequence[Copy], tiles: Sequence[Tile]) -> _Reach:
    reads = [_box(copy.x, copy.y, copy.width, copy.height) for copy in copies]
    writes = [_box(copy.to_x, copy.to_y, copy.width, copy.height) for copy in copies]
    writes += [_box(tile.x, tile.y, tile.width, tile.height) for tile in tiles]
    return _Reach(reads, writes, _bounds(reads + writes))


def _box(x: int, y: int, width: int, height: int) -> Box:
    return x, y, x + width, y + height


def _bounds(boxes: list[Box]) -> Box:
    if not boxes:
        return NOTHING
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _meet(some: list[Box], others: list[Box]) -> bool:
    for left, top, right, bottom in some:
        for other_left, other_top, other_right, other_bottom in others:
            if left < other_right and other_left < right and top < other_bottom and other_top < bottom:
                return True
    return False

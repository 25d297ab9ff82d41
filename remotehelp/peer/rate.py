"""How much one direction of a visit may send, and who gets how much of it. Pure: times come in.

What arrived comes back as receipts, for exact messages and for pictures of the video alike: they tell how fast the line
is. How long things stand in its queue is told by single packets, since a receipt may have waited for a lost one to be
sent again. The rate falls to what really arrives as soon as the queue grows (the delay
part of RFC 8698 and of LEDBAT, RFC 6817), or where much is lost, and rises while it is used and nothing waits. Losses
of a few packets in a hundred are the weather, not a full line (draft-ietf-rmcat-gcc-02 §6), and lower nothing.
"""

from __future__ import annotations

from collections import deque

START, LEAST, MOST = 300_000.0, 12_500.0, 6_000_000.0  # bytes/s
NEAR, NEAR_S = 2_500_000.0, 0.008  # the same to begin with, where the first round trip is that of a local network
LEAST_NEAR = 800_000.0
VOICE = 6_000.0  # bytes/s that are kept free for the voice: Opus at 32 kbit/s with its headers
QUEUE_S = 0.06  # longer than this nothing of ours shall wait on the line
WINDOW_S = 1.0  # what arrives and what is lost is counted over this time
PATIENCE_S = 0.3  # at least so long between two reductions: the first has to show
FORGET_S = 20.0  # the shortest round trip is looked for anew in each such time
GROWTH, FIRST_GROWTH = 0.4, 3.0  # a second: how fast the rate rises; until the line was full for the first time
KEPT, SAFE = 0.8, 0.5  # of what the line once carried: is believed after a reduction; is gone back to quickly
MOST_DROP = 0.7  # of the rate, at once: one measurement may be wrong
USED = 0.25  # of the rate; where less of it is used, nothing tells that the line would carry more
MUCH_LOST = 0.1  # of the packets
LOST_S, ENOUGH = 2.0, 40  # they are counted over this time, and from so many on: one more or less says nothing
NEWS = 128  # from the loop, that wait for the next receipt
PACKET = 1200  # bytes
FILM, LEAST_FILM, MOST_FILM = 0.8, 100, 5000  # share of the screen's rate; kbit/s


class Shortest:
    """The shortest round trip of this and the last FORGET_S, and by how much it is exceeded, smoothed; s."""

    def __init__(self) -> None:
        self.base: float | None = None
        self.excess = 0.0
        self._shortest, self._since = float("inf"), 0.0

    def sample(self, seconds: float, now: float) -> None:
        """One round trip took ``seconds``."""
        self._shortest = min(self._shortest, seconds)
        self.base = seconds if self.base is None else min(self.base, seconds)
        if now - self._since > FORGET_S:
            self.base, self._shortest, self._since = self._shortest, seconds, now
        self.excess += (seconds - self.base - self.excess) / 4


class Rate:
    """The rate control of one direction; one thread at a time changes it, any may read."""

    def __init__(self) -> None:
        self.bytes_per_s = START
        self._trip, self._queue = Shortest(), Shortest()  # of receipts; of single packets, which wait for no repair
        self._arrived: deque[tuple[float, int]] = deque()
        self._gone: deque[tuple[float, int, int]] = deque()  # when, bytes sent, packets lost
        self._busy_since: float | None = None
        self._on_the_way = 0
        self._heard_at = self._reduced_at = float("-inf")
        self._first = True
        self._known = 0.0  # bytes/s that this line carried, by all that was seen of it
        self._repeats: deque[float] = deque(maxlen=NEWS)  # when a packet of the video was; both from the loop
        self._trips: deque[float] = deque(maxlen=NEWS)  # of packets, s

    # --- what happens --------------------------------------------------------------------------------

    def sent(self, size: int, now: float) -> None:
        """``size`` bytes left at ``now`` (s)."""
        if self._on_the_way <= 0:
            self._busy_since, self._on_the_way = now, 0
        self._on_the_way += size
        self._gone.append((now, size, 0))

    def arrived(self, size: int, round_trip: float | None, now: float) -> None:
        """A receipt for ``size`` bytes came; ``round_trip`` s, None where they were sent more than once."""
        self._on_the_way -= size
        self._arrived.append((now, size))
        while self._repeats:
            self._gone.append((self._repeats.popleft(), 0, 1))
        if round_trip is not None:
            self._measure(round_trip, now)
        self._adapt(now)
        self._heard_at = now

    def measured(self, seconds: float) -> None:
        """A single packet, sent once, came back after so long, whatever the receipts wait for; called on the loop."""
        self._trips.append(seconds)

    def lost(self, messages: int, now: float) -> None:
        """So many messages had to be sent again: each has lost a packet at least."""
        self._gone.append((now, 0, messages))

    def repeated(self, now: float) -> None:
        """A packet of the video had to be sent again; called on the loop, whatever thread does the rest."""
        self._repeats.append(now)

    def forgotten(self) -> None:
        """Nothing that is on the way counts any more."""
        self._on_the_way = 0

    # --- what follows from it ------------------------------------------------------------------------

    @property
    def screen(self) -> float:
        """Bytes a second for the screen: all but the voice's."""
        return max(self.bytes_per_s - VOICE, LEAST / 2)

    @property
    def at_once(self) -> int:
        """Bytes of the screen that may be on their way while it changes: what the line holds, and a short queue."""
        return int(self.screen * ((self._base or 0.0) + QUEUE_S * 0.75))

    @property
    def at_rest(self) -> int:
        """The same where nothing is urgent: what comes next shall find the line almost free."""
        return int(self.screen * ((self._base or 0.0) + QUEUE_S / 4))

    @property
    def message(self) -> int:
        """Bytes of one message: a thin line has a gap for something else soon, and what is lost is small there."""
        return int(min(max(self.screen * 0.02, 1100), 14 * 1024))

    @property
    def film_kbit_s(self) -> int:
        """For the video."""
        return int(min(max(self.screen * FILM * 8 / 1000, LEAST_FILM), MOST_FILM))

    @property
    def round_trip(self) -> float | None:
        """The shortest round trip of late, s."""
        return self._base

    # -------------------------------------------------------------------------------------------------

    def _measure(self, round_trip: float, now: float) -> None:
        if self._first and round_trip < NEAR_S:
            self.bytes_per_s = max(self.bytes_per_s, NEAR)
        self._trip.sample(round_trip, now)

    def _look_at_the_queue(self, now: float) -> None:
        while self._trips:
            self._queue.sample(self._trips.popleft(), now)

    def _adapt(self, now: float) -> None:
        self._look_at_the_queue(now)
        full = self._queue.excess > QUEUE_S + (self._base or 0.0) / 4
        if full or self._lost_share(now) > MUCH_LOST:
            if now - self._reduced_at > PATIENCE_S + (self._base or 0.0):
                self._first, self._reduced_at = False, now
                delivered = self._delivered(now)
                self._known = max(delivered, self._known * KEPT)
                arrives = max(delivered, self.bytes_per_s * MOST_DROP)
                self.bytes_per_s = max(self._floor, min(self.bytes_per_s * 0.9, arrives))
        elif self._queue.excess < QUEUE_S / 2 and self._used(now) > self.bytes_per_s * USED:
            growth = FIRST_GROWTH if self._first or self.bytes_per_s < self._known * SAFE else GROWTH
            seconds = min(max(now - self._heard_at, 0.0), 0.1)
            self.bytes_per_s = min(MOST, self.bytes_per_s * (1 + growth * seconds))

    @property
    def _base(self) -> float | None:
        return self._trip.base

    @property
    def _floor(self) -> float:
        """A local network is never thinner than this; where it seems so, a computer is busy."""
        return LEAST_NEAR if self._base is not None and self._base < NEAR_S else LEAST

    def _delivered(self, now: float) -> float:
        """Bytes a second that arrived lately, while there was something on the way."""
        began = max(now - WINDOW_S, (self._busy_since or now) + (self._base or 0.0) / 2)
        return sum(size for at, size in self._recent(now) if at >= began) / max(now - began, 0.02)

    def _used(self, now: float) -> float:
        return sum(size for _, size in self._recent(now)) / WINDOW_S

    def _recent(self, now: float) -> deque[tuple[float, int]]:
        while self._arrived and self._arrived[0][0] < now - WINDOW_S:
            self._arrived.popleft()
        return self._arrived

    def _lost_share(self, now: float) -> float:
        while self._gone and self._gone[0][0] < now - LOST_S:
            self._gone.popleft()
        packets = sum(-(-size // PACKET) for _, size, _ in self._gone)
        return sum(lost for *_, lost in self._gone) / packets if packets >= ENOUGH else 0.0

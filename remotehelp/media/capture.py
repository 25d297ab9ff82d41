"""The thread that captures: pulls what changed, decides how it travels, packs and encodes it."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Protocol

import structlog

from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from remotehelp.media.filming import Filming, Packet
from remotehelp.media.outbox import COPIES, TILES, Outbox
from remotehelp.media.pace import Pace
from remotehelp.media.stamp import Stamp
from remotehelp.media.two_speeds import Film, Part, TwoSpeeds, Update
from remotehelp.messages import Copy, Filmed, Seen, Tile

log = structlog.get_logger("capture")

WAIT_S = 1.0  # how long one pull waits for a change before it looks whether it is still wanted
LOOK_S = 0.005  # how often it looks for receipts where they alone let it refine more: a pull does not end for them
FAST, FILM = 60, 40  # pictures a second, at most: of small changes, of video; more than films have, to catch up
FILMS = 2  # pictures of video that wait to be sent


class Budget(Protocol):
    """What may be sent; ``remotehelp.peer.rate.Rate`` is one. Bytes and s."""

    def sent(self, size: int, now: float) -> None: ...

    def arrived(self, size: int, round_trip: float | None, now: float) -> None: ...

    def lost(self, messages: int, now: float) -> None: ...

    def forgotten(self) -> None: ...

    @property
    def at_once(self) -> int:
        """That may be on their way while the screen changes."""

    @property
    def at_rest(self) -> int:
        """That may be on their way while it rests."""

    @property
    def message(self) -> int:
        """Of one message."""

    @property
    def film_kbit_s(self) -> int:
        """Of the video, kbit/s."""


class Picture(Protocol):
    """What is new on a monitor; the pixels are valid until the next pull."""

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...

    @property
    def parts(self) -> Sequence[Part]: ...


class Source(Protocol):
    """A monitor that is pulled by one thread; ``remotehelp.desktop.screens.ScreenSource`` is one."""

    def next(self, timeout: float) -> Picture | None:
        """What changed, None if nothing did for ``timeout`` seconds; raises BackendError."""


class Listener(Protocol):
    """Who is told what leaves; called on the capture thread."""

    def resized(self, width: int, height: int) -> None:
        """A picture of a new size is about to leave."""

    def leave(self, capture: Capture, messages: Sequence[bytes], film: Packet | None) -> None:
        """These messages are for `exact`, in this order, and this packet for the video."""

    def failed(self, capture: Capture, error: BackendError) -> None:
        """The source can't be captured any more."""


class Capture:
    """Pulls one source until ``end()``; only ``run()`` belongs to its thread, the rest is called on the loop."""

    def __init__(self, source: Source, areas: Iterator[int], budget: Budget, listener: Listener) -> None:
        """``areas`` gives the number of each new area, a higher one each time."""
        self._source, self._areas, self._budget, self._listener = source, areas, budget, listener
        self._outbox = Outbox(next(areas), 1, 1)
        self._speeds = TwoSpeeds(1, 1)
        self._filming = Filming()
        self._area, self._number = Rect(0, 0, 0, 0), 0
        self._pace = Pace()
        self._receipts: deque[tuple[Seen | Filmed, float]] = deque()
        self._news = threading.Event()  # something came in that may let the next picture leave
        self._key = threading.Event()
        self._filmed_so_far = self._taken_so_far = 0  # pictures of video; each counted by one thread alone
        self._ended = False

    def end(self) -> None:
        """Let nothing leave any more; the thread ends once the source lets it go."""
        self._ended = True
        self._news.set()

    def seen(self, receipt: Seen | Filmed) -> None:
        """The viewer tells what has arrived."""
        self._receipts.append((receipt, time.monotonic()))
        self._news.set()

    def film_sent(self) -> None:
        """A packet of the video has been taken to be sent."""
        self._taken_so_far += 1
        self._news.set()

    def want_keyframe(self) -> None:
        """The next picture of the video stands alone."""
        self._key.set()

    def run(self) -> None:
        """Capture until the end; a source that fails is told to the listener."""
        try:
            while not self._ended:
                self._step()
        except BackendError as error:
            self._fail(error)
        except Exception:  # whatever a library may raise: a thread that ends without a word looks like a still screen
            log.exception("capture failed")
            self._fail(BackendError("screen_not_readable"))

    def _fail(self, error: BackendError) -> None:
        if not self._ended:
            self._listener.failed(self, error)

    def _step(self) -> None:
        now = time.monotonic()
        self._hear(now)
        if not self._may_send():
            self._news.wait(self._patience(now))
            self._news.clear()
            return
        time.sleep(self._pace.wait(now))
        picture = self._source.next(self._patience(time.monotonic()))
        if self._ended:
            return
        now = time.monotonic()
        self._speeds.most = self._budget.message
        if picture is not None:
            self._follow(picture)
            self._send(now, self._speeds.take(picture.parts, now, self._room))
        self._refine(now)

    def _hear(self, now: float) -> None:
        """Take in what the viewer told, and repeat what got lost."""
        while self._receipts:
            self._acknowledge(*self._receipts.popleft())
        self._filming.forget(now)
        if late := self._outbox.due(now):
            self._budget.lost(len(late), now)
            self._listener.leave(self, late, None)
        if again := self._outbox.twice(now):
            self._listener.leave(self, again, None)

    def _acknowledge(self, receipt: Seen | Filmed, now: float) -> None:
        if isinstance(receipt, Filmed):
            if receipt.area == self._number and (seen := self._filming.seen(receipt.count, now)) is not None:
                self._budget.arrived(*seen, now)
            return
        before = self._outbox.in_flight
        trip = self._outbox.seen(receipt, now)
        if before > self._outbox.in_flight:
            self._budget.arrived(before - self._outbox.in_flight, trip, now)

    def _may_send(self) -> bool:
        return self._room > 0 and not self._outbox.full and self._filmed_so_far - self._taken_so_far < FILMS

    @property
    def _on_the_way(self) -> int:
        return self._outbox.in_flight + self._filming.in_flight

    @property
    def _room(self) -> int:
        return self._budget.at_once - self._on_the_way

    def _patience(self, now: float) -> float:
        """How long nothing has to be done if nothing happens."""
        times = [now + WAIT_S, self._outbox.next_due()]
        if self._may_send() and (rest_at := self._speeds.rest_at) is not None:
            times.append(rest_at if self._on_the_way < self._budget.at_rest else max(rest_at, now + LOOK_S))
        return max(0.0, min(due for due in times if due is not None) - now)

    def _refine(self, now: float) -> None:
        room = self._budget.at_rest - self._on_the_way
        if room > 0 and (tiles := self._speeds.refine(now, room)):
            self._exact((), tiles, now)

    def _follow(self, picture: Picture) -> None:
        """A picture of another size begins anew."""
        if (picture.width, picture.height) != (self._area.width, self._area.height):
            self._area = Rect(0, 0, picture.width, picture.height)
            self._number = next(self._areas)
            self._outbox.begin(self._number, picture.width, picture.height)
            self._speeds = TwoSpeeds(picture.width, picture.height)
            self._listener.resized(picture.width, picture.height)

    def _send(self, now: float, update: Update) -> None:
        self._exact(update.copies, update.tiles, now, film=0 if update.film is None else self._filming.next)
        if update.film is not None and (packet := self._filmed(update.film, now)) is not None:
            self._filmed_so_far += 1
            self._listener.leave(self, (), packet)
        elif not self._outbox.seq:  # an all black screen is a picture too
            self._leave([self._outbox.put((), (), now)[1]], now)
        self._pace.took(now, FAST if update.film is None else FILM)

    def _exact(self, copies: Sequence[Copy], tiles: Sequence[Tile], now: float, film: int = 0) -> None:
        messages = [self._outbox.put(*batch, now, film)[1] for batch in batches(copies, tiles, self._budget.message)]
        if messages:
            self._leave(messages, now)

    def _leave(self, messages: Sequence[bytes], now: float) -> None:
        self._budget.sent(sum(map(len, messages)), now)
        self._listener.leave(self, messages, None)

    def _filmed(self, film: Film, now: float) -> Packet | None:
        after = self._outbox.waits_for(film.region)
        stamp = Stamp(self._number, self._area.width, self._area.height, film.region, self._outbox.seq, after)
        kbit_s, key = self._budget.film_kbit_s, self._key.is_set()
        self._key.clear()
        boxes = film.boxes if self._filming.shows(film.region, kbit_s) else (film.region,)
        parts = [(box.seen_from(film.region), box.of(self._speeds.mirror)) for box in boxes]
        packet = self._filming.picture(parts, stamp, now, kbit_s, key=key)
        if packet is not None:
            self._budget.sent(packet.size, now)
        return packet


def batches(
    copies: Sequence[Copy], tiles: Sequence[Tile], most: int
) -> Iterator[tuple[Sequence[Copy], Sequence[Tile]]]:
    """Copies and tiles for one message after the other: each holds at most ``most`` bytes, or one larger tile."""
    batch: list[Tile] = []
    copies, size = copies[:COPIES], 0
    for tile in tiles:
        if batch and (size + len(tile.data) > most or len(batch) == TILES):
            yield copies, batch
            copies, batch, size = (), [], 0
        batch.append(tile)
        size += len(tile.data)
    if copies or batch:
        yield copies, batch

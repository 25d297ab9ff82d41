"""What of a change travels exactly, as moves and tiles, and what as video; and what has to be refined at rest.

Pure: time comes in. For one thread, the one that captures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from remotehelp.media.area import Pixels, Rect, bounds
from remotehelp.media.changes import changed, placed, split
from remotehelp.media.lossy import CELL, Lossy
from remotehelp.media.moves import Move, Offset, find_moves
from remotehelp.media.tiles import cost, pack, slices
from remotehelp.messages import Copy, Tile

REST_S = 0.2  # so long nothing may have changed where video was, before it is refined
CREDIT, CREDIT_PER_S = 256 * 1024, 400 * 1024  # bytes of tiles for what changes at once, and for what goes on changing
MOVELESS, LOOK_EACH = 3, 4  # after so many pictures of video without a move only one in so many is searched for any
FILM_S = 1.0  # so long after its last picture the video of a region goes on where it was
ALIGN = 16  # pixels: the macroblocks of H.264
MOST_COPIES = 16  # of one message
SMALL, SMALL_BYTES = 16 * 1024, 1000  # pixels and bytes: a typed letter, a menu's line; a packet that leaves as it is


class Part(Protocol):
    """New pixels of one rectangle."""

    @property
    def rect(self) -> Rect: ...

    @property
    def pixels(self) -> Pixels: ...


@dataclass(frozen=True)
class Film:
    """A picture of video: the region that it shows, and what of it changed since the picture before."""

    region: Rect
    boxes: tuple[Rect, ...]


@dataclass(frozen=True)
class Update:
    """What brings the viewer from the picture before to this one: the copies first, then the tiles, then the video."""

    copies: tuple[Copy, ...] = ()
    tiles: tuple[Tile, ...] = ()
    film: Film | None = None


class TwoSpeeds:
    """Decides for one shared area; ``mirror`` is what was captured last, all black at first."""

    def __init__(self, width: int, height: int) -> None:
        self.mirror: Pixels = np.zeros((height, width, 4), np.uint8)
        self.most = 12 * 1024  # bytes of one tile
        self._whole = Rect(0, 0, width, height)
        self._lossy = Lossy(width, height)
        self._hint: Offset | None = None
        self._region: Rect | None = None
        self._filmed_at = -FILM_S
        self._moveless = 0  # pictures of the video in a row in which nothing moved
        self._stale: list[Rect] = []
        self._packed: dict[Rect, bytes] = {}  # of this picture, so that nothing is packed twice
        self._credit, self._credited_at = float(CREDIT), 0.0

    def take(self, parts: Iterable[Part], now: float, room: int) -> Update:
        """What to send for these new pixels at ``now`` (s), of which tiles may take about ``room`` bytes."""
        if now - self._filmed_at >= FILM_S:
            self._region, self._stale = None, []
        copies: list[Copy] = []
        fresh: list[Rect] = []
        self._packed.clear()
        for part in parts:
            self._look(part, now, copies, fresh)
        exact, film = self._two_ways(fresh, now, min(room, self._saved(now)))
        tiles = tuple(tile for rect in exact for tile in self._tiles(rect))
        self._credit -= sum(len(tile.data) for tile in tiles)
        self._moveless = 0 if copies or film is None else self._moveless + 1
        if film is not None:
            self._lossy.mark(film.region, now)  # after the tiles: where both meet, the video comes on top
        return Update(tuple(copies), tiles, film)

    def refine(self, now: float, room: int) -> tuple[Tile, ...]:
        """Tiles for what has rested since video was there, as many as about ``room`` bytes allow."""
        tiles: list[Tile] = []
        while room > 0 and (rect := self._lossy.rested(now - REST_S)):
            for tile in self._tiles(self._affordable(rect, room)):
                tiles.append(tile)
                room -= len(tile.data)
        return tuple(tiles)

    @property
    def rest_at(self) -> float | None:
        """When there will be something to refine; None if all is exact."""
        since = self._lossy.oldest()
        return None if since is None else since + REST_S

    def _saved(self, now: float) -> int:
        """Bytes that tiles may take now; what goes on changing everywhere is video's."""
        self._credit = min(CREDIT, self._credit + (now - self._credited_at) * CREDIT_PER_S)
        self._credited_at = now
        return int(self._credit)

    def _look(self, part: Part, now: float, copies: list[Copy], fresh: list[Rect]) -> None:
        """Take the new pixels over; note what only moved, and what is new."""
        self._packed = {rect: data for rect, data in self._packed.items() if not rect.overlap(part.rect)}
        box = changed(part.rect.of(self.mirror), part.pixels)
        if box is None:
            return
        place = placed(box, part.rect)
        seen = box.of(part.pixels)
        if self._is_trifle(place, seen):
            place.of(self.mirror)[:] = seen
            fresh.append(place)
            return
        for move in self._moves(place, seen, fresh)[: MOST_COPIES - len(copies)]:
            copy = _copy(move, place)
            _apply(copy, self.mirror)
            self._lossy.follow(placed(move.source, place), (copy.to_x, copy.to_y), now)
            copies.append(copy)
            self._stale.append(placed(move.target, place))
        before = place.of(self.mirror)
        boxes = split(before, seen, Rect(0, 0, box.width, box.height))
        fresh += [placed(rect, place) for rect in boxes]
        before[:] = seen

    def _is_trifle(self, place: Rect, seen: Pixels) -> bool:
        """Whether these new pixels make so few bytes that no search for moves and no cut would save anything."""
        if place.width * place.height > SMALL:
            return False
        self._packed[place] = pack(seen)
        return len(self._packed[place]) <= SMALL_BYTES

    def _moves(self, place: Rect, seen: Pixels, fresh: Sequence[Rect]) -> Sequence[Move]:
        if self._moveless >= MOVELESS and self._moveless % LOOK_EACH:
            return []  # a film; the search takes longer than all else that is done to it here
        moves = find_moves(place.of(self.mirror), seen, self._hint)
        sources = [placed(move.source, place) for move in moves]
        if any(source.overlap(rect) for source in sources for rect in fresh):
            return []  # what is fresh comes after the copies, and a move may need what one before it brings
        if moves:
            self._hint = moves[0].offset
        return moves

    def _two_ways(self, fresh: Sequence[Rect], now: float, room: int) -> tuple[list[Rect], Film | None]:
        self._stale += fresh
        exact: list[Rect] = []
        for rect, size in sorted(((rect, self._cost(rect)) for rect in fresh), key=lambda pair: pair[1]):
            room -= size
            if room < 0:
                break
            exact.append(rect)
        if len(exact) == len(fresh):
            return exact, None
        film = self._film([rect for rect in fresh if rect not in exact], now)
        return [rect for rect in exact if not film.region.covers(rect)], film

    def _film(self, dear: Sequence[Rect], now: float) -> Film:
        region = _aligned(bounds(dear), self._whole)
        if self._region is not None and self._region.overlap(region):
            region = _aligned(bounds([self._region, region]), self._whole)
        boxes = (region,) if region != self._region else tuple(_within(self._stale, region))
        self._region, self._filmed_at, self._stale = region, now, []
        return Film(region, boxes)

    def _affordable(self, run: Rect, room: int) -> Rect:
        """As many of a run of cells as ``room`` bytes allow, at least one."""
        size = cost(run.of(self.mirror))
        cells = max(1, run.width // CELL * room // size)
        return run if size <= room else Rect(run.x, run.y, min(run.width, cells * CELL), run.height)

    def _cost(self, rect: Rect) -> int:
        """Bytes that ``rect`` takes, about; exactly, and packed, where it is small."""
        if rect not in self._packed and rect.width * rect.height <= SMALL:
            self._packed[rect] = pack(rect.of(self.mirror))
        return len(self._packed[rect]) if rect in self._packed else cost(rect.of(self.mirror))

    def _tiles(self, rect: Rect) -> Iterable[Tile]:
        self._lossy.clear(rect)
        packed = self._packed.get(rect)
        if packed is not None and len(packed) <= self.most:
            return (Tile(rect.x, rect.y, rect.width, rect.height, packed),)
        return slices(rect, self.mirror, self.most)


def _copy(move: Move, place: Rect) -> Copy:
    source, target = placed(move.source, place), placed(move.target, place)
    return Copy(source.x, source.y, target.x, target.y, source.width, source.height)


def _apply(copy: Copy, pixels: Pixels) -> None:
    source = Rect(copy.x, copy.y, copy.width, copy.height).of(pixels)
    Rect(copy.to_x, copy.to_y, copy.width, copy.height).of(pixels)[:] = source  # numpy minds an overlap


def _aligned(rect: Rect, whole: Rect) -> Rect:
    """``rect`` with its edges moved outwards to whole macroblocks, inside of ``whole``."""
    x, y = rect.x // ALIGN * ALIGN, rect.y // ALIGN * ALIGN
    right, bottom = -(-(rect.x + rect.width) // ALIGN) * ALIGN, -(-(rect.y + rect.height) // ALIGN) * ALIGN
    return Rect(x, y, min(right, whole.width) - x, min(bottom, whole.height) - y)


def _within(rects: Iterable[Rect], region: Rect) -> list[Rect]:
    return [part for rect in rects if (part := rect.overlap(region))]

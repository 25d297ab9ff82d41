"""What came of a run: reckoned from when each change was drawn and when its number was first seen."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

IDENTICAL_DB = 99.0

Picture = NDArray[np.uint8]


class Sight(NamedTuple):
    """A number of the marker and the ns (CLOCK_MONOTONIC) at which it was drawn or first seen."""

    number: int
    at: int


def drawn_in(lines: Iterable[Sequence[str]]) -> list[Sight]:
    """Each change in the stimulus's log, at the time just before it was drawn."""
    return [Sight(int(line[1]), int(line[2])) for line in lines if line and line[0] == "C"]


def seen_in(lines: Iterable[Sequence[str]]) -> list[Sight]:
    """Each new number in the watcher's log."""
    return [Sight(int(line[1]), int(line[2])) for line in lines if line and line[0] == "S"]


def unrolled(sights: Sequence[Sight], start: int) -> list[Sight]:
    """The same with numbers that go on where 16 bits begin again; ``start``: a number from just before."""
    return [Sight(start + (sight.number - start + 0x8000) % 0x10000 - 0x8000, sight.at) for sight in sights]


def fresh_ms(drawn: Sequence[Sight], seen: Sequence[Sight]) -> list[float]:
    """Milliseconds from each change until it or a newer one was seen: a picture left out is not forgiven.

    What was never seen, nor anything newer, has no entry. Both in the order of time.
    """
    newest = list(np.maximum.accumulate([sight.number for sight in seen])) if seen else []
    places = [(change, bisect_left(newest, change.number)) for change in drawn]
    return [(seen[place].at - change.at) / 1e6 for change, place in places if place < len(seen)]


def shown(drawn: Sequence[Sight], seen: Sequence[Sight], until: int) -> int:
    """How many different changes were seen up to ``until``."""
    return len({sight.number for sight in seen if sight.at <= until} & {change.number for change in drawn})


def freeze_ms(seen: Sequence[Sight], begin: int, end: int) -> float:
    """The longest time between ``begin`` and ``end`` in which nothing new was seen."""
    times = [begin, *(sight.at for sight in seen if begin < sight.at < end), end]
    return max(later - earlier for earlier, later in pairwise(times)) / 1e6


def percentile(values: Sequence[float], per_cent: int) -> float | None:
    """Linear between the two nearest; None of nothing."""
    return round(float(np.percentile(values, per_cent)), 2) if values else None


class Sent(NamedTuple):
    """An event that the technician's hand made: ``key`` with its keysym or ``motion`` with its place."""

    kind: str
    detail: str
    at: int


class Arrived(NamedTuple):
    """An event that a program on the customer's screen got, and the number with which it answered."""

    kind: str
    detail: str
    at: int
    answer: int


PATIENCE_NS = 3_000_000_000
NEAR = 3  # pixels: a picture that is not shown 1:1 can't be hit better


def arrival(sent: Sent, arrived: Sequence[Arrived]) -> Arrived | None:
    """The first event within 3 s that is the one sent."""
    for event in arrived:
        if event.kind == sent.kind and 0 <= event.at - sent.at <= PATIENCE_NS and _same(sent, event):
            return event
    return None


def _same(sent: Sent, event: Arrived) -> bool:
    if sent.kind != "motion":
        return sent.detail == event.detail
    there, here = (map(int, one.detail.split(",")) for one in (sent, event))
    return all(abs(a - b) <= NEAR for a, b in zip(there, here, strict=True))


def answered_ms(sent: Sent, event: Arrived, seen: Sequence[Sight]) -> float | None:
    """Milliseconds from an event to the first sight of the number that answers it, or of the next one."""
    times = [sight.at for sight in seen if sight.number in (event.answer, event.answer + 1) and sight.at >= sent.at]
    return (min(times) - sent.at) / 1e6 if times else None


def psnr(one: Picture, other: Picture) -> float:
    """The likeness of two pictures of one size in dB over all channels; 99 means identical in every pixel."""
    error = float(np.mean(np.square(one.astype(np.float32) - other.astype(np.float32))))
    return round(10 * math.log10(255**2 / error), 2) if error else IDENTICAL_DB


def best_psnr(wanted: Picture, got: Picture) -> float | None:
    """The same with ``got`` larger by a margin all round, at the place within it that is most alike."""
    height, width = wanted.shape[:2]
    down, across = got.shape[0] - height + 1, got.shape[1] - width + 1
    if down < 1 or across < 1:
        return None
    parts = [got[y : y + height, x : x + width] for y in range(down) for x in range(across)]
    return psnr(wanted, max(parts, key=lambda part: psnr(wanted[::4], part[::4])))

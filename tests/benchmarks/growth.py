"""What a program holds as time goes by, and whether that grows: reckoned from samples, nothing of it by eye."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

WARM_S = 300.0  # until then caches fill and fonts are read
ENDS = 5  # samples whose median stands for the beginning, and for the end
MOST_POINTS = 400  # of a line; more are thinned out

FLAT_MB = 10.0  # one picture of 1080p is 8.3 MB: one more that happens to be alive is no growth
FLAT_MB_H = 24.0  # the same from minute 5 to minute 30
MORE_OPEN = 2  # a file that happens to be open, a thread of a pool that has just been used for the first time


@dataclass(frozen=True)
class Sample:
    """One look at all processes of a side: seconds since the beginning, megabytes, and how many are open."""

    at: float
    pss_mb: float
    uss_mb: float
    rss_mb: float
    descriptors: int
    threads: int


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    title: str
    unit: str
    first: float | None
    last: float | None
    value: float
    at_most: float | None = None

    @property
    def ok(self) -> bool | None:
        """Whether the bar is reached; None where there is none."""
        return None if self.at_most is None else self.value <= self.at_most

    def entry(self) -> dict[str, Any]:
        """As build/bench-soak.json holds it."""
        nobody = {"peer": None, "peer_value": None, "ratio": None}
        return {
            "figure": self.title,
            "value": self.value,
            "unit": self.unit,
            **nobody,
            "bar": self.at_most,
            "ok": self.ok,
        }

    def words(self) -> tuple[str, ...]:
        """As the table shows it."""
        ends = tuple("" if value is None else f"{value:g}" for value in (self.first, self.last))
        bar = "" if self.at_most is None else f"<= {self.at_most:g}"
        return self.title, *ends, f"{self.value:+g}", self.unit, bar, {None: "", True: "ok", False: "MISSED"}[self.ok]


HEADS = ("figure", "at first", "at last", "growth", "", "bar", "")


def settled(samples: Sequence[Sample]) -> list[Sample]:
    """Those after the first five minutes; of a shorter visit the later two thirds."""
    begin = min(WARM_S, samples[-1].at / 3)
    return [sample for sample in samples if sample.at >= begin]


def ends(values: Sequence[float]) -> tuple[float, float]:
    """What a series begins and ends with: medians, so that one look at a bad moment tells nothing."""
    return statistics.median(values[:ENDS]), statistics.median(values[-ENDS:])


def slope_an_hour(times: Sequence[float], values: Sequence[float]) -> float:
    """By how much ``values`` rise an hour: the median of the slopes of all pairs (Theil and Sen); times in s."""
    step = 1 + len(times) // MOST_POINTS
    points = list(zip(times, values, strict=True))[::step]
    slopes = [(b - a) / (later - at) for (at, a), (later, b) in combinations(points, 2) if later > at]
    return statistics.median(slopes) * 3600 if slopes else 0.0


def figures(side: str, samples: Sequence[Sample]) -> list[Figure]:
    """All lines of one side; ``samples`` in the order of time, at least two after the beginning."""
    kept = settled(samples)
    times = [sample.at for sample in kept]
    made = []
    for name, series, bar in (
        ("proportional", [sample.pss_mb for sample in kept], FLAT_MB),
        ("its own alone", [sample.uss_mb for sample in kept], FLAT_MB),
        ("resident", [sample.rss_mb for sample in kept], None),
    ):
        first, last = ends(series)
        made.append(
            Figure(f"{side}: memory, {name}", "MB", round(first, 1), round(last, 1), round(last - first, 1), bar)
        )
    rise = slope_an_hour(times, [sample.uss_mb for sample in kept])
    made.append(Figure(f"{side}: memory, its own alone, slope", "MB/h", None, None, round(rise, 1), FLAT_MB_H))
    for name, counts in (
        ("open descriptors", [sample.descriptors for sample in kept]),
        ("threads", [sample.threads for sample in kept]),
    ):
        first, last = ends(counts)
        made.append(Figure(f"{side}: {name}", "", first, last, last - first, MORE_OPEN))
    return made

"""The figures: reckoned from what was drawn and what was seen, printed as a table, kept as JSON."""

from __future__ import annotations

import json
import statistics
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple


class Sight(NamedTuple):
    """A number and the time.monotonic() at which it was drawn or first seen."""

    number: int
    at: float


def sights(listed: Sequence[Sequence[float]]) -> list[Sight]:
    """The same from JSON."""
    return [Sight(int(number), at) for number, at in listed]


def freshness(drawn: Sequence[Sight], seen: Sequence[Sight]) -> list[float]:
    """Seconds from each change until it or a newer one was seen: a picture left out is not forgiven.

    Changes after which nothing was seen any more count for nothing. Both lists in the order of time.
    """
    numbers = [sight.number for sight in seen]
    places = [(change, bisect_left(numbers, change.number)) for change in drawn]
    return [seen[place].at - change.at for change, place in places if place < len(seen)]


def answered(pressed: Sequence[float], drawn: Sequence[Sight]) -> list[Sight]:
    """Each key's number with the time of the press; a key that nothing answered before the next is left out."""
    ends = [*pressed[1:], float("inf")]
    answers = [
        (press, [change.number for change in drawn if press <= change.at < end])
        for press, end in zip(pressed, ends, strict=True)
    ]
    return [Sight(numbers[0], press) for press, numbers in answers if numbers]


def per_second(seen: Sequence[Sight], drawn: Sequence[Sight]) -> float:
    """How many different changes of ``drawn`` were seen a second while they were drawn."""
    numbers = {change.number for change in drawn}
    return len({sight.number for sight in seen} & numbers) * (len(drawn) - 1) / len(drawn) / _seconds(drawn)


def _seconds(drawn: Sequence[Sight]) -> float:
    return drawn[-1].at - drawn[0].at


@dataclass(frozen=True)
class Row:
    """One figure: the medians of ``runs`` and ``peer_runs``, beside the bar."""

    figure: str
    unit: str
    runs: Sequence[float]
    at_most: float | None = None
    at_least: float | None = None
    peer: str | None = None
    peer_runs: Sequence[float] = ()
    note: str = ""

    @property
    def value(self) -> float | None:
        return _median(self.runs)

    @property
    def ratio(self) -> float | None:
        """Ours divided by the peer's."""
        theirs = _median(self.peer_runs)
        return None if self.value is None or not theirs else round(self.value / theirs, 3)

    @property
    def ok(self) -> bool | None:
        """Whether the bar holds; None without a bar or a value."""
        if self.value is None or (self.at_most is None and self.at_least is None):
            return None
        return self.value <= self.at_most if self.at_most is not None else self.value >= (self.at_least or 0)

    def entry(self) -> dict[str, Any]:
        """As build/TARGET.json holds it (ARCHITECTURE.md, measurements)."""
        return {
            "figure": self.figure,
            "value": self.value,
            "unit": self.unit,
            "peer": self.peer,
            "peer_value": _median(self.peer_runs),
            "ratio": self.ratio,
            "bar": self.at_most if self.at_most is not None else self.at_least,
            "ok": self.ok,
        }

    def words(self) -> tuple[str, ...]:
        """As the table shows it."""
        bar = f"<= {self.at_most:g}" if self.at_most is not None else ""
        if self.at_least is not None:
            bar = f">= {self.at_least:g}"
        theirs = f"{_word(_median(self.peer_runs))} {self.peer}" if self.peer else ""
        verdict = {None: "", True: "ok", False: "MISSED"}[self.ok]
        runs = " ".join(_word(run) for run in self.runs)
        return self.figure, _word(self.value), self.unit, bar, verdict, theirs, _word(self.ratio), runs, self.note


HEADS = ("figure", "value", "unit", "bar", "", "peer", "ratio", "runs", "note")


def table(rows: Sequence[Row]) -> str:
    """All rows in columns."""
    lines = [HEADS, *(row.words() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    return "\n".join(
        "  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def write(rows: Sequence[Row], path: Path) -> None:
    """Keep all rows as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([row.entry() for row in rows], indent=2) + "\n")


def _median(runs: Sequence[float]) -> float | None:
    return round(statistics.median(runs), 3) if runs else None


def _word(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}"

"""The table: each bar with what this product and the best peer came to, printed and kept as JSON."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.bars import Against, Bar
from tests.benchmarks.measured import TITLES, measured

OURS = "remotehelp"
FLUENT = 25.0  # frames of 30
CODECS = ("selkies", "gstreamer")
EARLIER = " (measured earlier)"

Run = dict[str, float | None]


class Runs:
    """The figures of all sessions, by system and profile."""

    def __init__(self, peers: Sequence[str]) -> None:
        """``peers``: with whom to compare; what was never run of them is taken from earlier measurements."""
        self.peers = peers
        self._runs: dict[tuple[str, str], list[Run]] = {}

    def add(self, system: str, profile: str, run: Run) -> None:
        """Keep what one round of a system came to."""
        self._runs.setdefault((system, profile), []).append(run)

    def of(self, system: str, profile: str) -> list[Run]:
        """All rounds of a system."""
        return self._runs.get((system, profile), [])

    def values(self, system: str, bar: Bar) -> list[float]:
        """What each round came to."""
        found = (bar.value(run) for run in self.of(system, bar.profile))
        return [value for value in found if value is not None]


@dataclass(frozen=True)
class Row:
    """One figure: what the rounds came to, beside the best peer."""

    bar: Bar
    runs: Sequence[float]
    peer: str | None = None
    peer_value: float | None = None

    @property
    def value(self) -> float | None:
        """The median of the rounds; infinite where it mostly never came."""
        return _median(self.runs)

    @property
    def ratio(self) -> float | None:
        """Ours divided by the peer's."""
        if self.value is None or not self.peer_value or math.isinf(self.value):
            return None
        return round(self.value / self.peer_value, 3)

    @property
    def ok(self) -> bool | None:
        """Whether the bar is reached; None without a value or a peer."""
        if self.value is None:
            return None
        return False if math.isinf(self.value) else self.bar.holds(self.value, self.ratio)

    def entry(self) -> dict[str, Any]:
        """As build/TARGET.json holds it."""
        return {
            "figure": f"{self.bar.profile}: {self.bar.title}",
            "value": None if self.value is None or math.isinf(self.value) else self.value,
            "unit": self.bar.unit or None,
            "peer": self.peer,
            "peer_value": self.peer_value,
            "ratio": self.ratio,
            "bar": self.bar.at_most if self.bar.at_most is not None else self.bar.at_least,
            "ok": self.ok,
        }

    def words(self) -> tuple[str, ...]:
        """As the table shows it."""
        bar = self.bar
        limit = f"<= {bar.at_most:g}" if bar.at_most is not None else f">= {bar.at_least:g}"
        verdict = {None: "–", True: "ok", False: "MISSED"}[self.ok]
        theirs = f"{word(self.peer_value)} {self.peer}" if self.peer else ""
        limit += " x" if bar.relative else ""
        runs = " ".join(map(word, self.runs))
        return bar.profile, bar.title, word(self.value), bar.unit, theirs, word(self.ratio), limit, verdict, runs


HEADS = ("line", "figure", "ours", "", "best peer", "ratio", "bar", "", "runs")


def rows(bars: Iterable[Bar], runs: Runs) -> list[Row]:
    """One row a bar, for the lines and workloads that were measured."""
    made = [Row(bar, runs.values(OURS, bar), *_best(bar, runs)) for bar in bars]
    return [row for row in made if row.runs]


def _best(bar: Bar, runs: Runs) -> tuple[str | None, float | None]:
    found = {title: value for title, value in _candidates(bar, runs) if not math.isinf(value)}
    if not found:
        return None, None
    best = (min if bar.at_most is not None else max)(found, key=lambda title: found[title])
    return best, found[best]


def _candidates(bar: Bar, runs: Runs) -> Iterable[tuple[str, float]]:
    for peer in _compared(bar, runs.peers):
        title, value = _theirs(peer, bar, runs)
        if value is not None and (bar.against is not Against.FLUENT or _fluent(peer, bar, runs)):
            yield title, value


def _compared(bar: Bar, peers: Sequence[str]) -> Sequence[str]:
    if bar.against is Against.NOBODY:
        return ()
    if bar.against is Against.PROTOTYPE:
        return ("prototype",)
    return [peer for peer in peers if bar.against is not Against.CODEC or peer in CODECS]


def _theirs(peer: str, bar: Bar, runs: Runs) -> tuple[str, float | None]:
    """Measured in this run, or else before."""
    if runs.of(peer, bar.profile):
        return TITLES[peer], _median(runs.values(peer, bar))
    return TITLES[peer] + EARLIER, measured(peer, bar.profile, bar.figures[0])


def _fluent(peer: str, bar: Bar, runs: Runs) -> bool:
    shown = Bar("", (f"{bar.workload}.frames_of_30",), "", profile=bar.profile)
    return (_theirs(peer, shown, runs)[1] or 0) >= FLUENT


def table(lines: Sequence[Sequence[str]]) -> str:
    """All lines in columns."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def write(made: Sequence[Row], path: Path) -> None:
    """Keep all rows as JSON."""
    path.write_text(json.dumps([row.entry() for row in made], indent=2) + "\n")


ALL_FIGURES = (
    ("fresh p50", "fresh_p50"),
    ("p95", "fresh_p95"),
    ("of 30", "frames_of_30"),
    ("freeze", "freeze_ms"),
    ("CPU hers", "cpu_host"),
    ("his", "cpu_viewer"),
    ("kB/s", "wire_kbps"),
    ("moving dB", "moving_psnr"),
    ("behind", "behind_frames"),
    ("settled dB", "psnr"),
    ("identical s", "identical_s"),
    ("key", "key_p50"),
    ("key shown", "key_answer_p50"),
    ("motion", "motion_p50"),
    ("lost keys", "key_lost"),
    ("foreign", "foreign"),
)


def everything(runs: Runs, profile: str, workloads: Sequence[str]) -> str:
    """Every system and workload on one line of the network, medians."""
    lines = [("workload", "system", "runs", *(head for head, _ in ALL_FIGURES))]
    for workload in workloads:
        for system in (OURS, *runs.peers):
            kept = [run for run in runs.of(system, profile) if any(key.startswith(f"{workload}.") for key in run)]
            if kept:
                words = [_cell(kept, f"{workload}.{name}") for _, name in ALL_FIGURES]
                lines.append((workload, system, str(len(kept)), *words))
    return table(lines)


def _cell(kept: Sequence[Run], figure: str) -> str:
    there = [run[figure] for run in kept if figure in run]
    return word(_median([math.inf if value is None else value for value in there])) if there else ""


def _median(values: Sequence[float]) -> float | None:
    return round(statistics.median(values), 4) if values else None


def word(value: float | None) -> str:
    """Three digits of a value; a dash for none, "never" for what did not come."""
    if value is None:
        return "–"
    return "never" if math.isinf(value) else f"{value:.3g}" if value < 1000 else f"{value:.0f}"

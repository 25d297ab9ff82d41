"""`make bench`: picture and hands of a whole visit, beside a peer, on real X displays; a table and build/bench.json.

Each round is a whole new visit with the live face, then the peer (which shows no face) on the same two desks, with the
same stimulus and the same watcher; a visit without a camera comes last, for what rest costs. What is kept are the
medians. A round that comes to nothing is told and left out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import systems
import workloads
from figures import Row, table, write
from stage import Stage
from systems import Office

from remotehelp.demo.processes import Processes
from remotehelp.demo.waiting import StageError

ROOT = Path(__file__).parents[2]
ROUNDS = 3
LOOKS_PER_S = 200  # a watcher that looks less often can't be believed
NO_PEER = "not installed: tigervnc-scraping-server, tigervnc-viewer"
NO_WIRE = "only root can tell its bytes from others'"


class Bench:
    """The rounds and what came out of them, by name."""

    def __init__(self, stage: Stage, office: Office) -> None:
        self._stage, self._office = stage, office
        self._with_peer = systems.peer_is_there()
        self._runs: dict[str, list[float]] = defaultdict(list)

    def round(self) -> None:
        """One visit with the face, then the peer."""
        with systems.visit(self._stage, self._office, face=True) as visit:
            if visit.accept_to_face_s is not None:
                self._keep("accept_to_face_s", visit.accept_to_face_s)
            self._keep("grant_to_picture_s", visit.grant_to_picture_s)
            self._work("")
        if self._with_peer:
            with systems.peer(self._stage):
                self._work("peer ")

    def rest(self) -> None:
        """One visit without a camera in which nothing happens."""
        with systems.visit(self._stage, self._office, face=False) as visit:
            idle = workloads.idle(self._stage.wire, visit.customer.process.pid)
        self._keep("idle_cpu_percent", idle.cpu_percent)
        if idle.kb_per_s is not None:
            self._keep("idle_kb_per_s", idle.kb_per_s)

    def _work(self, whose: str) -> None:
        scrolled = workloads.scroll(self._stage)
        if scrolled.looks_per_s < LOOKS_PER_S:
            print(f"  the watcher looked only {scrolled.looks_per_s:.0f} times a second", flush=True)
        self._keep(f"{whose}scroll_drawn_per_s", scrolled.offered)
        self._keep(f"{whose}scroll_frames_per_s", scrolled.frames_per_s)
        self._keep(f"{whose}scroll_fresh_ms", scrolled.fresh_ms)
        self._keep(f"{whose}key_to_screen_ms", workloads.key_ms(self._stage))

    def _keep(self, name: str, value: float) -> None:
        self._runs[name].append(value)
        print(f"  {name} {value:.4g}", flush=True)

    def rows(self) -> list[Row]:
        """The figures of a whole visit, with their bars."""
        return [
            Row("accept_to_face_s", "s", self._runs["accept_to_face_s"], at_most=1),
            Row("grant_to_picture_s", "s", self._runs["grant_to_picture_s"], at_most=1),
            self._beside("key_to_screen_ms", "ms"),
            self._beside("scroll_frames_per_s", "1/s", at_least=12),
            self._beside("scroll_fresh_ms", "ms"),
            Row("idle_cpu_percent", "% of a core", self._runs["idle_cpu_percent"], at_most=2),
            Row("idle_kb_per_s", "kB/s", self._runs["idle_kb_per_s"], at_most=3, note=self._wire_note()),
        ]

    def _beside(self, name: str, unit: str, at_least: float | None = None) -> Row:
        note = "" if self._with_peer else NO_PEER
        return Row(name, unit, self._runs[name], None, at_least, systems.PEER, self._runs[f"peer {name}"], note)

    def _wire_note(self) -> str:
        return "" if self._stage.wire.counts else NO_WIRE


def measure(folder: Path, rounds: int) -> list[Row]:
    """Set the stage, play all rounds; raises StageError."""
    with Processes(folder / "logs") as processes, Stage(folder) as stage:
        bench = Bench(stage, Office(stage, processes))
        for number in range(1, rounds + 1):
            _try(f"round {number} of {rounds}", bench.round)
        _try("at rest", bench.rest)
        return bench.rows()


def _try(name: str, part: Callable[[], None]) -> None:
    print(name, flush=True)
    try:
        part()
    except StageError as error:
        print(f"  left out: {error}", flush=True)


def main() -> int:
    """0 when it ran, whatever the figures say; 1 if the stage could not be set."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = words.parse_args().rounds
    folder = ROOT / "build" / "bench"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    before = psutil.cpu_times()
    try:
        rows = measure(folder, rounds)
    except StageError as error:
        print(f"The benchmark stopped: {error}\nSee {folder}.", file=sys.stderr)
        return 1
    write(rows, ROOT / "build" / "bench.json")
    print(f"\n{table(rows)}\n\n{_noise(before)}")
    return 0


def _noise(before: Any) -> str:
    """What else went on since ``before`` (psutil.cpu_times): figures of a busy machine are worth little."""
    now = psutil.cpu_times()
    spent = sum(now[:8]) - sum(before[:8])
    stolen, free = (now.steal - before.steal) / spent, (now.idle - before.idle) / spent
    return (
        f"{os.cpu_count()} cores, {free:.0%} of them free and {stolen:.0%} taken by other machines during the run; "
        f"load at the end {os.getloadavg()[0]:.1f}."
    )


if __name__ == "__main__":
    sys.exit(main())

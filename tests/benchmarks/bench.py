"""`make bench`: picture and hands of a whole visit beside what people use today; a table, and build/bench.json.

Each round takes one system after the other: two fresh displays, a line between them, the same things done on one and
seen on the other. Nothing of any system is instrumented. What is kept are the medians of the rounds; what comes to
nothing is told and left out. `make bench-quick`: TigerVNC alone, on a cable, one round.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remotehelp.demo.waiting import StageError
from tests.benchmarks import figures, programs
from tests.benchmarks.bars import BARS
from tests.benchmarks.eye import Eye
from tests.benchmarks.figures import HEADS, Run, Runs
from tests.benchmarks.network import PROFILES
from tests.benchmarks.peers import PEERS, Peer
from tests.benchmarks.product import Product
from tests.benchmarks.session import Session
from tests.benchmarks.workloads import PICTURES, Runner

ON_CABLE, ON_LINES = (*PICTURES, "idle"), ("typing", "scroll")
LINE_PEERS = ("tigervnc", "selkies")  # those that ever led on a real line; the others only cost time there
ROUNDS, MINUTES, SECONDS, EVENTS = 3, 58.0, 6.0, 60
NICE = -15  # what else runs on this machine gets what is left over
SHOWN = (*ON_CABLE, "face_idle", "input")


@dataclass(frozen=True)
class Visit:
    """One session: how it is opened, and what is done in it."""

    system: str
    profile: str
    open: Callable[[Session, Eye], Run]
    works: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What was asked for on the command line."""

    peers: tuple[Peer, ...]
    profiles: tuple[str, ...]
    rounds: int
    minutes: float
    seconds: float
    nice: int
    works: tuple[str, ...] = ()  # instead of all that belong to a profile


class Bench:
    """The rounds and what came of them; ``folder`` keeps what every program said."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan, self._folder, self._began = plan, folder, time.monotonic()
        self._product = Product(folder / "office")
        self.runs = Runs([peer.name for peer in plan.peers])
        self._present = [peer for peer in plan.peers if not self._lacks(peer)]
        self._count = 0

    def run(self) -> None:
        """All rounds, as far as the time goes."""
        for number in range(1, self._plan.rounds + 1):
            for profile in self._plan.profiles:
                print(f"round {number} of {self._plan.rounds}, {profile}", flush=True)
                for visits in self._round(profile):
                    self._keep(visits)

    def _round(self, profile: str) -> list[list[Visit]]:
        works = self._plan.works or (ON_CABLE if profile == "lan" else ON_LINES)
        peers = [peer for peer in self._present if profile == "lan" or peer.name in LINE_PEERS]
        return [self._ours(profile, works), *(self._theirs(peer, profile, works) for peer in peers)]

    def _ours(self, profile: str, works: tuple[str, ...]) -> list[Visit]:
        """No peer shows a face, so ours is off where the picture is measured; without a face nobody may control."""
        seen = Visit(figures.OURS, profile, self._product.open, works)
        faced = Visit(
            figures.OURS, profile, lambda session, eye: self._product.open(session, eye, True), ("face_idle", "input")
        )
        return [seen, faced] if profile == "lan" else [seen]

    def _theirs(self, peer: Peer, profile: str, works: tuple[str, ...]) -> list[Visit]:
        more = ("input",) if peer.has_input and profile == "lan" else ()
        return [Visit(peer.name, profile, peer.open, works + more)]

    def _lacks(self, peer: Peer) -> str:
        missing = peer.missing()
        if missing:
            print(f"{peer.title}: {missing} is not installed; what was measured earlier stands in", flush=True)
        return missing

    def _keep(self, visits: Sequence[Visit]) -> None:
        run: Run = {}
        for visit in visits:
            if time.monotonic() - self._began > self._plan.minutes * 60:
                print(f"  {visit.system}: left out, the time is over", flush=True)
                continue
            try:
                self._hold(visit, run)
            except (StageError, OSError, ValueError) as error:
                print(f"  {visit.system}: left out: {error}", flush=True)
        if run:
            self.runs.add(visits[0].system, visits[0].profile, run)
            self._write(visits[0], run)

    def _hold(self, visit: Visit, run: Run) -> None:
        """One session; each figure goes into ``run`` as soon as it is there."""
        self._count += 1
        folder = self._folder / f"{self._count:02}-{visit.profile}-{visit.system}"
        with Session(folder, visit.profile, self._plan.nice) as session, closing(Eye(session)) as eye:
            run.update({name: value for name, value in visit.open(session, eye).items() if name not in run})
            runner = Runner(session, eye, self._plan.seconds, EVENTS)
            for work in visit.works:
                found = runner.run(work)
                run.update({f"{work}.{name}": value for name, value in found.items()})
                print(f"  {visit.system} {work}: {_in_brief(found)}", flush=True)
            for side in ("host", "viewer"):
                run.setdefault(f"memory_{side}_mb", session.memory_mb(side))
        if "idle.cpu_both" in run:
            blind = (run.get("blind_cpu_host") or 0) + (run.get("blind_cpu_viewer") or 0)
            run["idle.cpu_screen"] = max(0.0, (run["idle.cpu_both"] or 0) - blind)

    def _write(self, visit: Visit, run: Run) -> None:
        with (self._folder / "runs.jsonl").open("a") as file:
            file.write(json.dumps({"system": visit.system, "profile": visit.profile, **run}) + "\n")


BRIEF = (
    "fresh_p50",
    "fresh_p95",
    "frames_of_30",
    "freeze_ms",
    "identical_s",
    "psnr",
    "moving_psnr",
    "behind_frames",
    "cpu_both",
    "wire_kbps",
    "key_p50",
    "key_answer_p50",
)


def _in_brief(found: Run) -> str:
    return ", ".join(f"{name} {figures.word(found[name])}" for name in BRIEF if name in found)


def report(runs: Runs, profiles: Sequence[str]) -> str:
    """The table of ratios, then everything that was measured."""
    made = figures.rows(BARS, runs)
    parts = [figures.table([HEADS, *(row.words() for row in made)])]
    parts += [f"{profile}:\n{figures.everything(runs, profile, SHOWN)}" for profile in profiles]
    return "\n\n".join(parts)


def main() -> int:
    """0 when it ran, whatever the figures say; 1 if the stage could not be set."""
    plan = _plan()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the session under way cleans up
    folder = programs.BUILD / "sessions"
    try:
        if os.geteuid():
            raise StageError("only root may make the network between the two sides")
        programs.build()
        with (programs.BUILD / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two at once would measure each other
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            bench = Bench(plan, folder)
            bench.run()
    except StageError as error:
        print(f"The benchmark stopped: {error}", file=sys.stderr)
        return 1
    figures.write(figures.rows(BARS, bench.runs), programs.ROOT / "build" / "bench.json")
    told = report(bench.runs, plan.profiles)
    (programs.BUILD / "bench.txt").write_text(told + "\n")
    print(f"\n{told}\n")
    return 0


def _plan() -> Plan:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--quick", action="store_true", help="TigerVNC alone, on a cable, one round")
    words.add_argument("--peers", default=",".join(peer.name for peer in PEERS))
    words.add_argument("--profiles", default=",".join(PROFILES))
    words.add_argument("--rounds", type=int, default=ROUNDS)
    words.add_argument("--minutes", type=float, default=MINUTES, help="no session begins later")
    words.add_argument("--seconds", type=float, default=SECONDS, help="of each workload")
    words.add_argument("--works", help="these pictures alone, with commas between them; on a line as well")
    words.add_argument("--nice", type=int, default=NICE)
    asked: Any = words.parse_args()
    if asked.quick:
        asked.peers, asked.profiles, asked.rounds = "tigervnc", "lan", 1
    names = asked.peers.split(",")
    peers = tuple(peer for peer in PEERS if peer.name in names)
    works = tuple(asked.works.split(",")) if asked.works else ()
    profiles = tuple(asked.profiles.split(","))
    return Plan(peers, profiles, asked.rounds, asked.minutes, asked.seconds, asked.nice, works)


if __name__ == "__main__":
    sys.exit(main())

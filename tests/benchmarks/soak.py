"""`make bench-soak`: a long visit through both real windows, with everything that can be done in one over and over.

Every ten seconds the memory of all processes of both sides is read, with their open descriptors and threads. A table,
and build/bench-soak.json; every sample in build/bench/soak/samples.jsonl.
"""

from __future__ import annotations

import argparse
import fcntl
import itertools
import json
import os
import re
import shutil
import signal
import sys
import threading
import time
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from remotehelp.demo.waiting import StageError
from tests.benchmarks import growth, programs
from tests.benchmarks.eye import Eye
from tests.benchmarks.figures import table
from tests.benchmarks.growth import Figure, Sample
from tests.benchmarks.product import Product
from tests.benchmarks.session import Session
from tests.benchmarks.workloads import Runner

MINUTES = 30.0
WORKS = ("typing", "scroll", "drag", "video", "idle", "input")
SECONDS, EVENTS = 6.0, 40  # of one workload
EVERY_S = 10.0
NICE = -5
SIDES = {"host": "customer", "viewer": "technician"}
KINDS = {"Pss": 0, "Private_Clean": 1, "Private_Dirty": 1, "Rss": 2}  # of proc(5), smaps_rollup


class Sampler:
    """Looks at both sides every ten seconds, on a thread of its own, until closed."""

    def __init__(self, session: Session, file: Path) -> None:
        self.samples: dict[str, list[Sample]] = {side: [] for side in SIDES}
        self._session, self._file = session, file
        self._began = time.monotonic()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sampler")
        self._thread.start()

    def close(self) -> None:
        """Look for the last time."""
        self._ending.set()
        self._thread.join()

    def _run(self) -> None:
        for number in itertools.count():
            over = self._ending.wait(max(0.0, self._began + number * EVERY_S - time.monotonic()))
            for side in SIDES:
                self._look(side)
            if over:
                return

    def _look(self, side: str) -> None:
        sample = looked_at(self._session.groups.pids(side), time.monotonic() - self._began)
        self.samples[side].append(sample)
        with self._file.open("a") as file:
            file.write(json.dumps({"side": side, **asdict(sample)}) + "\n")


def looked_at(pids: list[int], at: float) -> Sample:
    """All these processes together; those that have just ended count for nothing."""
    memory, descriptors, threads = [0, 0, 0], 0, 0
    for pid in pids:
        folder = Path(f"/proc/{pid}")
        with suppress(FileNotFoundError, ProcessLookupError):
            for name, kb in re.findall(r"^(\w+):\s+(\d+) kB", (folder / "smaps_rollup").read_text(), re.MULTILINE):
                if name in KINDS:
                    memory[KINDS[name]] += int(kb)
            descriptors += len(list((folder / "fd").iterdir()))
            threads += len(list((folder / "task").iterdir()))
    pss, uss, rss = (round(kb / 1024, 2) for kb in memory)
    return Sample(round(at, 1), pss, uss, rss, descriptors, threads)


@dataclass
class Held:
    """What was done in the visit."""

    workloads: int = 0
    late: int = 0  # after which the picture was not yet hers in every pixel when it was looked at last


def soak(runner: Runner, minutes: float) -> Held:
    """All workloads over and over, until the time is over."""
    until, held = time.monotonic() + minutes * 60, Held()
    for work in itertools.cycle(WORKS):
        if time.monotonic() >= until:
            return held
        found = runner.run(work)
        held.workloads += 1
        held.late += found.get("identical_s", 0.0) is None
    return held


def visit(folder: Path, minutes: float, nice: int) -> list[Figure]:
    """One visit of so many minutes, and what its two sides held."""
    product = Product(folder / "office")
    with Session(folder / "visit", "lan", nice) as session, closing(Eye(session)) as eye:
        product.open(session, eye, face=True)
        with closing(Sampler(session, folder / "samples.jsonl")) as sampler:
            held = soak(Runner(session, eye, SECONDS, EVENTS), minutes)
    made = [figure for side, name in SIDES.items() for figure in growth.figures(name, sampler.samples[side])]
    late = Figure(f"picture not identical in time, of {held.workloads} workloads", "", None, None, held.late)
    return [*made, late]


def main() -> int:
    """0 when it ran, whatever the figures say; 1 if the stage could not be set."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--minutes", type=float, default=MINUTES)
    words.add_argument("--nice", type=int, default=NICE)
    asked = words.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the session under way cleans up
    folder = programs.BUILD / "soak"
    try:
        if os.geteuid():
            raise StageError("only root may make the network between the two sides")
        programs.build()
        with (programs.BUILD / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two at once would disturb each other
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            made = visit(folder, asked.minutes, asked.nice)
    except StageError as error:
        print(f"The soak stopped: {error}", file=sys.stderr)
        return 1
    (programs.ROOT / "build" / "bench-soak.json").write_text(
        json.dumps([figure.entry() for figure in made], indent=2) + "\n"
    )
    print("\n" + table([growth.HEADS, *(figure.words() for figure in made)]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

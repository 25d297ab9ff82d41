"""What comes first on a thin, lossy line, in a real visit with the face on: `python -m tests.benchmarks.order` (root).

Voice, then text, then the face, then motion. For the voice, which does not exist yet, packets like Opus's travel beside
the visit. Prints a table; what the programs said lies in build/bench/order/.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import mss

from remotehelp.demo.waiting import StageError
from remotehelp.demo.windows import wait_window
from tests.benchmarks import programs, reckoning
from tests.benchmarks.eye import Eye
from tests.benchmarks.figures import table
from tests.benchmarks.network import ADDRESSES
from tests.benchmarks.product import HELP_BAR, Product
from tests.benchmarks.session import Session
from tests.benchmarks.workloads import Figures, Runner

WORKS = ("idle", "typing", "scroll", "video")
SECONDS, EVENTS, NICE = 15.0, 20, -5
SETTLE_S = 30.0  # the face begins at its best and finds its step
PORT, LOOKS_PER_S = 8471, 40
STAND_IN = Path(__file__).with_name("voice_stand_in.py")
HEADS = [
    "",
    "voice p50",
    "p95 ms",
    "lost %",
    "text p95 ms",
    "identical s",
    "face fps",
    "screen fps",
    "freeze ms",
    "kB/s",
]


class FaceWatch:
    """Counts the pictures of the face that her help bar shows, from the beginning to ``close``."""

    def __init__(self, display: str) -> None:
        place = wait_window(display, HELP_BAR).place
        self._box = {"left": place.x, "top": place.y, "width": place.width, "height": place.height // 2}
        self._display, self._ending = display, threading.Event()
        self._began, self._changes = time.monotonic(), 0
        self._thread = threading.Thread(target=self._run, name="face watch")
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._ending.set()
        self._thread.join()

    @property
    def per_second(self) -> float:
        """Pictures a second so far."""
        return self._changes / (time.monotonic() - self._began)

    def _run(self) -> None:
        before = b""
        with mss.MSS(display=self._display) as screen:
            while not self._ending.wait(1 / LOOKS_PER_S):
                now = hashlib.sha256(screen.grab(self._box).raw).digest()
                self._changes += now != before
                before = now


def measure(session: Session, eye: Eye, work: str) -> Figures:
    """One workload, with the voice's stand-in beside it."""
    python = [sys.executable, STAND_IN]
    voice = session.spawn("tools", [*python, "talk", ADDRESSES["host"], PORT, SECONDS + 5], side="viewer", pipes=True)
    with closing(FaceWatch(session.displays["host"])) as face:
        made = Runner(session, eye, SECONDS, EVENTS).run(work)
        return {**made, **heard(voice), "face": face.per_second}


def heard(voice: subprocess.Popen[Any]) -> Figures:
    """What became of the voice's packets: round trips in ms, and the part that was lost of both ways."""
    sent, *trips = map(float, voice.communicate()[0].split())
    return {
        "voice_p50": reckoning.percentile(trips, 50),
        "voice_p95": reckoning.percentile(trips, 95),
        "voice_lost": 100 * (1 - len(trips) / sent),
    }


def row(work: str, made: Figures) -> list[str]:
    """One line of the table."""
    names = ("voice_p50", "voice_p95", "voice_lost", "fresh_p95", "identical_s", "face", "frames_of_30", "freeze_ms")
    return [work, *(_said(made.get(name)) for name in (*names, "down_kbps"))]


def _said(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def visit(folder: Path, profile: str, works: Sequence[str], nice: int) -> list[list[str]]:
    """One visit on this line with all of these workloads."""
    product = Product(folder / "office")
    with Session(folder / "visit", profile, nice) as session, closing(Eye(session)) as eye:
        product.open(session, eye, face=True)
        echo = session.spawn("tools", [sys.executable, STAND_IN, "echo", PORT], side="host", pipes=True)
        assert echo.stdout is not None
        echo.stdout.readline()
        time.sleep(SETTLE_S)
        return [row(work, measure(session, eye, work)) for work in works]


def main() -> int:
    """0 when it ran; 1 if the stage could not be set."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--line", default="bad", choices=("lan", "dsl", "bad"))
    words.add_argument("--works", nargs="+", default=WORKS)
    words.add_argument("--nice", type=int, default=NICE)
    asked = words.parse_args()
    folder = programs.BUILD / "order"
    try:
        if os.geteuid():
            raise StageError("only root may make the network between the two sides")
        programs.build()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        rows = visit(folder, asked.line, asked.works, asked.nice)
    except StageError as error:
        print(f"It stopped: {error}", file=sys.stderr)
        return 1
    print("\n" + table([HEADS, *rows]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

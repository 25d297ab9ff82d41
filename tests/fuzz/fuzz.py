"""`make fuzz`: every parser under atheris, guided by what its code does with the bytes, an hour in all.

Prints a table and writes build/fuzz.json; ends with 0 when it ran, whatever it found. What made a parser fail, and what
was learnt for the next time, lies in build/fuzz/.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.fuzz.targets import TARGETS
from tests.helpers.roles import ROOT

BUILD = ROOT / "build" / "fuzz"
MINUTES, SPARE_S = 60.0, 60.0
FAILED = re.compile(
    r"^(?:\s*=== Uncaught Python exception: ===\n(?P<what>.*)|.*ERROR: libFuzzer: (?P<how>.*))$", re.MULTILINE
)


@dataclass(frozen=True)
class Tried:
    """What became of one parser."""

    name: str
    inputs: int
    failure: str  # empty: none

    def entry(self) -> dict[str, Any]:
        """As build/TARGET.json holds it."""
        absent = dict.fromkeys(("peer", "peer_value", "ratio"))
        figure = f"{self.name}: inputs without a failure"
        return {"figure": figure, "value": self.inputs, "unit": "inputs", **absent, "bar": None, "ok": not self.failure}


def try_one(name: str, seconds: int) -> Tried:
    """Run one parser for so long, or until it fails."""
    folder = BUILD / name.replace(" ", "-").replace("'", "")
    words = [sys.executable, "-m", "tests.fuzz.one", name, str(seconds), str(folder)]
    done = subprocess.run(
        words,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(BUILD / "atheris")},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=seconds + SPARE_S,
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "log").write_text(done.stdout + done.stderr)
    return Tried(name, *understood(done.stderr, done.returncode))


def understood(said: str, status: int) -> tuple[int, str]:
    """How many inputs were tried, and what went wrong: what libFuzzer says of itself."""
    counted = re.findall(r"^stat::number_of_executed_units:\s+(\d+)$|^#(\d+)\s", said, re.MULTILINE)
    inputs = max((int(number) for pair in counted for number in pair if number), default=0)
    if status == 0:
        return inputs, "" if inputs else "nothing was tried"
    found = FAILED.search(said)
    return inputs, (found["what"] or found["how"]) if found else f"it ended with {status}"


def main() -> int:
    """0 when it ran, whatever it found."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--minutes", type=float, default=MINUTES, help="for all parsers together")
    words.add_argument("--only", nargs="+", default=list(TARGETS), choices=list(TARGETS), metavar="NAME")
    asked = words.parse_args()
    workers = os.cpu_count() or 1
    seconds = max(1, round(asked.minutes * 60 * workers / len(asked.only)))
    with ThreadPoolExecutor(workers) as side_by_side:
        tried = list(side_by_side.map(partial(try_one, seconds=seconds), asked.only))
    Path(ROOT / "build" / "fuzz.json").write_text(json.dumps([one.entry() for one in tried], indent=2) + "\n")
    for one in tried:
        print(f"{one.name:24} {one.inputs:12} inputs  {one.failure or 'ok'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

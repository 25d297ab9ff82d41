"""Large blocks go back to the system, in a process of its own: what one is told can't be taken back."""

import subprocess
import sys

import pytest

from remotehelp.memory import LARGE, give_back_large_blocks

PROGRAM = f"""
import sys
import threading
from pathlib import Path

import numpy as np

from remotehelp.memory import give_back_large_blocks


def held_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20


def pictures():
    for size in ({LARGE}, {LARGE} * 2, {LARGE} * 4):
        blocks = [np.ones(size, np.uint8) for _ in range(6)]
        kept.append(np.ones(100, np.uint8))
        del blocks


kept = []
if sys.argv[1:]:
    assert give_back_large_blocks()
before = held_mb()
for _ in range(3):
    thread = threading.Thread(target=pictures)
    thread.start()
    thread.join()
print(held_mb() - before)
"""


def _grown_mb(*words: str) -> float:
    done = subprocess.run([sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, check=True)
    return float(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's own allocator")
def test_large_blocks_are_given_back() -> None:
    assert _grown_mb() > 60  # else this shows nothing
    assert _grown_mb("give back") < 20


def test_without_glibc_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> str:
        raise ValueError(name)

    monkeypatch.setattr("os.confstr", unknown)
    assert not give_back_large_blocks()

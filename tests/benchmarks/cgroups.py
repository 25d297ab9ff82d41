"""Groups of processes whose CPU time the kernel counts: cgroup v1 (cpuacct) or v2, under names of our own."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from remotehelp.demo.waiting import StageError

MOUNT = Path("/sys/fs/cgroup")
GRACE_S = 3.0
POLL_S = 0.05


class Groups:
    """The groups of one session, made as they are named; ``clock_s`` reads one group's CPU seconds so far."""

    def __init__(self, mount: Path = MOUNT) -> None:
        """Raises StageError where the kernel offers neither kind."""
        self._root, self.clock_s = _kind(mount)
        self._root /= f"remotehelp-bench-{os.getpid()}"

    def make(self, name: str) -> Path:
        """The file to which a process writes 0 to belong to the group."""
        (self._root / name).mkdir(parents=True, exist_ok=True)
        return self._root / name / "cgroup.procs"

    def cpu_s(self, name: str) -> float:
        """CPU seconds of all that ever ran in the group."""
        self.make(name)
        return self.clock_s(self._root / name)

    def pids(self, name: str) -> list[int]:
        """Who is in the group now."""
        return [int(pid) for pid in self.make(name).read_text().split()]

    def end(self, name: str, reap: Callable[[], None]) -> None:
        """End every process of the group, by force after a grace; ``reap`` collects the children among them."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            deadline = time.monotonic() + GRACE_S
            for pid in self.pids(name):
                with suppress(ProcessLookupError):
                    os.kill(pid, number)
            while self.pids(name) and time.monotonic() < deadline:
                reap()
                time.sleep(POLL_S)

    def remove(self) -> None:
        """Take all groups away again; only empty ones can be."""
        for folder in (*self._root.glob("*/"), self._root):
            with suppress(OSError):
                folder.rmdir()


def _kind(mount: Path) -> tuple[Path, Callable[[Path], float]]:
    if (mount / "cgroup.controllers").exists():
        return mount, _seconds_v2
    for name in ("cpuacct", "cpu,cpuacct"):
        if (mount / name / "cpuacct.usage").exists():
            return mount / name, _seconds_v1
    if (mount / "unified" / "cgroup.controllers").exists():
        return mount / "unified", _seconds_v2
    raise StageError("this kernel counts no CPU time by cgroups: neither v1 with cpuacct nor v2 is mounted")


def _seconds_v1(folder: Path) -> float:
    return int((folder / "cpuacct.usage").read_text()) / 1e9


def _seconds_v2(folder: Path) -> float:
    found = re.search(r"^usage_usec (\d+)", (folder / "cpu.stat").read_text(), re.MULTILINE)
    if found is None:
        raise StageError(f"{folder}/cpu.stat tells no usage_usec")
    return int(found[1]) / 1e6

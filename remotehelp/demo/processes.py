"""Processes of one stage: each with a log file, all ended by their ids, nothing left behind.

Every process carries a mark in its environment. What a child started and let go of (a session bus starts services by
itself) is found by that mark, so that ``Processes.stop`` ends all of them and nobody else's.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from remotehelp.demo.waiting import StageError, wait_for

MARK = "REMOTEHELP_STAGE"
GRACE_S = 3.0
SYSTEM_FOLDERS = os.pathsep + os.pathsep.join(("/usr/sbin", "/sbin"))


def program(name: str) -> str:
    """The path of a program on PATH or in the system's own folders; raises StageError if it is missing."""
    path = shutil.which(name, path=os.environ.get("PATH", os.defpath) + SYSTEM_FOLDERS)
    if path is None:
        raise StageError(f"the program {name} is missing (on Debian, make demo installs it)")
    return path


class Process:
    """One running program: its id, its log, and whether it still runs."""

    def __init__(self, popen: subprocess.Popen[bytes], name: str, log: Path) -> None:
        self._popen = popen
        self.name = name
        self.log = log

    @property
    def pid(self) -> int:
        return self._popen.pid

    def running(self) -> bool:
        """Whether the program has not ended yet."""
        return self._popen.poll() is None

    def wait(self, timeout: float) -> int:
        """The exit status once it ended; raises StageError after ``timeout`` seconds."""
        try:
            return self._popen.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise StageError(f"{self.name} did not end within {timeout:g} s") from error

    def output(self) -> str:
        """What it has written so far."""
        return self.log.read_text(errors="replace")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program and to all in its process group."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def end(self, grace: float = GRACE_S) -> int:
        """End it with its whole process group, by force after ``grace`` seconds; the exit status."""
        self.signal(signal.SIGTERM)
        try:
            self._popen.wait(grace)
        except subprocess.TimeoutExpired:
            self.signal(signal.SIGKILL)
        return self._popen.wait()


class Processes:
    """All processes of one stage; a context manager that ends them in reverse order."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._mark = secrets.token_hex(8)
        self._started: list[Process] = []
        logs.mkdir(parents=True, exist_ok=True)

    def start(
        self,
        argv: Sequence[str | Path],
        env: Mapping[str, str],
        name: str | None = None,
        cwd: Path | None = None,
        pass_fds: Sequence[int] = (),
    ) -> Process:
        """Start a program in a process group of its own; its output goes to a log file.

        Raises StageError if there is no such program.
        """
        words = [str(word) for word in argv]
        name = name or Path(words[0]).name
        log = self._logs / f"{len(self._started):02}-{name}.log"
        with log.open("wb") as out:
            popen = subprocess.Popen(  # noqa: S603 - the caller's own words, never a shell
                [program(words[0]), *words[1:]],
                env={**env, MARK: self._mark},
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=pass_fds,
            )
        process = Process(popen, name, log)
        self._started.append(process)
        return process

    def stop(self) -> None:
        """End everything that was started here, the last one first, and whatever it left behind."""
        for process in reversed(self._started):
            process.end()
        self._started.clear()
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self._sweep(number):
                return

    def _sweep(self, number: signal.Signals) -> bool:
        for pid in self.left_behind():
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        with suppress(StageError):
            return wait_for(lambda: not self.left_behind(), GRACE_S, "processes remain")
        return False

    def left_behind(self) -> list[int]:
        """The ids of all living processes that carry this stage's mark."""
        mark = f"{MARK}={self._mark}".encode()
        return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if mark in _environment(folder)]

    def __enter__(self) -> Processes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _environment(process: Path) -> list[bytes]:
    try:
        return (process / "environ").read_bytes().split(b"\0")
    except OSError:  # it has just ended, or is somebody else's
        return []

"""Whoever watches a real program (``watched_window.py``) from a test: what is asked and what is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.helpers.roles import ROOT

SOON_S = 5.0


class Watched:
    """One program; ``side`` is technician or customer."""

    def __init__(self, side: str, home: Path, *words: str, env: Mapping[str, str]) -> None:
        self.log = home / "watched.log"
        with self.log.open("wb") as said:
            self._popen = subprocess.Popen(
                [sys.executable, "-m", "tests.helpers.watched_window", side, *words],
                cwd=ROOT,
                env={**os.environ, "LANGUAGE": "en", **env, "REMOTEHELP_HOME": str(home)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            )

    def ask(self, *words: object) -> Any:
        """Ask one thing; raises AssertionError if the program has ended."""
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        self._popen.stdin.write(json.dumps(words) + "\n")
        self._popen.stdin.flush()
        line = self._popen.stdout.readline()
        assert line, f"the program ended: {self._popen.wait()} {self.log.read_text()}"
        return json.loads(line)

    def do(self, intent: str, *values: object) -> None:
        """Do something in the window."""
        self.ask("do", intent, *values)

    def wait(self, holds: Callable[[dict[str, Any]], object], seconds: float = SOON_S) -> dict[str, Any]:
        """Wait until the windows show what is wanted; what they show then."""
        deadline = time.monotonic() + seconds
        while not holds(view := self.ask("view")):
            assert time.monotonic() < deadline, f"it never came: {view} {self.log.read_text()}"
            time.sleep(0.02)
        return dict(view)

    def end(self) -> str:
        """Close it; what it said on stderr. Fails if it did not end well."""
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        self._popen.stdin.close()
        status = self._popen.wait(SOON_S)
        self._popen.stdout.close()
        said = self.log.read_text()
        assert (status, "Traceback" in said) == (0, False), said
        return said

    def kill(self) -> None:
        """End it, whatever it does; may be done after ``end``."""
        self._popen.kill()
        self._popen.wait()


@contextmanager
def watched(side: str, home: Path, *words: str, env: Mapping[str, str]) -> Iterator[Watched]:
    """The program, once it shows something."""
    program = Watched(side, home, *words, env=env)
    try:
        program.wait(lambda view: view["page"])
        yield program
        program.end()
    finally:
        program.kill()

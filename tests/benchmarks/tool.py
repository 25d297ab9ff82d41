"""One of the benchmark's own programs at work on a desk: it says "ready", and one line of JSON at the end."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from remotehelp.demo.waiting import read_line

READY_S = 20.0


class Tool:
    """The program in this folder called ``name``, started with ``words``; ready when this returns."""

    def __init__(self, name: str, *words: str | float) -> None:
        argv = [sys.executable, str(Path(__file__).with_name(name)), *map(str, words)]
        self._name = name
        self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self._line(READY_S)

    def go(self) -> None:
        """Give the word to begin."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # then there is no result either, and that is reported
            self._process.stdin.write(b"go\n")

    def result(self, timeout: float) -> Any:
        """What it has to tell; raises StageError after ``timeout`` seconds."""
        return json.loads(self._line(timeout))

    def _line(self, timeout: float) -> str:
        assert self._process.stdout is not None
        return read_line(self._process.stdout.fileno(), timeout, f"{self._name} says nothing")

    def __enter__(self) -> Tool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate()

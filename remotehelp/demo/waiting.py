"""Waiting for a condition with a deadline: the stage never sleeps and hopes."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable
from typing import TypeVar

from remotehelp.errors import HelpError

T = TypeVar("T")
POLL_S = 0.02


class StageError(HelpError):
    """Something on the stage did not come about; ``what`` says it in words."""

    def __init__(self, what: str) -> None:
        super().__init__("stage_failed", what=what)
        self.what = what

    def __str__(self) -> str:
        return self.what


def wait_for(condition: Callable[[], T | None], timeout: float, what: str, poll: float = POLL_S) -> T:
    """The first true value of ``condition``, asked every ``poll`` seconds.

    Raises StageError(``what``) if there is none within ``timeout`` seconds.
    """
    deadline = time.monotonic() + timeout
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise StageError(f"{what} (waited {timeout:g} s)")
        time.sleep(poll)
    return value


def read_line(source: int, timeout: float, what: str) -> str:
    """The one line that comes through a pipe, without its end.

    Raises StageError(``what``) if the pipe ends or nothing whole comes within ``timeout`` seconds.
    """
    deadline = time.monotonic() + timeout
    line = b""
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([source], [], [], max(0.0, deadline - time.monotonic()))
        part = os.read(source, 65536) if ready else b""
        if not part:
            raise StageError(what)
        line += part
    return line.decode().rstrip("\n")

"""Stops one thread of a program while the others go on, as a hung window does: ptrace(2)."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SEIZE, INTERRUPT, CONTINUE, DETACH = 0x4206, 0x4207, 7, 17
WALL = 0x40000000  # waitpid(2): threads as well
POLLS = {"7", "271", "73"}  # poll and ppoll of x86-64, ppoll of arm64: there a thread holds nothing that others need
TRIES = 500

_libc = ctypes.CDLL(None, use_errno=True)


def _ptrace(request: int, thread: int) -> None:
    if _libc.ptrace(request, thread, None, None) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")


@contextmanager
def halted(thread: int) -> Iterator[None]:
    """The thread with this id (a process id: its first one) does nothing inside this block.

    It is stopped where it waits for events: one that held Python's global lock would stop all others with it.
    """
    _ptrace(SEIZE, thread)
    for _ in range(TRIES):
        _ptrace(INTERRUPT, thread)
        os.waitpid(thread, WALL)
        if Path(f"/proc/{thread}/syscall").read_text().split()[0] in POLLS:
            break
        _ptrace(CONTINUE, thread)
        time.sleep(0.003)
    else:
        raise AssertionError("it never waits")
    yield
    _ptrace(DETACH, thread)

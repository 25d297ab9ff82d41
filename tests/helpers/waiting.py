"""Waiting for a condition with a deadline, where nothing tells that it came true."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

SOON_S = 8.0


async def until(holds: Callable[[], object], seconds: float = SOON_S) -> None:
    """Wait on the loop until ``holds()``; fails after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        await asyncio.sleep(0.002)


def wait_until(holds: Callable[[], object], seconds: float = SOON_S) -> None:
    """Wait on this thread until ``holds()``; fails after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.002)

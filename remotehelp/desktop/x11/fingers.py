"""Makes up events by XTEST, each noted in the fence before: that is how the guardian knows that it is ours."""

from __future__ import annotations

import time

from Xlib.display import Display
from Xlib.ext import xtest

from remotehelp.desktop.fence import Fence

SLICE = 0.01  # seconds that a rest goes on after the fence was shut


def event_number(kind: int, detail: int) -> int:
    """An event as it is noted: the core protocol's number of its kind, and its keycode or button (0: motion)."""
    return kind << 16 | detail


class Fingers:
    """What ``hands.XHands`` and its typist press with, through one fence."""

    def __init__(self, connection: Display, fence: Fence) -> None:
        self._connection, self.fence = connection, fence

    def fake(self, kind: int, detail: int = 0, *, x: int = 0, y: int = 0) -> None:
        """Let one event happen, as far as the X server does it."""
        self.fence.note(event_number(kind, detail))
        xtest.fake_input(self._connection, kind, detail, x=x, y=y)

    def rest(self, seconds: float) -> None:
        """Sleep for so long, or until the fence is shut."""
        until = time.monotonic() + seconds
        while self.fence.passes() and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, SLICE))

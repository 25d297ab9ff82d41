"""Watching pixels of a desk: when did something change, to about a millisecond."""

from __future__ import annotations

import time

import mss

from remotehelp.demo.box import Box
from remotehelp.demo.waiting import StageError

POLL_S = 0.001


class Watch:
    """Looks at one region of a display (":7") through shared memory; use it from one thread, close it at the end."""

    def __init__(self, display: str, region: Box) -> None:
        self._screen = mss.MSS(display=display)
        self._where = {"left": region.x, "top": region.y, "width": region.width, "height": region.height}
        self._before = self.look()

    def look(self) -> bytes:
        """The region's pixels now: B, G, R, X a pixel, row by row."""
        return bytes(self._screen.grab(self._where).raw)

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """Red, green and blue at ``x``, ``y``, counted from the region's own corner."""
        at = (y * self._where["width"] + x) * 4
        blue, green, red = self.look()[at : at + 3]
        return red, green, blue

    def mark(self) -> None:
        """From now on a change is a difference from the present picture."""
        self._before = self.look()

    def wait_change(self, timeout: float) -> float:
        """The time.monotonic() at which the region was first seen different from the marked picture.

        Looks about a thousand times a second; raises StageError after ``timeout`` seconds.
        """
        deadline = time.monotonic() + timeout
        while self.look() == self._before:
            if time.monotonic() > deadline:
                raise StageError(f"nothing changed on the screen within {timeout:g} s")
            time.sleep(POLL_S / 2)
        return time.monotonic()

    def wait_rest(self, seconds: float, timeout: float) -> None:
        """Wait until the region has stayed the same for ``seconds``, and mark that picture."""
        deadline = time.monotonic() + timeout
        self.mark()
        since = time.monotonic()
        while time.monotonic() - since < seconds:
            if time.monotonic() > deadline:
                raise StageError(f"the screen did not come to rest within {timeout:g} s")
            if self.look() != self._before:
                self.mark()
                since = time.monotonic()
            time.sleep(POLL_S * 5)

    def close(self) -> None:
        """Let go of the display."""
        self._screen.close()

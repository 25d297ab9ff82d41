"""What decides at the very moment of injection: memory that her program, its hands and its guardian share.

Each of them may shut it, without asking or waiting for the others; the hands look at it before each thing they do.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from remotehelp.errors import GateClosed, StaleEpoch

OPEN, OPENED, HERS_UNTIL, NOTED, NOTES = range(5)  # places of the words of eight bytes; from NOTES on they go round
MOST = 4096  # notes that are kept
SIZE = 8 * (NOTES + MOST)  # bytes
NS = 1_000_000_000


class Fence:
    """A fence in ``memory`` of SIZE bytes; new memory, full of zeros, is shut.

    Only her program opens it. Each opening has a number, so that who opened it before can't shut it any more.
    """

    def __init__(self, memory: bytearray | memoryview | None = None) -> None:
        self._words = memoryview(bytearray(SIZE) if memory is None else memory).cast("B").cast("Q")

    def open(self) -> int:
        """Let pass what is injected from now on; the number of this opening."""
        number = self._words[OPENED] + 1
        self._words[OPENED] = self._words[OPEN] = number
        return number

    def shut(self, number: int | None = None) -> None:
        """Let nothing pass until it is opened anew; with ``number``: only if that is the opening which counts now."""
        if number is None or self._words[OPEN] == number:
            self._words[OPEN] = 0

    def hers(self, until: float) -> None:
        """She works herself: let nothing pass until then (seconds of ``time.monotonic``)."""
        self._words[HERS_UNTIL] = round(until * NS)

    def check(self, number: int | None = None) -> None:
        """Raise StaleEpoch or GateClosed("her_hand") if nothing passes now, or only what another opening is for."""
        opened = self._words[OPEN]
        if not opened or (number is not None and opened != number):
            raise StaleEpoch("input_not_allowed")
        if time.monotonic_ns() < self._words[HERS_UNTIL]:
            raise GateClosed("her_hand")

    def passes(self) -> bool:
        """Whether something passes now."""
        return bool(self._words[OPEN]) and time.monotonic_ns() >= self._words[HERS_UNTIL]

    def note(self, event: int) -> None:
        """Write down an event that the hands are about to make up: any number of up to 64 bits."""
        noted = self._words[NOTED]
        self._words[NOTES + noted % MOST] = event
        self._words[NOTED] = noted + 1

    @property
    def noted(self) -> int:
        """How many events were noted so far."""
        return self._words[NOTED]

    def notes(self, since: int, upto: int) -> Iterator[int]:
        """The events that were noted after the first ``since``, up to ``upto``, as far as they are kept."""
        for count in range(max(since, upto - MOST), upto):
            yield self._words[NOTES + count % MOST]


def open_fence() -> Fence:
    """A fence of one's own that lets everything pass."""
    fence = Fence()
    fence.open()
    return fence

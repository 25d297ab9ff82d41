"""Whether the customer's pointer is where our own mouse has put it: pure, places are pixels of her screen.

What she tells is late by the line's round trip, so that it names places that we have left since.
"""

from __future__ import annotations

from collections import deque

TRAIL_S = 2.0  # seconds; what takes longer than this has not been our mouse
NEAR = 3  # pixels
MOST = 1024  # places

Place = tuple[int, int]


class OwnTrail:
    """Where our mouse has been lately, as far as it was sent."""

    def __init__(self) -> None:
        self._trail: deque[tuple[float, Place]] = deque(maxlen=MOST)

    def sent(self, place: Place, now: float) -> None:
        """We sent this place at ``now`` (seconds, any steady clock)."""
        self._trail.append((now, place))

    def forget(self) -> None:
        """Our mouse is no longer where it was sent from."""
        self._trail.clear()

    def leads_to(self, place: Place, now: float) -> bool:
        """Whether a pointer at ``place`` is an echo: close to where our mouse rests, or was in the last TRAIL_S."""
        while len(self._trail) > 1 and now - self._trail[0][0] > TRAIL_S:
            self._trail.popleft()
        return any(_near(place, been) for _, been in self._trail)


def _near(one: Place, other: Place) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= NEAR

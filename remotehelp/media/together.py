"""What belongs to one moment is shown together: exact messages wait for the picture of the video that came with them.

Without this a small tile would overtake the large change that it was part of. Pure: time comes in.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from remotehelp.messages import Exact

PATIENCE_S = 0.25  # the picture was lost, or is so late that its tiles are better shown without it


class Together:
    """Keeps messages in their order; those behind one that waits wait as well."""

    def __init__(self) -> None:
        self._area = -1
        self._shown = 0  # the newest picture of the video, counted within the area
        self._kept: deque[tuple[Exact, float]] = deque()

    def put(self, messages: Iterable[Exact], now: float) -> None:
        """These may be applied as far as other messages are concerned."""
        for message in messages:
            self._begin(message.area)
            self._kept.append((message, now))

    def before(self, area: int, count: int) -> Iterator[Exact]:
        """What has to be applied before the picture ``count`` is painted: what belongs to earlier, lost ones."""
        self._begin(area)
        while self._kept and self._kept[0][0].film < count:
            yield self._kept.popleft()[0]

    def painted(self, count: int) -> None:
        """The picture ``count`` of this area is on the canvas."""
        self._shown = count

    def ready(self, now: float) -> Iterator[Exact]:
        """What is applied now."""
        while self._kept and (self._kept[0][0].film <= self._shown or self._kept[0][1] + PATIENCE_S <= now):
            yield self._kept.popleft()[0]

    @property
    def due(self) -> float | None:
        """When the first one has waited long enough; None if none waits."""
        return self._kept[0][1] + PATIENCE_S if self._kept else None

    def _begin(self, area: int) -> None:
        if area > self._area:
            self._area, self._shown = area, 0
            self._kept.clear()

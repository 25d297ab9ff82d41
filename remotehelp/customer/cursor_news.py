"""What has to be told of her pointer: each shape once, each place at once. Pure, the time comes in."""

from __future__ import annotations

from remotehelp.media.cursor import Shape, pack
from remotehelp.messages import CURSOR_SHAPES, CursorPlace, CursorShape

SHAPES_S, SAVED_S = (
    500,
    32.0,
)  # bytes of shapes a second in the mean, s of it saved up: a busy one has 60 of 2 kB a turn
LONGEST_S = 4.0  # that a shape waits, however large the one before was
REPEATS_S = (0.1, 0.3, 0.9)  # after a place was told, since `live` repeats nothing and the pointer may rest there

Told = tuple[int, tuple[int, int] | None]  # the shape's number and the place


class CursorNews:
    """Knows what the technician was told, and which number of a shape is free next; seconds of any steady clock."""

    def __init__(self) -> None:
        self._n = 0
        self.begin()

    def begin(self) -> None:
        """Her screen is shown anew: the technician knows nothing."""
        self._numbers: dict[Shape, int] = {}
        self._given = 0  # so many numbers were given; they come in turn
        self._shape_at = 0.0  # not before then a new shape
        self._waits = False
        self._told: Told | None = None
        self._told_at = 0.0
        self._repeats: tuple[float, ...] = ()

    def tell(self, shape: Shape, place: tuple[int, int] | None, now: float) -> list[CursorShape | CursorPlace]:
        """The messages that are due now; ``place`` counts from the corner of what is shown, None: not on it.

        A shape that has to wait is told later; until then the pointer keeps the last one, as it does where it is not on
        what is shown: what it looks like there is nobody's business.
        """
        news: list[CursorShape | CursorPlace] = []
        new = place is not None and shape not in self._numbers
        self._waits = new and now < self._shape_at
        if new and not self._waits:
            news.append(self._new(shape, now))
        last = self._told[0] if self._told else 0
        told = (last if place is None else self._numbers.get(shape, last), place)
        if told != self._told:
            self._told, self._told_at, self._repeats = told, now, REPEATS_S
            news.append(self._place(told))
        elif self._repeats and now >= self._told_at + self._repeats[0]:
            self._repeats = self._repeats[1:]
            news.append(self._place(told))
        return news

    def due(self) -> float | None:
        """When ``tell`` has something to say though nothing changed; None: never."""
        times = [self._told_at + after for after in self._repeats[:1]]
        return min([*times, self._shape_at] if self._waits else times, default=None)

    def _new(self, shape: Shape, now: float) -> CursorShape:
        number, self._given = self._given % CURSOR_SHAPES, self._given + 1
        self._numbers = {kept: other for kept, other in self._numbers.items() if other != number}
        self._numbers[shape] = number
        message = pack(shape, number)
        due = max(self._shape_at, now - SAVED_S) + len(message.data) / SHAPES_S
        self._shape_at = min(due, now + LONGEST_S)
        self._told = None  # the number may have meant another shape before
        return message

    def _place(self, told: Told) -> CursorPlace:
        number, place = told
        self._n += 1
        x, y = place or (0, 0)
        return CursorPlace(x, y, place is not None, number, self._n)

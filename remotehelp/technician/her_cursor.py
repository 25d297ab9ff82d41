"""The customer's pointer as her machine tells it: bounded, the newest place wins."""

from __future__ import annotations

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.cursor import Cursor, Shape, unpack
from remotehelp.messages import CursorPlace, CursorShape
from remotehelp.visit.allowance import Allowance

SHAPES, WINDOW_S = 1000, 10.0  # hers sends a shape a picture at most; after a line that hung many come at once


class HerCursor:
    """At most one shape for each number, and the newest place."""

    def __init__(self) -> None:
        self._allowance = Allowance(SHAPES, WINDOW_S)
        self._shapes: dict[int, Shape] = {}
        self._place: CursorPlace | None = None
        self._n = 0

    @property
    def now(self) -> Cursor | None:
        """Her pointer as it is now; None while its shape or its place has not come yet."""
        place = self._place
        if place is None or place.shape not in self._shapes:
            return None
        return Cursor(self._shapes[place.shape], (place.x, place.y) if place.on else None)

    def shape(self, message: CursorShape, now: float) -> None:
        """A shape came, at ``now`` seconds of any steady clock; raises RemoteProtocolError."""
        if not self._allowance.passes(now):
            raise RemoteProtocolError("too_much_at_once")
        self._shapes[message.number] = unpack(message)

    def place(self, message: CursorPlace) -> bool:
        """A place came; False if it is older than the newest."""
        if message.n <= self._n:
            return False
        self._n, self._place = message.n, message
        return True

    def forget(self) -> None:
        """Her screen may be seen no more; what is still on its way from before stays older than what will come."""
        self._shapes.clear()
        self._place = None

"""Where a customer and a technician meet at the broker: by a code, or from the waiting list."""

from __future__ import annotations

from dataclasses import dataclass, field

from remotehelp.broker.events import Socket
from remotehelp.messages import Id16


@dataclass(eq=False)
class Room:
    """One customer and, once there is one, the technician who came to her."""

    sid: Id16
    address: str
    customer: Socket
    technician: Socket | None = field(default=None, init=False)
    greeted: bool = field(default=False, init=False)  # the technician has said something to her

    def other(self, socket: Socket) -> Socket | None:
        """Who is at the other end, seen from ``socket``."""
        return self.technician if socket == self.customer else self.customer


@dataclass(eq=False)
class CodeRoom(Room):
    """Opened with a code: ``open`` once its nameplate is written down."""

    nameplate: str
    open: bool = field(default=False, init=False)


@dataclass(eq=False)
class QueueRoom(Room):
    """In the waiting list since ``since``; ``words`` begin what is wrong. Her place stays hers while she is taken."""

    ticket: int
    words: str
    since: float  # seconds of the rules' clock
    taken_at: float = field(default=0.0, init=False)
    told: int = field(default=-1, init=False)  # her place, as she knows it

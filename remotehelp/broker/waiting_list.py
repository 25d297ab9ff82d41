"""Who waits for help without a code: one plain list, first come, first served.

Nothing of it is written down: who waits is there as long as her socket is.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice, takewhile

from remotehelp.broker.events import Socket
from remotehelp.broker.room import QueueRoom
from remotehelp.messages import LISTED, AskForHelp, Waiting
from remotehelp.messages import WaitingList as ListMessage

WAITING = 500  # at a time, of one broker
WAITING_AN_ADDRESS = 5


class WaitingList:
    """The rooms of those who wait, in the order in which they came; who is taken keeps her place until she leaves."""

    def __init__(self) -> None:
        self._rooms: dict[int, QueueRoom] = {}  # by ticket, which rises
        self._tickets = count(1)

    def __len__(self) -> int:
        return sum(1 for _ in self._waiting())

    def why_full(self, address: str) -> str:
        """The key of the reason why nobody more from ``address`` may wait; empty if she may."""
        if len(self._rooms) >= WAITING:
            return "list_full"
        here = sum(room.address == address for room in self._rooms.values())
        return "too_many_waiting" if here >= WAITING_AN_ADDRESS else ""

    def add(self, socket: Socket, address: str, request: AskForHelp, now: float) -> QueueRoom:
        """She waits, behind all others."""
        ticket = next(self._tickets)
        room = self._rooms[ticket] = QueueRoom(request.sid, address, socket, ticket, request.words, now)
        room.told = len(self) - 1
        return room

    def remove(self, room: QueueRoom) -> None:
        """She has left."""
        self._rooms.pop(room.ticket, None)

    def find(self, ticket: int) -> QueueRoom | None:
        """Her who waits with this ticket; None if she has left or is taken."""
        room = self._rooms.get(ticket)
        return room if room is not None and room.technician is None else None

    def ahead_of(self, room: QueueRoom) -> int:
        """How many wait before her."""
        return sum(other.ticket < room.ticket for other in self._waiting())

    def since(self, then: float) -> list[QueueRoom]:
        """Those who have waited since ``then`` or longer."""
        return list(takewhile(lambda room: room.since <= then, self._waiting()))

    def moved(self) -> Iterator[QueueRoom]:
        """Those whose place is not what they know; they know it from then on."""
        for ahead, room in enumerate(self._waiting()):
            if room.told != ahead:
                room.told = ahead
                yield room

    def as_message(self, now: float) -> ListMessage:
        """What a technician is shown."""
        first = islice(self._waiting(), LISTED)
        return ListMessage(
            tuple(Waiting(room.ticket, room.words, int(now - room.since)) for room in first), total=len(self)
        )

    def _waiting(self) -> Iterator[QueueRoom]:
        return (room for room in self._rooms.values() if room.technician is None)

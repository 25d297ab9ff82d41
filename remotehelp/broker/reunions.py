"""The rooms in which two people whose line is lost find each other again (PROTOCOL.md, reconnect). Pure.

A room is named by the hashes of its two seats; who brings a seat sits there, in place of whoever did so before: a line
that was cut leaves sockets behind that seem alive. Nobody is told whether a room is known, and nothing is written down.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TypeAlias

from remotehelp.broker.commands import Command, GiveList, Send
from remotehelp.broker.events import Socket
from remotehelp.broker.recent import Recent
from remotehelp.messages import Joined, PeerLeft, Refused, Rejoin, Relay

ROOM_S = 150.0  # from the first who comes; a visit is mended for 120 s
SEATS = 60  # an address at a time
COMINGS, COMINGS_S = 300, 60.0  # an address
ROOMS = 20_000

Name: TypeAlias = frozenset[bytes]


@dataclass(eq=False)
class _Room:
    name: Name
    ends_at: float
    people: dict[bytes, Socket] = field(default_factory=dict)  # by the hash of the seat


class Reunions:
    """Who sits where. Feed it what sockets ask; it says what they are told."""

    def __init__(self) -> None:
        self._rooms: dict[Name, _Room] = {}  # in the order of their ends, since all live equally long
        self._places: dict[Socket, tuple[_Room, bytes, str]] = {}
        self._seated: Counter[str] = Counter()
        self._comings = Recent(COMINGS, COMINGS_S)

    def holds(self, socket: Socket) -> bool:
        """Whether this socket sits in one of the rooms."""
        return socket in self._places

    def come(self, socket: Socket, address: str, seat: Rejoin, now: float) -> list[Command]:
        """Sit down, and wait for the other side or meet it."""
        mine = hashlib.sha256(seat.seat).digest()
        left = self.leave(socket)
        name = frozenset((mine, seat.other))
        if len(name) != 2 or not self._has_room(name, mine, address) or not self._comings.allow(address, now):
            return [*left, Send(socket, Refused("too_many_tries"))]
        room = self._rooms.setdefault(name, _Room(name, now + ROOM_S))
        replaced = self._unseat(room, mine)
        room.people[mine] = socket
        self._places[socket] = room, mine, address
        self._seated[address] += 1
        met = [Send(person, Joined()) for person in room.people.values()] if len(room.people) == 2 else []
        return [*left, *replaced, GiveList(socket), *met]

    def relay(self, socket: Socket, message: Relay) -> list[Command]:
        """Bytes for the other side; whoever is alone is told so."""
        others = self._others(socket)
        return [Send(other, message) for other in others] or [Send(socket, PeerLeft())]

    def leave(self, socket: Socket) -> list[Command]:
        """Whoever goes is missed once; an empty room is forgotten."""
        if socket not in self._places:
            return []
        others = self._others(socket)
        self._forget(socket)
        return [Send(other, PeerLeft()) for other in others]

    def due(self, now: float) -> list[Command]:
        """Close the rooms whose time is over."""
        commands: list[Command] = []
        while self._rooms and (oldest := next(iter(self._rooms.values()))).ends_at <= now:
            for person in tuple(oldest.people.values()):
                self._forget(person)
                commands.append(Send(person, PeerLeft()))
        return commands

    def prune(self, now: float) -> None:
        """Forget the addresses that have been quiet."""
        self._comings.prune(now)
        self._seated += Counter()

    def _has_room(self, name: Name, mine: bytes, address: str) -> bool:
        room = self._rooms.get(name)
        if room is None:
            return len(self._rooms) < ROOMS and self._seated[address] < SEATS
        return mine in room.people or self._seated[address] < SEATS

    def _unseat(self, room: _Room, seat: bytes) -> list[Command]:
        """Somebody comes with the same seat: who sat there goes, and the other side has to begin anew."""
        before = room.people.pop(seat, None)
        if before is None:
            return []
        _, _, address = self._places.pop(before)
        self._seated[address] -= 1
        return [Send(person, PeerLeft()) for person in (before, *room.people.values())]

    def _others(self, socket: Socket) -> list[Socket]:
        room, _, _ = self._places[socket]
        return [person for person in room.people.values() if person != socket]

    def _forget(self, socket: Socket) -> None:
        room, seat, address = self._places.pop(socket)
        del room.people[seat]
        self._seated[address] -= 1
        if not room.people:
            del self._rooms[room.name]

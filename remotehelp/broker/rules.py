"""What the broker decides: nameplates, claims, rooms and presence (PROTOCOL.md, opening with a code).

Pure: events in, commands out; the time comes in with the event and chance by a callable. A code lives like this:
taken (being written down) -> open -> claimed -> in a room of two; it ends at the latest 10 minutes after its birth,
at once with a second claim, without a hello, or when one of the two goes. What has ended never comes back.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count

from remotehelp.broker.commands import Announce, Command, Give, Keep, Send
from remotehelp.broker.events import (
    Asked,
    Came,
    Disproven,
    Event,
    Gone,
    Kept,
    NotKept,
    Proven,
    Request,
    Socket,
    Tick,
)
from remotehelp.broker.nameplates import Nameplates
from remotehelp.broker.recent import Recent
from remotehelp.broker.reunions import Reunions
from remotehelp.errors import ServiceUnavailable
from remotehelp.messages import (
    Available,
    Claim,
    Claimed,
    Id16,
    Joined,
    Leave,
    Open,
    PeerLeft,
    Refused,
    Rejoin,
    Relay,
    SignedIn,
)

CODE_LIFE_S = 600.0
HELLO_S = 30.0  # from a claim to the technician's hello
OPEN_CODES = 3  # waiting at a time, an address
TRIES = 30  # codes, and claims, an address within TRIES_S
TRIES_S = 60.0


@dataclass(eq=False)
class Room:
    """One code and the people it brings together."""

    nameplate: str
    sid: Id16
    address: str
    customer: Socket
    technician: Socket | None = None
    open: bool = False
    greeted: bool = False

    def other(self, socket: Socket) -> Socket | None:
        """Who is at the other end, seen from ``socket``."""
        return self.technician if socket == self.customer else self.customer


class Rules:
    """The broker's mind: which codes are open, who is where, who may do what."""

    def __init__(self, pick: Callable[[int], int], taken: Mapping[str, float] | None = None) -> None:
        """``pick(n)``: a random number in 0..n-1; ``taken``: nameplates of before a restart and when they are free."""
        self._nameplates = Nameplates(pick, taken or {})
        self._addresses: dict[Socket, str] = {}
        self._technicians: set[Socket] = set()
        self._available: set[Socket] = set()
        self._announced = 0
        self._codes: dict[str, Room] = {}
        self._places: dict[Socket, Room] = {}
        self._reunions = Reunions()
        self._waiting: Counter[str] = Counter()
        self._openings, self._claims = Recent(TRIES, TRIES_S), Recent(TRIES, TRIES_S)
        self._alarms: list[tuple[float, int, Callable[[Room], list[Command]], Room]] = []
        self._number = count()

    @property
    def here(self) -> int:
        """How many technicians are available now."""
        return len(self._available)

    @property
    def waiting(self) -> int:
        """How many codes wait for a technician."""
        return self._waiting.total()

    def handle(self, event: Event, now: float) -> list[Command]:
        """What ``event`` leads to; ``now`` in seconds of a clock that never goes back."""
        return [*self._due(now), *self._answer(event, now)]

    def _answer(self, event: Event, now: float) -> list[Command]:
        match event:
            case Asked(socket, request):
                return self._asked(socket, request, now)
            case Came(socket, address):
                self._addresses[socket] = address
            case Gone(socket):
                return self._gone(socket)
            case Proven(socket):
                self._technicians.add(socket)
                return [Send(socket, SignedIn())]
            case Disproven(socket):
                self._disown(socket)
            case Kept(nameplate):
                return self._kept(nameplate)
            case NotKept(nameplate):
                return self._not_kept(nameplate)
            case Tick():
                return self._tick(now)
        return []

    def _asked(self, socket: Socket, request: Request, now: float) -> list[Command]:
        match request:
            case Open(sid=sid):
                return self._open(socket, sid, now)
            case Claim(nameplate=nameplate):
                return self._claim(socket, nameplate, now)
            case Relay():
                return self._relay(socket, request)
            case Available(on=on):
                return self._set_available(socket, on)
            case Leave():
                return self._leave(socket)
            case Rejoin():
                return [*self._leave(socket), *self._reunions.come(socket, self._addresses[socket], request, now)]

    # --- customers -----------------------------------------------------------------------------------

    def _open(self, socket: Socket, sid: Id16, now: float) -> list[Command]:
        left = self._leave(socket)
        address = self._addresses[socket]
        if self._waiting[address] >= OPEN_CODES or not self._openings.allow(address, now):
            return [*left, Send(socket, Refused("too_many_codes"))]
        try:
            nameplate = self._nameplates.take(now + CODE_LIFE_S)
        except ServiceUnavailable as error:
            return [*left, Send(socket, Refused(error.key))]
        room = Room(nameplate, sid, address, socket)
        self._codes[nameplate] = self._places[socket] = room
        self._waiting[address] += 1
        self._set_alarm(now + CODE_LIFE_S, self._expire, room)
        return [*left, Keep(nameplate, CODE_LIFE_S)]

    def _kept(self, nameplate: str) -> list[Command]:
        room = self._codes.get(nameplate)
        if room is None:  # she left while it was written down
            return []
        room.open = True
        return [Give(room.customer, nameplate)]

    def _not_kept(self, nameplate: str) -> list[Command]:
        room = self._codes.get(nameplate)
        return [] if room is None else self._end(room, Refused("broker_trouble"))

    # --- technicians ---------------------------------------------------------------------------------

    def _set_available(self, socket: Socket, on: bool) -> list[Command]:
        if socket not in self._technicians:
            return [Send(socket, Refused("not_signed_in"))]
        (self._available.add if on else self._available.discard)(socket)
        return []

    def _claim(self, socket: Socket, nameplate: str, now: float) -> list[Command]:
        if socket not in self._technicians:
            return [Send(socket, Refused("not_signed_in"))]
        if not self._claims.allow(self._addresses[socket], now):
            return [Send(socket, Refused("too_many_tries"))]
        room = self._codes.get(nameplate)
        if room is None or not room.open or room.customer == socket:
            return [Send(socket, Refused("no_such_code"))]
        if room.technician is not None:
            return [Send(socket, Refused("no_such_code")), *self._burn(room)]
        return [*self._leave(socket), *self._join(room, socket, now)]

    def _join(self, room: Room, socket: Socket, now: float) -> list[Command]:
        room.technician = socket
        self._places[socket] = room
        self._waiting[room.address] -= 1
        self._set_alarm(now + HELLO_S, self._miss_hello, room)
        return [Send(socket, Claimed(room.sid)), Send(room.customer, Joined())]

    # --- both ----------------------------------------------------------------------------------------

    def _relay(self, socket: Socket, message: Relay) -> list[Command]:
        if self._reunions.holds(socket):
            return self._reunions.relay(socket, message)
        room = self._places.get(socket)
        other = room.other(socket) if room else None
        if room is None or other is None:  # also when this crossed the other's leaving
            return [Send(socket, PeerLeft())]
        room.greeted |= socket == room.technician
        return [Send(other, message)]

    def _leave(self, socket: Socket) -> list[Command]:
        room = self._places.get(socket)
        if room is None:
            return self._reunions.leave(socket)
        other = room.other(socket)
        self._forget(room)
        return [] if other is None else [Send(other, PeerLeft())]

    def _gone(self, socket: Socket) -> list[Command]:
        commands = self._leave(socket)
        self._disown(socket)
        self._addresses.pop(socket, None)
        return commands

    def _disown(self, socket: Socket) -> None:
        self._technicians.discard(socket)
        self._available.discard(socket)

    # --- ends ----------------------------------------------------------------------------------------

    def _burn(self, room: Room) -> list[Command]:
        return self._end(room, Refused("code_burned"))

    def _expire(self, room: Room) -> list[Command]:
        if room.technician is None:
            return self._end(room, Refused("code_expired"))
        del self._codes[room.nameplate]  # the number is free again; the room goes on without it
        return []

    def _miss_hello(self, room: Room) -> list[Command]:
        return [] if room.greeted else self._burn(room)

    def _end(self, room: Room, why: Refused) -> list[Command]:
        people = [socket for socket in (room.customer, room.technician) if socket is not None]
        self._forget(room)
        return [Send(socket, why) for socket in people]

    def _forget(self, room: Room) -> None:
        if room.technician is None:
            self._waiting[room.address] -= 1
        else:
            del self._places[room.technician]
        del self._places[room.customer]
        if self._codes.get(room.nameplate) is room:
            del self._codes[room.nameplate]

    # --- time ----------------------------------------------------------------------------------------

    def _set_alarm(self, when: float, step: Callable[[Room], list[Command]], room: Room) -> None:
        heapq.heappush(self._alarms, (when, next(self._number), step, room))

    def _due(self, now: float) -> list[Command]:
        commands: list[Command] = []
        while self._alarms and self._alarms[0][0] <= now:
            _, _, step, room = heapq.heappop(self._alarms)
            if self._places.get(room.customer) is room:
                commands += step(room)
        self._nameplates.release(now)
        return [*commands, *self._reunions.due(now)]

    def _tick(self, now: float) -> list[Command]:
        self._openings.prune(now)
        self._claims.prune(now)
        self._reunions.prune(now)
        self._waiting += Counter()  # drops the addresses that have none
        if self._announced == self.here:
            return []
        self._announced = self.here
        return [Announce(self.here)]

"""What the broker decides: nameplates, claims, the waiting list, rooms and presence (PROTOCOL.md, opening).

Pure: events in, commands out; the time comes in with the event and chance by a callable. A code lives like this:
taken (being written down) -> open -> claimed -> in a room of two; it ends at the latest 10 minutes after its birth,
at once with a second claim, without a hello, or when one of the two goes. What has ended never comes back.
Who waits in the list is taken by the first technician who asks, and is back at her place if that one goes soon.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import count

from remotehelp.broker.commands import Announce, Command, Enlist, Give, Introduce, Keep, Send
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
from remotehelp.broker.room import CodeRoom, QueueRoom, Room
from remotehelp.broker.waiting_list import WaitingList
from remotehelp.errors import ServiceUnavailable
from remotehelp.messages import (
    AskForHelp,
    Available,
    Claim,
    Claimed,
    Id16,
    Joined,
    Leave,
    Open,
    PeerLeft,
    Place,
    Refused,
    Rejoin,
    Relay,
    SignedIn,
    Take,
)

CODE_LIFE_S = 600.0
HELLO_S = 30.0  # from a claim or a take to the technician's first word; who goes within it leaves her at her place
WAIT_LIFE_S = 2 * 3600.0  # in the waiting list
NEWS_S = 1.0  # between two states of the list that a technician is told
OPEN_CODES = 3  # waiting at a time, an address
TRIES = 30  # codes, and claims, an address within TRIES_S
TRIES_S = 60.0


class Rules:
    """The broker's mind: which codes are open, who is where, who may do what."""

    def __init__(self, pick: Callable[[int], int], taken: Mapping[str, float] | None = None) -> None:
        """``pick(n)``: a random number in 0..n-1; ``taken``: nameplates of before a restart and when they are free."""
        self._nameplates = Nameplates(pick, taken or {})
        self._addresses: dict[Socket, str] = {}
        self._technicians: set[Socket] = set()
        self._available: set[Socket] = set()
        self._announced = 0
        self._codes: dict[str, CodeRoom] = {}
        self._list = WaitingList()
        self._list_changed, self._list_told_at = False, float("-inf")
        self._places: dict[Socket, Room] = {}
        self._reunions = Reunions()
        self._waiting: Counter[str] = Counter()
        self._openings, self._claims = Recent(TRIES, TRIES_S), Recent(TRIES, TRIES_S)
        self._alarms: list[tuple[float, int, Room, Callable[[], list[Command]]]] = []
        self._number = count()

    @property
    def here(self) -> int:
        """How many technicians are available now."""
        return len(self._available)

    @property
    def waiting(self) -> int:
        """How many codes wait for a technician."""
        return self._waiting.total()

    @property
    def queued(self) -> int:
        """How many customers wait in the list."""
        return len(self._list)

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
                return self._gone(socket, now)
            case Proven(socket, session):
                self._technicians.add(socket)
                return [Send(socket, SignedIn(session))]
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
            case AskForHelp():
                return self._ask_for_help(socket, request, now)
            case Claim(nameplate=nameplate):
                return self._claim(socket, nameplate, now)
            case Take(ticket=ticket):
                return self._take(socket, ticket, now)
            case Relay():
                return self._relay(socket, request)
            case Available(on=on):
                return self._set_available(socket, on, now)
            case Leave():
                return self._leave(socket, now)
            case Rejoin():
                left = self._leave(socket, now)
                return [*left, *self._reunions.come(socket, self._addresses[socket], request, now)]

    # --- customers -----------------------------------------------------------------------------------

    def _open(self, socket: Socket, sid: Id16, now: float) -> list[Command]:
        left = self._leave(socket, now)
        address = self._addresses[socket]
        if self._waiting[address] >= OPEN_CODES or not self._openings.allow(address, now):
            return [*left, Send(socket, Refused("too_many_codes"))]
        try:
            nameplate = self._nameplates.take(now + CODE_LIFE_S)
        except ServiceUnavailable as error:
            return [*left, Send(socket, Refused(error.key))]
        room = CodeRoom(sid, address, socket, nameplate)
        self._codes[nameplate] = self._places[socket] = room
        self._waiting[address] += 1
        self._set_alarm(now + CODE_LIFE_S, room, lambda: self._expire(room))
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

    def _ask_for_help(self, socket: Socket, request: AskForHelp, now: float) -> list[Command]:
        left = self._leave(socket, now)
        address = self._addresses[socket]
        full = self._list.why_full(address)
        if full or not self._openings.allow(address, now):
            return [*left, Send(socket, Refused(full or "too_many_waiting"))]
        room = self._places[socket] = self._list.add(socket, address, request, now)
        self._list_changed = True
        return [*left, Enlist(socket, room.told)]

    # --- technicians ---------------------------------------------------------------------------------

    def _set_available(self, socket: Socket, on: bool, now: float) -> list[Command]:
        if socket not in self._technicians:
            return [Send(socket, Refused("not_signed_in"))]
        (self._available.add if on else self._available.discard)(socket)
        return [Send(socket, self._list.as_message(now))] if on else []

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
        return [*self._leave(socket, now), *self._join(room, socket, now)]

    def _join(self, room: CodeRoom, socket: Socket, now: float) -> list[Command]:
        room.technician = socket
        self._places[socket] = room
        self._waiting[room.address] -= 1
        self._set_alarm(now + HELLO_S, room, lambda: self._miss_hello(room))
        return [Send(socket, Claimed(room.sid)), Send(room.customer, Joined())]

    def _take(self, socket: Socket, ticket: int, now: float) -> list[Command]:
        if socket not in self._technicians:
            return [Send(socket, Refused("not_signed_in"))]
        if not self._claims.allow(self._addresses[socket], now):
            return [Send(socket, Refused("too_many_tries"))]
        room = self._list.find(ticket)
        if room is None or room.customer == socket:
            return [Send(socket, Refused("no_longer_waiting"))]
        left = self._leave(socket, now)
        room.technician, room.taken_at = socket, now
        self._places[socket] = room
        self._list_changed = True
        self._set_alarm(now + HELLO_S, room, lambda: self._miss_greeting(room, now))
        return [*left, Send(socket, Claimed(room.sid)), Introduce(room.customer)]

    # --- both ----------------------------------------------------------------------------------------

    def _relay(self, socket: Socket, message: Relay) -> list[Command]:
        if self._reunions.holds(socket):
            return self._reunions.relay(socket, message)
        room = self._places.get(socket)
        if isinstance(room, QueueRoom) and room.technician is None:
            return []  # crossed the leaving of who had taken her; she is told her place
        other = room.other(socket) if room else None
        if room is None or other is None:  # also when this crossed the other's leaving
            return [Send(socket, PeerLeft())]
        room.greeted |= socket == room.technician
        return [Send(other, message)]

    def _leave(self, socket: Socket, now: float) -> list[Command]:
        room = self._places.get(socket)
        if room is None:
            return self._reunions.leave(socket)
        if isinstance(room, QueueRoom) and socket == room.technician and now < room.taken_at + HELLO_S:
            return self._put_back(room)
        other = room.other(socket)
        self._forget(room)
        return [] if other is None else [Send(other, PeerLeft())]

    def _gone(self, socket: Socket, now: float) -> list[Command]:
        commands = self._leave(socket, now)
        self._disown(socket)
        self._addresses.pop(socket, None)
        return commands

    def _disown(self, socket: Socket) -> None:
        self._technicians.discard(socket)
        self._available.discard(socket)

    # --- ends ----------------------------------------------------------------------------------------

    def _put_back(self, room: QueueRoom) -> list[Command]:
        """Who took her is not there any more: she waits on, where she was."""
        if room.technician is not None:
            del self._places[room.technician]
        room.technician, room.greeted = None, False
        self._list_changed = True
        room.told = self._list.ahead_of(room)
        return [Send(room.customer, Place(room.told))]

    def _miss_greeting(self, room: QueueRoom, taken_at: float) -> list[Command]:
        technician = room.technician
        if technician is None or room.greeted or room.taken_at != taken_at:
            return []
        return [*self._put_back(room), Send(technician, Refused("took_too_long"))]

    def _wait_no_longer(self, now: float) -> list[Command]:
        expired = self._list.since(now - WAIT_LIFE_S)
        return [command for room in expired for command in self._end(room, Refused("waited_too_long"))]

    def _burn(self, room: CodeRoom) -> list[Command]:
        return self._end(room, Refused("code_burned"))

    def _expire(self, room: CodeRoom) -> list[Command]:
        if room.technician is None:
            return self._end(room, Refused("code_expired"))
        del self._codes[room.nameplate]  # the number is free again; the room goes on without it
        return []

    def _miss_hello(self, room: CodeRoom) -> list[Command]:
        return [] if room.greeted else self._burn(room)

    def _end(self, room: Room, why: Refused) -> list[Command]:
        people = [socket for socket in (room.customer, room.technician) if socket is not None]
        self._forget(room)
        return [Send(socket, why) for socket in people]

    def _forget(self, room: Room) -> None:
        del self._places[room.customer]
        if room.technician is not None:
            del self._places[room.technician]
        match room:
            case QueueRoom():
                self._list.remove(room)
                self._list_changed = True
            case CodeRoom():
                if room.technician is None:
                    self._waiting[room.address] -= 1
                if self._codes.get(room.nameplate) is room:
                    del self._codes[room.nameplate]

    # --- time ----------------------------------------------------------------------------------------

    def _set_alarm(self, when: float, room: Room, step: Callable[[], list[Command]]) -> None:
        heapq.heappush(self._alarms, (when, next(self._number), room, step))

    def _due(self, now: float) -> list[Command]:
        commands: list[Command] = []
        while self._alarms and self._alarms[0][0] <= now:
            _, _, room, step = heapq.heappop(self._alarms)
            if self._places.get(room.customer) is room:
                commands += step()
        self._nameplates.release(now)
        return [*commands, *self._reunions.due(now)]

    def _tick(self, now: float) -> list[Command]:
        self._openings.prune(now)
        self._claims.prune(now)
        self._reunions.prune(now)
        self._waiting += Counter()  # drops the addresses that have none
        return [*self._wait_no_longer(now), *self._list_news(now), *self._presence()]

    def _presence(self) -> list[Command]:
        if self._announced == self.here:
            return []
        self._announced = self.here
        return [Announce(self.here)]

    def _list_news(self, now: float) -> list[Command]:
        """The list as it is now for who is available, and their new places for who waits; not each change of it."""
        if not self._list_changed or now < self._list_told_at + NEWS_S:
            return []
        self._list_changed, self._list_told_at = False, now
        list_now = self._list.as_message(now)
        places = [Send(room.customer, Place(room.told)) for room in self._list.moved()]
        return [*places, *(Send(technician, list_now) for technician in sorted(self._available))]

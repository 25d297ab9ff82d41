"""The rooms of lost lines: two seats each, nobody else, no trace of who is known."""

from __future__ import annotations

from itertools import count

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from remotehelp.broker import reunions
from remotehelp.broker.commands import Command, GiveList, Send
from remotehelp.broker.reunions import COMINGS, COMINGS_S, ROOM_S, SEATS, Reunions
from remotehelp.messages import Joined, PeerLeft, Refused, Rejoin, Relay
from remotehelp.trust.resumption import Resumption

ANNA, TOM, ANNA_ANEW, STRANGER = 1, 2, 3, 9
REFUSED = Refused("too_many_tries")


def seats(visit: int = 0) -> tuple[Rejoin, Rejoin]:
    """The customer's and the technician's request for the first room of this visit."""
    th, resume = visit.to_bytes(32), b"r" * 32
    [c], [t] = (Resumption(th, resume, customers=customers).passages() for customers in (True, False))
    return Rejoin(1, c.seat, c.other), Rejoin(1, t.seat, t.other)


HERS, HIS = seats()


@pytest.fixture
def rooms() -> Reunions:
    return Reunions()


def come(rooms: Reunions, socket: int, seat: Rejoin, now: float = 0.0, address: str = "here") -> list[Command]:
    return rooms.come(socket, address, seat, now)


@pytest.fixture
def met(rooms: Reunions) -> Reunions:
    come(rooms, ANNA, HERS)
    come(rooms, TOM, HIS)
    return rooms


def test_who_comes_first_gets_the_list_and_both_are_told_when_the_second_comes(rooms: Reunions) -> None:
    assert come(rooms, TOM, HIS) == [GiveList(TOM)]
    assert come(rooms, ANNA, HERS) == [GiveList(ANNA), Send(TOM, Joined()), Send(ANNA, Joined())]


def test_bytes_go_to_the_other_side_alone_and_unread(met: Reunions) -> None:
    assert met.relay(ANNA, Relay(b"\x00hello")) == [Send(TOM, Relay(b"\x00hello"))]
    assert met.relay(TOM, Relay(b"\xff")) == [Send(ANNA, Relay(b"\xff"))]


def test_who_is_alone_is_told_so(rooms: Reunions) -> None:
    come(rooms, ANNA, HERS)
    assert rooms.relay(ANNA, Relay(b"anybody?")) == [Send(ANNA, PeerLeft())]


def test_an_unknown_room_is_answered_as_a_known_one_whose_other_side_is_not_there(met: Reunions) -> None:
    stranger = Rejoin(1, b"s" * 32, b"o" * 32)
    met.leave(TOM)
    assert come(met, STRANGER, stranger) == [GiveList(STRANGER)]
    assert come(met, ANNA, HERS)[-1:] == [GiveList(ANNA)]


def test_who_knows_the_room_but_neither_seat_can_not_come_in(rooms: Reunions) -> None:
    """He knows both hashes, which a server does; a seat he can only make up."""
    come(rooms, ANNA, HERS)
    for known in (HERS.other, HIS.other):
        assert come(rooms, STRANGER, Rejoin(1, b"s" * 32, known)) == [GiveList(STRANGER)]
        assert rooms.relay(STRANGER, Relay(b"let me in")) == [Send(STRANGER, PeerLeft())]
    assert come(rooms, TOM, HIS) == [GiveList(TOM), Send(ANNA, Joined()), Send(TOM, Joined())]


def test_the_same_seat_once_more_takes_it_over_since_a_cut_line_leaves_a_socket_behind(met: Reunions) -> None:
    began_anew = [Send(ANNA_ANEW, Joined()), Send(TOM, Joined())]
    told = come(met, ANNA_ANEW, HERS)
    assert told[:3] == [Send(ANNA, PeerLeft()), Send(TOM, PeerLeft()), GiveList(ANNA_ANEW)]
    assert sorted(told[3:], key=repr) == sorted(began_anew, key=repr)
    assert not met.holds(ANNA)
    assert met.leave(ANNA) == []
    assert met.relay(TOM, Relay(b"again")) == [Send(ANNA_ANEW, Relay(b"again"))]


def test_a_seat_that_would_face_itself_is_refused(rooms: Reunions) -> None:
    mirrored = Rejoin(1, HERS.seat, HIS.other)
    assert come(rooms, ANNA, mirrored) == [Send(ANNA, REFUSED)]
    assert not rooms.holds(ANNA)


def test_who_leaves_is_missed_once_and_an_empty_room_is_forgotten(met: Reunions) -> None:
    assert met.leave(ANNA) == [Send(TOM, PeerLeft())]
    assert met.leave(ANNA) == []
    assert met.leave(TOM) == []
    assert met.due(10**9) == []
    assert not met._rooms


def test_a_room_ends_after_its_time_whoever_is_in_it(met: Reunions) -> None:
    assert met.due(ROOM_S - 0.1) == []
    assert sorted(met.due(ROOM_S), key=repr) == [Send(ANNA, PeerLeft()), Send(TOM, PeerLeft())]
    assert not met.holds(ANNA)
    assert met.due(ROOM_S) == []


def test_an_address_may_sit_in_so_many_seats_and_always_take_its_own_over(rooms: Reunions) -> None:
    for number in range(SEATS):
        assert come(rooms, 100 + number, seats(number)[0]) == [GiveList(100 + number)]
    assert come(rooms, 500, seats(500)[0]) == [Send(500, REFUSED)]
    assert come(rooms, 500, seats(500)[0], address="elsewhere") == [GiveList(500)]
    assert come(rooms, 501, seats(7)[0])[-1] == GiveList(501)
    rooms.leave(101)
    assert come(rooms, 502, seats(502)[0]) == [GiveList(502)]


def test_an_address_may_come_so_often(rooms: Reunions) -> None:
    for _ in range(COMINGS):
        come(rooms, ANNA, HERS)
    assert come(rooms, ANNA, HERS) == [Send(ANNA, REFUSED)]
    assert not rooms.holds(ANNA)
    rooms.prune(COMINGS_S)
    assert come(rooms, ANNA, HERS, now=COMINGS_S) == [GiveList(ANNA)]


def test_there_are_so_many_rooms_and_no_more(rooms: Reunions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reunions, "ROOMS", 1)
    come(rooms, ANNA, HERS)
    assert come(rooms, STRANGER, seats(1)[0]) == [Send(STRANGER, REFUSED)]
    assert come(rooms, TOM, HIS)[0] == GiveList(TOM)


class WhateverHappens(RuleBasedStateMachine):
    """Sockets come, go and speak as they like."""

    def __init__(self) -> None:
        super().__init__()
        self.rooms, self.now, self.numbers = Reunions(), 0.0, count()
        self.sits: dict[int, tuple[int, int]] = {}  # which visit, which side

    @rule(visit=st.integers(0, 2), side=st.integers(0, 1))
    def somebody_comes(self, visit: int, side: int) -> None:
        socket = next(self.numbers)
        commands = self.rooms.come(socket, "here", seats(visit)[side], self.now)
        if GiveList(socket) in commands:
            self.sits = {number: place for number, place in self.sits.items() if place != (visit, side)}
            self.sits[socket] = visit, side

    @rule(data=st.data())
    def somebody_speaks(self, data: st.DataObject) -> None:
        if self.sits:
            socket = data.draw(st.sampled_from(sorted(self.sits)))
            visit, side = self.sits[socket]
            others = [number for number, place in self.sits.items() if place == (visit, 1 - side)]
            expected = [Send(other, Relay(b"x")) for other in others] or [Send(socket, PeerLeft())]
            assert self.rooms.relay(socket, Relay(b"x")) == expected

    @rule(data=st.data())
    def somebody_goes(self, data: st.DataObject) -> None:
        if self.sits:
            socket = data.draw(st.sampled_from(sorted(self.sits)))
            self.rooms.leave(socket)
            del self.sits[socket]

    @rule(seconds=st.floats(0, ROOM_S / 2))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds
        for command in self.rooms.due(self.now):
            assert isinstance(command, Send)
            del self.sits[command.socket]

    @invariant()
    def nobody_sits_where_he_should_not(self) -> None:
        assert set(self.rooms._places) == set(self.sits)
        assert all(1 <= len(room.people) <= 2 for room in self.rooms._rooms.values())
        assert self.rooms._seated["here"] == len(self.sits)


TestWhateverHappens = WhateverHappens.TestCase
TestWhateverHappens.settings = settings(max_examples=60, deadline=None)

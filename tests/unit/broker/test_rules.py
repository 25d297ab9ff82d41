"""What the broker decides, told as who says what (``day``) and who hears what; and what holds whatever happens."""

from __future__ import annotations

import random

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from remotehelp.broker.commands import Announce, Command, Give, GiveList, Keep, Send
from remotehelp.broker.events import Asked, Came, Disproven, Event, Gone, Kept, NotKept, Proven, Tick
from remotehelp.broker.nameplates import FULL_AT
from remotehelp.broker.reunions import ROOM_S
from remotehelp.broker.rules import CODE_LIFE_S, HELLO_S, OPEN_CODES, TRIES, TRIES_S, Rules
from remotehelp.messages import (
    Available,
    Claim,
    Claimed,
    Joined,
    Leave,
    Open,
    PeerLeft,
    Refused,
    Rejoin,
    Relay,
    WaitingList,
)
from remotehelp.trust.resumption import seat_hash
from tests.helpers.broker_day import ANNA, BELA, CORA, SID, TINA, TOM, Day

NO_SUCH_CODE = Refused("no_such_code")
NOBODY_WAITS = WaitingList((), 0)
HERS, HIS = Rejoin(1, b"c" * 32, seat_hash(b"t" * 32)), Rejoin(1, b"t" * 32, seat_hash(b"c" * 32))


@pytest.fixture
def room(day: Day) -> str:
    """Anna's code, claimed by Tina."""
    nameplate = day.opens(ANNA)
    assert day.claims(TINA, nameplate) == [Send(TINA, Claimed(SID)), Send(ANNA, Joined())]
    return nameplate


def test_a_nameplate_is_given_only_after_it_was_written_down(day: Day) -> None:
    assert day.says(ANNA, Open(1, SID)) == [Keep("0000", CODE_LIFE_S)]
    assert day.claims(TINA, "0000") == [Send(TINA, NO_SUCH_CODE)]
    assert day.does(Kept("0000")) == [Give(ANNA, "0000")]
    assert day.claims(TINA, "0000") == [Send(TINA, Claimed(SID)), Send(ANNA, Joined())]


def test_a_nameplate_that_could_not_be_written_down_is_not_given(day: Day) -> None:
    day.says(ANNA, Open(1, SID))
    assert day.does(NotKept("0000")) == [Send(ANNA, Refused("broker_trouble"))]
    assert day.does(Kept("0000")) == []
    assert day.rules.waiting == 0


def test_who_left_while_it_was_written_down_is_not_missed(day: Day) -> None:
    day.says(ANNA, Open(1, SID))
    assert day.does(Gone(ANNA)) == []
    assert day.does(Kept("0000")) == []
    assert day.claims(TINA, "0000") == [Send(TINA, NO_SUCH_CODE)]


def test_relayed_bytes_go_to_the_other_side_alone_and_unread(day: Day, room: str) -> None:
    assert day.says(TINA, Relay(b"\x00hello")) == [Send(ANNA, Relay(b"\x00hello"))]
    assert day.says(ANNA, Relay(b"\xff")) == [Send(TINA, Relay(b"\xff"))]


@pytest.mark.parametrize(("goes", "hears"), [(ANNA, TINA), (TINA, ANNA)])
@pytest.mark.parametrize("way", [Gone, lambda socket: Asked(socket, Leave())])
def test_when_one_goes_the_other_is_told_once(day: Day, room: str, goes: int, hears: int, way: type[Gone]) -> None:
    assert day.does(way(goes)) == [Send(hears, PeerLeft())]
    assert day.says(hears, Relay(b"are you there")) == [Send(hears, PeerLeft())]
    assert day.does(Gone(hears)) == []
    assert day.claims(TOM, room) == [Send(TOM, NO_SUCH_CODE)]


def test_a_second_claim_burns_the_code_for_everybody(day: Day, room: str) -> None:
    burned = Refused("code_burned")
    assert day.claims(TOM, room) == [Send(TOM, NO_SUCH_CODE), Send(ANNA, burned), Send(TINA, burned)]
    assert day.claims(TOM, room) == [Send(TOM, NO_SUCH_CODE)]
    assert day.claims(TINA, room) == [Send(TINA, NO_SUCH_CODE)]
    assert day.says(TINA, Relay(b"x")) == [Send(TINA, PeerLeft())]


def test_unknown_used_expired_and_burned_codes_get_the_same_answer(day: Day) -> None:
    expired = day.opens(BELA)
    day.passes(CODE_LIFE_S)
    used = day.opens(ANNA)
    day.claims(TINA, used)
    day.says(TINA, Leave())
    burned = day.opens(ANNA)
    day.claims(TINA, burned)
    day.claims(TOM, burned)
    assert [day.claims(TOM, code) for code in ("9999", used, expired, burned)] == [[Send(TOM, NO_SUCH_CODE)]] * 4


def test_the_refusal_is_the_first_command_also_where_a_code_is_burned(day: Day, room: str) -> None:
    assert day.claims(TOM, room)[0] == day.claims(TOM, "9999")[0]


def test_a_code_lives_for_ten_minutes_to_the_second(day: Day) -> None:
    nameplate = day.opens(ANNA)
    assert day.passes(CODE_LIFE_S - 1) == []
    assert day.passes(1) == [Send(ANNA, Refused("code_expired"))]
    assert day.claims(TINA, nameplate) == [Send(TINA, NO_SUCH_CODE)]


def test_a_code_expires_also_if_nothing_ticked(day: Day) -> None:
    nameplate = day.opens(ANNA)
    day.now += CODE_LIFE_S
    assert day.claims(TINA, nameplate) == [Send(ANNA, Refused("code_expired")), Send(TINA, NO_SUCH_CODE)]


def test_no_hello_within_thirty_seconds_of_the_claim_burns_the_code(day: Day, room: str) -> None:
    assert day.says(ANNA, Relay(b"only the technician's hello counts")) != []
    assert day.passes(HELLO_S - 0.1) == []
    burned = Refused("code_burned")
    assert day.passes(0.1) == [Send(ANNA, burned), Send(TINA, burned)]
    assert day.claims(TOM, room) == [Send(TOM, NO_SUCH_CODE)]


def test_a_room_in_which_the_technician_spoke_outlives_its_code(day: Day, room: str) -> None:
    day.says(TINA, Relay(b"hello"))
    assert day.passes(CODE_LIFE_S + 1) == []
    assert day.claims(TOM, room) == [Send(TOM, NO_SUCH_CODE)]  # the number means nothing any more
    assert day.says(ANNA, Relay(b"still here")) == [Send(TINA, Relay(b"still here"))]
    assert day.does(Gone(ANNA)) == [Send(TINA, PeerLeft())]


def test_the_room_of_an_old_code_does_not_meet_the_new_code_with_its_number() -> None:
    rules, hear = Rules(lambda _: 5), []
    for socket in (ANNA, BELA, TINA, TOM):
        rules.handle(Came(socket, str(socket)), 0)
    for socket in (TINA, TOM):
        rules.handle(Proven(socket), 0)
    events = [Asked(ANNA, Open(1, SID)), Kept("0005"), Asked(TINA, Claim("0005")), Asked(TINA, Relay(b""))]
    later = [Asked(BELA, Open(1, SID)), Kept("0005"), Gone(ANNA), Asked(TOM, Claim("0005"))]
    for event in events:
        rules.handle(event, 0)
    for event in later:
        hear += rules.handle(event, CODE_LIFE_S)
    assert hear[1:] == [Give(BELA, "0005"), Send(TINA, PeerLeft()), Send(TOM, Claimed(SID)), Send(BELA, Joined())]


def test_three_open_codes_an_address(day: Day) -> None:
    sockets = range(100, 100 + OPEN_CODES + 1)
    for socket in sockets:
        day.does(Came(socket, "one house"))
    codes = [day.opens(socket) for socket in sockets[:-1]]
    assert day.says(sockets[-1], Open(1, SID)) == [Send(sockets[-1], Refused("too_many_codes"))]
    day.opens(ANNA)  # another address
    day.claims(TINA, codes[0])  # a claimed one is not open any more
    day.opens(sockets[-1])
    assert day.says(sockets[0], Open(1, SID)) == [Send(TINA, PeerLeft()), Send(sockets[0], Refused("too_many_codes"))]


def test_thirty_codes_a_minute_an_address(day: Day) -> None:
    for _ in range(TRIES):
        day.opens(ANNA)
    assert day.says(ANNA, Open(1, SID)) == [Send(ANNA, Refused("too_many_codes"))]
    day.passes(TRIES_S)
    day.opens(ANNA)


def test_thirty_claims_a_minute_an_address_whether_the_code_exists_or_not(day: Day) -> None:
    for _ in range(TRIES):
        assert day.claims(TINA, "9999") == [Send(TINA, NO_SUCH_CODE)]
    open_code = day.opens(ANNA)
    too_many = [Send(TINA, Refused("too_many_tries"))]
    assert day.claims(TINA, open_code) == day.claims(TINA, "9999") == too_many
    day.passes(TRIES_S)
    assert day.claims(TINA, open_code) == [Send(TINA, Claimed(SID)), Send(ANNA, Joined())]


def test_a_new_code_on_the_same_socket_takes_the_old_ones_place(day: Day) -> None:
    old, new = day.opens(ANNA), day.opens(ANNA)
    assert day.rules.waiting == 1
    assert day.claims(TINA, old) == [Send(TINA, NO_SUCH_CODE)]
    assert day.claims(TINA, new) == [Send(TINA, Claimed(SID)), Send(ANNA, Joined())]


def test_a_technician_who_takes_another_code_leaves_the_first_room(day: Day, room: str) -> None:
    other = day.opens(BELA)
    heard = [Send(ANNA, PeerLeft()), Send(TINA, Claimed(SID)), Send(BELA, Joined())]
    assert day.claims(TINA, other) == heard


def test_nobody_claims_a_code_of_their_own(day: Day) -> None:
    own = day.opens(TINA)
    assert day.claims(TINA, own) == [Send(TINA, NO_SUCH_CODE)]
    assert day.claims(TOM, own) == [Send(TOM, Claimed(SID)), Send(TINA, Joined())]


@pytest.mark.parametrize("message", [Claim("0000"), Available(True)])
def test_only_the_signed_in_claim_and_are_available(day: Day, message: Claim | Available) -> None:
    day.opens(ANNA)
    assert day.says(BELA, message) == [Send(BELA, Refused("not_signed_in"))]
    day.does(Disproven(TINA))
    assert day.says(TINA, message) == [Send(TINA, Refused("not_signed_in"))]
    assert day.rules.waiting == 1
    assert day.rules.here == 0


def test_two_come_back_to_the_room_of_a_lost_line_without_an_account_and_leave_the_one_before(
    day: Day, room: str
) -> None:
    assert day.says(ANNA, HERS) == [Send(TINA, PeerLeft()), GiveList(ANNA)]
    assert day.says(BELA, HIS) == [GiveList(BELA), Send(ANNA, Joined()), Send(BELA, Joined())]  # never signed in
    assert day.says(BELA, Relay(b"x")) == [Send(ANNA, Relay(b"x"))]
    assert day.says(ANNA, Open(1, SID))[0] == Send(BELA, PeerLeft())
    assert day.says(BELA, Leave()) == []
    day.says(BELA, HIS)
    assert day.does(Gone(BELA)) == []
    assert day.passes(ROOM_S) == []


def test_who_sits_in_the_room_of_a_lost_line_too_long_is_sent_away(day: Day) -> None:
    day.says(ANNA, HERS)
    assert day.passes(ROOM_S) == [Send(ANNA, PeerLeft())]
    assert day.says(ANNA, Relay(b"x")) == [Send(ANNA, PeerLeft())]


def test_presence_is_announced_once_a_tick_and_only_if_it_changed(day: Day) -> None:
    assert day.passes(1) == []
    for who in (TINA, TOM):
        assert day.says(who, Available(True)) == [Send(who, NOBODY_WAITS)]
    assert day.passes(1) == [Announce(2)]
    assert day.passes(1) == []
    day.says(TINA, Available(False))
    day.says(TINA, Available(True))
    assert day.passes(1) == []
    day.does(Gone(TINA))
    day.does(Disproven(TOM))
    assert day.passes(1) == [Announce(0)]


def test_when_all_numbers_are_in_use_it_says_so() -> None:
    rules = Rules(lambda _: 0, {f"{n:05d}": 900.0 for n in range(FULL_AT)})
    rules.handle(Came(ANNA, "a"), 0)
    assert rules.handle(Asked(ANNA, Open(1, SID)), 0) == [Send(ANNA, Refused("broker_full"))]
    assert rules.waiting == 0


def test_nothing_of_a_day_stays_behind(day: Day) -> None:
    for _ in range(5):
        day.claims(TINA, day.opens(ANNA))
        day.says(TINA, Available(True))
    for socket in (ANNA, BELA, CORA, TINA, TOM):
        day.does(Gone(socket))
    day.passes(CODE_LIFE_S)
    rules = day.rules
    kept = (rules._addresses, rules._technicians, rules._available, rules._codes, rules._places, rules._alarms)
    assert not any(kept)
    assert not rules._waiting
    assert len(rules._nameplates) == 0


class AnyDay(RuleBasedStateMachine):
    """Whatever people do in whatever order: no number twice at a time, and only an open code can be claimed."""

    customers, technicians = (1, 2, 3, 4), (11, 12, 13)

    @initialize(seed=st.integers())
    def start(self, seed: int) -> None:
        self.now = 0.0
        self.random = random.Random(seed)  # noqa: S311 - repeatable
        self.taken: dict[str, float] = {}  # every nameplate, and until when it must not be given again
        self.open: dict[str, int] = {}  # what can be claimed, and whose it is
        self.unkept: dict[str, int] = {}
        self.rooms: dict[str, tuple[int, int]] = {}
        self.rules = Rules(self.pick)
        for socket in (*self.customers, *self.technicians):
            self.rules.handle(Came(socket, f"address of {socket}"), self.now)
        for socket in self.technicians:
            self.rules.handle(Proven(socket), self.now)

    def pick(self, _: int) -> int:
        """From so few numbers that they collide often."""
        return self.random.randrange(len(self.rules._nameplates) + 2)

    def does(self, event: Event) -> list[Command]:
        commands = self.rules.handle(event, self.now)
        for command in commands:
            match command:
                case Keep(nameplate, seconds):
                    assert self.taken.get(nameplate, 0) <= self.now, "a number was given twice"
                    assert seconds == CODE_LIFE_S
                    self.taken[nameplate] = self.now + seconds
                case Send(socket, Refused("code_burned" | "code_expired")):
                    self.forget(socket)
        return commands

    def forget(self, socket: int) -> None:
        self.open = {code: owner for code, owner in self.open.items() if owner != socket}
        self.unkept = {code: owner for code, owner in self.unkept.items() if owner != socket}
        self.rooms = {code: people for code, people in self.rooms.items() if socket not in people}

    @rule(customer=st.sampled_from(customers), kept=st.booleans())
    def open_a_code(self, customer: int, kept: bool) -> None:
        commands = self.does(Asked(customer, Open(1, SID)))
        self.forget(customer)
        for command in commands:
            if isinstance(command, Keep):
                self.unkept[command.nameplate] = customer
                if kept:
                    self.keep(command.nameplate)

    def keep(self, nameplate: str) -> None:
        owner = self.unkept.pop(nameplate)
        assert self.does(Kept(nameplate)) == [Give(owner, nameplate)]
        self.open[nameplate] = owner

    @precondition(lambda self: self.unkept)
    @rule(data=st.data())
    def write_one_down(self, data: st.DataObject) -> None:
        self.keep(data.draw(st.sampled_from(sorted(self.unkept))))

    @precondition(lambda self: self.taken)
    @rule(technician=st.sampled_from(technicians), data=st.data())
    def claim(self, technician: int, data: st.DataObject) -> None:
        nameplate = data.draw(st.sampled_from(sorted(self.taken)))
        owner, people = self.open.get(nameplate), self.rooms.get(nameplate)
        commands = self.does(Asked(technician, Claim(nameplate)))
        if Send(technician, Refused("too_many_tries")) in commands:
            return
        if owner is None:
            assert commands[0] == Send(technician, NO_SUCH_CODE)
            told = {command.socket for command in commands[1:] if isinstance(command, Send)}
            assert told == set(people or ()), "a second claim burns the code, and nothing else does"
            return
        assert commands[-2:] == [Send(technician, Claimed(SID)), Send(owner, Joined())]
        self.forget(technician)
        del self.open[nameplate]
        self.rooms[nameplate] = (owner, technician)

    @rule(socket=st.sampled_from(customers + technicians))
    def speak(self, socket: int) -> None:
        heard = self.does(Asked(socket, Relay(b"hello")))
        others = [other for people in self.rooms.values() if socket in people for other in people if other != socket]
        # a room outlives its number, so that silence here may only be claimed for those who never had one
        assert all(Send(other, Relay(b"hello")) in heard for other in others)

    @rule(socket=st.sampled_from(customers + technicians))
    def leave(self, socket: int) -> None:
        self.does(Asked(socket, Leave()))
        self.forget(socket)

    @rule(seconds=st.sampled_from((0.1, 5.0, HELLO_S, 61.0, CODE_LIFE_S - 1, CODE_LIFE_S)))
    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.does(Tick())
        for code, until in self.taken.items():
            if until <= self.now:
                assert code not in self.open, "an open code outlived its time"
                assert code not in self.unkept
                self.rooms.pop(code, None)

    @invariant()
    def counts_are_right(self) -> None:
        if hasattr(self, "rules"):
            assert self.rules.waiting == len(self.open) + len(self.unkept)
            assert all(count >= 0 for count in self.rules._waiting.values())


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)

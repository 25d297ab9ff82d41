"""What the broker decides about those who wait without a code; and what holds whatever happens."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from remotehelp.broker.commands import Enlist, Introduce, Send
from remotehelp.broker.events import Asked, Came, Disproven, Gone
from remotehelp.broker.rules import HELLO_S, NEWS_S, TRIES, TRIES_S, WAIT_LIFE_S
from remotehelp.broker.waiting_list import WAITING, WAITING_AN_ADDRESS
from remotehelp.messages import (
    AskForHelp,
    Available,
    Claimed,
    Joined,
    Leave,
    PeerLeft,
    Place,
    Refused,
    Relay,
    Take,
    Waiting,
    WaitingList,
)
from tests.helpers.broker_day import ANNA, BELA, CORA, SID, TINA, TOM, Day, sid_of

GONE_ALREADY = Refused("no_longer_waiting")


@pytest.fixture
def taken(day: Day) -> Day:
    """Anna waits before Bela, and Tina takes her."""
    ticket = day.waits(ANNA)
    day.waits(BELA)
    assert day.takes(TINA, ticket) == [Send(TINA, Claimed(sid_of(ANNA))), Introduce(ANNA)]
    return day


def test_who_asks_is_told_her_place_and_nothing_is_written_down(day: Day) -> None:
    assert day.says(ANNA, AskForHelp(1, SID, "The printer")) == [Enlist(ANNA, 0)]
    assert day.says(BELA, AskForHelp(1, SID, "")) == [Enlist(BELA, 1)]
    assert day.rules.queued == 2
    assert day.rules.waiting == 0  # no code


def test_a_place_is_told_again_only_when_it_changed_and_to_nobody_else(day: Day) -> None:
    day.waits(ANNA)
    day.waits(BELA)
    day.waits(CORA)
    assert day.passes(NEWS_S) == []
    day.does(Gone(ANNA))
    assert day.passes(NEWS_S) == [Send(BELA, Place(0)), Send(CORA, Place(1))]
    assert day.passes(NEWS_S) == []


def test_who_is_available_has_the_list_at_once_and_then_its_newest_state_once_a_second(day: Day) -> None:
    anna = day.waits(ANNA, "The printer")
    day.now += 61
    told = Waiting(anna, "The printer", 61)
    assert day.says(TINA, Available(True)) == [Send(TINA, WaitingList((told,), 1))]
    day.passes(NEWS_S)
    assert day.passes(NEWS_S) == []
    bela, cora = day.waits(BELA), day.waits(CORA)
    day.says(BELA, Leave())
    news = list_of(day, 0.1)
    assert [one.ticket for one in news.first] == [anna, cora]
    assert Send(TINA, news) in day.passes(0.1)
    day.waits(BELA)
    assert day.passes(NEWS_S / 2) == []  # not each change
    news = list_of(day, NEWS_S / 2)
    assert day.passes(NEWS_S / 2) == [Send(TINA, news)]
    assert bela not in [one.ticket for one in news.first]


def list_of(day: Day, later: float = 0.0) -> WaitingList:
    return day.rules._list.as_message(day.now + later)


def test_who_is_not_available_hears_nothing_of_those_who_wait(day: Day) -> None:
    day.says(TINA, Available(True))
    day.says(TINA, Available(False))
    day.does(Disproven(TOM))
    day.waits(ANNA, "secret words")
    heard = [*day.passes(NEWS_S), *day.passes(NEWS_S)]
    assert not any(isinstance(command, Send) and isinstance(command.message, WaitingList) for command in heard)


@pytest.mark.parametrize("message", [Take(1), Available(True)])
def test_only_the_signed_in_see_and_take(day: Day, message: Take | Available) -> None:
    day.waits(ANNA)
    assert day.says(BELA, message) == [Send(BELA, Refused("not_signed_in"))]
    day.does(Disproven(TINA))
    assert day.says(TINA, message) == [Send(TINA, Refused("not_signed_in"))]
    assert day.rules.queued == 1


def test_two_technicians_at_once_one_gets_her_and_the_other_is_told(taken: Day) -> None:
    assert taken.takes(TOM, 1) == [Send(TOM, GONE_ALREADY)]
    assert taken.says(TINA, Relay(b"commit")) == [Send(ANNA, Relay(b"commit"))]
    assert taken.says(ANNA, Relay(b"hello")) == [Send(TINA, Relay(b"hello"))]


def test_taken_left_and_never_there_get_the_same_answer(taken: Day) -> None:
    taken.does(Gone(BELA))
    assert [taken.takes(TOM, ticket) for ticket in (1, 2, 99)] == [[Send(TOM, GONE_ALREADY)]] * 3


def test_nobody_takes_themselves(day: Day) -> None:
    own = day.waits(TINA)
    assert day.takes(TINA, own) == [Send(TINA, GONE_ALREADY)]
    assert day.takes(TOM, own) == [Send(TOM, Claimed(sid_of(TINA))), Introduce(TINA)]


@pytest.mark.parametrize("way", [Gone, lambda socket: Asked(socket, Leave())])
@pytest.mark.parametrize("said", [0, 1])
def test_a_technician_who_vanishes_within_thirty_seconds_leaves_her_at_her_place(
    taken: Day, way: type[Gone], said: int
) -> None:
    for _ in range(said):
        taken.says(TINA, Relay(b"commit"))
    taken.passes(HELLO_S - 0.1 if said else 5)
    assert taken.does(way(TINA)) == [Send(ANNA, Place(0))]
    assert taken.says(ANNA, Relay(b"crossed it")) == []
    assert taken.passes(NEWS_S) == [Send(BELA, Place(1))]
    assert taken.takes(TOM, 1) == [Send(TOM, Claimed(sid_of(ANNA))), Introduce(ANNA)]


def test_a_technician_who_takes_another_customer_leaves_her_at_her_place(taken: Day) -> None:
    told = [Send(ANNA, Place(0)), Send(TINA, Claimed(sid_of(BELA))), Introduce(BELA)]
    assert taken.takes(TINA, 2) == told


def test_a_technician_who_says_nothing_for_thirty_seconds_has_lost_her(taken: Day) -> None:
    taken.passes(HELLO_S - 0.1)
    assert taken.passes(0.1) == [Send(ANNA, Place(0)), Send(TINA, Refused("took_too_long"))]
    assert taken.passes(NEWS_S) == [Send(BELA, Place(1))]
    assert taken.says(TINA, Relay(b"late")) == [Send(TINA, PeerLeft())]
    assert taken.takes(TOM, 1) == [Send(TOM, Claimed(sid_of(ANNA))), Introduce(ANNA)]


def test_the_thirty_seconds_of_one_technician_are_not_those_of_the_next(taken: Day) -> None:
    taken.passes(20)
    taken.says(TINA, Leave())
    taken.takes(TOM, 1)
    taken.passes(NEWS_S)
    assert taken.passes(HELLO_S - NEWS_S - 0.5) == []
    back = [Send(ANNA, Place(0)), Send(TOM, Refused("took_too_long")), Send(BELA, Place(1))]
    assert taken.passes(0.5) == back


def test_after_that_she_is_not_put_back_but_told(taken: Day) -> None:
    taken.says(TINA, Relay(b"commit"))
    taken.passes(HELLO_S)
    assert taken.does(Gone(TINA)) == [Send(ANNA, PeerLeft())]
    assert taken.takes(TOM, 1) == [Send(TOM, GONE_ALREADY)]


@pytest.mark.parametrize("way", [Gone, lambda socket: Asked(socket, Leave())])
def test_when_she_goes_she_is_out_of_the_list_and_who_took_her_is_told(taken: Day, way: type[Gone]) -> None:
    assert taken.does(way(ANNA)) == [Send(TINA, PeerLeft())]
    assert taken.does(way(BELA)) == []
    assert taken.rules.queued == 0
    assert taken.takes(TOM, 2) == [Send(TOM, GONE_ALREADY)]


def test_asking_again_or_for_a_code_gives_up_the_place(day: Day) -> None:
    first = day.waits(ANNA)
    day.waits(BELA)
    assert day.says(ANNA, AskForHelp(1, SID, "")) == [Enlist(ANNA, 1)]
    assert day.takes(TINA, first) == [Send(TINA, GONE_ALREADY)]
    code = day.opens(ANNA)
    assert day.rules.queued == 1
    assert day.claims(TINA, code) == [Send(TINA, Claimed(SID)), Send(ANNA, Joined())]


def test_two_hours_are_the_longest_wait(day: Day) -> None:
    day.waits(ANNA)
    day.now += 1
    ticket = day.waits(BELA)
    day.takes(TINA, ticket)
    day.says(TINA, Relay(b"commit"))
    assert day.passes(WAIT_LIFE_S - 1.1) == []
    assert Send(ANNA, Refused("waited_too_long")) in day.passes(0.1)
    day.passes(1)
    assert day.takes(TOM, 1) == [Send(TOM, GONE_ALREADY)]
    assert day.rules.queued == 0
    day.passes(10)
    assert day.says(BELA, Relay(b"still here")) == [Send(TINA, Relay(b"still here"))]  # she does not wait


def test_so_many_of_one_address(day: Day) -> None:
    sockets = range(100, 100 + WAITING_AN_ADDRESS + 1)
    for socket in sockets:
        day.does(Came(socket, "one house"))
    for socket in sockets[:-1]:
        day.waits(socket)
    assert day.says(sockets[-1], AskForHelp(1, SID, "")) == [Send(sockets[-1], Refused("too_many_waiting"))]
    day.waits(ANNA)
    day.does(Gone(sockets[0]))
    day.waits(sockets[-1])


def test_so_many_in_all(day: Day) -> None:
    for number in range(WAITING):
        day.does(Came(100 + number, f"house {number}"))
        assert day.says(100 + number, AskForHelp(1, SID, "")) == [Enlist(100 + number, number)]
    assert day.says(ANNA, AskForHelp(1, SID, "")) == [Send(ANNA, Refused("list_full"))]


def test_asking_and_codes_together_are_thirty_a_minute_an_address(day: Day) -> None:
    for _ in range(TRIES // 2):
        day.opens(ANNA)
        day.waits(ANNA)
    assert day.says(ANNA, AskForHelp(1, SID, "")) == [Send(ANNA, Refused("too_many_waiting"))]
    day.passes(TRIES_S)
    day.waits(ANNA)


def test_thirty_takes_a_minute_an_address_whether_somebody_waits_or_not(day: Day) -> None:
    for _ in range(TRIES):
        assert day.takes(TINA, 99) == [Send(TINA, GONE_ALREADY)]
    ticket = day.waits(ANNA)
    assert day.takes(TINA, ticket) == day.takes(TINA, 99) == [Send(TINA, Refused("too_many_tries"))]
    day.passes(TRIES_S)
    assert day.takes(TINA, ticket) == [Send(TINA, Claimed(sid_of(ANNA))), Introduce(ANNA)]


def test_nothing_of_a_day_stays_behind(day: Day) -> None:
    for _ in range(5):
        day.takes(TINA, day.waits(ANNA))
        day.waits(BELA)
    for socket in (ANNA, BELA, CORA, TINA, TOM):
        day.does(Gone(socket))
    day.passes(HELLO_S)
    rules = day.rules
    assert not any((rules._addresses, rules._places, rules._alarms, rules._list._rooms))


class AnyDay(RuleBasedStateMachine):
    """Whatever people do in whatever order: everybody waits at her place or is with exactly one technician."""

    customers, technicians = (1, 2, 3), (11, 12)

    @initialize()
    def start(self) -> None:
        self.day = Day()
        self.order: list[int] = []  # customers in the order in which they came
        self.tickets: dict[int, int] = {}
        self.with_whom: dict[int, int] = {}  # customer: technician
        self.since: dict[int, float] = {}  # of the taking

    def forget(self, customer: int) -> None:
        if customer in self.order:
            self.order.remove(customer)
        self.with_whom.pop(customer, None)

    def let_go(self, technician: int) -> None:
        """Within 30 s she is back at her place; later the room is over."""
        for customer in [customer for customer, other in self.with_whom.items() if other == technician]:
            if self.day.now >= self.since[customer] + HELLO_S:
                self.forget(customer)
            else:
                del self.with_whom[customer]

    @rule(customer=st.sampled_from(customers))
    def ask(self, customer: int) -> None:
        heard = self.day.says(customer, AskForHelp(1, sid_of(customer), ""))
        self.forget(customer)
        if Send(customer, Refused("too_many_waiting")) in heard:
            return
        assert heard[-1] == Enlist(customer, len(self.waiting()))
        self.order.append(customer)
        self.tickets[customer] = self.day.rules._places[customer].ticket  # type: ignore[attr-defined]

    def waiting(self) -> list[int]:
        return [customer for customer in self.order if customer not in self.with_whom]

    @rule(technician=st.sampled_from(technicians), customer=st.sampled_from(customers))
    def take(self, technician: int, customer: int) -> None:
        waits = customer in self.waiting()
        heard = self.day.takes(technician, self.tickets.get(customer, 10**6))
        if Send(technician, Refused("too_many_tries")) in heard:
            return
        assert (heard[-2:] == [Send(technician, Claimed(sid_of(customer))), Introduce(customer)]) == waits
        if waits:
            self.let_go(technician)
            self.with_whom[customer], self.since[customer] = technician, self.day.now

    @rule(technician=st.sampled_from(technicians))
    def greet(self, technician: int) -> None:
        heard = self.day.says(technician, Relay(b"commit"))
        others = [customer for customer, other in self.with_whom.items() if other == technician]
        assert heard[-1:] == [Send(others[0], Relay(b"commit")) if others else Send(technician, PeerLeft())]

    @rule(socket=st.sampled_from(customers + technicians))
    def leave(self, socket: int) -> None:
        self.day.says(socket, Leave())
        if socket in self.customers:
            self.forget(socket)
        else:
            self.let_go(socket)

    @rule(seconds=st.sampled_from((0.3, 5.0, HELLO_S)))
    def wait(self, seconds: float) -> None:
        for command in self.day.passes(seconds):
            if isinstance(command, Send) and command.message == Refused("took_too_long"):
                customers = [customer for customer, other in self.with_whom.items() if other == command.socket]
                assert self.day.now >= self.since[customers[0]] + HELLO_S
                del self.with_whom[customers[0]]

    @invariant()
    def everybody_is_where_she_belongs(self) -> None:
        if not hasattr(self, "day"):
            return
        listed = self.day.rules._list.as_message(self.day.now)
        assert [one.ticket for one in listed.first] == [self.tickets[customer] for customer in self.waiting()]
        rooms = self.day.rules._places
        for customer in self.order:
            assert rooms[customer].technician == self.with_whom.get(customer)


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=50, stateful_step_count=40, deadline=None)

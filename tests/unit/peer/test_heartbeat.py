"""Signs of life, with a clock that the test turns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.messages import Heartbeat
from remotehelp.peer.heartbeat import INTERVAL_S, LOST_AFTER_S, UNHEARD_AFTER_S, Pulse


def test_beats_rise_and_echo_the_other_sides_last_one() -> None:
    pulse = Pulse(heard_at=0.0)
    assert pulse.beat(0.25) == Heartbeat(1, 0)
    pulse.heard(0.3, Heartbeat(7, 1))
    assert pulse.beat(0.5) == Heartbeat(2, 7)
    pulse.heard(0.6, Heartbeat(5, 0))  # one that was overtaken on the way
    assert pulse.beat(0.75) == Heartbeat(3, 7)


def test_the_round_trip_is_measured_by_the_echo_of_the_last_beat_alone() -> None:
    pulse = Pulse(heard_at=0.0)
    pulse.beat(10.0)
    pulse.heard(10.04, Heartbeat(1, 0))
    assert pulse.round_trip_s is None
    pulse.heard(10.05, Heartbeat(2, 1))
    assert pulse.round_trip_s == pytest.approx(0.05)
    pulse.beat(10.25)
    pulse.heard(10.9, Heartbeat(3, 1))
    assert pulse.round_trip_s == pytest.approx(0.05)


def test_silence_is_told_once_and_life_once() -> None:
    pulse = Pulse(heard_at=100.0)
    assert not pulse.check(100.0 + LOST_AFTER_S - 0.01)
    assert pulse.check(100.0 + LOST_AFTER_S)
    assert not pulse.check(200.0)
    n = pulse.beat(200.5).n
    assert pulse.heard(201.0, Heartbeat(1, n))
    assert not pulse.heard(201.1, Heartbeat(2, n))
    assert not pulse.check(201.1 + LOST_AFTER_S - 0.01)


def test_a_line_that_was_lost_is_back_only_once_what_we_sent_since_has_been_echoed() -> None:
    pulse = Pulse(heard_at=100.0)
    before = pulse.beat(100.5).n
    assert pulse.check(102.0)
    since = pulse.beat(102.1).n
    assert not pulse.heard(102.2)  # anything else
    assert not pulse.heard(102.3, Heartbeat(1, before))  # on its way since before
    assert not pulse.heard(102.4, Heartbeat(2, since + 1))  # one that we never sent
    assert pulse.lost
    assert pulse.heard(102.5, Heartbeat(3, since))


def test_who_is_not_heard_any_more_has_lost_the_line_too() -> None:
    pulse = Pulse(heard_at=100.0)
    pulse.heard(100.3, Heartbeat(1, pulse.beat(100.2).n))
    now = 100.3
    while now < 100.3 + UNHEARD_AFTER_S - 0.2:
        now += 0.1
        pulse.beat(now)
        pulse.heard(now, Heartbeat(2, 1))
        assert not pulse.check(now)
    pulse.heard(103.0)
    assert pulse.check(103.0)


def test_who_beats_and_never_echoes_has_not_heard_us_from_the_beginning() -> None:
    pulse = Pulse(heard_at=100.0)
    for n in range(1, 20):
        pulse.beat(100.0 + n / 4)
        pulse.heard(100.0 + n / 4, Heartbeat(n, 0))
        assert pulse.check(100.0 + n / 4) == (n / 4 == 0.25 + UNHEARD_AFTER_S)


def test_a_line_that_has_ended_is_lost_at_once_and_once() -> None:
    pulse = Pulse(heard_at=100.0)
    assert pulse.lose()
    assert not pulse.lose()
    assert not pulse.check(110.0)


def test_the_customer_knows_within_two_seconds() -> None:
    assert LOST_AFTER_S + INTERVAL_S < 2


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60))
def test_lost_means_exactly_that_nothing_was_heard_for_long_enough(steps: list[tuple[float, bool]]) -> None:
    now = heard_at = 0.0
    pulse = Pulse(heard_at=0.0)
    for passed, hears in steps:
        now += passed
        n = pulse.beat(now).n
        if hears:
            pulse.heard(now, Heartbeat(n, n))
            heard_at = now
        pulse.check(now)
        assert pulse.lost == (now - heard_at >= LOST_AFTER_S)

"""Signs of life, with a clock that the test turns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.messages import Heartbeat
from remotehelp.peer.heartbeat import INTERVAL_S, LOST_AFTER_S, Pulse


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
    assert pulse.heard(201.0)
    assert not pulse.heard(201.1)
    assert not pulse.check(201.0 + LOST_AFTER_S)


def test_the_customer_knows_within_two_seconds() -> None:
    assert LOST_AFTER_S + INTERVAL_S < 2


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60))
def test_lost_means_exactly_that_nothing_was_heard_for_long_enough(steps: list[tuple[float, bool]]) -> None:
    now = heard_at = 0.0
    pulse = Pulse(heard_at=0.0)
    for passed, hears in steps:
        now += passed
        if hears:
            pulse.heard(now)
            heard_at = now
        pulse.check(now)
        assert pulse.lost == (now - heard_at >= LOST_AFTER_S)

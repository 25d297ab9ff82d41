"""Which packets are asked for once more, and when: with a clock that the test turns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.peer.repairs import ASKS, LEAST_S, REMEMBERED, REST, TURN, UNKNOWN_S, Repairs

TRIP = 0.1
WAIT = 1.5 * TRIP


@pytest.fixture
def repairs() -> Repairs:
    return Repairs(lambda: TRIP)


def whole(repairs: Repairs, *numbers: int, now: float = 0.0) -> None:
    """Pictures of one packet each."""
    for number in numbers:
        repairs.came(number % TURN, last=True, now=now)


def test_nothing_is_asked_for_while_nothing_is_missing(repairs: Repairs) -> None:
    whole(repairs, 65_534, 65_535, 0, 1, 1, 0)
    assert repairs.next_due() is None
    assert repairs.due(99.0) == []
    assert repairs.given_up() is None


def test_a_gap_is_asked_for_at_once_and_again_after_one_and_a_half_round_trips(repairs: Repairs) -> None:
    whole(repairs, 65_534, 2)
    assert repairs.next_due() == 0.0
    assert repairs.due(0.0) == [65_535, 0, 1]
    assert repairs.due(WAIT * 0.99) == []
    whole(repairs, 0, now=WAIT)
    assert repairs.next_due() == pytest.approx(WAIT)
    assert repairs.due(WAIT) == [65_535, 1]


def test_after_some_askings_it_is_given_up(repairs: Repairs) -> None:
    whole(repairs, 5, 7)
    for count in range(ASKS):
        assert repairs.due(count * WAIT) == [6]
        assert repairs.given_up() is None
    assert repairs.due(ASKS * WAIT) == []
    assert repairs.given_up() == 6
    assert repairs.given_up() is None
    assert repairs.next_due() is None


def test_with_a_packet_all_older_ones_are_given_up(repairs: Repairs) -> None:
    whole(repairs, 5, 7)
    repairs.due(0.0)
    whole(repairs, 9, now=0.01)
    now = 0.0
    while (due := repairs.next_due()) is not None:
        now = due
        repairs.due(now)
    assert repairs.given_up() == 8
    assert now == pytest.approx(0.01 + ASKS * WAIT)


def test_the_rest_of_a_picture_is_asked_for_though_nothing_follows(repairs: Repairs) -> None:
    repairs.came(9, last=False, now=0.0)
    assert repairs.due(WAIT * 0.99) == []
    rest = list(range(10, 10 + REST))
    assert [repairs.due(count * WAIT) for count in range(1, ASKS + 1)] == [rest] * ASKS
    assert repairs.next_due() is None
    assert repairs.given_up() is None  # there may be no such packet
    repairs.came(10, last=True, now=9.0)
    assert repairs.next_due() is None


def test_how_long_it_waits_follows_the_line() -> None:
    for trip, wait in ((None, UNKNOWN_S), (0.0, LEAST_S), (2.0, 3.0)):
        repairs = Repairs(lambda trip=trip: trip)  # type: ignore[misc]
        whole(repairs, 1, 3)
        repairs.due(0.0)
        assert repairs.next_due() == wait


def test_no_more_is_remembered_than_the_sender_keeps(repairs: Repairs) -> None:
    whole(repairs, 1, 3, 20_003)
    assert repairs.due(0.0) == list(range(20_003 - REMEMBERED, 20_003))
    assert repairs.given_up() == 20_003 - REMEMBERED - 1
    whole(repairs, 20_005)
    assert repairs.given_up() == 20_003 - REMEMBERED


@given(st.lists(st.integers(0, TURN - 1), max_size=60), st.sampled_from([0.0, 0.01, 0.3]))
def test_whatever_comes_it_ends_and_asks_for_little(numbers: list[int], step: float) -> None:
    repairs = Repairs(lambda: TRIP)
    now = 0.0
    for number in numbers:
        now += step
        repairs.came(number, last=bool(number % 2), now=now)
        assert len(repairs.due(now)) <= REMEMBERED + REST
    for _ in range(ASKS + 2):
        now += WAIT
        repairs.due(now)
    assert repairs.next_due() is None

"""How often pictures leave: no more than the rate, and no change left out that comes at the rate."""

from __future__ import annotations

import pytest

from remotehelp.media.pace import Pace

RATE = 30
INTERVAL = 1 / RATE


def taken(changes: list[float], grab: float) -> list[float]:
    """When each picture was taken; a change that is not the newest any more when its turn comes is left out."""
    pace, now, times = Pace(), 0.0, []
    while waiting := [change for change in changes if not times or change > times[-1]]:
        now = max(now + pace.wait(now), waiting[0])
        times.append(now)
        now += grab
        pace.took(now, RATE)
    return times


def test_a_change_after_a_rest_waits_for_nothing() -> None:
    pace = Pace()
    pace.took(100.0, RATE)
    assert pace.wait(107.0) == 0


def test_a_screen_that_always_changes_leaves_at_the_rate_and_one_picture_early() -> None:
    pace, now = Pace(), 100.0
    for _ in range(10):
        pace.took(now, RATE)
        now += pace.wait(now)
    assert now == pytest.approx(100.0 + 9 * INTERVAL)


def test_no_change_that_comes_at_the_rate_is_left_out_though_a_grab_takes_its_time() -> None:
    changes = [count * INTERVAL for count in range(90)]
    assert taken(changes, grab=0.006) == pytest.approx(changes)


def test_a_screen_that_changes_twice_as_often_leaves_no_more_pictures_than_the_rate() -> None:
    changes = [count * INTERVAL / 2 for count in range(120)]
    assert len(taken(changes, grab=0.003)) <= 2 * RATE + 1


def test_small_changes_may_follow_faster_than_video() -> None:
    pace = Pace()
    pace.took(100.0, RATE)
    pace.took(100.0, RATE)
    assert pace.wait(100.0) == pytest.approx(INTERVAL)
    pace.took(100.0 + INTERVAL, 2 * RATE)
    assert pace.wait(100.0 + INTERVAL) == pytest.approx(INTERVAL / 2)

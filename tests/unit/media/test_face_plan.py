"""How the technician's face follows the line: with a clock that the test turns, and a line that it makes thin."""

from __future__ import annotations

from itertools import pairwise

import pytest

from remotehelp.media.face_plan import BEST, FIRST, PATIENCE_S, STANDING_S, STEPS, TRIAL_S, VOICE_KBIT_S, FacePlan, Step

FAR_S = 0.1
LAST = STEPS[-1]


class Bench:
    """A plan that is asked for each picture."""

    def __init__(self, round_trip: float | None = FAR_S) -> None:
        self.plan, self.now, self.round_trip = FacePlan(), 100.0, round_trip

    @property
    def step(self) -> Step:
        return self.plan.step(self.round_trip, self.now)

    def passes(self, seconds: float) -> Step:
        until = self.now + seconds
        while self.now < until:
            self.now += 1 / 15
            step = self.step
        return step

    def full_at(self, kbit_s: float) -> None:
        """The receiver notices a queue, and how much came through it."""
        self.plan.estimated(1e6, self.now)
        self.plan.estimated(kbit_s, self.now)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_each_step_is_smaller_than_the_one_before_and_the_last_is_what_was_promised() -> None:
    for better, worse in pairwise(STEPS):
        assert (better.width, better.rate) > (worse.width, worse.rate)
        assert better.width >= worse.width
        assert better.rate >= worse.rate
        assert better.kbit_s > worse.kbit_s
    assert LAST.width == 160
    assert LAST.rate >= 5


def test_it_begins_in_the_middle_and_gets_better_while_nothing_goes_wrong(bench: Bench) -> None:
    assert bench.step == STEPS[FIRST]
    assert bench.passes(PATIENCE_S * 0.9) == STEPS[FIRST]
    assert bench.passes(PATIENCE_S * 0.2) == STEPS[BEST]
    assert bench.passes(600) == STEPS[BEST]


def test_on_a_local_network_it_is_at_its_best_at_once() -> None:
    assert Bench(0.001).step == STEPS[BEST]
    late = Bench(None)
    assert late.step == STEPS[FIRST]
    late.round_trip = 0.002
    assert late.step == STEPS[BEST]


@pytest.mark.parametrize("kbit_s", [60, 85, 120, 180, 300, 700])
def test_a_full_line_gets_what_fits_beside_the_voice(bench: Bench, kbit_s: int) -> None:
    bench.passes(PATIENCE_S * 1.2)
    bench.full_at(kbit_s)
    assert bench.step == next((step for step in STEPS if step.kbit_s + VOICE_KBIT_S <= kbit_s), LAST)


def test_an_estimate_that_rises_or_wavers_changes_nothing(bench: Bench) -> None:
    for kbit_s in (20.0, 19.8, 22.0, 30.0, 29.5):
        bench.plan.estimated(kbit_s, bench.now)
    assert bench.step == STEPS[FIRST]


def test_what_was_too_much_is_tried_less_and_less_often(bench: Bench) -> None:
    def climb() -> float:
        began, at = bench.now, bench.step
        while bench.step == at:
            bench.now += 0.1
        return bench.now - began

    bench.full_at(100)
    assert bench.step == LAST
    waits = []
    for _ in range(6):
        bench.now += 2.5
        waits.append(climb())
        bench.now += 1.0
        bench.plan.estimated(2000, bench.now)
        bench.plan.estimated(90, bench.now)
        assert bench.step == LAST
    assert waits == sorted(waits)
    assert waits[0] <= PATIENCE_S
    assert waits[-1] > 40


def test_a_step_that_proves_good_is_soon_followed_by_the_next(bench: Bench) -> None:
    bench.full_at(60)
    assert bench.step == LAST
    assert bench.passes((TRIAL_S + PATIENCE_S) * len(STEPS)) == STEPS[BEST]


def test_a_few_losses_are_the_weather_and_many_are_not(bench: Bench) -> None:
    assert bench.step == STEPS[FIRST]
    for _ in range(20):
        bench.now += 1
        bench.plan.lost(0.05, bench.now)
    assert bench.step == STEPS[BEST]
    bench.plan.lost(0.2, bench.now)
    assert bench.step == STEPS[BEST + 1]
    bench.plan.lost(0.2, bench.now)  # the same trouble, told again
    assert bench.step == STEPS[BEST + 1]
    bench.plan.lost(0.7, bench.now)
    assert bench.step == LAST


def test_a_standing_queue_is_felt(bench: Bench) -> None:
    bench.passes(PATIENCE_S * 1.2)
    bench.round_trip = FAR_S + STANDING_S * 1.1
    assert bench.step == STEPS[BEST + 1]
    assert bench.passes(10) == LAST


def test_what_the_line_is_good_for_is_never_less_than_what_is_sent(bench: Bench) -> None:
    assert bench.plan.kbit_s > STEPS[BEST].kbit_s
    bench.full_at(90)
    assert bench.step.kbit_s < bench.plan.kbit_s <= 90
    bench.full_at(10)
    assert bench.step.kbit_s < bench.plan.kbit_s

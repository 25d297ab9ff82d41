import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.desktop.duty import ANSWERS_WITHIN, BEAT_S, HELD_UP, KILLED_AFTER, PAUSED_AFTER, Duty, Step

STEPS = st.lists(st.floats(0.001, BEAT_S), max_size=60)


def walk(duty, seconds, now=0.0):
    """Each step in so many seconds; asked as often as has to be."""
    found = []
    until = now + seconds
    while now < until:
        now = min(now + min(duty.wait(now), 0.05) + 0.001, until)
        found.append((now, duty.step(now)))
    return found


@given(STEPS)
def test_a_program_that_lives_is_left_alone(gaps):
    duty, now = Duty(0.0), 0.0
    for gap in gaps:
        now += gap
        duty.beat(now)
        assert duty.step(now) is Step.NOTHING


def test_a_silent_one_is_paused_first_and_then_ended():
    found = walk(Duty(0.0), 10)
    first = {step: min(now for now, found_step in found if found_step is step) for step in Step}
    assert first[Step.PAUSE] == pytest.approx(PAUSED_AFTER, abs=0.3)
    assert first[Step.KILL] == pytest.approx(KILLED_AFTER, abs=0.3)
    order = [step for _, step in found]
    assert order == sorted(order, key=[Step.NOTHING, Step.PAUSE, Step.KILL].index)


def test_the_panic_key_without_an_answer_ends_a_program_that_lives():
    duty = Duty(0.0)
    duty.pressed(0.0)
    duty.pressed(ANSWERS_WITHIN * 0.9)  # does not begin anew
    for now in (0.1, 0.2, 0.3, 0.4):
        duty.beat(now)
        assert duty.step(now) is Step.NOTHING
    assert duty.wait(0.4) == pytest.approx(ANSWERS_WITHIN - 0.4)
    assert duty.step(ANSWERS_WITHIN) is Step.KILL


def test_an_answer_in_time_is_enough():
    duty = Duty(0.0)
    duty.pressed(0.1)
    duty.answered()
    duty.beat(0.2)
    assert duty.step(ANSWERS_WITHIN + 0.2) is Step.NOTHING


@given(st.floats(HELD_UP + BEAT_S, 1e6), st.booleans())
def test_a_computer_that_slept_ends_nobody(slept, pressed):
    duty = Duty(0.0)
    duty.step(0.2)
    if pressed:
        duty.pressed(0.2)
    assert duty.step(0.2 + slept + BEAT_S) is Step.NOTHING
    assert any(step is Step.KILL for _, step in walk(duty, 10, now=0.2 + slept + BEAT_S))


@given(st.floats(0, 100), st.booleans())
def test_it_is_asked_at_least_as_often_as_it_needs(now, pressed):
    duty = Duty(0.0)
    if pressed:
        duty.pressed(0.0)
    assert 0 <= duty.wait(now) <= BEAT_S

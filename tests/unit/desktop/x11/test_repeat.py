import threading

import pytest

from remotehelp.desktop.x11.repeat import DELAY, EVERY, Repeater, Repetition


@pytest.fixture
def repetition():
    repetition = Repetition()
    repetition.pressed("KeyA", 100.0)
    return repetition


def test_a_key_is_due_after_the_delay_and_then_again_and_again(repetition):
    assert repetition.wait(100.0) == DELAY
    assert repetition.due(100.0 + DELAY - 0.001) is None
    assert repetition.due(100.0 + DELAY) == "KeyA"
    assert repetition.due(100.0 + DELAY) is None
    assert repetition.wait(100.0 + DELAY) == pytest.approx(EVERY)
    assert repetition.due(100.0 + DELAY + EVERY + 0.001) == "KeyA"


def test_what_was_missed_is_not_made_up_for(repetition):
    assert repetition.due(200.0) == "KeyA"
    assert repetition.due(200.0) is None


def test_only_the_newest_key_repeats(repetition):
    repetition.pressed("KeyB", 100.1)
    repetition.released("KeyA")
    assert repetition.due(101.0) == "KeyB"


@pytest.mark.parametrize("end", [lambda it: it.released("KeyA"), lambda it: it.stop()])
def test_nothing_is_due_after_the_end(repetition, end):
    end(repetition)
    assert repetition.due(999.0) is None
    assert repetition.wait(999.0) is None


def test_a_repetition_that_may_not_go_on_is_the_last():
    lock, done, asked = threading.Lock(), threading.Event(), []

    def again(code):
        asked.append(code)
        if len(asked) == 3:
            done.set()
        return len(asked) < 3

    repeater = Repeater(lock, again)
    with lock:
        repeater.pressed("KeyA")
    assert done.wait(5)
    assert not threading.Event().wait(5 * EVERY)
    assert asked == ["KeyA"] * 3
    with lock:
        repeater.end()

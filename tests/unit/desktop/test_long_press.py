from hypothesis import given
from hypothesis import strategies as st

from remotehelp.desktop.long_press import HELD, LongPress

ESC = (3, 9)


def test_a_key_that_is_held_is_told_once():
    press = LongPress()
    press.pressed(ESC, 10.0)
    press.pressed(ESC, 11.0)  # repeats
    assert not press.due(10.0 + HELD - 0.01)
    assert press.wait(11.0) == HELD - 1
    assert press.due(10.0 + HELD)
    assert not press.due(10.0 + HELD + 5)
    assert press.wait(20.0) is None


def test_held_again_it_is_told_again():
    press = LongPress()
    for start in (0.0, 100.0):
        press.pressed(ESC, start)
        assert press.due(start + HELD)
        press.released(ESC)


@given(st.lists(st.tuples(st.floats(0, HELD * 0.999), st.floats(0, 10)), max_size=10))
def test_short_presses_never_add_up(presses):
    press, now = LongPress(), 0.0
    for held, pause in presses:
        press.pressed(ESC, now)
        assert not press.due(now + held)
        press.released(ESC)
        now += held + pause
        assert not press.due(now)
    assert press.wait(now) is None


def test_the_release_on_one_keyboard_is_none_on_the_other():
    press = LongPress()
    press.pressed((3, 9), 0.0)
    press.pressed((5, 9), 0.5)
    press.released((5, 9))
    assert press.due(HELD)

from __future__ import annotations

import pytest

from remotehelp.technician.intents import SendKey
from ui.technician.keyboard import Keyboard

A_DOWN, A_UP = SendKey("KeyA", True), SendKey("KeyA", False)


def test_the_release_lets_go_of_what_the_press_put_down() -> None:
    keyboard = Keyboard()
    assert keyboard.press("Numpad7", 10, 1.0, SendKey("Home", True)) == [SendKey("Home", True)]
    keyboard.release("Numpad7", 11)
    assert keyboard.settle() == [SendKey("Home", False)]


def test_two_keys_that_stand_for_one_hold_it_until_both_are_up() -> None:
    keyboard = Keyboard()
    keyboard.press("AltLeft", 10, 1.0, SendKey("AltLeft", True))
    keyboard.press("AltRight", 11, 1.0, SendKey("AltLeft", True))
    keyboard.release("AltLeft", 12)
    assert keyboard.settle() == []
    keyboard.release("AltRight", 13)
    assert keyboard.settle() == [SendKey("AltLeft", False)]


def test_each_press_goes_once_with_its_release() -> None:
    keyboard = Keyboard()
    assert keyboard.press("KeyA", 10, 1.0) == [A_DOWN]
    assert keyboard.press("KeyA", 11, 1.0) == []
    assert keyboard.release("KeyA", 12) == []
    assert keyboard.settle() == [A_UP]
    assert keyboard.settle() == []
    assert keyboard.release("KeyA", 13) == []
    assert keyboard.settle() == []


def test_what_comes_after_a_release_does_not_overtake_it() -> None:
    keyboard = Keyboard()
    keyboard.press("KeyA", 10, 1.0)
    keyboard.press("KeyB", 10, 1.0)
    keyboard.release("KeyA", 12)
    assert keyboard.release("KeyB", 12) == [A_UP]
    assert keyboard.press("KeyA", 13, 1.0) == [SendKey("KeyB", False), A_DOWN]


def test_a_held_key_that_x11_repeats_stays_down() -> None:
    keyboard = Keyboard()
    keyboard.press("KeyA", 10, 1.0)
    for time in (500, 530, 560):
        assert keyboard.release("KeyA", time) == []
        assert keyboard.press("KeyA", time, 1.0) == []
    assert keyboard.settle() == []
    keyboard.release("KeyA", 600)
    assert keyboard.settle() == [A_UP]


def test_a_key_pressed_twice_goes_twice() -> None:
    keyboard = Keyboard()
    keyboard.press("KeyA", 10, 1.0)
    keyboard.release("KeyA", 11)
    assert keyboard.press("KeyA", 12, 1.0) == [A_UP, A_DOWN]
    keyboard.release("KeyA", 0)  # a platform without event times
    assert keyboard.press("KeyA", 0, 1.0) == [A_UP, A_DOWN]


def escape(keyboard: Keyboard, now: float) -> bool:
    """Press and release Esc; True if that freed the keyboard."""
    freed = keyboard.press("Escape", round(now * 1000), now) is None
    keyboard.release("Escape", round(now * 1000) + 5)
    keyboard.settle()
    return freed


@pytest.mark.parametrize(("later", "frees"), [(0.1, True), (0.399, True), (0.41, False), (3.0, False)])
def test_two_escapes_in_time_free_the_keyboard(later: float, frees: bool) -> None:
    keyboard = Keyboard()
    assert not escape(keyboard, 10.0)
    assert escape(keyboard, 10.0 + later) is frees


def test_a_late_escape_is_a_first_one_again() -> None:
    keyboard = Keyboard()
    assert not escape(keyboard, 10.0)
    assert not escape(keyboard, 11.0)
    assert escape(keyboard, 11.2)


def test_another_key_between_two_escapes_counts_them_anew() -> None:
    keyboard = Keyboard()
    assert not escape(keyboard, 10.0)
    keyboard.press("KeyA", 10100, 10.1)
    assert not escape(keyboard, 10.2)


def test_after_freeing_the_next_escape_is_a_first_one() -> None:
    keyboard = Keyboard()
    escape(keyboard, 10.0)
    assert escape(keyboard, 10.1)
    assert not escape(keyboard, 10.2)


def test_holding_escape_frees_nothing() -> None:
    keyboard = Keyboard()
    keyboard.press("Escape", 10000, 10.0)
    keyboard.release("Escape", 10200)
    assert keyboard.press("Escape", 10200, 10.2) == []


def test_what_is_forgotten_needs_no_release() -> None:
    keyboard = Keyboard()
    keyboard.press("KeyA", 10, 1.0)
    keyboard.forget()
    keyboard.release("KeyA", 11)
    assert keyboard.settle() == []
    assert keyboard.press("KeyA", 12, 1.0) == [A_DOWN]

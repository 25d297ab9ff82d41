from __future__ import annotations

import pytest

from remotehelp.technician.intents import SendKey
from ui.technician.keyboard import Keyboard, code_of


def test_a_key_goes_by_its_place() -> None:
    assert [code_of(code) for code in (9, 38, 23, 67, 108, 36)] == [
        "Escape",
        "KeyA",
        "Tab",
        "F1",
        "AltRight",
        "Enter",
    ]
    assert code_of(0) is None
    assert code_of(124) is None  # Power stays here


def test_each_press_goes_once_with_its_release() -> None:
    keyboard = Keyboard()
    assert keyboard.press("KeyA") == SendKey("KeyA", True)
    assert keyboard.press("KeyA") is None
    assert keyboard.release("KeyA") == SendKey("KeyA", False)
    assert keyboard.release("KeyA") is None


@pytest.mark.parametrize(("later", "frees"), [(0.1, True), (0.399, True), (0.41, False), (3.0, False)])
def test_two_escapes_in_time_free_the_keyboard(later: float, frees: bool) -> None:
    keyboard = Keyboard()
    assert not keyboard.frees("Escape", 10.0)
    assert keyboard.frees("Escape", 10.0 + later) is frees


def test_a_late_escape_is_a_first_one_again() -> None:
    keyboard = Keyboard()
    assert not keyboard.frees("Escape", 10.0)
    assert not keyboard.frees("Escape", 11.0)
    assert keyboard.frees("Escape", 11.2)


def test_another_key_between_two_escapes_counts_them_anew() -> None:
    keyboard = Keyboard()
    assert not keyboard.frees("Escape", 10.0)
    assert not keyboard.frees("KeyA", 10.1)
    assert not keyboard.frees("Escape", 10.2)


def test_after_freeing_the_next_escape_is_a_first_one() -> None:
    keyboard = Keyboard()
    keyboard.frees("Escape", 10.0)
    assert keyboard.frees("Escape", 10.1)
    assert not keyboard.frees("Escape", 10.2)


def test_what_is_forgotten_needs_no_release() -> None:
    keyboard = Keyboard()
    keyboard.press("KeyA")
    keyboard.forget()
    assert keyboard.release("KeyA") is None
    assert keyboard.press("KeyA") == SendKey("KeyA", True)

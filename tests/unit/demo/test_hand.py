from __future__ import annotations

import time

import pytest

from remotehelp.demo.desk import Desk
from remotehelp.demo.driver import App
from remotehelp.demo.waiting import StageError


def test_moves_the_pointer(desk: Desk) -> None:
    desk.hand.move_to(100, 120)
    assert desk.hand.position() == (100, 120)


def test_glides_in_about_the_time_that_was_asked_for(desk: Desk) -> None:
    desk.hand.move_to(0, 0)
    started = time.monotonic()
    desk.hand.glide(300, 200, 0.2)
    assert time.monotonic() - started >= 0.2
    assert desk.hand.position() == (300, 200)


def test_types_whatever_the_letters(desk: Desk, sample: App) -> None:
    sample.type_into("Code", "AB-12 é ß 日本é!")
    assert sample.wait_text("Code", "!$") == "AB-12 é ß 日本é!"


def test_presses_keys_with_modifiers_and_says_when(desk: Desk, sample: App) -> None:
    sample.type_into("Code", "wrong")
    sample.wait_text("Code", "^wrong$")
    before = time.monotonic()
    desk.hand.key("Ctrl+a")
    pressed = desk.hand.key("Shift+x")
    assert before < pressed < time.monotonic()
    assert sample.wait_text("Code", "^X$") == "X"


def test_refuses_a_key_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(StageError, match="no key called 'Nonsense'"):
        desk.hand.key("Ctrl+Nonsense")

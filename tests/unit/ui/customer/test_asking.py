from __future__ import annotations

from dataclasses import replace

import pytest

from remotehelp.customer.view import CustomerView, Window
from remotehelp.messages import Right
from remotehelp.visit.grants import OtherScreens
from ui.customer.asking import asking, name_of, question


@pytest.mark.parametrize("right", list(Right))
def test_each_right_has_a_name_and_one_sentence_by_given_name(right: Right) -> None:
    assert name_of(right)
    assert question(right, "Technician").startswith("Technician wants to ")
    assert question(right, "Technician").endswith(".")


def test_control_says_what_it_means() -> None:
    assert question(Right.CONTROL, "Technician") == "Technician wants to use your mouse and keyboard."


def test_instead_of_one_window_the_whole_screen_is_said_to_be_asked_for() -> None:
    one, two = OtherScreens(("HDMI-1",)), OtherScreens(("HDMI-1", "eDP-1"))
    for controls in (False, True):
        assert (
            question(one, "Technician", controls=controls, alone=True)
            == "Technician asks to see your whole screen HDMI-1 instead of the one window."
        )
    assert question(two, "Technician", alone=True) == (
        "Technician asks to see these whole screens of yours instead of the one window: HDMI-1, eDP-1."
    )


def test_other_screens_are_named_and_control_is_said_to_go_along() -> None:
    one, two = OtherScreens(("HDMI-1",)), OtherScreens(("HDMI-1", "eDP-1"))
    assert question(one, "Technician") == "Technician asks to see your other screen, HDMI-1."
    assert question(one, "Technician", controls=True) == "Technician asks to see and use your other screen, HDMI-1."
    assert question(two, "Technician") == "Technician asks to see these screens of yours: HDMI-1, eDP-1."
    assert (
        question(two, "Technician", controls=True)
        == "Technician asks to see and use these screens of yours: HDMI-1, eDP-1."
    )


@pytest.mark.parametrize(
    ("right", "sees", "alone", "words"),
    [
        (Right.CONTROL, False, False, "see your screen and use your mouse and keyboard."),
        (Right.CONTROL, True, False, "use your mouse and keyboard."),
        (Right.CONTROL, False, True, "see the one window and use it."),
        (Right.CONTROL, True, True, "use your mouse and keyboard in the one window."),
        (Right.POINT, False, False, "see your screen and point at things on it."),
        (Right.POINT, True, False, "point at things on your screen."),
        (Right.VIEW, False, False, "see your screen."),
    ],
)
def test_what_is_given_along_is_said(right: Right, sees: bool, alone: bool, words: str) -> None:
    view = replace(CustomerView(), request=right, sees=sees, window=Window(7, "Letter") if alone else None)
    assert asking(view).what.endswith("wants to " + words)

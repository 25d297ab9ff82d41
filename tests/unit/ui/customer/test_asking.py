from __future__ import annotations

import pytest

from remotehelp.messages import Right
from remotehelp.visit.grants import OtherScreens
from ui.customer.asking import name_of, question


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

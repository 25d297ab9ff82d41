from __future__ import annotations

from remotehelp.customer.view import Monitor
from ui.shared import screen_choices

ONE, TWO = Monitor("one", 0, 0, 800, 600), Monitor("two\n", 800, 0, 1280, 1024)


def test_each_screen_and_all_of_them_may_be_chosen() -> None:
    assert screen_choices.choices([ONE, TWO]) == [("one",), ("two\n",), ("one", "two\n")]
    assert screen_choices.labels([ONE, TWO]) == ["one (800 × 600)", "two (1280 × 1024)", "All screens"]


def test_of_one_screen_there_are_no_several() -> None:
    assert screen_choices.choices([ONE]) == [("one",)]
    assert screen_choices.labels([ONE]) == ["one (800 × 600)"]


def test_what_is_no_single_choice_is_told_in_numbers() -> None:
    assert screen_choices.several(2, 3) == "2 of 3 screens"

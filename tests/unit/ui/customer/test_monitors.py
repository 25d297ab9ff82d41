from __future__ import annotations

from dataclasses import replace

from remotehelp.customer.view import CustomerView, Monitor, Window
from ui.customer import monitors

ONE, TWO = Monitor("one", 0, 0, 800, 600), Monitor("two", 800, 0, 1280, 1024)


def test_each_screen_and_all_of_them_may_be_chosen() -> None:
    assert monitors.choices([ONE, TWO]) == [("one",), ("two",), ("one", "two")]
    assert monitors.labels([ONE, TWO]) == ["one (800 × 600)", "two (1280 × 1024)", "All screens"]


def test_of_one_screen_there_are_no_several() -> None:
    assert monitors.choices([ONE]) == [("one",)]
    assert monitors.labels([ONE]) == ["one (800 × 600)"]


def test_windows_are_offered_by_their_titles_in_one_line() -> None:
    view = replace(CustomerView(), windows=(Window(1, "Printers"), Window(2, ""), Window(3, "a\nb")))
    found = monitors.windows(view)
    assert [one.id for one in found] == [1, 2, 3]
    assert monitors.window_labels(found) == [
        "Only this window: Printers",
        "Only this window: (without a title)",
        "Only this window: a b",
    ]


def test_the_window_that_is_shown_is_offered_even_if_it_is_minimised_now() -> None:
    view = replace(CustomerView(), windows=(Window(1, "Printers"),), window=Window(9, "Letter"))
    assert [one.id for one in monitors.windows(view)] == [1, 9]
    assert monitors.windows(replace(view, window=Window(1, "Printers (2)"))) == [Window(1, "Printers")]


def test_what_is_no_single_choice_is_told_in_numbers() -> None:
    view = replace(CustomerView(), monitors=(ONE, TWO, replace(ONE, name="three")), shown=("one", "two"))
    assert monitors.several(view) == "2 of 3 screens"

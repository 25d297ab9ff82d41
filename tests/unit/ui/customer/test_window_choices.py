from __future__ import annotations

from dataclasses import replace

from remotehelp.customer.view import CustomerView, Window
from ui.customer import window_choices


def test_windows_are_offered_by_their_titles_in_one_line() -> None:
    view = replace(CustomerView(), windows=(Window(1, "Printers"), Window(2, ""), Window(3, "a\nb")))
    found = window_choices.windows(view)
    assert [one.id for one in found] == [1, 2, 3]
    assert window_choices.labels(found) == [
        "Only this window: Printers",
        "Only this window: (without a title)",
        "Only this window: a b",
    ]


def test_the_window_that_is_shown_is_offered_even_if_it_is_minimised_now() -> None:
    view = replace(CustomerView(), windows=(Window(1, "Printers"),), window=Window(9, "Letter"))
    assert [one.id for one in window_choices.windows(view)] == [1, 9]
    assert window_choices.windows(replace(view, window=Window(1, "Printers (2)"))) == [Window(1, "Printers")]

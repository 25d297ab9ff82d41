from __future__ import annotations

from dataclasses import replace

import pytest

from remotehelp.customer.intents import Cancel
from remotehelp.customer.view import CustomerView, Page
from tests.helpers.reading import by_id, by_name, read
from ui.customer.waiting_page import WaitingPage

THIRD = CustomerView(page=Page.WAITING, ahead=2, here=1)


@pytest.fixture
def page(qtbot, sent) -> WaitingPage:
    made = WaitingPage(sent.append)
    qtbot.addWidget(made)
    made.resize(480, 640)
    made.show_view(THIRD)
    made.show()
    return made


def test_she_sees_her_place(page: WaitingPage) -> None:
    assert by_id(page, "your-place").text().startswith("2 ")
    page.show_view(replace(THIRD, ahead=1))
    assert by_id(page, "your-place").text().startswith("1 ")
    page.show_view(replace(THIRD, ahead=0))
    assert by_id(page, "your-place").text() == "You are next"


def test_when_somebody_comes_it_says_so_and_when_they_vanish_her_place_is_back(page: WaitingPage) -> None:
    page.show_view(replace(THIRD, ahead=0, taken=True))
    assert by_id(page, "your-place").text() == "A helper is coming"
    assert not page.here.isVisible()
    page.show_view(THIRD)
    assert by_id(page, "your-place").text().startswith("2 ")


def test_it_says_whether_a_helper_is_free(page: WaitingPage) -> None:
    assert "1" in by_id(page, "helpers-here").text()
    page.show_view(replace(THIRD, here=0))
    assert "No helper is free" in by_id(page, "helpers-here").text()


def test_she_can_go_back_at_any_time(page: WaitingPage, sent) -> None:
    by_name(page, "Cancel").click()
    page.show_view(replace(THIRD, taken=True))
    by_name(page, "Cancel").click()
    assert sent == [Cancel(), Cancel()]


def test_nothing_is_seen_before_she_allows_it_and_it_says_so(page: WaitingPage) -> None:
    assert "Nothing of your computer can be seen before you allow it." in {name for name, _, _ in read(page)}


def test_another_page_changes_nothing_here(page: WaitingPage) -> None:
    page.show_view(CustomerView())
    assert by_id(page, "your-place").text().startswith("2 ")

from __future__ import annotations

import pytest

from remotehelp.customer.intents import Cancel
from remotehelp.customer.view import CustomerView, Page
from tests.helpers.reading import by_id, by_name
from ui.customer.code_page import CodePage
from ui.shared import theme

CODE = CustomerView(page=Page.CODE, code="4711-482-913", code_expires_in_s=599)


@pytest.fixture
def page(qtbot, sent) -> CodePage:
    made = CodePage(sent.append)
    qtbot.addWidget(made)
    made.resize(480, 640)
    made.show_view(CODE)
    made.show()
    return made


def test_the_code_is_large_and_a_screen_reader_hears_its_digits(page: CodePage) -> None:
    code = by_id(page, "your-code")
    assert code.text() == "4711-482-913"
    assert code.font().pixelSize() == theme.TYPES[theme.Face.CUSTOMER].code
    assert code.accessibleName() == ""


def test_all_digits_have_one_width(page: CodePage) -> None:
    metrics = page.code.fontMetrics()
    assert len({metrics.horizontalAdvance(str(digit)) for digit in range(10)}) == 1


def test_the_time_left_is_told_and_runs_down_between_states(page: CodePage) -> None:
    assert "9" in by_id(page, "time-left").text()
    page.show_view(CustomerView(page=Page.CODE, code="4711-482-913", code_expires_in_s=60))
    assert "1" in page.time_left.text()
    page._second_passed()
    assert page.time_left.text() == "Good for less than a minute"
    for _ in range(70):
        page._second_passed()
    assert page.time_left.text() == "Good for less than a minute"


def test_a_state_that_says_nothing_new_about_the_time_does_not_turn_it_back(page: CodePage) -> None:
    for _ in range(60):
        page._second_passed()
    page.show_view(CODE)
    assert "8" in page.time_left.text()


def test_cancel_goes_back(page: CodePage, sent) -> None:
    by_name(page, "Cancel").click()
    assert sent == [Cancel()]


def test_while_the_code_is_being_made_no_empty_card_stands_there(page: CodePage) -> None:
    page.show_view(CustomerView(page=Page.CODE))
    assert not page.code.isVisible()
    assert page.cancel.isVisible()

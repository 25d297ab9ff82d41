from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from remotehelp.customer.intents import Cancel, ChooseOrigin, DeclineVisit
from remotehelp.customer.view import CustomerView, Organisation, Page
from remotehelp.sentences import sentence
from remotehelp.visit.shown import Notice
from tests.helpers.reading import by_id, by_name, read
from ui.customer.main_window import MainWindow
from ui.shared import theme

START = CustomerView(organisation=Organisation("Example Help", "known", "2026-05-03"))


@pytest.fixture
def window(qtbot, sent) -> MainWindow:
    made = MainWindow(sent.append)
    qtbot.addWidget(made)
    made.show_view(START)
    made.show()
    qtbot.waitExposed(made)
    return made


def _names(window: MainWindow) -> set[str]:
    return {name for name, _, _ in read(window) if name}


def test_one_thing_at_a_time(window: MainWindow, meeting: CustomerView) -> None:
    assert "Show me a code" in _names(window)
    window.show_view(replace(START, page=Page.CODE, code="4711-482-913"))
    assert "4711-482-913" in _names(window)
    assert "Show me a code" not in _names(window)
    window.show_view(replace(START, page=Page.WAITING, ahead=0))
    assert "You are next" in _names(window)
    window.show_view(meeting)
    assert "Accept" in _names(window)
    assert "4711-482-913" not in _names(window)
    window.show_view(replace(meeting, page=Page.GOODBYE))
    assert "Close" in _names(window)


def test_it_is_as_large_as_planned(window: MainWindow) -> None:
    assert (window.width(), window.height()) == theme.WINDOW


def test_esc_is_the_safe_way_back(window: MainWindow, sent, meeting: CustomerView, qtbot) -> None:
    qtbot.keyClick(window.start.problem, Qt.Key.Key_Escape)
    assert sent == []
    window.show_view(replace(START, page=Page.CODE))
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    window.show_view(replace(START, page=Page.WAITING))
    qtbot.waitUntil(window.waiting.cancel.hasFocus)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    window.show_view(meeting)
    qtbot.keyClick(window.meeting.accept, Qt.Key.Key_Escape)
    assert sent == [Cancel(), Cancel(), DeclineVisit()]
    window.show_view(replace(meeting, page=Page.GOODBYE))
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert len(sent) == 3


def test_the_meeting_begins_on_decline(window: MainWindow, meeting: CustomerView, qtbot) -> None:
    window.show_view(meeting)
    qtbot.waitUntil(by_name(window, "Decline").hasFocus)


def test_a_notice_is_one_sentence_above_the_page_until_the_next_state(window: MainWindow) -> None:
    window.show_view(replace(START, notice=Notice("newer_version")))
    assert by_id(window, "notice").text() == sentence("newer_version")
    window.show_view(START)
    assert not window.notice.isVisible()


def test_closing_it_is_told(window: MainWindow, qtbot) -> None:
    with qtbot.waitSignal(window.closed):
        window.close()


def _tab_through(window: MainWindow, qtbot) -> list[str]:
    """The names in the order in which Tab reaches them, once round."""
    reached: list[str] = []
    widgets: list[object] = []
    while (widget := QApplication.focusWidget()) not in widgets:
        widgets.append(widget)
        name = next((name for name, _, found in read(window) if found is widget and name), "")
        reached.append(name or widget.accessibleIdentifier())
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
        assert len(widgets) < 50
    return reached


def test_the_start_can_be_used_by_keyboard_in_the_order_of_reading(window: MainWindow, qtbot) -> None:
    qtbot.waitUntil(window.start.problem.hasFocus)
    assert _tab_through(window, qtbot) == [
        "Describe the problem",
        "Ask for help",
        "Show me a code",
        "Link from your helper",
        "Use link",
    ]


def test_the_meeting_can_be_used_by_keyboard_in_the_order_of_reading(
    window: MainWindow, meeting: CustomerView, stranger, qtbot
) -> None:
    window.show_view(replace(meeting, technician=stranger, asks_origin=True))
    qtbot.waitUntil(by_name(window, "Decline").hasFocus)
    reached = _tab_through(window, qtbot)
    first = reached.index("I asked for it")
    assert reached[first:] + reached[:first] == ["I asked for it", "Decline", "Accept", "Report"]


def test_the_arrows_choose_among_the_answers(window: MainWindow, meeting: CustomerView, stranger, sent, qtbot) -> None:
    window.show_view(replace(meeting, technician=stranger, asks_origin=True))
    by_name(window, "I asked for it").setFocus()
    qtbot.keyClick(by_name(window, "I asked for it"), Qt.Key.Key_Space)
    for name in ("Someone I know", "A stranger"):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        assert by_name(window, name).hasFocus()
    assert sent == [ChooseOrigin("asked"), ChooseOrigin("known"), ChooseOrigin("stranger")]


def test_the_goodbye_can_be_used_by_keyboard_in_the_order_of_reading(
    window: MainWindow, meeting: CustomerView, qtbot
) -> None:
    window.show_view(replace(meeting, page=Page.GOODBYE, may_keep=True))
    qtbot.waitUntil(by_name(window, "Close").hasFocus)
    assert _tab_through(window, qtbot) == ["Close", "Summary", "Save my copy", "Read the log", "Keep this organisation"]

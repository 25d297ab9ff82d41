from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QPlainTextEdit, QPushButton, QTabWidget
from pytestqt.qtbot import QtBot

from remotehelp.messages import Right
from remotehelp.technician.intents import Intent, Say, SetNotes
from remotehelp.technician.view import GrantLine
from remotehelp.visit.events import Side
from remotehelp.visit.shown import Said
from tests.helpers.reading import by_id, by_name
from tests.helpers.technician_views import MEETING, VISIT
from ui.technician.side import SideColumn


@pytest.fixture
def side(qtbot: QtBot, sent: list[Intent]) -> SideColumn:
    made = SideColumn(sent.append)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_view(VISIT)
    return made


def lines(side: SideColumn, name: str) -> list[str]:
    found = by_name(side, name)
    assert isinstance(found, QListWidget)
    return [found.item(row).text() for row in range(found.count())]


def message(side: SideColumn) -> QLineEdit:
    found = by_name(side, "Message")
    assert isinstance(found, QLineEdit)
    return found


def tabs(side: SideColumn) -> QTabWidget:
    return side.findChildren(QTabWidget)[0]


def test_the_safety_words_stand_beside_the_face_and_only_where_there_was_no_code(side: SideColumn) -> None:
    assert not side._safety_words.isVisible()
    side.show_view(replace(MEETING, safety_words=(0, 2047)))
    assert by_id(side, "safety-words").text() == "abandon zoo"  # type: ignore[attr-defined]
    side.show_view(VISIT)
    assert not side._safety_words.isVisible()


def test_the_conversation_is_shown(side: SideColumn) -> None:
    assert lines(side, "Conversation") == ["Customer: It blinks red", "You: I will look"]


def test_a_message_goes_by_button_and_by_enter(side: SideColumn, sent: list[Intent], qtbot: QtBot) -> None:
    send = by_name(side, "Send")
    assert isinstance(send, QPushButton)
    qtbot.keyClicks(message(side), " Is it on? ")
    send.click()
    assert message(side).text() == ""
    qtbot.keyClicks(message(side), "<b>plain</b>")
    qtbot.keyClick(message(side), Qt.Key.Key_Return)
    send.click()  # nothing stands there
    assert sent == [Say("Is it on?"), Say("<b>plain</b>")]


def test_a_new_line_of_the_customer_is_marked_while_another_tab_is_open(side: SideColumn, qtbot: QtBot) -> None:
    qtbot.keyClick(side, Qt.Key.Key_F2)
    side.show_view(replace(VISIT, conversation=(*VISIT.conversation, Said(Side.TECHNICIAN, "Mine"))))
    assert tabs(side).tabText(1) == "Chat"
    side.show_view(replace(VISIT, conversation=(*VISIT.conversation, Said(Side.CUSTOMER, "Hello?"))))
    assert "1" in tabs(side).tabText(1)
    assert tabs(side).tabBar().accessibleTabName(1) == "Chat"
    qtbot.keyClick(side, Qt.Key.Key_F3)
    assert tabs(side).tabText(1) == "Chat"
    assert message(side).hasFocus()


def test_the_case_has_her_words_and_the_notes(side: SideColumn, sent: list[Intent], qtbot: QtBot) -> None:
    qtbot.keyClick(side, Qt.Key.Key_F2)
    problem = by_id(side, "problem-in-full")
    assert isinstance(problem, QPlainTextEdit)
    assert problem.toPlainText() == "The printer stopped"
    assert problem.isReadOnly()
    notes = by_name(side, "Notes")
    assert notes.hasFocus()
    qtbot.keyClicks(notes, "toner")
    qtbot.waitUntil(lambda: sent == [SetNotes("toner")])


def test_the_grants_are_told_in_words(side: SideColumn) -> None:
    side.show_view(replace(VISIT, grants=(GrantLine(Right.VIEW, on=True), GrantLine(Right.CONTROL, on=False))))
    assert lines(side, "Grants") == ["✓ See the screen: allowed", "– Control mouse and keys: not allowed"]


@pytest.mark.parametrize(
    "name",
    [
        "Printers",
        "Print queues",
        "Jobs",
        "Resume queue",
        "Cancel job",
        "Cancel all jobs",
        "Print test page",
    ],
)
def test_the_printers_stand_there_and_say_when_they_come(side: SideColumn, qtbot: QtBot, name: str) -> None:
    qtbot.keyClick(side, Qt.Key.Key_F4)
    part = by_name(side, name)
    assert not part.isEnabled()
    assert part.accessibleDescription()


def test_a_demonstration_is_marked_beside_the_own_face(side: SideColumn) -> None:
    side.show_view(replace(VISIT, demonstration=True))
    assert by_name(side, "Your camera").accessibleDescription() == "Demonstration"


def test_nothing_is_written_before_she_can_read_it(side: SideColumn, sent: list[Intent], qtbot: QtBot) -> None:
    side.show_view(MEETING)
    for name in ("Message", "Send"):
        assert not by_name(side, name).isEnabled()
        assert "let you in" in by_name(side, name).accessibleDescription()
    side.first.setFocus()
    assert tabs(side).tabBar().hasFocus()
    side.show_view(VISIT)
    assert message(side).hasFocus()


def test_who_goes_to_the_tabs_stays_there(side: SideColumn) -> None:
    tabs(side).tabBar().setFocus()
    side.show_view(VISIT)
    assert tabs(side).tabBar().hasFocus()


@pytest.mark.parametrize("problem", ["short\n" * 1999, "W" * 4000])
def test_a_problem_of_any_shape_is_all_there_and_pushes_nothing_away(
    side: SideColumn, qtbot: QtBot, problem: str
) -> None:
    qtbot.keyClick(side, Qt.Key.Key_F2)
    before = side.minimumSizeHint()
    side.show_view(replace(VISIT, problem=problem))
    whole = by_id(side, "problem-in-full")
    assert isinstance(whole, QPlainTextEdit)
    assert whole.toPlainText() == problem
    assert side.minimumSizeHint() == before


def test_a_long_word_goes_on_in_the_next_line(side: SideColumn) -> None:
    side.show_view(replace(VISIT, conversation=(Said(Side.CUSTOMER, "short"), Said(Side.CUSTOMER, "W" * 200))))
    found = by_name(side, "Conversation")
    assert isinstance(found, QListWidget)
    short, long = (found.visualItemRect(found.item(row)).height() for row in range(2))
    assert long > 4 * short
    assert lines(side, "Conversation")[1] == "Customer: " + "W" * 200

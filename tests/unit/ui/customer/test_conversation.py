from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from remotehelp.customer.intents import Say
from remotehelp.customer.view import CustomerView
from remotehelp.visit.events import Side
from remotehelp.visit.shown import Said
from tests.helpers.reading import by_name
from ui.customer.conversation import Conversation

HELLO = Said(Side.TECHNICIAN, "Which printer is it?")
ANSWER = Said(Side.CUSTOMER, "The large one.")


@pytest.fixture
def part(qtbot, sent) -> Conversation:
    made = Conversation(sent.append)
    qtbot.addWidget(made)
    made.show()
    return made


def _lines(part: Conversation) -> list[str]:
    shown = by_name(part, "Conversation")
    return [shown.item(row).text() for row in range(shown.count())]


def test_each_line_says_who_wrote_it(part: Conversation, visit: CustomerView) -> None:
    part.show_view(replace(visit, conversation=(HELLO,)))
    part.show_view(replace(visit, conversation=(HELLO, ANSWER)))
    assert _lines(part) == ["Technician: Which printer is it?", "You: The large one."]


def test_the_next_visit_begins_empty(part: Conversation, visit: CustomerView) -> None:
    part.show_view(replace(visit, conversation=(HELLO, ANSWER)))
    part.show_view(CustomerView())
    part.show_view(replace(visit, conversation=(ANSWER,)))
    assert _lines(part) == ["You: The large one."]


def test_what_she_writes_is_sent_by_enter_and_by_its_button(part: Conversation, sent, qtbot) -> None:
    message = by_name(part, "Message")
    qtbot.keyClicks(message, "Hello")
    qtbot.keyClick(message, Qt.Key.Key_Return)
    message.setText("  Again ")
    by_name(part, "Send").click()
    assert sent == [Say("Hello"), Say("Again")]
    assert message.text() == ""


def test_nothing_is_not_sent(part: Conversation, sent, qtbot) -> None:
    message = by_name(part, "Message")
    message.setText("   ")
    qtbot.keyClick(message, Qt.Key.Key_Return)
    send = by_name(part, "Send")
    assert not send.isEnabled()
    assert send.toolTip()
    assert sent == []


def test_what_the_other_side_writes_is_never_markup(part: Conversation, visit: CustomerView) -> None:
    part.show_view(replace(visit, conversation=(Said(Side.TECHNICIAN, "<b>bold</b>"),)))
    assert _lines(part) == ["Technician: <b>bold</b>"]

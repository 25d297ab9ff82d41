from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDateEdit, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from remotehelp.technician.intents import CloseCase, Intent
from remotehelp.technician.view import Ended
from remotehelp.visit.shown import ShownLog
from tests.helpers.pacts import pacts
from tests.helpers.reading import by_id, by_name
from tests.helpers.stories import signed_story
from tests.helpers.technician_views import GOODBYE
from ui.technician.goodbye import GoodbyePage


@pytest.fixture
def page(qtbot: QtBot, sent: list[Intent]) -> GoodbyePage:
    made = GoodbyePage(sent.append)
    qtbot.addWidget(made)
    made.show_view(GOODBYE)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def close(page: GoodbyePage) -> QPushButton:
    found = by_name(page, "Close case")
    assert isinstance(found, QPushButton)
    return found


def test_both_texts_go_when_the_case_is_closed(page: GoodbyePage, sent: list[Intent], qtbot: QtBot) -> None:
    qtbot.keyClicks(by_name(page, "What was wrong"), "The queue had stopped")
    qtbot.keyClicks(by_name(page, "What was done"), "Started it again")
    page.show_view(replace(GOODBYE, she_left=True))  # a state does not take away what was typed
    close(page).click()
    assert sent == [CloseCase("The queue had stopped", "Started it again")]


def test_a_key_closes_the_case(page: GoodbyePage, sent: list[Intent], qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: sent == [CloseCase("", "")])


def test_the_log_of_the_visit_can_be_read_with_the_case(page: GoodbyePage, sent: list[Intent], qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert page.log_window is None, "there is none"
    log = ShownLog(signed_story(*pacts()).entries[:7], "/kept/case.jsonl", 3, closed=False)
    page.show_view(replace(GOODBYE, log=log))
    by_name(page, "Read the log").click()
    shown = page.log_window
    assert shown is not None
    assert "You asked to: use mouse and keyboard." in by_name(shown, "What the log says").toPlainText()
    assert "The customer allowed: use mouse and keyboard." in by_name(shown, "What the log says").toPlainText()
    page.show_view(replace(GOODBYE, log=replace(log, closed=True)))
    assert "signed all of it" in words(shown, "log-state")
    with qtbot.waitSignal(shown.destroyed):
        shown.close()
    with qtbot.waitActive(page):  # else it may come to the front in the middle of the next test
        page.activateWindow()
    assert page.log_window is None
    assert sent == []


def test_a_case_is_not_closed_twice(page: GoodbyePage) -> None:
    page.show_view(replace(GOODBYE, busy=True))
    assert not close(page).isEnabled()


def words(page: QWidget, identifier: str) -> str:
    found = by_id(page, identifier)
    assert isinstance(found, QLabel)
    return found.text()


def test_it_tells_that_she_has_left_and_that_nothing_reaches_her(page: GoodbyePage) -> None:
    assert "Both texts go to the customer" in words(page, "texts-reach")
    page.show_view(replace(GOODBYE, ended=Ended.BY_ME, she_left=True))
    assert words(page, "customer-left") == "The customer has left the visit."
    assert "Nothing reaches the customer any more" in words(page, "texts-reach")
    assert "sees your face" not in words(page, "texts-reach")


@pytest.mark.parametrize(
    ("ended", "told", "reaches"),
    [
        (Ended.BY_HER, "The customer ended the visit.", True),
        (Ended.BY_LINE, "The line did not come back, so the visit ended.", False),
        (Ended.BY_GUARD, "The visit was ended for safety.", True),
    ],
)
def test_it_tells_who_ended_the_visit(page: GoodbyePage, ended: Ended, told: str, reaches: bool) -> None:
    page.show_view(replace(GOODBYE, ended=ended))
    assert words(page, "customer-left") == told
    assert ("Both texts go to the customer" in words(page, "texts-reach")) is reaches


@pytest.mark.parametrize("name", ["Promise", "By", "Give promise"])
def test_promises_stand_there_and_say_when_they_come(page: GoodbyePage, name: str) -> None:
    part = by_name(page, name)
    assert not part.isEnabled()
    assert "later version" in part.accessibleDescription()


def test_by_is_a_date(page: GoodbyePage) -> None:
    assert isinstance(by_name(page, "By"), QDateEdit)

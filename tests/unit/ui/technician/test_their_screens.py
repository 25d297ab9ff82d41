from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from remotehelp.technician.intents import AskForScreens, Intent
from remotehelp.technician.view import Page, TechnicianView, TheirScreen
from remotehelp.technician.view import TheirScreens as Screens
from ui.technician.their_screens import TheirScreens

ONE, TWO = TheirScreen("one", 1366, 768), TheirScreen("two", 1280, 1024)
BOTH = TechnicianView(page=Page.VISIT, accepted=True, sees=True, screens=Screens((ONE, TWO), ("one",)))


@pytest.fixture
def their(qtbot: QtBot, sent: list[Intent]) -> TheirScreens:
    made = TheirScreens(sent.append)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_view(BOTH)
    made.setFocus()
    return made


def seen(view: TechnicianView, **changes: object) -> TechnicianView:
    return replace(view, screens=replace(view.screens, **changes))  # type: ignore[arg-type]


def test_all_her_screens_are_listed_and_what_is_seen_stands_there(their: TheirScreens) -> None:
    words = [their.itemText(row) for row in range(their.count())]
    assert words == ["one (1366 × 768)", "two (1280 × 1024)", "All screens"]
    assert their.currentText() == "one (1366 × 768)"
    assert their.accessibleIdentifier() == "their-screens"


def test_choosing_asks_and_goes_back_until_she_allows_it(their: TheirScreens, sent: list[Intent]) -> None:
    their.setCurrentIndex(1)
    their.activated.emit(1)
    assert sent == [AskForScreens(("two",))]
    assert their.currentIndex() == 0
    their.show_view(seen(BOTH, waiting=True, why_not="answer_awaited"))
    assert not their.isEnabled()
    assert "not answered" in their.toolTip()
    their.show_view(seen(BOTH, shown=("two",)))
    assert their.isEnabled()
    assert their.currentText() == "two (1280 × 1024)"


def test_all_of_them_may_be_asked_for_and_what_is_seen_may_not(their: TheirScreens, sent: list[Intent]) -> None:
    their.activated.emit(0)
    assert sent == []
    their.activated.emit(2)
    assert sent == [AskForScreens(("one", "two"))]


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard")  # the offscreen platform, under a list
@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Space])
def test_the_keyboard_opens_the_list_and_chooses_there(
    their: TheirScreens, sent: list[Intent], qtbot: QtBot, key: Qt.Key
) -> None:
    QTest.keyClick(their, key)
    qtbot.waitUntil(lambda: their.view().isVisible())
    assert sent == []
    QTest.keyClick(their.view(), Qt.Key.Key_Down)
    assert sent == []
    QTest.keyClick(their.view(), Qt.Key.Key_Return)
    assert sent == [AskForScreens(("two",))]


def test_a_letter_asks_for_nothing(their: TheirScreens, sent: list[Intent]) -> None:
    QTest.keyClick(their, Qt.Key.Key_T)
    assert (sent, their.currentIndex()) == ([], 0)


def test_the_list_follows_her_monitors(their: TheirScreens) -> None:
    three = TheirScreen("three", 800, 600)
    their.show_view(seen(BOTH, screens=(ONE, TWO, three), shown=("one", "two")))
    assert their.count() == 4
    assert (their.currentIndex(), their.placeholderText()) == (-1, "2 of 3 screens")
    their.show_view(seen(BOTH, screens=(ONE,), why_not="they_have_one_screen"))
    assert (their.count(), their.isEnabled()) == (1, False)
    their.show_view(replace(BOTH, screens=Screens(why_not="no_screens_yet")))
    assert (their.count(), their.isEnabled()) == (0, False)
    assert "don't see" in their.accessibleDescription()


def test_where_one_window_alone_is_seen_each_screen_may_be_asked_for(their: TheirScreens, sent: list[Intent]) -> None:
    their.show_view(seen(BOTH, shown=("one",), alone=True))  # a window that is called like a screen
    assert their.currentIndex() == -1
    assert their.placeholderText() == "One window only"
    their.activated.emit(0)
    assert sent == [AskForScreens(("one",))]

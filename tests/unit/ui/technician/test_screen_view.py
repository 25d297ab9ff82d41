from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollBar
from pytestqt.qtbot import QtBot

from remotehelp.technician.intents import Intent, SendWheel
from remotehelp.technician.view import Page, TechnicianView, TheirScreens
from tests.helpers.reading import by_id, by_name
from tests.helpers.stand_in_bridge import plain_canvas
from ui.technician.keys_rest import KeysRest
from ui.technician.mapping import Mode
from ui.technician.screen_view import ScreenView

SEES = TechnicianView(page=Page.VISIT, accepted=True, sees=True)
CONTROLS = replace(SEES, controls=True, points=True)


@pytest.fixture
def screen(qtbot: QtBot, sent: list[Intent]) -> ScreenView:
    view = ScreenView(sent.append)
    view.resize(400, 300)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    whole_screen(view).setFocus()
    view.show_view(SEES, "")
    view.show_canvas(plain_canvas(900, 700))
    return view


def bars(screen: ScreenView) -> list[QScrollBar]:
    """Those that are there, the one across first."""
    found = [bar for bar in screen.findChildren(QScrollBar) if bar.isVisible()]
    return sorted(found, key=lambda bar: bar.orientation().value)


def whole_screen(screen: ScreenView) -> QPushButton:
    button = by_name(screen, "Whole screen")
    assert isinstance(button, QPushButton)
    return button


def place_words(screen: ScreenView) -> str:
    label = by_id(screen, "keyboard")
    assert isinstance(label, QLabel)
    return label.text()


def test_the_whole_screen_is_shown_first(screen: ScreenView) -> None:
    placement = screen.picture.placement()
    assert placement is not None
    assert placement.width <= screen.picture.width()
    assert placement.height <= screen.picture.height()
    assert bars(screen) == []


def test_the_button_changes_to_one_to_one_and_back(screen: ScreenView) -> None:
    whole_screen(screen).click()
    assert screen.picture.mode is Mode.ONE_TO_ONE
    assert len(bars(screen)) == 2
    whole_screen(screen).click()
    assert screen.picture.mode is Mode.FITTED
    assert bars(screen) == []


def test_the_scroll_bars_reach_the_last_pixel(screen: ScreenView, qtbot: QtBot) -> None:
    whole_screen(screen).click()
    qtbot.waitUntil(
        lambda: [bar.maximum() for bar in bars(screen)] == [900 - screen.picture.width(), 700 - screen.picture.height()]
    )
    for bar in bars(screen):
        bar.setValue(bar.maximum())
    placement = screen.picture.placement()
    assert placement is not None
    corner = placement.shows(899, 699)
    inside = screen.picture.mapFrom(screen, QPoint(*corner))
    assert screen.picture.rect().contains(inside)
    assert inside == screen.picture.rect().bottomRight()


def test_the_keys_and_the_wheel_move_the_picture(screen: ScreenView, qtbot: QtBot) -> None:
    whole_screen(screen).click()
    qtbot.waitUntil(lambda: len(bars(screen)) == 2)
    qtbot.keyClick(screen, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(screen, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    across, down = bars(screen)
    assert across.value() > 0
    assert down.value() > 0
    QTest.wheelEvent(screen.windowHandle(), QPointF(100, 100), QPoint(0, 240))
    qtbot.waitUntil(lambda: down.value() == 0)


def test_the_wheel_moves_her_page_and_not_our_view(screen: ScreenView, qtbot: QtBot, sent: list[Intent]) -> None:
    screen.show_view(CONTROLS, "")
    whole_screen(screen).click()
    qtbot.waitUntil(lambda: len(bars(screen)) == 2)
    bars(screen)[1].setValue(50)
    QTest.wheelEvent(screen.windowHandle(), QPointF(100, 100), QPoint(0, 120))
    qtbot.waitUntil(lambda: any(isinstance(intent, SendWheel) for intent in sent))
    assert bars(screen)[1].value() == 50


def test_the_line_tells_where_the_keyboard_is(screen: ScreenView) -> None:
    assert place_words(screen) == "keyboard: here"
    screen.show_view(CONTROLS, "")
    assert place_words(screen).startswith("keyboard: here")
    screen.picture.setFocus()
    assert place_words(screen) == "keyboard: theirs – Esc Esc to free"


def test_after_escape_escape_the_focus_is_ours(screen: ScreenView) -> None:
    screen.show_view(CONTROLS, "")
    screen.picture.setFocus()
    for _ in range(2):
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, 9, 0, 0)
        QApplication.sendEvent(screen.picture, press)
    assert whole_screen(screen).hasFocus()
    assert place_words(screen).startswith("keyboard: here")


def test_a_key_goes_into_the_picture(screen: ScreenView, qtbot: QtBot) -> None:
    screen.show_view(CONTROLS, "")
    whole_screen(screen).setFocus()
    qtbot.keyClick(screen, Qt.Key.Key_F6)
    assert screen.picture.holds_keyboard


def test_the_focus_is_seen_round_the_picture_and_not_on_it(screen: ScreenView) -> None:
    whole_screen(screen).setFocus()
    without = screen.grab().toImage()
    picture_without = screen.picture.grab().toImage()
    screen.picture.setFocus()
    assert screen.grab().toImage() != without
    assert screen.picture.grab().toImage() == picture_without


def test_when_control_ends_in_the_middle_of_a_word_the_rest_goes_nowhere(qtbot: QtBot, sent: list[Intent]) -> None:
    view = ScreenView(sent.append)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.show_view(CONTROLS, "")
    view.picture.setFocus()
    view.show_view(SEES, "")
    sent.clear()
    rest = view.focusWidget()
    assert isinstance(rest, KeysRest)
    qtbot.keyClick(rest, Qt.Key.Key_F5)
    assert whole_screen(view).isChecked()
    view.show_view(CONTROLS, "")  # she allows it again: not before a click or Tab
    assert not view.picture.holds_keyboard
    assert sent == []


def test_control_that_ends_while_one_writes_elsewhere_leaves_the_focus_there(qtbot: QtBot, sent: list[Intent]) -> None:
    view = ScreenView(sent.append)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.show_view(CONTROLS, "")
    whole_screen(view).setFocus()
    view.show_view(SEES, "")
    assert whole_screen(view).hasFocus()


def test_it_says_in_words_that_one_window_alone_is_shown(screen: ScreenView) -> None:
    assert not [one for one in screen.findChildren(QLabel) if one.accessibleIdentifier() == "one-window" and one.text()]
    alone = TheirScreens((), ("Printers\n<b>2</b>",), alone=True)
    screen.show_view(replace(SEES, screens=alone), "")
    label = by_id(screen, "one-window")
    assert isinstance(label, QLabel)
    assert label.text() == "You see one window only, and only it can be used: Printers <b>2</b>"
    assert label.textFormat() == Qt.TextFormat.PlainText
    screen.show_view(replace(SEES, screens=replace(alone, shown=("",))), "")
    assert label.text().endswith("(without a title)")
    screen.show_view(SEES, "")
    assert not label.isVisible()


def test_it_says_in_words_that_she_works_herself_and_the_keyboard_stays_where_it_is(screen: ScreenView) -> None:
    screen.show_view(CONTROLS, "")
    screen.picture.setFocus()
    before = place_words(screen)
    screen.show_view(replace(CONTROLS, her_turn=True), "")
    assert place_words(screen) == "The customer is using mouse and keyboard now: yours wait"
    assert screen.picture.holds_keyboard
    screen.show_view(CONTROLS, "")
    assert place_words(screen) == before

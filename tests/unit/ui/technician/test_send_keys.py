from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from remotehelp.desktop.keys import EVDEV
from remotehelp.technician.intents import Intent, ReleaseKeys, SendKey
from tests.helpers.reading import by_name
from tests.helpers.stand_in_bridge import plain_canvas
from tests.helpers.technician_views import VISIT
from ui.technician.screen_view import ScreenView
from ui.technician.send_keys import COMBINATIONS, FUNCTION_KEYS, KEYS, presses

SEES = replace(VISIT, sees=True)
CONTROLS = replace(SEES, points=True, controls=True)
ALL = {**COMBINATIONS, **KEYS, **FUNCTION_KEYS}


@pytest.fixture
def screen(qtbot: QtBot, sent: list[Intent]) -> ScreenView:
    view = ScreenView(sent.append)
    view.resize(400, 300)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    by_name(view, "Whole screen").setFocus()
    view.show_view(CONTROLS, "")
    view.show_canvas(plain_canvas(90, 70))
    return view


def button(screen: ScreenView) -> QPushButton:
    found = by_name(screen, "Send keys")
    assert isinstance(found, QPushButton)
    return found


def opened(screen: ScreenView, qtbot: QtBot) -> QMenu:
    menu = button(screen).menu()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F7)
    qtbot.waitUntil(menu.isVisible)
    return menu


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def choose(menu: QMenu, words: str, qtbot: QtBot) -> None:
    """By the keyboard alone."""
    for _ in range(entries(menu).index(words) + 1):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)


@pytest.mark.parametrize("words", list(ALL))
def test_each_entry_presses_keys_that_are_known_and_leaves_none_down(words: str) -> None:
    down: list[str] = []
    for key in presses(ALL[words]):
        assert key.code in EVDEV
        assert key.text == ""
        if key.down:
            down.append(key.code)
        else:
            assert down.pop() == key.code
    assert down == []


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Ctrl+Alt+Del", ["ControlLeft", "AltLeft", "Delete"]),
        ("Alt+Tab", ["AltLeft", "Tab"]),
        ("Super", ["MetaLeft"]),
        ("Insert", ["Insert"]),
    ],
)
def test_an_entry_is_reached_by_keys_and_sends_its_keys(
    screen: ScreenView, sent: list[Intent], qtbot: QtBot, words: str, codes: list[str]
) -> None:
    sent.clear()
    choose(opened(screen, qtbot), words, qtbot)
    assert sent == [SendKey(code, True) for code in codes] + [SendKey(code, False) for code in reversed(codes)]


def test_escape_twice_goes_across_here_though_it_frees_the_keyboard_elsewhere(
    screen: ScreenView, sent: list[Intent], qtbot: QtBot
) -> None:
    sent.clear()
    choose(opened(screen, qtbot), "Esc Esc", qtbot)
    assert sent == [SendKey("Escape", down) for down in (True, False, True, False)]


def test_function_keys_have_a_menu_of_their_own(screen: ScreenView, sent: list[Intent], qtbot: QtBot) -> None:
    menu = opened(screen, qtbot)
    choose(menu, "Function keys", qtbot)
    [inner] = menu.findChildren(QMenu)
    qtbot.waitUntil(inner.isVisible)
    assert entries(inner) == [f"F{number}" for number in range(1, 13)]
    sent.clear()
    qtbot.keyClick(inner, Qt.Key.Key_Down)
    qtbot.keyClick(inner, Qt.Key.Key_Return)
    assert sent == [SendKey("F2", True), SendKey("F2", False)]  # the first was chosen already


def test_nothing_locks_the_customer_out() -> None:
    pressed = [set(codes) for strokes in ALL.values() for codes in strokes]
    for lock in ({"MetaLeft", "KeyL"}, {"ControlLeft", "AltLeft", "Backspace"}, {"ControlLeft", "AltLeft", "F1"}):
        assert not any(lock <= codes for codes in pressed)


def test_without_control_it_says_why_not(screen: ScreenView) -> None:
    assert button(screen).isEnabled()
    assert button(screen).toolTip() == "F7"
    screen.show_view(SEES, "")
    assert not button(screen).isEnabled()
    assert "Ask with Ctrl+3" in button(screen).accessibleDescription()
    assert "Ask with Ctrl+3" in button(screen).toolTip()


def test_a_menu_that_is_open_when_control_ends_is_closed(screen: ScreenView, qtbot: QtBot) -> None:
    menu = opened(screen, qtbot)
    screen.show_view(SEES, "")
    assert not menu.isVisible()


def test_who_typed_over_there_types_on_over_there_afterwards(
    screen: ScreenView, sent: list[Intent], qtbot: QtBot
) -> None:
    screen.picture.setFocus()
    assert screen.picture.holds_keyboard
    sent.clear()
    menu = button(screen).menu()
    qtbot.mouseClick(button(screen), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(menu.isVisible)
    assert sent == [ReleaseKeys()]
    screen.show_view(CONTROLS, "")  # a chat line comes meanwhile
    assert not screen.picture.holds_keyboard
    choose(menu, "Alt+F4", qtbot)
    assert sent[1:] == list(presses((("AltLeft", "F4"),)))
    assert screen.picture.holds_keyboard

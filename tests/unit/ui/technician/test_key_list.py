from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from remotehelp.technician.intents import Intent
from tests.helpers.reading import by_name
from tests.helpers.technician_views import DESK, VISIT
from ui.technician.key_list import KeyList, keys_of
from ui.technician.window import TechnicianWindow


def test_every_action_of_the_page_has_a_key(qtbot: QtBot, sent: list[Intent]) -> None:
    window = TechnicianWindow(sent.append)
    qtbot.addWidget(window)
    window.show()
    window.show_view(VISIT)
    keys = dict(keys_of(window))
    buttons = [button for button in window.findChildren(QPushButton) if button.isVisible()]
    without = {button.text() for button in buttons} - set(keys)
    assert without == {"Send"}  # Enter sends
    assert keys["Show the keys"] == "F1, ?"
    assert len(set(keys.values())) == len(keys)  # no key does two things


def test_only_what_is_there_is_listed(qtbot: QtBot, sent: list[Intent]) -> None:
    window = TechnicianWindow(sent.append)
    qtbot.addWidget(window)
    window.show()
    window.show_view(VISIT)
    window.show_view(DESK)
    keys = dict(keys_of(window))
    assert "End visit" not in keys
    assert "Cancel" not in keys
    assert keys["Join"] == "Ctrl+Return"
    assert len(set(keys.values())) == len(keys)


def test_escape_and_the_button_close_the_list(qtbot: QtBot, sent: list[Intent]) -> None:
    window = TechnicianWindow(sent.append)
    qtbot.addWidget(window)
    window.show()
    window.show_view(VISIT)
    for leave in (
        lambda shown: qtbot.keyClick(shown, Qt.Key.Key_Escape),
        lambda shown: qtbot.mouseClick(by_name(shown, "Close"), Qt.MouseButton.LeftButton),
    ):
        window.show_keys()
        shown = window.findChildren(KeyList)[-1]
        assert "Ctrl+Shift+E" in {label.text() for label in shown.findChildren(QLabel)}
        leave(shown)
        qtbot.waitUntil(lambda: window.findChildren(KeyList) == [])

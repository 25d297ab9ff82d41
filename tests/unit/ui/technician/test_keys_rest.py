from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.technician.keys_rest import KeysRest


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.rest = KeysRest(made)  # type: ignore[attr-defined]
    made.button, made.field = QPushButton("Send"), QLineEdit()  # type: ignore[attr-defined]
    made.button.setShortcut("Ctrl+Return")  # type: ignore[attr-defined]
    column = QVBoxLayout(made)
    column.addWidget(made.field)  # type: ignore[attr-defined]
    column.addWidget(made.button)  # type: ignore[attr-defined]
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.rest.setFocus()  # type: ignore[attr-defined]
    return made


def test_no_key_and_no_shortcut_gets_through(window, qtbot: QtBot) -> None:
    pressed = []
    window.button.clicked.connect(lambda: pressed.append(True))
    qtbot.keyClicks(window.rest, "password")
    qtbot.keyClick(window.rest, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.rest, Qt.Key.Key_Space)
    qtbot.wait(20)
    assert (pressed, window.field.text()) == ([], "")
    assert window.rest.hasFocus()


def test_tab_goes_on_and_does_not_come_back(window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.rest, Qt.Key.Key_Tab)
    assert window.field.hasFocus()
    for _ in range(4):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert not window.rest.hasFocus()


def test_it_tells_a_screen_reader_how_to_go_on(window) -> None:
    assert "Tab" in window.rest.accessibleName()

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.reading import by_name
from ui.technician.end_question import EndQuestion


@pytest.fixture
def asked(qtbot: QtBot) -> EndQuestion:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = EndQuestion(window)
    with qtbot.waitActive(made):
        made.open()
    made.window_above = window  # type: ignore[attr-defined]
    return made


@pytest.mark.parametrize(("name", "ends"), [("Go on with the visit", 0), ("Go to the goodbye", 1)])
def test_each_button_answers(asked: EndQuestion, qtbot: QtBot, name: str, ends: int) -> None:
    button = by_name(asked, name)
    assert isinstance(button, QPushButton)
    with qtbot.waitSignal(asked.finished) as answer:
        button.click()
    assert answer.args == [ends]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_a_key_that_was_meant_for_something_else_ends_nothing(asked: EndQuestion, qtbot: QtBot, key: Qt.Key) -> None:
    stay = by_name(asked, "Go on with the visit")
    assert stay.hasFocus()
    with qtbot.waitSignal(asked.finished) as answer:
        qtbot.keyClick(stay, key)
    assert answer.args == [0]

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt, QTime
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from remotehelp.messages import Right
from remotehelp.technician.intents import AskFor, EndVisit, Intent
from remotehelp.technician.view import AskLine
from tests.helpers.reading import by_name
from tests.helpers.technician_views import VISIT
from ui.technician.actions import Actions

ASKS = {
    "Ask to see the screen": Right.VIEW,
    "Ask to point": Right.POINT,
    "Ask for control": Right.CONTROL,
    "Ask for printers": Right.PRINTERS,
    "Ask for system": Right.SYSTEM,
    "Ask for clipboard": Right.CLIPBOARD,
}


@pytest.fixture
def actions(qtbot: QtBot, sent: list[Intent]) -> Actions:
    made = Actions(sent.append)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_view(replace(VISIT, asks=tuple(AskLine(right) for right in Right)))
    return made


def button(actions: Actions, name: str) -> QPushButton:
    found = by_name(actions, name)
    assert isinstance(found, QPushButton)
    return found


@pytest.mark.parametrize(("name", "right"), list(ASKS.items()))
def test_each_button_asks_for_its_right(actions: Actions, sent: list[Intent], name: str, right: Right) -> None:
    button(actions, name).click()
    assert sent == [AskFor(right)]


def test_each_ask_has_its_key(actions: Actions, sent: list[Intent], qtbot: QtBot) -> None:
    for number, right in enumerate(ASKS.values(), start=1):
        qtbot.keyClick(actions, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda right=right: sent[-1:] == [AskFor(right)])


def test_what_rests_says_until_when(actions: Actions) -> None:
    rests = AskLine(Right.VIEW, why_not="asking_rests", again_at=actions._clock() + 300)
    before = QTime.currentTime()
    actions.show_view(replace(VISIT, asks=(rests,)))
    assert not button(actions, "Ask to see the screen").isEnabled()
    said = button(actions, "Ask to see the screen").toolTip()
    after = QTime.currentTime()
    times = {QLocale().toString(now.addSecs(300 + 59), QLocale.FormatType.ShortFormat) for now in (before, after)}
    assert any(f"You can ask at {time}." in said for time in times)


def test_what_can_not_be_asked_says_why(actions: Actions) -> None:
    actions.show_view(
        replace(VISIT, asks=(AskLine(Right.VIEW, why_not="code_wrong"), AskLine(Right.POINT, waiting=True)))
    )
    for name, why in (
        ("Ask to see the screen", "did not fit"),
        ("Ask to point", "not answered yet"),
        ("Ask for control", "later version"),
    ):
        assert not button(actions, name).isEnabled()
        assert why in button(actions, name).accessibleDescription()
        assert why in button(actions, name).toolTip()


@pytest.mark.parametrize("name", ["Offer a file", "Draw", "Narrate", "Mute", "Push to talk", "Camera", "Record"])
def test_what_is_not_built_yet_says_so(actions: Actions, name: str) -> None:
    assert not button(actions, name).isEnabled()
    assert "later version" in button(actions, name).accessibleDescription()
    assert not button(actions, name).shortcut().isEmpty()


def test_the_visit_ends_by_button_and_key(actions: Actions, sent: list[Intent], qtbot: QtBot) -> None:
    button(actions, "End visit").click()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(actions, Qt.Key.Key_E, both)
    qtbot.waitUntil(lambda: sent == [EndVisit(), EndVisit()])

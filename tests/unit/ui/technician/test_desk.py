from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from remotehelp.technician.intents import CancelJoin, Intent, Join, SetNotes, Take
from remotehelp.technician.view import TechnicianView
from remotehelp.visit.shown import Notice
from tests.helpers.reading import by_id, by_name
from tests.helpers.technician_views import DESK, JOINING, WAITED_FOR
from ui.technician.desk import DeskPage


@pytest.fixture
def desk(qtbot: QtBot, sent: list[Intent]) -> DeskPage:
    made = DeskPage(sent.append)
    qtbot.addWidget(made)
    made.show_view(DESK)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def button(desk: DeskPage, name: str) -> QPushButton:
    found = by_name(desk, name)
    assert isinstance(found, QPushButton)
    return found


def code(desk: DeskPage) -> QLineEdit:
    found = by_name(desk, "Code")
    assert isinstance(found, QLineEdit)
    return found


def words(desk: DeskPage, identifier: str) -> str:
    found = by_id(desk, identifier)
    assert isinstance(found, QLabel)
    return found.text()


@pytest.mark.parametrize("typed", ["4711-482-913", "4711 482 913", " 4711482913", "half"])
def test_enter_joins_with_what_was_typed(desk: DeskPage, sent: list[Intent], qtbot: QtBot, typed: str) -> None:
    """The engine reads it, tolerantly, and tells what is wrong with it."""
    qtbot.keyClicks(code(desk), typed)
    qtbot.keyClick(code(desk), Qt.Key.Key_Return)
    assert sent == [Join(typed)]


def test_the_button_joins_too(desk: DeskPage, sent: list[Intent]) -> None:
    code(desk).setText("4711-482-913")
    button(desk, "Join").click()
    assert sent == [Join("4711-482-913")]


def test_the_code_can_be_cancelled_while_it_is_checked(desk: DeskPage, sent: list[Intent], qtbot: QtBot) -> None:
    code(desk).setText("4711-482-913")
    desk.show_view(JOINING)
    assert not button(desk, "Join").isEnabled()
    assert words(desk, "joining")
    qtbot.keyClick(desk, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: sent == [CancelJoin()])
    desk.show_view(DESK)
    assert code(desk).text() == "4711-482-913"
    assert button(desk, "Join").isEnabled()


def test_nobody_joins_without_being_signed_in(desk: DeskPage) -> None:
    desk.show_view(replace(DESK, signed_in=False))
    assert not button(desk, "Join").isEnabled()
    assert button(desk, "Join").accessibleDescription()
    assert words(desk, "signed-in-at") == "Not signed in"


def test_who_waits_is_taken_from_the_desk(desk: DeskPage, sent: list[Intent]) -> None:
    desk.show_view(WAITED_FOR)
    button(desk, "Take").click()
    assert sent == [Take(1)]


def test_after_a_customer_who_was_gone_the_focus_is_in_the_list_again(desk: DeskPage) -> None:
    desk.show_view(WAITED_FOR)
    button(desk, "Take").setFocus()
    desk.show_view(replace(JOINING, taking=True))
    assert by_name(desk, "Cancel").hasFocus()
    assert "customer" in words(desk, "joining")
    assert "code" not in words(desk, "joining")
    desk.show_view(replace(DESK, notice=Notice("no_longer_waiting")))
    assert by_name(desk, "Waiting").hasFocus()


def test_after_a_wrong_code_the_next_digits_take_its_place(desk: DeskPage, sent: list[Intent], qtbot: QtBot) -> None:
    code(desk).setFocus()
    qtbot.keyClicks(code(desk), "4711-482-913")
    qtbot.keyClick(code(desk), Qt.Key.Key_Return)
    desk.show_view(JOINING)
    assert by_name(desk, "Cancel").hasFocus()
    desk.show_view(replace(DESK, notice=Notice("code_wrong")))
    assert code(desk).hasFocus()
    qtbot.keyClicks(code(desk), "4712-000-001")
    assert code(desk).text() == "4712-000-001"
    assert by_name(desk, "Notes").toPlainText() == ""  # type: ignore[attr-defined]


def test_who_writes_notes_while_the_code_is_checked_goes_on_there(desk: DeskPage) -> None:
    desk.show_view(JOINING)
    by_name(desk, "Notes").setFocus()
    desk.show_view(DESK)
    assert by_name(desk, "Notes").hasFocus()


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (DESK, "Default camera"),
        (replace(DESK, demonstration=True), "A video file (demonstration)"),
        (replace(DESK, no_camera=True), "No camera"),
    ],
)
def test_the_camera_in_use_is_named(desk: DeskPage, view: TechnicianView, words: str) -> None:
    desk.show_view(view)
    camera = by_id(desk, "camera")
    assert isinstance(camera, QComboBox)
    assert camera.currentText() == words


def test_a_name_without_end_makes_no_wide_desk(desk: DeskPage) -> None:
    before = desk.minimumSizeHint().width()
    desk.show_view(replace(DESK, me="W" * 100 + ", " + "W" * 100))
    assert desk.minimumSizeHint().width() == before


def test_what_was_before_can_be_read_and_not_changed(desk: DeskPage) -> None:
    history = by_name(desk, "History")
    assert isinstance(history, QPlainTextEdit)
    assert history.toPlainText().splitlines() == list(DESK.history)
    assert history.isReadOnly()


def test_notes_are_kept(desk: DeskPage, sent: list[Intent], qtbot: QtBot) -> None:
    qtbot.keyClicks(by_name(desk, "Notes"), "call back")
    qtbot.waitUntil(lambda: sent == [SetNotes("call back")])


@pytest.mark.parametrize("name", ["Follow-ups", "Settings"])
def test_what_is_not_built_yet_says_so(desk: DeskPage, name: str) -> None:
    assert not button(desk, name).isEnabled()
    assert "later version" in button(desk, name).accessibleDescription()
    assert button(desk, name).toolTip() == button(desk, name).accessibleDescription()


@pytest.mark.parametrize("identifier", ["camera", "microphone", "speaker"])
def test_choosing_a_device_is_not_built_yet_and_says_so(desk: DeskPage, identifier: str) -> None:
    device = by_id(desk, identifier)
    assert isinstance(device, QComboBox)
    assert not device.isEnabled()
    assert "later version" in device.accessibleDescription()
    assert device.toolTip() == device.accessibleDescription()


def test_the_empty_list_says_what_will_come(desk: DeskPage) -> None:
    assert "Customers who wait" in by_name(desk, "Waiting").accessibleDescription()


@pytest.mark.parametrize(
    ("key", "name"),
    [(Qt.Key.Key_F2, "Code"), (Qt.Key.Key_F3, "Waiting"), (Qt.Key.Key_F4, "Notes"), (Qt.Key.Key_F5, "History")],
)
def test_a_key_goes_to_each_part(desk: DeskPage, qtbot: QtBot, key: Qt.Key, name: str) -> None:
    button(desk, "Join").setFocus()
    qtbot.keyClick(desk, key)
    assert by_name(desk, name).hasFocus()


def test_it_tells_who_and_where_one_is(desk: DeskPage) -> None:
    assert words(desk, "me") == "Technician A, Organisation A"
    assert words(desk, "signed-in-at") == "Signed in at http://192.0.2.10:8443"
    assert words(desk, "broker-address") == "http://192.0.2.10:8443"
    assert words(desk, "customer-link") == DESK.customer_link

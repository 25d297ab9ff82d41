from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from remotehelp.messages import TEXT_LIMIT
from ui.technician import parts


def test_a_button_tells_its_key_or_why_it_can_not_be_pressed(qtbot: QtBot) -> None:
    button = parts.button("Draw", "Ctrl+D")
    qtbot.addWidget(button)
    assert button.toolTip() == "Ctrl+D"
    parts.may(button, "Not today")
    assert not button.isEnabled()
    assert button.toolTip() == "Not today"
    assert button.accessibleDescription() == "Not today"
    parts.may(button, "")
    assert button.isEnabled()
    assert button.toolTip() == "Ctrl+D"
    assert button.accessibleDescription() == ""


def test_a_key_presses_its_button_from_elsewhere_in_the_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    field, button = parts.line_field("Message"), parts.button("Draw", "Ctrl+D")
    column.addWidget(field)
    column.addWidget(button)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(field, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)


def test_a_text_holds_what_a_message_may_carry(qtbot: QtBot) -> None:
    field = parts.TextField("Notes")
    qtbot.addWidget(field)
    field.setPlainText("x" * (TEXT_LIMIT + 50))
    assert len(field.text()) == TEXT_LIMIT


def test_tab_leaves_a_text(qtbot: QtBot) -> None:
    field = parts.TextField("Notes")
    qtbot.addWidget(field)
    assert field.tabChangesFocus()


def test_an_empty_list_says_what_will_come(qtbot: QtBot) -> None:
    made, blank = parts.WordyList("Waiting", "Nobody waits"), QListWidget()
    for widget in (made, blank):
        qtbot.addWidget(widget)
        widget.resize(200, 100)
    assert made.accessibleDescription() == "Nobody waits"
    assert made.viewport().grab().toImage() != blank.viewport().grab().toImage()
    made.show_lines(["one"])
    assert made.accessibleDescription() == ""


def test_a_list_that_grows_keeps_what_was_there(qtbot: QtBot) -> None:
    made = parts.WordyList("Conversation", "Nothing yet")
    qtbot.addWidget(made)
    made.show_lines(["one", "two"])
    first = made.item(0)
    made.show_lines(["one", "two", "three"])
    assert made.item(0) is first
    assert [made.item(row).text() for row in range(made.count())] == ["one", "two", "three"]
    made.show_lines(["other"])
    assert [made.item(row).text() for row in range(made.count())] == ["other"]


def test_a_short_label_never_makes_its_window_wider_and_keeps_all_of_its_text(qtbot: QtBot) -> None:
    label = parts.ShortLabel("customer-link")
    qtbot.addWidget(label)
    label.show_text("x" * 500)
    label.resize(100, 20)
    assert label.grab().width() == 100 * label.devicePixelRatio()
    assert label.text() == "x" * 500
    assert label.toolTip() == "x" * 500
    assert label.sizePolicy().horizontalPolicy() is parts.QSizePolicy.Policy.Ignored

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from remotehelp.customer.intents import Answer
from remotehelp.customer.view import CustomerView
from remotehelp.messages import Right
from tests.helpers.reading import by_id, by_name
from ui.customer.request_dialog import RequestDialog


@pytest.fixture
def dialog(qtbot, sent) -> RequestDialog:
    made = RequestDialog(sent.append)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.hide())
    return made


@pytest.fixture
def asked(dialog: RequestDialog, visit: CustomerView, qtbot) -> RequestDialog:
    with qtbot.waitSignal(dialog.appeared):
        dialog.show_view(replace(visit, request=Right.CONTROL))
    return dialog


def test_one_sentence_by_given_name(asked: RequestDialog) -> None:
    assert by_id(asked, "what-they-ask").text() == "Technician wants to use your mouse and keyboard."
    assert by_name(asked, "Request") is asked


def test_not_now_has_the_focus_and_enter_is_not_now(asked: RequestDialog, sent, qtbot) -> None:
    qtbot.waitUntil(by_name(asked, "Not now").hasFocus)
    qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_Return)
    assert sent == [Answer(False)]


def test_both_buttons_have_one_size(asked: RequestDialog) -> None:
    assert by_name(asked, "Not now").size() == by_name(asked, "Allow").size()


def test_it_can_be_allowed_by_keyboard(asked: RequestDialog, sent, qtbot) -> None:
    qtbot.waitUntil(asked.not_now.hasFocus)
    qtbot.keyClick(asked.not_now, Qt.Key.Key_Tab)
    qtbot.waitUntil(asked.allow.hasFocus)
    qtbot.keyClick(asked.allow, Qt.Key.Key_Space)
    assert sent == [Answer(True)]


def test_closing_and_esc_are_not_now(asked: RequestDialog, sent, qtbot) -> None:
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert not asked.close()
    assert sent == [Answer(False), Answer(False)]
    assert asked.isVisible()


def test_it_goes_when_the_state_says_so_and_tells_when_it_is_gone(asked: RequestDialog, visit, qtbot) -> None:
    with qtbot.waitSignal(asked.vanished):
        asked.show_view(visit)
    assert not asked.isVisible()


def test_it_comes_again_with_the_focus_on_not_now(asked: RequestDialog, visit, qtbot) -> None:
    asked.allow.setFocus()
    with qtbot.waitSignal(asked.vanished):
        asked.show_view(visit)
    with qtbot.waitSignal(asked.appeared):
        asked.show_view(replace(visit, request=Right.POINT))
    assert asked.focusWidget() is asked.not_now
    assert "point" in asked.what.text()


def test_another_question_in_its_place_is_told_anew(asked: RequestDialog, visit, qtbot) -> None:
    with qtbot.waitSignal(asked.appeared):
        asked.show_view(replace(visit, request=Right.VIEW))
    assert asked.what.text() == "Technician wants to see your screen."


def test_the_same_state_twice_asks_once(asked: RequestDialog, visit, qtbot) -> None:
    with qtbot.assertNotEmitted(asked.appeared):
        asked.show_view(replace(visit, request=Right.CONTROL, sees=True))


def test_the_second_click_of_a_double_click_is_no_answer(asked: RequestDialog, sent) -> None:
    middle = QPointF(asked.allow.rect().center())
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        click = QMouseEvent(
            kind, middle, asked.allow.mapToGlobal(middle), Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(asked.allow, click)
    assert sent == []


def test_a_click_allows(asked: RequestDialog, sent, qtbot) -> None:
    qtbot.mouseClick(asked.allow, Qt.MouseButton.LeftButton)
    assert sent == [Answer(True)]


def test_it_is_on_top_and_leaves_the_help_bar_in_reach(asked: RequestDialog) -> None:
    assert asked.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert not asked.isModal()

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from remotehelp.customer.intents import Answer
from remotehelp.customer.view import CustomerView, Window
from remotehelp.messages import Right
from remotehelp.visit.checks import BeforeControl, PrivateWindow, Sign, StillControl
from remotehelp.visit.grants import OtherScreens
from tests.helpers.reading import by_id, by_name
from tests.helpers.xdesk import window_manager, x_server
from ui.customer.request_dialog import ARMING_MS, RequestDialog
from ui.customer.windows import SETTLED_MS
from ui.shared import theme

PROGRAM = """
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from remotehelp.customer.view import CustomerView
from remotehelp.messages import Right
from ui.customer.request_dialog import RequestDialog
from ui.shared import theme

app = QApplication([])
theme.apply(app, theme.Face.CUSTOMER)
dialog = RequestDialog(lambda _: None)
dialog.appeared.connect(lambda number: print(number, flush=True))
dialog.vanished.connect(lambda: print("vanished", flush=True))
dialog.show_view(CustomerView(request=Right.CONTROL, question=1))
QTest.qWait(600)
dialog.show_view(CustomerView(question=1))
dialog.show_view(CustomerView(request=Right.CONTROL, question=2))
QTest.qWait(1000)
exposed = dialog.windowHandle().isExposed()
dialog.show_view(CustomerView(question=2))
QTest.qWait(600)
print("exposed" if exposed else "unseen", dialog.windowHandle().isExposed())
"""


@pytest.fixture
def dialog(qtbot, sent) -> RequestDialog:
    made = RequestDialog(sent.append)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.hide())
    return made


@pytest.fixture
def asked(dialog: RequestDialog, visit: CustomerView, qtbot) -> RequestDialog:
    with qtbot.waitSignal(dialog.appeared):
        dialog.show_view(replace(visit, request=Right.CONTROL, question=1))
    return dialog


@pytest.fixture
def armed(asked: RequestDialog, qtbot) -> RequestDialog:
    """The question has stood there for a while."""
    qtbot.waitUntil(asked.allow.isEnabled)
    return asked


def test_one_sentence_by_given_name(asked: RequestDialog) -> None:
    assert (
        by_id(asked, "what-they-ask").text() == "Technician wants to see your screen and use your mouse and keyboard."
    )
    assert by_name(asked, "Request") is asked


def test_what_is_shown_when_it_is_asked_is_what_the_words_are_about(armed: RequestDialog, visit, sent, qtbot) -> None:
    asks = replace(visit, request=OtherScreens(("HDMI-1",)))
    for number, view, words in (
        (2, replace(asks, window=Window(7, "Printers")), "whole screen HDMI-1 instead of the one window"),
        (3, asks, "asks to see your other screen"),
        (4, replace(asks, controls=True), "asks to see and use your other screen"),
    ):
        armed.show_view(replace(view, question=number))
        assert words in armed.what.text()
        assert not armed.allow.isEnabled()


@pytest.mark.parametrize(
    ("check", "title", "words", "no"),
    [
        (BeforeControl(), "Before they control", "money, bank details, passwords or gift cards", "Stop, this is wrong"),
        (
            PrivateWindow(7, (Sign("till", added=True), Sign("wallet"))),
            "Private window",
            "(wallet). Technician can't see or use it",
            "Stop, this is wrong",
        ),
        (
            PrivateWindow(7, (Sign("mozilla firefox is broken", added=True),)),
            "Private window",
            "Technician's organisation calls this window private. Technician can't",
            "Stop, this is wrong",
        ),
        (StillControl(), "Still needed?", "for half an hour", "End control"),
    ],
)
def test_what_her_own_machine_asks_stands_in_the_same_window(
    asked: RequestDialog, visit, sent, qtbot, check, title: str, words: str, no: str
) -> None:
    with qtbot.waitSignal(asked.appeared) as told:
        asked.show_view(replace(visit, request=check, question=2))
    assert told.args == [2]
    assert (asked.windowTitle(), asked.accessibleName()) == (title, title)
    assert words in by_id(asked, "what-they-ask").text()
    assert by_id(asked, "what-to-think-of").isVisible()
    assert not by_name(asked, "Go on").isEnabled()
    qtbot.waitUntil(by_name(asked, no).hasFocus)
    qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_Return)
    assert by_name(asked, no).size() == by_name(asked, "Go on").size()
    qtbot.waitUntil(asked.allow.isEnabled)
    by_name(asked, "Go on").click()
    assert sent == [Answer(False, 2), Answer(True, 2)]
    asked.show_view(replace(visit, request=Right.VIEW, question=3))
    assert asked.windowTitle() == "Request"
    assert asked.more.isHidden()


def test_not_now_has_the_focus_and_enter_is_not_now(asked: RequestDialog, sent, qtbot) -> None:
    qtbot.waitUntil(by_name(asked, "Not now").hasFocus)
    qtbot.keyClick(asked.focusWidget(), Qt.Key.Key_Return)
    assert sent == [Answer(False, 1)]


def test_both_buttons_have_one_size(asked: RequestDialog) -> None:
    assert by_name(asked, "Not now").size() == by_name(asked, "Allow").size()


def test_it_can_be_allowed_by_keyboard(armed: RequestDialog, sent, qtbot) -> None:
    asked = armed
    qtbot.waitUntil(asked.not_now.hasFocus)
    qtbot.keyClick(asked.not_now, Qt.Key.Key_Tab)
    qtbot.waitUntil(asked.allow.hasFocus)
    qtbot.keyClick(asked.allow, Qt.Key.Key_Space)
    assert sent == [Answer(True, 1)]


def test_closing_and_esc_are_not_now(asked: RequestDialog, sent, qtbot) -> None:
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert not asked.close()
    assert sent == [Answer(False, 1), Answer(False, 1)]
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
        asked.show_view(replace(visit, request=Right.POINT, question=2))
    assert asked.focusWidget() is asked.not_now
    assert "point" in asked.what.text()


def test_another_question_in_its_place_is_told_anew(asked: RequestDialog, visit, qtbot) -> None:
    with qtbot.waitSignal(asked.appeared):
        asked.show_view(replace(visit, request=Right.VIEW, question=2))
    assert asked.what.text() == "Technician wants to see your screen."


def test_the_same_state_twice_asks_once(asked: RequestDialog, visit, qtbot) -> None:
    with qtbot.assertNotEmitted(asked.appeared):
        asked.show_view(replace(visit, request=Right.CONTROL, question=1, sees=True))


def test_the_second_click_of_a_double_click_is_no_answer(armed: RequestDialog, sent) -> None:
    asked = armed
    middle = QPointF(asked.allow.rect().center())
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        click = QMouseEvent(
            kind, middle, asked.allow.mapToGlobal(middle), Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(asked.allow, click)
    assert sent == []


def test_a_click_allows(armed: RequestDialog, sent, qtbot) -> None:
    qtbot.mouseClick(armed.allow, Qt.MouseButton.LeftButton)
    assert sent == [Answer(True, 1)]


def test_the_same_right_asked_again_is_a_new_question(armed: RequestDialog, visit, sent, qtbot) -> None:
    with qtbot.waitSignal(armed.appeared) as told:
        armed.show_view(replace(visit, request=Right.CONTROL, question=2))
    assert told.args == [2]
    armed.not_now.click()
    assert sent == [Answer(False, 2)]


def test_allow_rests_after_each_question_so_that_a_click_for_the_last_one_hits_nothing(
    asked: RequestDialog, visit, sent, qtbot
) -> None:
    for question in (1, 2, 3):
        began = time.monotonic()
        asked.show_view(replace(visit, request=Right.CONTROL, question=question))
        qtbot.mouseClick(asked.allow, Qt.MouseButton.LeftButton)
        assert not asked.allow.isEnabled()
        assert asked.allow.toolTip()
        assert asked.not_now.isEnabled()
        qtbot.waitUntil(asked.allow.isEnabled)
        assert question == 1 or time.monotonic() - began >= 0.9 * ARMING_MS / 1000
    assert sent == []


def test_gone_and_asked_anew_in_one_turn_it_is_on_the_screen_again(asked: RequestDialog, visit, qtbot) -> None:
    told: list[object] = []
    asked.appeared.connect(told.append)
    asked.vanished.connect(lambda: told.append("vanished"))
    asked.show_view(visit)
    asked.show_view(replace(visit, request=Right.CONTROL, question=2))
    qtbot.waitUntil(lambda: bool(told) and told[-1] == 2)
    qtbot.wait(SETTLED_MS + 50)
    assert told == ["vanished", 2]
    assert asked.isVisible()
    assert asked.windowHandle().isExposed()


def test_a_question_that_came_and_went_unseen_has_vanished(dialog: RequestDialog, visit, qtbot) -> None:
    with qtbot.waitSignal(dialog.vanished):
        dialog.show_view(replace(visit, question=1))  # both changes within one state
    with qtbot.assertNotEmitted(dialog.vanished):
        dialog.show_view(replace(visit, question=1, sees=True))
    with qtbot.waitSignal(dialog.vanished):
        dialog.show_view(replace(visit, request=Right.CONTROL, question=2))
        dialog.show_view(replace(visit, question=2))
    assert not dialog.isVisible()


def test_it_is_as_tall_as_its_sentence_and_no_taller(asked: RequestDialog, visit, technician, qtbot) -> None:
    before = asked.height()
    longer = replace(technician, given_name="Technician " * 9)
    asked.show_view(replace(visit, technician=longer, request=Right.CONTROL, question=2))
    qtbot.waitUntil(lambda: asked.height() > before)
    assert asked.what.height() <= asked.what.heightForWidth(asked.what.width()) + theme.STEP
    asked.show_view(replace(visit, request=Right.CONTROL, question=3))
    qtbot.waitUntil(lambda: asked.height() == before)


def test_on_a_real_display_each_question_that_is_told_can_be_seen() -> None:
    with x_server() as display, window_manager(display):
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        ran = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, timeout=30
        )
    assert ran.stdout.split() == ["1", "vanished", "2", "vanished", "exposed", "False"], ran.stderr


def test_it_is_on_top_and_leaves_the_help_bar_in_reach(asked: RequestDialog) -> None:
    assert asked.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert not asked.isModal()

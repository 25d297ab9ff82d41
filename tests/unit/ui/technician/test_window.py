from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from remotehelp.errors import BackendError
from remotehelp.technician.intents import EndVisit, Intent
from remotehelp.technician.view import Ended, TechnicianView
from remotehelp.visit.shown import Notice
from tests.helpers.reading import by_id, by_name, read
from tests.helpers.stand_in_bridge import plain_canvas, plain_frame
from tests.helpers.technician_views import ALL, DESK, FIRST_START, GOODBYE, JOINING, MEETING, SIGN_IN, VISIT
from ui.technician.end_question import EndQuestion
from ui.technician.key_list import KeyList
from ui.technician.window import TechnicianWindow

NAMES = [
    (FIRST_START, ["Given name", "Surname", "Organisation", "Create my badge"]),
    (SIGN_IN, ["Broker", "Use my badge", "Account", "Password", "One-time code", "Sign in"]),
    (DESK, ["Available", "Waiting", "Code", "Join", "Take", "Follow-ups", "Settings", "History", "Notes"]),
    (JOINING, ["Code", "Join", "Cancel"]),
    (
        VISIT,
        [
            "Customer's screen",
            "Send keys",
            "Ask to see the screen",
            "Ask to point",
            "Ask for control",
            "Ask for printers",
            "Ask for system",
            "Ask for clipboard",
            "Offer a file",
            "Draw",
            "Narrate",
            "Mute",
            "Push to talk",
            "Camera",
            "Record",
            "Grants",
            "Message",
            "Send",
            "Conversation",
            "End visit",
        ],
    ),
    (GOODBYE, ["What was wrong", "What was done", "Promise", "By", "Give promise", "Close case"]),
]
IDS = [
    (DESK, ["broker-address", "customer-link"]),
    (replace(DESK, page=FIRST_START.page), ["broker-address", "customer-link"]),
    (VISIT, ["line", "keyboard", "timer", "problem"]),
]


@pytest.fixture
def window(qtbot: QtBot, sent: list[Intent]) -> TechnicianWindow:
    made = TechnicianWindow(sent.append)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def notice(window: TechnicianWindow) -> str:
    found = by_id(window, "notice")
    assert isinstance(found, QLabel)
    return found.text()


@pytest.mark.parametrize(("view", "names"), NAMES, ids=lambda part: getattr(part, "page", None))
def test_every_name_of_the_contract_is_there_once(
    window: TechnicianWindow, view: TechnicianView, names: list[str]
) -> None:
    window.show_view(view)
    for name in names:
        by_name(window, name)


@pytest.mark.parametrize(("view", "ids"), IDS)
def test_every_label_of_the_contract_is_found_by_its_id_and_keeps_its_text(
    window: TechnicianWindow, view: TechnicianView, ids: list[str]
) -> None:
    window.show_view(view)
    for identifier in ids:
        label = by_id(window, identifier)
        assert isinstance(label, QLabel)
        assert label.accessibleName() == ""


@pytest.mark.parametrize("view", ALL, ids=lambda view: view.page)
def test_everything_that_can_be_used_is_named_and_reached_by_tab(
    window: TechnicianWindow, qtbot: QtBot, view: TechnicianView
) -> None:
    window.show_view(view)
    usable = {
        id(widget): name
        for name, _, widget in read(window)
        if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
    }
    assert all(usable.values()), Counter(usable.values())
    assert not any("&" in name for name in usable.values())
    reached = set()
    for _ in range(2 * len(usable) + 4):
        focus = window.focusWidget()
        assert focus is not None
        reached.add(id(focus))
        focus.focusNextChild()
    assert set(usable) <= reached, [usable[widget] for widget in set(usable) - reached]


def test_a_page_that_was_left_is_gone(window: TechnicianWindow, qtbot: QtBot) -> None:
    window.show_view(VISIT)
    window.show_view(DESK)
    names = [name for name, _, _ in read(window)]
    assert "End visit" not in names
    qtbot.waitUntil(lambda: not any(child.metaObject().className() == "VisitPage" for child in all_of(window)))


def all_of(window: TechnicianWindow) -> list[QWidget]:
    return window.findChildren(QWidget)


def test_a_state_of_the_same_page_keeps_what_was_typed(window: TechnicianWindow, qtbot: QtBot) -> None:
    window.show_view(DESK)
    qtbot.keyClicks(by_name(window, "Code"), "4711")
    window.show_view(JOINING)
    window.show_view(DESK)
    assert by_name(window, "Code").text() == "4711"  # type: ignore[attr-defined]


def test_the_first_field_has_the_focus(window: TechnicianWindow) -> None:
    for view, name in (
        (FIRST_START, "Given name"),
        (SIGN_IN, "Broker"),
        (DESK, "Code"),
        (VISIT, "Message"),
        (replace(GOODBYE, ended=Ended.BY_ME), "What was wrong"),
        (DESK, "Code"),
    ):
        window.show_view(view)
        assert by_name(window, name).hasFocus(), name


def test_a_notice_is_told_and_goes_with_the_next_state(window: TechnicianWindow) -> None:
    window.show_view(replace(DESK, notice=Notice("code_wrong")))
    assert "did not fit" in notice(window)
    window.show_view(DESK)
    assert not any(widget.accessibleIdentifier() == "notice" for _, _, widget in read(window))


def test_trouble_of_this_computer_stays_until_something_newer(window: TechnicianWindow) -> None:
    window.show_view(DESK)
    window.show_trouble(BackendError("no_camera"))
    assert "No camera was found" in notice(window)
    window.show_view(DESK)
    assert "No camera was found" in notice(window)
    window.show_view(replace(DESK, notice=Notice("code_wrong")))
    assert "did not fit" in notice(window)


def test_pictures_outside_a_visit_are_dropped(window: TechnicianWindow, sent: list[Intent], qtbot: QtBot) -> None:
    window.show_view(FIRST_START)
    window.show_screen(plain_canvas())
    window.show_own_face(plain_frame())
    window.show_view(replace(VISIT, sees=True))
    qtbot.wait(20)
    assert sent == []


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_a_key_shows_the_keys(window: TechnicianWindow, qtbot: QtBot, key: Qt.Key) -> None:
    window.show_view(MEETING)
    button = next(widget for name, role, widget in read(window) if name == "End visit")
    button.setFocus()
    qtbot.keyClick(button, key)
    assert len(window.findChildren(KeyList)) == 1


def test_a_question_mark_can_be_typed(window: TechnicianWindow, qtbot: QtBot) -> None:
    window.show_view(VISIT)
    qtbot.keyClicks(by_name(window, "Message"), "on?")
    assert by_name(window, "Message").text() == "on?"  # type: ignore[attr-defined]
    assert window.findChildren(KeyList) == []


def test_closing_is_told(window: TechnicianWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.closed):
        window.close()


def test_images_read_as_images(window: TechnicianWindow) -> None:
    window.show_view(VISIT)
    roles = {name: role for name, role, _ in read(window)}
    assert roles["Customer's screen"] is QAccessible.Role.Graphic
    assert roles["Your camera"] is QAccessible.Role.Graphic


# --- an end that came from outside -------------------------------------------------------------------


@pytest.mark.parametrize("ended", [Ended.BY_HER, Ended.BY_LINE, Ended.BY_GUARD])
def test_what_was_typed_for_her_computer_goes_into_no_text_of_ours(
    window: TechnicianWindow, qtbot: QtBot, sent: list[Intent], ended: Ended
) -> None:
    window.show_view(replace(VISIT, sees=True, controls=True))
    by_name(window, "Customer's screen").setFocus()
    window.show_view(replace(GOODBYE, ended=ended))
    sent.clear()
    focus = window.focusWidget()
    assert focus is not None
    qtbot.keyClicks(focus, "secret ?")
    qtbot.keyClick(focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is focus
    assert sent == []
    assert window.findChildren(KeyList) == []
    wrong = by_name(window, "What was wrong")
    assert wrong.toPlainText() == ""  # type: ignore[attr-defined]
    qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert wrong.hasFocus()
    qtbot.keyClicks(wrong, "toner")
    assert wrong.toPlainText() == "toner"  # type: ignore[attr-defined]


def test_after_a_decline_no_field_takes_what_is_being_typed(window: TechnicianWindow, qtbot: QtBot) -> None:
    window.show_view(MEETING)
    window.show_view(replace(DESK, ended=Ended.BY_HER))
    focus = window.focusWidget()
    assert focus is not None
    qtbot.keyClicks(focus, "4711")
    assert by_name(window, "Code").text() == ""  # type: ignore[attr-defined]


# --- the window's X ----------------------------------------------------------------------------------


def question(window: TechnicianWindow) -> EndQuestion:
    [found] = window.findChildren(EndQuestion)
    return found


def test_closing_in_a_visit_asks_first_and_leads_to_the_goodbye(
    window: TechnicianWindow, qtbot: QtBot, sent: list[Intent]
) -> None:
    window.show_view(VISIT)
    closed = []
    window.closed.connect(lambda: closed.append(True))
    assert not window.close()
    assert not window.close()  # asked once
    by_name(question(window), "Go on with the visit").click()  # type: ignore[attr-defined]
    assert (sent, closed) == ([], [])
    qtbot.waitUntil(lambda: window.findChildren(EndQuestion) == [])
    assert not window.close()
    by_name(question(window), "Go to the goodbye").click()  # type: ignore[attr-defined]
    assert (sent, closed) == ([EndVisit()], [])
    window.show_view(replace(GOODBYE, ended=Ended.BY_ME))
    assert window.close()
    assert closed == [True]


def test_a_visit_that_ends_meanwhile_takes_the_question_along(
    window: TechnicianWindow, qtbot: QtBot, sent: list[Intent]
) -> None:
    window.show_view(VISIT)
    window.close()
    window.show_view(replace(GOODBYE, ended=Ended.BY_HER))
    qtbot.waitUntil(lambda: window.findChildren(EndQuestion) == [])
    assert sent == []


@pytest.mark.parametrize("view", [MEETING, JOINING, DESK, GOODBYE], ids=lambda view: view.page)
def test_closing_outside_a_running_visit_asks_nothing(window: TechnicianWindow, view: TechnicianView) -> None:
    window.show_view(view)
    assert window.close()


# --- small screens, long words -----------------------------------------------------------------------

SMALL = QSize(800, 460)  # 1600 x 1000 at 200 %, without the window's title


@pytest.mark.parametrize("view", [*ALL, replace(DESK, page=FIRST_START.page)], ids=lambda view: view.page)
@pytest.mark.parametrize("problem", ["The printer stopped", "short\n" * 1999, "W" * 200])
def test_no_page_is_larger_than_a_small_screen(window: TechnicianWindow, view: TechnicianView, problem: str) -> None:
    window.resize(SMALL)
    window.show_view(replace(view, problem=problem, notice=Notice("file_not_writable", (("file", "W" * 200),))))
    QApplication.processEvents()
    assert window.size() == SMALL
    least = window.minimumSizeHint()
    assert least.width() <= SMALL.width()
    assert least.height() <= SMALL.height()


def test_what_does_not_fit_is_reached_by_tab(window: TechnicianWindow) -> None:
    window.resize(SMALL)
    window.show_view(DESK)
    QApplication.processEvents()
    for _ in range(20):
        focus = window.focusWidget()
        assert focus is not None
        shown = focus.visibleRegion().boundingRect()
        assert not shown.isEmpty(), read(focus)
        focus.focusNextChild()


def test_the_window_has_an_icon(window: TechnicianWindow) -> None:
    assert not window.windowIcon().isNull()

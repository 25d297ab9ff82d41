from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from remotehelp.customer.intents import ChooseMonitors, ChooseWindow, LookForWindows, StopControl, StopEverything
from remotehelp.customer.view import CustomerView, Monitor, RightLine, Window
from remotehelp.messages import Right
from remotehelp.visit.events import Side
from remotehelp.visit.shown import Line, Notice, Said
from tests.helpers.reading import by_id, by_name
from tests.unit.ui.customer.conftest import RIGHTS
from ui.customer.help_bar import HelpBar
from ui.customer.request_dialog import ARMING_MS
from ui.customer.windows import own_window
from ui.shared import theme
from ui.shared.tall_scroll_area import TallScrollArea


@pytest.fixture
def bar(qtbot, sent, visit: CustomerView) -> HelpBar:
    made = HelpBar(sent.append)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.hide())
    made.show_view(visit)
    made.appear()
    qtbot.waitExposed(made)
    made.rights._rest.setInterval(0)
    made.rights._rest.start()
    qtbot.waitUntil(made.rights.boxes[Right.VIEW].isEnabled)
    return made


def test_who_is_here_and_how_the_line_is(bar: HelpBar, visit: CustomerView) -> None:
    assert by_id(bar, "who-is-here").text() == "Technician A · ✓ Example Help"
    assert by_id(bar, "line").text() == "The line is good."
    bar.show_view(replace(visit, line=Line.LOST, face_still=True))
    assert by_id(bar, "line").text().startswith("We are trying to get the line back")
    assert bar.face.accessibleDescription() == "no longer live"
    bar.show_view(visit)
    assert bar.face.accessibleDescription() == ""


def test_the_safety_words_stay_beside_the_face_where_there_was_no_code(bar: HelpBar, visit: CustomerView) -> None:
    assert not bar.words.isVisible()
    bar.show_view(replace(visit, safety_words=(0, 2047)))
    assert by_id(bar, "safety-words").text() == "Safety words: abandon zoo"


def test_what_they_may_do_is_told_in_words_and_colour(bar: HelpBar, visit: CustomerView) -> None:
    assert by_id(bar, "they-see").text() == "Nobody can see your screen."
    bar.show_view(replace(visit, sees=True, controls=True))
    assert by_id(bar, "they-see").text() == "They can see your screen."
    assert by_id(bar, "they-see").property("look") == "see"
    assert by_id(bar, "they-control").property("look") == "control"


def test_stopping_is_always_possible(bar: HelpBar, sent, visit: CustomerView) -> None:
    by_name(bar, "Stop everything").click()
    bar.show_view(replace(visit, controls=True, rights=(*RIGHTS[:2], RightLine(Right.CONTROL, True))))
    by_name(bar, "Stop control").click()
    assert sent == [StopEverything(), StopControl()]


def test_red_is_only_for_stopping(bar: HelpBar, visit: CustomerView) -> None:
    assert bar.stop_everything.property("look") == "stop"
    bar.show_view(visit)
    assert not bar.stop_control.isEnabled()
    assert "Nobody but you" in bar.stop_control.toolTip()


def test_what_comes_later_says_what_that_means_now(bar: HelpBar) -> None:
    for name in ("Mute", "Pause picture", "Larger face", "Hide face", "Record"):
        button = by_name(bar, name)
        assert not button.isEnabled()
        assert "later version" in button.accessibleDescription()
        assert button.toolTip() == button.accessibleDescription()


def test_another_monitor_can_be_shown(bar: HelpBar, sent, visit: CustomerView) -> None:
    monitor = by_id(bar, "monitor")
    assert monitor.currentText() == "one (800 × 800)"
    monitor.activated.emit(1)
    assert sent == [ChooseMonitors(("two",))]
    bar.show_view(replace(visit, shown=("two",)))
    assert monitor.currentText() == "two (1280 × 1024)"
    bar.show_view(replace(visit, monitors=visit.monitors[:1]))
    assert monitor.isEnabled()  # windows can be shown alone


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")  # the offscreen platform, under a list
def test_one_window_can_be_shown_alone(bar: HelpBar, sent, visit: CustomerView) -> None:
    monitor = by_id(bar, "monitor")
    monitor.showPopup()
    assert sent == [LookForWindows()]
    windows = (Window(7, "Printers"), Window(8, "x" * 80))
    width = bar.width()
    bar.show_view(replace(visit, windows=windows))
    assert monitor.view().isVisible()
    assert [monitor.itemText(row) for row in range(3, 5)] == [
        "Only this window: Printers",
        f"Only this window: {'x' * 80}",
    ]
    assert bar.width() == width
    monitor.hidePopup()
    monitor.activated.emit(3)
    assert sent[-1] == ChooseWindow(7)
    assert monitor.currentIndex() == 0  # until it is so
    bar.show_view(replace(visit, windows=windows, shown=(), window=windows[0], sees=True))
    assert monitor.currentText() == "Only this window: Printers"
    assert by_id(bar, "they-see").text() == "They can see one window and nothing else."
    monitor.activated.emit(0)
    assert sent[-1] == ChooseMonitors(("one",))


def test_why_no_window_can_be_shown_alone_stands_in_the_list(bar: HelpBar, visit: CustomerView) -> None:
    monitor = by_id(bar, "monitor")
    bar.show_view(replace(visit, no_windows="no_single_window"))
    last = monitor.count() - 1
    assert "can't show one window alone" in monitor.itemText(last)
    assert not monitor.model().item(last).isEnabled()


def test_chat_opens_beside_the_bar_which_stays_where_it_is(bar: HelpBar, qtbot) -> None:
    assert not bar.conversation.isVisible()
    edge = bar.x() + bar.width()
    by_name(bar, "Chat").click()
    qtbot.waitUntil(lambda: by_name(bar, "Message").hasFocus())
    assert bar.x() + bar.width() == edge
    by_name(bar, "Chat").click()
    assert not bar.conversation.isVisible()
    assert bar.x() + bar.width() == edge


def test_a_message_is_seen_even_while_the_chat_is_closed(bar: HelpBar, visit: CustomerView) -> None:
    said = replace(visit, conversation=(Said(Side.TECHNICIAN, "Which printer is it?"),))
    bar.show_view(said)
    assert by_id(bar, "new-message").text() == "Technician wrote: Which printer is it?"
    bar.chat.click()
    bar.show_view(said)
    assert not bar.news.isVisible()


def test_closing_its_window_does_not_end_the_visit_and_says_what_does(bar: HelpBar, visit, sent, qtbot) -> None:
    bar._answering.setInterval(200)
    assert not bar.close()
    assert bar.isVisible()
    bar.show_view(replace(visit, conversation=(Said(Side.TECHNICIAN, "Hello"),)))
    assert "Stop everything" in by_id(bar, "notice").text()
    assert sent == []
    qtbot.waitUntil(bar.notice.isHidden)


def test_it_cant_be_put_out_of_sight(bar: HelpBar, qtbot) -> None:
    bar.showMinimized()
    qtbot.waitUntil(lambda: not bar.isMinimized())
    assert bar.isVisible()


def test_esc_stops_nothing_by_accident(bar: HelpBar, sent, qtbot) -> None:
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert bar.isVisible()
    assert sent == []


def test_it_stays_on_top_and_does_not_take_the_focus_when_it_appears(bar: HelpBar) -> None:
    assert bar.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert bar.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_it_has_to_stay_in_sight(bar: HelpBar) -> None:
    assert own_window(bar).stays


def test_it_stands_in_the_upper_right_corner_within_the_screen(bar: HelpBar) -> None:
    room = bar.screen().availableGeometry()
    assert room.contains(bar.geometry())
    assert room.right() - bar.geometry().right() <= 3 * theme.STEP
    assert bar.width() == theme.BAR_WIDTH


def test_it_grows_with_what_there_is_to_say(bar: HelpBar, visit: CustomerView, qtbot) -> None:
    before = bar.height()
    bar.show_view(replace(visit, notice=Notice("newer_version")))
    qtbot.waitUntil(lambda: bar.height() > before)
    assert bar.stop_everything.isVisible()


def test_everything_that_can_be_used_is_reached_by_tab_in_the_order_of_reading(bar: HelpBar, visit, qtbot) -> None:
    bar.show_view(replace(visit, controls=True))
    bar.activateWindow()
    bar.rights.boxes[Right.VIEW].setFocus()
    qtbot.waitUntil(bar.rights.boxes[Right.VIEW].hasFocus)
    reached = []
    while (widget := QApplication.focusWidget()) not in reached:
        reached.append(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    rights = [bar.rights.boxes[right] for right in (Right.VIEW, Right.POINT, Right.CONTROL)]
    assert reached == [*rights, bar.monitor, bar.chat, bar.report, bar.stop_control, bar.stop_everything]


def test_its_frame_comes_back_into_the_screen_when_it_grows(bar: HelpBar, visit: CustomerView, qtbot) -> None:
    screen = bar.screen().availableGeometry()
    bar.move(screen.right() - bar.width() // 2, screen.top() - theme.TITLE_BAR)
    assert not screen.contains(bar.frameGeometry())
    bar.show_view(replace(visit, notice=Notice("newer_version")))
    qtbot.waitUntil(lambda: screen.contains(bar.frameGeometry()))


def test_a_second_press_of_space_on_accept_shows_nothing(qtbot, sent, visit: CustomerView) -> None:
    bar = HelpBar(sent.append)
    qtbot.addWidget(bar, before_close_func=lambda widget: widget.hide())
    bar.show_view(visit)
    bar.appear()
    bar.activateWindow()
    qtbot.waitExposed(bar)
    for _ in range(2):
        focused = QApplication.focusWidget()
        assert not isinstance(focused, QAbstractButton)
        qtbot.keyClick(focused or bar, Qt.Key.Key_Space)
        bar.rights.boxes[Right.VIEW].click()
    assert sent == []
    qtbot.waitUntil(bar.rights.boxes[Right.VIEW].isEnabled, timeout=4 * ARMING_MS)
    qtbot.keyClick(bar, Qt.Key.Key_Space)
    assert sent == []


CROWDED = {"sees": True, "controls": True, "conversation": (Said(Side.TECHNICIAN, "Which printer is it?"),)}


@pytest.mark.parametrize("notice", [None, Notice("hands_lost")], ids=["a message", "a message and a notice"])
def test_all_of_it_fits_a_small_laptop(bar: HelpBar, visit: CustomerView, qtbot, monkeypatch, notice) -> None:
    room = QRect(0, 0, 1366, 768).adjusted(2 * theme.STEP, theme.STEP, -2 * theme.STEP, -theme.STEP)
    monkeypatch.setattr(bar, "_room", lambda: room)
    bar.show_view(replace(visit, **CROWDED, notice=notice))
    qtbot.wait(30)
    [area] = bar.findChildren(TallScrollArea)
    assert area.widget().height() <= area.viewport().height()
    assert bar.height() + theme.TITLE_BAR <= room.height() + theme.TITLE_BAR
    assert bar.face.width() >= theme.SMALL_FACE[0]


def test_what_is_allowed_and_what_stops_are_in_sight_at_twice_the_size(
    bar: HelpBar, visit: CustomerView, qtbot, monkeypatch
) -> None:
    room = QRect(0, 0, 683, 384 - theme.TITLE_BAR)
    monkeypatch.setattr(bar, "_room", lambda: room)
    bar.show_view(replace(visit, **CROWDED, notice=Notice("hands_lost")))
    qtbot.waitUntil(lambda: bar.height() <= room.height())
    qtbot.wait(30)
    boxes = [bar.rights.boxes[right] for right in (Right.VIEW, Right.POINT, Right.CONTROL)]
    for part in (bar.face, *boxes, bar.stop_control, bar.stop_everything):
        assert part.visibleRegion().boundingRect() == part.rect()
        assert bar.rect().contains(QRect(part.mapTo(bar, QPoint(0, 0)), part.size()))
    bar.show_view(visit)
    monkeypatch.setattr(bar, "_room", lambda: QRect(0, 0, 1366, 1000))
    bar.adjust_size()
    qtbot.waitUntil(lambda: bar.face.width() > 2 * theme.SMALL_FACE[0])  # where there is room, the face is large again


def test_a_notice_is_in_sight_on_a_low_screen_too(bar: HelpBar, visit: CustomerView) -> None:
    bar.resize(bar.width(), bar.minimumSizeHint().height())
    scrolled = bar._scroll.verticalScrollBar()
    scrolled.setValue(scrolled.maximum())
    assert scrolled.value() > 0
    told = replace(visit, notice=Notice("screen_gone", (("monitor", "two"), ("left", "one"))))
    bar.show_view(told)
    assert "The screen two is gone, so one is shown" in bar.notice.text()
    assert scrolled.value() == 0
    scrolled.setValue(scrolled.maximum())
    bar.show_view(replace(told, sees=True))
    assert scrolled.value() > 0  # it was read


def test_more_screens_than_are_shown_are_told_in_numbers(bar: HelpBar, sent, visit: CustomerView) -> None:
    three = (*visit.monitors, Monitor("three", 2080, 0, 800, 600))
    bar.show_view(replace(visit, monitors=three, shown=("one", "two")))
    monitor = by_id(bar, "monitor")
    assert (monitor.currentIndex(), monitor.placeholderText()) == (-1, "2 of 3 screens")
    monitor.activated.emit(3)
    assert sent == [ChooseMonitors(("one", "two", "three"))]

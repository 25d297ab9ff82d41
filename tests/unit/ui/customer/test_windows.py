from __future__ import annotations

import json
import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QToolTip, QWidget
from Xlib import X

from tests.helpers.xdesk import connected, window_manager, x_server
from ui.customer import windows
from ui.customer.windows import OwnWindowsWatch, PlacedWindow, from_device, own_window, to_device, to_logical
from ui.shared import theme

PROGRAM = """
import json
from dataclasses import asdict
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from ui.customer.windows import OwnWindowsWatch, to_logical

app = QApplication([])
window = QWidget()
window.setGeometry(100, 50, 200, 150)
watch = OwnWindowsWatch()
watch.changed.connect(lambda windows: print(json.dumps([asdict(one) for one in windows]), flush=True))
window.show()
QTest.qWaitForWindowExposed(window)
point = to_logical(QPoint(300, 200))
QTest.qWait(600)
print(json.dumps([point.x(), point.y()]), flush=True)
input()
"""


class Ratio2:
    """A screen whose corner lies beside another one, two device pixels for one of Qt's."""

    def geometry(self) -> QRect:
        return QRect(1920, 0, 960, 540)

    def devicePixelRatio(self) -> float:  # noqa: N802 - Qt's name
        return 2.0


def test_a_scaled_screen_is_scaled_about_its_own_corner() -> None:
    assert to_device(QRect(1930, 10, 100, 50), Ratio2()) == QRect(1940, 20, 200, 100)


def test_where_there_is_no_scale_nothing_changes(qapp) -> None:
    screen = QGuiApplication.primaryScreen()
    assert to_device(QRect(3, 4, 5, 6), screen) == QRect(3, 4, 5, 6)
    assert to_logical(QPoint(7, 8)) == QPoint(7, 8)
    assert to_logical(QPoint(-5000, 8)) == QPoint(-5000, 8)


def test_a_monitor_lies_where_qt_has_its_screen(qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    primary = QGuiApplication.primaryScreen()
    monkeypatch.setattr(windows, "QGuiApplication", SimpleNamespace(screens=lambda: [primary, Ratio2()]))
    assert from_device(primary.geometry()) == primary.geometry()
    assert from_device(QRect(1920, 0, 1920, 1080)) == QRect(1920, 0, 960, 540)


def test_a_monitor_of_which_qt_has_not_heard_yet_lies_where_it_says(qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    primary = QGuiApplication.primaryScreen
    monkeypatch.setattr(windows, "QGuiApplication", SimpleNamespace(screens=lambda: [Ratio2()], primaryScreen=primary))
    assert from_device(QRect(1920, 0, 800, 600)) == QRect(1920, 0, 400, 300)  # it has another mode by now
    assert from_device(QRect(5000, 20, 800, 600)) == QRect(5000, 20, 800, 600)


def test_a_window_is_told_with_its_frame(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(100, 60, 200, 150)
    window.show()
    told, frame = own_window(window), window.frameGeometry()
    assert (told.x, told.y, told.width, told.height) == (frame.x(), frame.y(), frame.width(), frame.height())
    assert told.native_id == int(window.winId())


def test_a_window_that_was_put_somewhere_is_told_there_though_qt_believes_otherwise(qtbot) -> None:
    window = PlacedWindow(Qt.WindowType.FramelessWindowHint)
    qtbot.addWidget(window)
    window.put(QRect(0, 4, 4, 760))
    window.show()
    window.setGeometry(0, 0, 1, 1)  # the window manager's old news
    told = own_window(window)
    assert QRect(told.x, told.y, told.width, told.height) == QRect(0, 0, 4, 764)
    qtbot.waitUntil(lambda: window.geometry() == window.place)
    told = own_window(window)
    assert QRect(told.x, told.y, told.width, told.height) == window.place


def test_many_changes_are_told_once_and_the_same_place_not_twice(qtbot) -> None:
    window, passing = QWidget(), QWidget()
    qtbot.addWidget(window)
    qtbot.addWidget(passing)
    watch = OwnWindowsWatch()
    watch.set_passing(passing)
    told: list[Any] = []
    watch.changed.connect(told.append)
    passing.show()
    window.show()
    for x in range(50, 60):
        window.move(x, 40)
    assert len(told) == 1  # before the display shows it
    qtbot.waitUntil(lambda: len(told) == 3)  # while it may still move, and when it stands
    places = [(one.native_id, one.x) for one in told[2]]
    assert (int(window.winId()), 59) in places
    assert int(passing.winId()) not in {number for number, _ in places}
    window.resize(window.size())
    window.hide()
    qtbot.waitUntil(lambda: int(window.winId()) not in {one.native_id for one in told[-1]})
    assert len(told) == 4


def test_a_window_that_comes_grows_or_moves_is_told_wider_until_it_has_settled(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    watch = OwnWindowsWatch()
    told: list[Any] = []
    watch.changed.connect(told.append)
    for change in (window.show, lambda: window.resize(300, 200), lambda: window.move(150, 90)):
        told.clear()
        change()
        first, last = _rect(watch.now(), window), window.frameGeometry()
        assert first.adjusted(theme.TITLE_BAR, theme.TITLE_BAR, -theme.TITLE_BAR, -theme.TITLE_BAR) == last
        qtbot.waitUntil(lambda last=last: bool(told) and _rect(told[-1], window) == last)


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard")  # the offscreen platform, under a list
def test_tips_and_lists_that_drop_down_are_told_without_being_known_before(qtbot) -> None:
    window = QWidget()
    choice = QComboBox(window)
    choice.addItems(["one", "two"])
    qtbot.addWidget(window)
    with qtbot.waitActive(window):  # a window that becomes active ends all tips
        window.show()
        window.activateWindow()
    watch = OwnWindowsWatch()
    told: list[Any] = []
    watch.changed.connect(told.append)
    QToolTip.showText(window.mapToGlobal(QPoint(5, 5)), "a tip", window)
    tip = next(one for one in QApplication.topLevelWidgets() if one.objectName() == "qtooltip_label")
    qtbot.waitUntil(lambda: bool(told) and int(tip.winId()) in {one.native_id for one in told[-1]})
    QToolTip.hideText()
    choice.showPopup()
    popup = choice.view().window()
    qtbot.waitUntil(lambda: int(popup.winId()) in {one.native_id for one in told[-1]})
    choice.hidePopup()
    qtbot.waitUntil(lambda: int(popup.winId()) not in {one.native_id for one in told[-1]})


@pytest.mark.parametrize("scale", ["1", "2"])
def test_on_a_real_display_the_told_place_is_the_window_managers_frame(scale: str) -> None:
    with x_server("1280x1024") as display, window_manager(display), connected(display) as connection:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": scale}
        child = subprocess.Popen(
            [sys.executable, "-c", PROGRAM], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        with child:
            assert child.stdout is not None
            lines = [json.loads(child.stdout.readline())]
            while not isinstance(lines[-1][0], int):
                lines.append(json.loads(child.stdout.readline()))
            told = next(iter(lines[-2]))
            frame = _frame(connection, told["native_id"])
            child.communicate("\n", timeout=10)
    place = QRect(told["x"], told["y"], told["width"], told["height"])
    assert place.contains(frame)
    assert frame.adjusted(-1, -1, 1, 1).contains(place)  # Qt rounds the frame's margins where it scales
    assert lines[-1] == [300 // int(scale), 200 // int(scale)]


def _rect(windows: Any, window: QWidget) -> QRect:
    place = next(one for one in windows if one.native_id == int(window.winId()))
    return QRect(place.x, place.y, place.width, place.height)


def _frame(connection: Any, window: int) -> QRect:
    """The rectangle of the window that the window manager put around this one, on the root window."""
    found, root = connection.create_resource_object("window", window), connection.screen().root
    while (parent := found.query_tree().parent) != root:
        found = parent
    geometry = found.get_geometry()
    assert found.get_attributes().map_state == X.IsViewable
    border = 2 * geometry.border_width
    return QRect(geometry.x, geometry.y, geometry.width + border, geometry.height + border)

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.helpers.reading import by_id
from ui.shared.open_list import OpenList


@pytest.fixture
def chosen() -> list[int]:
    return []


@pytest.fixture
def offered(qtbot, chosen: list[int]) -> Iterator[OpenList]:
    window = QWidget()
    made = OpenList("what-is-offered", window)
    made.addItems(["one", "two", "three"])
    made.activated.connect(chosen.append)
    QVBoxLayout(window).addWidget(made)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.setFocus()
    yield made
    window.close()


def turn(widget: QWidget, notches: int) -> QWheelEvent:
    middle = QPointF(widget.rect().center())
    turned, buttons, keys = QPoint(0, 120 * notches), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    where = widget.mapToGlobal(middle)
    event = QWheelEvent(middle, where, QPoint(), turned, buttons, keys, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(widget, event)
    return event


def test_it_is_found_by_its_id(offered: OpenList) -> None:
    assert by_id(offered.window(), "what-is-offered") is offered


def test_the_wheel_chooses_nothing_and_is_left_to_what_it_stands_in(offered: OpenList, chosen: list[int]) -> None:
    assert not turn(offered, -1).isAccepted()
    assert (offered.currentIndex(), chosen) == (0, [])


@pytest.mark.parametrize("key", [Qt.Key.Key_T, Qt.Key.Key_2])
def test_a_letter_chooses_nothing(offered: OpenList, chosen: list[int], key: Qt.Key) -> None:
    QTest.keyClick(offered, key)
    assert (offered.currentIndex(), chosen, offered.view().isVisible()) == (0, [], False)


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")  # the offscreen platform, under a list
@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Space])
def test_a_key_opens_the_list_and_enter_chooses(offered: OpenList, chosen: list[int], key: Qt.Key) -> None:
    QTest.keyClick(offered, key)
    assert offered.view().isVisible()
    assert chosen == []
    QTest.keyClick(offered.view(), Qt.Key.Key_Down)
    QTest.keyClick(offered.view(), Qt.Key.Key_Return)
    assert chosen == [1]

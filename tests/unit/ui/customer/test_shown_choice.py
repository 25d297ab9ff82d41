from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.helpers.reading import by_id
from ui.customer.shown_choice import ShownChoice


@pytest.fixture
def choice(qtbot) -> ShownChoice:
    window = QWidget()
    made = ShownChoice()
    QVBoxLayout(window).addWidget(made)
    made.setParent(window)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.keep = window  # type: ignore[attr-defined]
    return made


def items(choice: ShownChoice) -> list[str]:
    return [choice.itemText(row) for row in range(choice.count())]


def test_it_is_found_by_its_name(choice: ShownChoice) -> None:
    assert by_id(choice.window(), "monitor") is choice


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")  # the offscreen platform, under a list
def test_opening_it_by_a_key_is_told(choice: ShownChoice, qtbot) -> None:
    with qtbot.waitSignal(choice.looked_at):
        qtbot.keyClick(choice, Qt.Key.Key_Down)
    choice.hidePopup()


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")  # the offscreen platform, under a list
def test_what_is_offered_changes_while_the_list_is_open(choice: ShownChoice) -> None:
    choice.offer(["one"], "")
    choice.showPopup()
    choice.offer(["one", "Only this window: Printers"], "")
    assert choice.view().isVisible()
    assert items(choice) == ["one", "Only this window: Printers"]
    choice.hidePopup()
    choice.offer(["one"], "")
    assert not choice.view().isVisible()


def test_the_same_offer_leaves_what_is_marked(choice: ShownChoice) -> None:
    choice.offer(["one", "two"], "")
    choice.setCurrentIndex(1)
    choice.offer(["one", "two"], "")
    assert choice.currentIndex() == 1


def test_a_reason_can_be_read_and_not_chosen(choice: ShownChoice) -> None:
    choice.offer(["one"], "It can't be.")
    assert items(choice) == ["one", "It can't be."]
    assert not choice.model().flags(choice.model().index(1, 0)) & Qt.ItemFlag.ItemIsEnabled


def test_a_long_title_widens_nothing(choice: ShownChoice) -> None:
    choice.offer(["one"], "")
    before = choice.sizeHint().width()
    choice.offer(["one", "Only this window: " + "x" * 80], "")
    assert choice.sizeHint().width() == before

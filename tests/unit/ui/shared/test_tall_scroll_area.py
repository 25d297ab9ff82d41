from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.shared import controls, theme
from ui.shared.tall_scroll_area import TallScrollArea

pytestmark = pytest.mark.usefixtures("worn")


@pytest.fixture
def area(qtbot) -> Iterator[TallScrollArea]:
    content = QWidget()
    column = QVBoxLayout(content)
    for number in range(8):
        column.addWidget(controls.button(f"Button {number}"))
    window = QWidget()
    qtbot.addWidget(window)
    row = QVBoxLayout(window)
    made = TallScrollArea(content, 200)
    row.addWidget(made)
    window.show()
    yield made
    window.close()


def test_it_asks_for_all_that_its_content_wants(area: TallScrollArea) -> None:
    assert area.sizeHint().height() == area.widget().sizeHint().height()
    assert area.sizeHint().width() == 200


def test_it_scrolls_only_where_there_is_too_little_room(area: TallScrollArea, qtbot) -> None:
    area.window().resize(300, area.sizeHint().height() + 60)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    area.window().resize(300, 200)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert area.minimumSizeHint().height() == 6 * theme.STEP


def test_the_window_hears_when_the_content_grows(area: TallScrollArea, qtbot) -> None:
    before = area.window().layout().sizeHint().height()
    area.widget().layout().addWidget(controls.button("One more"))
    qtbot.waitUntil(lambda: area.window().layout().sizeHint().height() > before)


def test_words_that_wrap_are_measured_in_the_least_width(qtbot) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    column.addWidget(controls.label("Nothing was lost. We are trying to get the line back. " * 4))
    area = TallScrollArea(content, 200)
    qtbot.addWidget(area)
    assert area.sizeHint().height() == content.heightForWidth(200)
    assert area.sizeHint().height() > content.heightForWidth(600)


def test_a_scroll_bar_does_not_stay_for_its_own_sake(qtbot) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    words = controls.label("Nothing was lost.")
    column.addWidget(words)
    area = TallScrollArea(content, 200)
    qtbot.addWidget(area)
    area.show()
    bar = area.verticalScrollBar().sizeHint().width()
    while content.heightForWidth(200) == content.heightForWidth(200 - bar):  # until the bar would make a line more
        words.setText(words.text() + " x")
    area.resize(200, content.heightForWidth(200) - 1)
    qtbot.waitUntil(lambda: area.verticalScrollBar().isVisible())
    area.resize(200, content.heightForWidth(200))
    qtbot.waitUntil(lambda: not area.verticalScrollBar().isVisible())


def test_who_gets_the_focus_from_outside_is_scrolled_into_sight(area: TallScrollArea, qtbot) -> None:
    area.window().resize(300, 200)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    outside = controls.button("Outside")
    area.window().layout().addWidget(outside)
    last = area.widget().findChildren(type(outside))[-1]
    qtbot.waitUntil(area.window().isActiveWindow)
    outside.setFocus()
    last.setFocus()
    assert area.viewport().rect().contains(last.mapTo(area.viewport(), last.rect().center()))

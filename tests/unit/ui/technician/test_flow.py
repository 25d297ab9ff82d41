from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.technician.flow import Flow, rows, spread

widths = st.lists(st.integers(1, 400), min_size=1, max_size=30)


@given(widths, st.integers(1, 2000), st.integers(0, 20))
def test_every_item_stands_in_one_row_in_order_and_no_row_is_too_wide(widths: list[int], room: int, gap: int) -> None:
    made = rows(widths, room, gap)
    assert [place for row in made for place in row] == list(range(len(widths)))
    for row in made:
        assert len(row) == 1 or sum(widths[place] for place in row) + gap * (len(row) - 1) <= room


@given(widths, st.integers(1, 2000), st.integers(0, 20))
def test_a_row_is_filled_to_the_last_pixel(widths: list[int], room: int, gap: int) -> None:
    wide = spread(widths, room, gap)
    needed = sum(widths) + gap * (len(widths) - 1)
    assert sum(wide) + gap * (len(wide) - 1) == max(room, needed)
    assert all(now >= then for now, then in zip(wide, widths, strict=True))


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_buttons_go_on_in_the_next_row_and_follow_the_direction(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    window, inside = QWidget(), QWidget()
    qtbot.addWidget(window)
    window.setLayoutDirection(direction)
    flow = Flow(4, inside)
    buttons = [QPushButton(text) for text in ("one", "two", "three", "four", "five")]
    for button in buttons:
        flow.addWidget(button)
    column = QVBoxLayout(window)
    column.addWidget(inside)
    column.addStretch()
    window.resize(260, 400)
    window.show()
    assert len({button.y() for button in buttons}) > 1
    assert inside.height() == flow.heightForWidth(inside.width())
    one, two = buttons[:2]
    assert (one.x() < two.x()) is (direction is Qt.LayoutDirection.LeftToRight)
    assert all(inside.rect().contains(button.geometry()) for button in buttons)
    assert window.minimumSizeHint().width() < 260
    taken = flow.takeAt(0)
    assert taken is not None
    assert taken.widget() is one
    assert flow.count() == 4
    assert flow.itemAt(4) is None

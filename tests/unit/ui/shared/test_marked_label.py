from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage

from ui.shared import theme
from ui.shared.marked_label import MarkedLabel


@pytest.fixture
def label(qtbot, worn) -> MarkedLabel:
    made = MarkedLabel(identifier="line")
    qtbot.addWidget(made)
    made.resize(200, 40)
    made.show_marked("stop_circle", "well", "The line is good.")
    return made


def _has(image: QImage, colour: str, left: int, right: int) -> bool:
    return any(image.pixelColor(x, y).name() == colour for x in range(left, right) for y in range(image.height()))


def test_a_screen_reader_hears_the_words_alone(label: MarkedLabel) -> None:
    read = QAccessible.queryAccessibleInterface(label)
    assert read.text(QAccessible.Text.Name) == "The line is good."
    assert label.accessibleIdentifier() == "line"


def test_the_icon_stands_before_the_words_in_its_colour(label: MarkedLabel, worn: theme.Theme) -> None:
    drawn = label.grab().toImage()
    assert _has(drawn, worn.colours.well, 0, theme.ICON)


def test_where_writing_runs_the_other_way_the_icon_stands_on_the_right(label: MarkedLabel, worn: theme.Theme) -> None:
    label.setText("")
    label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    drawn = label.grab().toImage()
    assert _has(drawn, worn.colours.well, 200 - theme.ICON, 200)
    assert not _has(drawn, worn.colours.well, 0, theme.ICON)


def test_without_an_icon_there_are_only_words(label: MarkedLabel, worn: theme.Theme) -> None:
    label.show_marked("", "well", "")
    assert not _has(label.grab().toImage(), worn.colours.well, 0, 200)

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from ui.shared.breaking_lines import break_lines


def test_a_long_word_takes_several_lines_and_stays_one_word(qtbot: QtBot) -> None:
    shown = QListWidget()
    qtbot.addWidget(shown)
    break_lines(shown)
    shown.resize(200, 300)
    shown.addItems(["short", "W" * 200])
    shown.show()
    QApplication.processEvents()
    short, long = (shown.visualItemRect(shown.item(row)).height() for row in range(2))
    assert long > 5 * short
    assert shown.item(1).text() == "W" * 200


def test_a_wider_list_needs_fewer_lines(qtbot: QtBot) -> None:
    shown = QListWidget()
    qtbot.addWidget(shown)
    break_lines(shown)
    shown.addItems(["W" * 200])
    heights = []
    for width in (200, 800):
        shown.resize(width, 300)
        shown.show()
        QApplication.processEvents()
        heights.append(shown.visualItemRect(shown.item(0)).height())
    assert heights[1] < heights[0] / 2

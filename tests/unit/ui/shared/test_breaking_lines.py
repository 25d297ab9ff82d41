from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from ui.shared import theme
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
    shown.resize(200, 300)
    shown.show()
    QApplication.processEvents()
    before = shown.visualItemRect(shown.item(0)).height()
    shown.resize(800, 300)
    qtbot.waitUntil(lambda: shown.visualItemRect(shown.item(0)).height() < before / 2)


@pytest.mark.parametrize("width", [280, 290, 300])
def test_no_line_is_wider_than_the_list(qapp: QApplication, qtbot: QtBot, width: int) -> None:
    """Qt would draw what it reckoned too wide in less room, and end it in an ellipsis."""
    theme.apply(qapp, theme.Face.TECHNICIAN)
    shown = QListWidget()
    qtbot.addWidget(shown)
    break_lines(shown)
    shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    shown.addItems(["Customer: https://example.org/" + "W" * 190])
    shown.resize(width, 3000)
    shown.show()
    QApplication.processEvents()
    assert shown.visualItemRect(shown.item(0)).width() <= shown.viewport().width()

from __future__ import annotations

from itertools import pairwise

from PySide6.QtGui import QImage
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


def test_every_letter_is_drawn(qapp: QApplication, qtbot: QtBot) -> None:
    """Each line is one letter longer than the one before, so it holds more ink: nothing ends in an ellipsis."""
    theme.apply(qapp, theme.Face.TECHNICIAN)
    shown = QListWidget()
    qtbot.addWidget(shown)
    break_lines(shown)
    shown.addItems(["W" * letters for letters in range(60, 80)])
    shown.resize(300, 2000)
    shown.show()
    QApplication.processEvents()
    ink = [drawn_in(shown, row) for row in range(shown.count())]
    assert all(fewer < more for fewer, more in pairwise(ink)), ink


def drawn_in(shown: QListWidget, row: int) -> int:
    """How dark an item is, over all."""
    picture = shown.viewport().grab(shown.visualItemRect(shown.item(row))).toImage()
    picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(255 - byte for byte in bytes(picture.constBits()))

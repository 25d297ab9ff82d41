from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.technician.roomy import Roomy


@pytest.fixture
def roomy(qtbot: QtBot) -> Roomy:
    """A page that would like 700 pixels of height and needs a little over 300."""
    page = QWidget()
    column = QVBoxLayout(page)
    for _ in range(2):
        field = QTextEdit()
        field.setMinimumSize(300, 150)
        column.addWidget(field)
    words = QLabel("words")
    words.setWordWrap(True)
    column.addWidget(words)
    made = Roomy(page)
    qtbot.addWidget(made)
    made.show()
    return made


def bars(roomy: Roomy, width: int, height: int) -> tuple[bool, bool]:
    roomy.resize(width, height)
    QApplication.processEvents()
    return roomy.horizontalScrollBar().isVisible(), roomy.verticalScrollBar().isVisible()


def test_it_scrolls_only_below_what_the_page_needs(roomy: Roomy) -> None:
    assert bars(roomy, 600, 500) == (False, False)
    assert roomy.widget().size() == roomy.viewport().size()
    assert bars(roomy, 600, 200) == (False, True)
    assert bars(roomy, 200, 600) == (True, False)
    assert bars(roomy, 600, 500) == (False, False)


def test_a_page_that_grows_is_followed(roomy: Roomy, qtbot: QtBot) -> None:
    bars(roomy, 600, 400)
    layout = roomy.widget().layout()
    assert layout is not None
    more = QWidget()
    more.setMinimumSize(QSize(10, 300))
    layout.addWidget(more)
    qtbot.waitUntil(lambda: bars(roomy, 600, 400) == (False, True))
    more.hide()
    qtbot.waitUntil(lambda: bars(roomy, 600, 400) == (False, False))


def test_it_is_content_with_little(roomy: Roomy) -> None:
    assert roomy.minimumSizeHint().height() < 200

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.shared import theme
from ui.shared.text_area import TextArea

pytestmark = pytest.mark.usefixtures("worn")


def test_it_has_a_name_and_tab_leaves_it(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    area, button = TextArea("Describe the problem", hint="For example"), QPushButton("Next")
    column.addWidget(area)
    column.addWidget(button)
    window.show()
    area.setFocus()
    qtbot.waitUntil(area.hasFocus)
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    qtbot.waitUntil(button.hasFocus)
    assert area.toPlainText() == ""
    assert area.placeholderText() == "For example"
    assert QAccessible.queryAccessibleInterface(area).text(QAccessible.Text.Name) == "Describe the problem"


def test_it_is_content_with_little_room(qtbot) -> None:
    area = TextArea("Summary", read_only=True)
    qtbot.addWidget(area)
    assert area.isReadOnly()
    assert area.sizeHint().height() == 12 * theme.STEP
    assert area.minimumSizeHint().height() == 8 * theme.STEP

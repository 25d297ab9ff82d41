from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from remotehelp.visit.shown import Quality
from ui.shared.line_details import line_details, show_line_details


@pytest.mark.parametrize(
    ("quality", "words"),
    [
        (Quality(False, 12, 0, 800), "direct, 12 ms, 0 % lost, 800 kbit/s"),
        (Quality(True, 150, 2, 1900), "relayed, 150 ms, 2 % lost, 1900 kbit/s"),
        (None, ""),
    ],
)
def test_the_line_in_words_and_figures(qtbot: QtBot, quality: Quality | None, words: str) -> None:
    label = QLabel("The line is good.")
    qtbot.addWidget(label)
    show_line_details(label, Quality(False, 1, 1, 1))
    show_line_details(label, quality)
    assert line_details(quality) == label.toolTip() == label.accessibleDescription() == words
    assert label.text() == "The line is good."

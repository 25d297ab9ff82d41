from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.shared.short_label import ShortLabel

HOSTILE = ("\n" * 4_000 + "end", "line\n" * 2_000, "W" * 4_000, "\u202edrawkcab " * 400, "W " * 2_000)


@pytest.fixture
def window(qtbot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    return window


@pytest.fixture
def label(window: QWidget) -> ShortLabel:
    made = ShortLabel(identifier="short", lines=2)
    QVBoxLayout(window).addWidget(made)
    window.show()
    return made


def test_what_fits_is_drawn_as_it_is(label: ShortLabel) -> None:
    label.setText("Technician A")
    assert label.drawn() == ["Technician A"]
    assert label.accessibleName() == ""


def test_what_does_not_fit_goes_on_in_the_next_line_and_is_cut_at_the_end(label: ShortLabel) -> None:
    label.setText("one two three " * 20)
    first, last = label.drawn()
    assert first.startswith("one two three")
    assert last.endswith("…")
    assert label.text() == ("one two three " * 20).strip()  # a screen reader has all of it


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_makes_it_larger(label: ShortLabel, text: str, qtbot) -> None:
    window = label.window()
    label.setText(text)
    qtbot.wait(20)
    assert "\n" not in label.text()
    assert len(label.drawn()) <= 2
    assert all(label.fontMetrics().horizontalAdvance(line) <= label.width() for line in label.drawn())
    assert label.height() <= 2 * label.fontMetrics().lineSpacing()
    assert window.minimumSizeHint().width() < 100
    assert not window.grab().isNull()

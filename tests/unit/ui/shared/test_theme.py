from __future__ import annotations

import dataclasses
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton

from ui.shared import theme
from ui.shared.theme import COLOURS, Face, Scheme, contrast

TEXTS = ("text", "quiet", "see", "control", "well", "stop")
GROUNDS = ("window", "card", "field")


@pytest.mark.parametrize(("scheme", "text", "ground"), list(product(Scheme, TEXTS, GROUNDS)))
def test_text_can_be_read(scheme: Scheme, text: str, ground: str) -> None:
    colours = dataclasses.asdict(COLOURS[scheme])
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize(
    ("text", "ground"),
    [("on_primary", "primary"), ("on_stop", "stop_fill"), ("on_surround", "surround"), ("text", "hover")],
)
def test_text_on_a_filled_control_can_be_read(scheme: Scheme, text: str, ground: str) -> None:
    colours = dataclasses.asdict(COLOURS[scheme])
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("edge", ["edge", "primary", "stop_fill", "focus"])
def test_the_edge_of_a_control_can_be_seen(scheme: Scheme, edge: str) -> None:
    colours = dataclasses.asdict(COLOURS[scheme])
    assert all(contrast(colours[edge], colours[ground]) >= 3 for ground in GROUNDS)


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("fill", ["primary", "stop_fill"])
def test_the_focus_ring_stands_out_from_a_filled_button(scheme: Scheme, fill: str) -> None:
    colours = dataclasses.asdict(COLOURS[scheme])
    assert contrast(colours["focus"], colours[fill]) >= 3


def test_black_on_white_is_the_largest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


@pytest.mark.parametrize("face", list(Face))
def test_nothing_is_smaller_than_12_pixels(face: Face) -> None:
    assert min(dataclasses.astuple(theme.TYPES[face])) >= 12


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_palette_holds_the_schemes_colours(scheme: Scheme) -> None:
    made = theme.palette(scheme)
    assert made.color(QPalette.ColorRole.Window).name() == COLOURS[scheme].window
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText).name() == COLOURS[scheme].quiet


def test_the_system_going_dark_changes_what_is_worn_at_once(qapp, qtbot, monkeypatch) -> None:
    worn = theme.apply(qapp, Face.CUSTOMER)
    assert worn.scheme is Scheme.LIGHT
    monkeypatch.setattr(theme, "_system_scheme", lambda app: Scheme.DARK)
    with qtbot.waitSignal(worn.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == COLOURS[Scheme.DARK].window
    assert COLOURS[Scheme.DARK].window in qapp.styleSheet()
    assert theme.current() is worn


def test_the_customer_reads_16_pixels_and_the_technician_13(qapp) -> None:
    theme.apply(qapp, Face.TECHNICIAN)
    assert qapp.font().pixelSize() == 13
    theme.apply(qapp, Face.CUSTOMER)
    assert qapp.font().pixelSize() == 16


def test_a_look_changes_how_a_widget_is_drawn(qapp, qtbot) -> None:
    theme.apply(qapp, Face.CUSTOMER)
    title = QLabel("Title")
    qtbot.addWidget(title)
    theme.look(title, "title")
    title.ensurePolished()
    assert title.font().pixelSize() == theme.TYPES[Face.CUSTOMER].title


def test_the_focus_ring_is_drawn_in_its_colour(qapp, qtbot) -> None:
    theme.apply(qapp, Face.CUSTOMER)
    button = QPushButton("Press")
    qtbot.addWidget(button)
    button.show()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    picture = button.grab().toImage()
    middle = picture.height() // 2
    ring = [picture.pixelColor(x, middle).name() for x in range(theme.FOCUS_RING)]
    assert ring == [COLOURS[Scheme.LIGHT].focus] * theme.FOCUS_RING

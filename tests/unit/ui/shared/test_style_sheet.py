from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QApplication

from ui.shared import theme
from ui.shared.style_sheet import style_sheet


def test_a_token_that_is_missing_is_a_bug() -> None:
    with pytest.raises(KeyError):
        style_sheet({"height": 40, "half": 4, "double": 16, "step": 8})


@pytest.mark.parametrize("scheme", list(theme.Scheme))
def test_every_token_is_filled_in_and_every_colour_is_the_schemes(qapp: QApplication, scheme: theme.Scheme) -> None:
    worn = theme.apply(qapp, theme.Face.CUSTOMER)
    worn.wear(scheme)
    sheet = qapp.styleSheet()
    assert "$" not in sheet
    known = set(vars(theme.COLOURS[scheme]).values())
    assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= known


def test_no_font_is_smaller_than_the_smallest_of_its_face(qapp: QApplication) -> None:
    for face in theme.Face:
        theme.apply(qapp, face)
        sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", qapp.styleSheet())]
        assert min(sizes) == theme.TYPES[face].small

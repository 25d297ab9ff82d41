"""The customer's look for the parts that both sides share."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui.shared import theme


@pytest.fixture
def worn(qapp: QApplication) -> theme.Theme:
    """The theme that is worn."""
    return theme.apply(qapp, theme.Face.CUSTOMER)

"""The technician's look, and intents that are kept instead of sent."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from remotehelp.technician.intents import Intent
from ui.shared import theme


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    worn = qapp.property("theme")
    if not isinstance(worn, theme.Theme) or worn.type is not theme.TYPES[theme.Face.TECHNICIAN]:
        theme.apply(qapp, theme.Face.TECHNICIAN)


@pytest.fixture
def sent() -> list[Intent]:
    """What was submitted, in order."""
    return []

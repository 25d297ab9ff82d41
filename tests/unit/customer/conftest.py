"""An organisation, a broker that believes everybody, and both openings at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.joined_openings import Openings


@pytest.fixture
def openings(tmp_path: Path) -> Openings:
    return Openings.new(tmp_path)

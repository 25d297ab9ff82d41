"""What every test needs: Qt without a display."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

#: Qt's offscreen platform can neither raise nor cut out a window, and QtMultimedia looks for parts of the desktop that
#: it can do without; both say so, and nothing is wrong
HARMLESS = (
    r"This plugin does not support (raise|setting window masks)",
    r"Couldn't (load .* library|resolve .* symbols)",
)


def pytest_configure(config: pytest.Config) -> None:
    """Beside what pyproject.toml ignores; a test's own mark still adds to both."""
    for line in HARMLESS:
        config.addinivalue_line("qt_log_ignore", line)

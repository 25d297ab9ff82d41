from __future__ import annotations

import os
import subprocess
import sys

# asks as a screen reader does that counted the parts a moment ago; Qt's own interface ends the program there
PROGRAM = """
import gc
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from ui.shared.accessible_areas import guard_scroll_areas

app = QApplication([])
{guard}
for _ in range(50):
    area = QScrollArea()
    area.setWidget(QLabel("long " * 100))
    area.show()
    seen = QAccessible.queryAccessibleInterface(area)
    count = seen.childCount()
    assert all(seen.child(i).isValid() for i in range(count)), count
    assert seen.role() == QAccessible.Role.Client
    area.hide()
    assert seen.child(count) is None
    assert seen.child(99) is None
    gc.collect()
print("alive")
"""


def outcome(guard: str) -> tuple[int, str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    words = [sys.executable, "-c", PROGRAM.format(guard=guard)]
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout


def test_a_part_that_is_not_there_is_none() -> None:
    assert outcome("guard_scroll_areas()") == (0, "alive\n")


def test_without_the_guard_qt_ends_the_program() -> None:
    """When this fails, Qt has mended it and the guard can go."""
    status, said = outcome("")
    assert status < 0
    assert said == ""

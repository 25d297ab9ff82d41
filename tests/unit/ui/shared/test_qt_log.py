"""Qt's own lines go into the program's log and not to the terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import qWarning
from remotehelp.logs import log_to
from ui.shared.qt_log import log_qt
log_to(Path(sys.argv[1]))
log_qt()
qWarning("Could not do it")
"""


def test_a_warning_of_qt_is_an_entry_of_the_log(tmp_path: Path) -> None:
    path = tmp_path / "customer.jsonl"
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    entry = json.loads(path.read_text())
    assert (entry["event"], entry["kind"], entry["text"]) == ("qt", "QtWarningMsg", "Could not do it")

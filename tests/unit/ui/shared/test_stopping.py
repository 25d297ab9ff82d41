from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

PROGRAM = """
from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget
from ui.shared.stopping import quit_on_signals

class Refuses(QWidget):
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()

app = QApplication([])
window = Refuses()
window.show()
quit_on_signals(app)
QTimer.singleShot(0, lambda: print("ready", flush=True))
app.exec()
print("properly", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_program_properly_even_if_a_window_refuses_to_be_closed(number: signal.Signals) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*.warning=false"}
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, env=environment, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.send_signal(number)
        assert child.stdout.readline() == "properly\n"
    assert child.returncode == 0

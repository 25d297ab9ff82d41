"""20,000 queued signals through the bridge leave the interpreter whole.

PySide6 6.12.0 on CPython 3.11 drops a reference to True and None with each emission and aborts the process after
hundreds to thousands of them (MEASURED.md, trap 1): hence a process of its own.
"""

import json
import subprocess
import sys

from tests.helpers.architecture import ROOT

SIGNALS = 20_000
PROGRAM = f"""
import json, sys, threading
from PySide6.QtCore import QCoreApplication, QTimer
from ui.bridge import Bridge

app = QCoreApplication([])
bridge = Bridge(None)
payloads = (True, None, False, "face")
came = {{"views": 0, "frames": 0}}

taken = threading.Semaphore(0)

def count(kind):
    came[kind] += 1
    taken.release()
    if sum(came.values()) == {SIGNALS}:
        app.quit()

bridge.view_changed.connect(lambda view: count("views"))
bridge.frame_ready.connect(lambda box: count("frames"))

def notify():
    for number in range({SIGNALS}):
        bridge.notify(payloads[number % 4])
        taken.acquire()  # an unread state is replaced by the next one: one signal each only if each was read

before = [sys.getrefcount(thing) for thing in (None, True, False)]
other = threading.Thread(target=notify)
QTimer.singleShot(0, other.start)
QTimer.singleShot(60_000, lambda: app.exit(1))
status = app.exec()
other.join()
after = [sys.getrefcount(thing) for thing in (None, True, False)]
print(json.dumps({{"status": status, "before": before, "after": after, **came}}))
"""


def test_twenty_thousand_queued_signals_from_another_thread_lose_no_reference():
    run = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=90)
    assert run.returncode == 0, f"the process ended with {run.returncode}: {run.stderr[-2000:]}"
    seen = json.loads(run.stdout)
    assert (seen["status"], seen["views"], seen["frames"]) == (0, SIGNALS * 3 // 4, SIGNALS // 4)
    for before, after in zip(seen["before"], seen["after"], strict=True):
        assert after > before - 100, f"references were lost: {before} before, {after} after"

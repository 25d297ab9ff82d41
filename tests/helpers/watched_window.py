"""One of the two real programs as a process that tells of itself: its longest pause, its memory, what it shows.

Run as ``python -m tests.helpers.watched_window technician|customer ADDRESS [CAMERA]``. Each line that comes in is a
JSON list, a word and what belongs to it; each is answered by one line. All that is done goes through the real windows'
own bridge. A timer of Qt, in the thread of the windows, tells how long they stood still: not counted is how long that
thread was ready and got no processor (proc(5), schedstat), for that is the machine's business.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from remotehelp.messages import Right
from ui import opening
from ui.bridge import Bridge
from ui.technician.mapping import Mode
from ui.technician.screen_picture import ScreenPicture

TICK_MS = 5
SIZE = (1400, 1000)  # room for a small screen at 1:1


class Watch(QObject):
    """Answers the lines; ``side`` names the package whose intents are done."""

    def __init__(self, side: str, bridge: Bridge) -> None:
        super().__init__()
        self._intents = importlib.import_module(f"remotehelp.{side}.intents")
        self._bridge = bridge
        self._view: Any = None
        self._notices: list[str] = []
        self._longest_s, self._last, self._unserved = 0.0, time.monotonic(), unserved_s()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._lines_came)
        self._rest = b""
        bridge.view_changed.connect(self._changed)

    def _changed(self, view: Any) -> None:
        if view.notice is not None and (self._view is None or view.notice != self._view.notice):
            self._notices.append(view.notice.key)
        self._view = view

    def _tick(self) -> None:
        now, unserved = time.monotonic(), unserved_s()
        self._longest_s = max(self._longest_s, now - self._last - (unserved - self._unserved))
        self._last, self._unserved = now, unserved

    def _lines_came(self) -> None:
        data = os.read(0, 65536)
        if not data:
            QApplication.exit(0)
            return
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            word, *more = json.loads(line)
            print(json.dumps(getattr(self, f"on_{word}")(*more)), flush=True)

    def on_do(self, name: str, *values: Any) -> None:
        """Send one intent down, as the windows do; a right is named by its value."""
        found = [Right(value[len("right:") :]) if str(value).startswith("right:") else value for value in values]
        self._bridge.submit(getattr(self._intents, name)(*found))

    def on_pause_ms(self) -> float:
        """How long the windows stood still at most since this was asked last."""
        self._tick()
        longest, self._longest_s = self._longest_s, 0.0
        return longest * 1000

    def on_memory_mb(self) -> tuple[float, float]:
        """What the process holds now, and held at most since this was asked last (proc(5): VmHWM)."""
        told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        now, most = (int(told[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
        Path("/proc/self/clear_refs").write_text("5")
        return now, most

    def on_view(self) -> dict[str, Any]:
        """What the windows show, in a few words."""
        view = self._view
        if view is None:
            return {"page": ""}
        names = ("busy", "sees", "accepted", "may_accept", "code", "request", "question", "controls")
        shown = {name: getattr(view, name) for name in names if hasattr(view, name)}
        return {"page": view.page, "line": str(view.line), **shown, "notices": self._notices}

    def on_forget_notices(self) -> None:
        """Begin anew."""
        self._notices.clear()

    def on_size(self) -> tuple[int, int]:
        """Of her screen as the window has it, pixels."""
        return self._picture()._size

    def _picture(self) -> ScreenPicture:
        return next(widget for widget in QApplication.allWidgets() if isinstance(widget, ScreenPicture))

    def on_picture(self, width: int, height: int) -> str | None:
        """SHA-256 of her screen as it is painted in the window now, at 1:1, in B G R 255; None if it has another size.

        A large one is not looked at: that alone would take memory and time.
        """
        picture = next((widget for widget in QApplication.allWidgets() if isinstance(widget, ScreenPicture)), None)
        if picture is None or picture._size != (width, height):
            return None
        if picture.mode is not Mode.ONE_TO_ONE:
            picture.set_mode(Mode.ONE_TO_ONE)
            picture.window().resize(*SIZE)
        at = picture.placement()
        if at is None:
            return None
        origin = picture.mapTo(picture.window(), picture.rect().topLeft())
        shot = picture.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        part = shot.copy(at.left - origin.x(), at.top - origin.y(), at.width, at.height)
        return hashlib.sha256(bytes(part.constBits())).hexdigest()


def unserved_s() -> float:
    """How long this thread, the first of the process, has waited for a processor so far."""
    return int(Path("/proc/self/schedstat").read_text().split()[1]) / 1e9


def main() -> None:
    """Open the window that was asked for, watched."""
    side, address, *camera = sys.argv[1:]
    run: Callable[..., None] = opening._run
    kept: list[object] = []

    def watched(app: QApplication, make_role: Any, make_windows: Callable[[Bridge], object]) -> None:
        def make(bridge: Bridge) -> object:
            kept.append(Watch(side, bridge))
            return make_windows(bridge)

        run(app, make_role, make)

    opening._run = watched
    if side == "customer":
        opening.open_customer(address)
    else:
        opening.open_technician(address, camera[0])


if __name__ == "__main__":
    main()

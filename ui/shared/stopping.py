"""SIGTERM and Ctrl+C end the program properly: a visit says goodbye first."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QCoreApplication, QSocketNotifier


def quit_on_signals(app: QCoreApplication) -> None:
    """Quit ``app`` on SIGTERM and SIGINT; Python hears them only while its own code runs, so a socket wakes Qt."""
    reading, writing = socket.socketpair()
    for end in (reading, writing):
        end.setblocking(False)
    signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: app.exit(0))
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda: reading.recv(64))
    app.setProperty("_stopping", (reading, writing))

"""The technician's picture of her screen in a window of its own, as a process: what is typed into it is printed.

Run as ``python -m tests.helpers.typing_technician``: one JSON line for each thing that goes across, ["key", code,
down, text] or ["text", text]. What comes in is one JSON text a line, which an input method makes.
"""

from __future__ import annotations

import json
import os
import sys

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from remotehelp.technician.intents import Intent, ReleaseKeys, SendKey, SendText
from remotehelp.technician.view import Page, TechnicianView
from ui.shared import theme
from ui.technician.screen_picture import ScreenPicture

TITLE = "Technician"
CONTROLS = TechnicianView(page=Page.VISIT, accepted=True, sees=True, points=True, controls=True)


def say(*what: object) -> None:
    """Print one line."""
    print(json.dumps(what), flush=True)


def submit(intent: Intent) -> None:
    """What the picture sends."""
    match intent:
        case SendKey(code, down, text):
            say("key", code, down, text)
        case SendText(text):
            say("text", text)
        case ReleaseKeys():
            say("release")


def main() -> None:
    """Show the picture, give it the keyboard, and say so."""
    app = QApplication([])
    theme.apply(app, theme.Face.TECHNICIAN)
    window, picture, field = QWidget(), ScreenPicture(submit), QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(field)
    layout.addWidget(picture, 1)
    window.setWindowTitle(TITLE)
    window.resize(400, 300)
    picture.show_view(CONTROLS, "")
    picture.holding.connect(lambda holds: say("holds", holds))
    picture.setFocus(Qt.FocusReason.OtherFocusReason)
    window.show()
    window.activateWindow()

    def compose() -> None:
        lines = os.read(0, 65536).decode().splitlines()
        for line in lines:
            event = QInputMethodEvent()
            event.setCommitString(json.loads(line))
            app.sendEvent(picture, event)
        if not lines:
            app.quit()

    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, app)
    notifier.activated.connect(compose)
    sys.exit(app.exec())


if __name__ == "__main__":
    main()

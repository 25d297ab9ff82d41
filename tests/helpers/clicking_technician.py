"""The technician's whole window in a visit, as a process: each mouse button that goes across is printed.

Run as ``python -m tests.helpers.clicking_technician``: a JSON line ["ready"], then one for each button, [number, down,
x, y]. What comes in is one ``Shown`` a line, which the window then shows.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from dataclasses import dataclass, replace

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication, QPushButton, QScrollBar

from remotehelp.media.canvas import Canvas
from remotehelp.technician.intents import Intent, SendButton
from tests.helpers.reading import by_name
from tests.helpers.stand_in_bridge import canvas_of, plain
from tests.helpers.technician_views import VISIT
from ui.shared import theme
from ui.technician.window import TechnicianWindow

GREY = 0x40
CONTROLS = replace(VISIT, sees=True, points=True, controls=True)


@dataclass(frozen=True)
class Shown:
    """A grey screen of hers with one square of a colour (0xRRGGBB), in her pixels.

    It is shown fitted, or at 1:1 and then perhaps scrolled to its end.
    """

    width: int
    height: int
    x: int
    y: int
    side: int
    colour: int
    fitted: bool
    scrolled: bool = False

    def dump(self) -> str:
        """As a line."""
        return json.dumps(dataclasses.astuple(self)) + "\n"


def submit(intent: Intent) -> None:
    """What the window sends."""
    if isinstance(intent, SendButton):
        print(json.dumps([intent.button, intent.down, intent.x, intent.y]), flush=True)


def screen(shown: Shown) -> Canvas:
    """The picture of it."""
    pixels = plain(shown.width, shown.height, GREY)
    pixels[shown.y : shown.y + shown.side, shown.x : shown.x + shown.side, :3] = [*shown.colour.to_bytes(3, "little")]
    return canvas_of(pixels)


def show(window: TechnicianWindow, shown: Shown) -> None:
    """Bring it into the window."""
    window.show_screen(screen(shown))
    whole = by_name(window, "Whole screen")
    assert isinstance(whole, QPushButton)
    whole.setChecked(shown.fitted)
    QApplication.processEvents()
    for bar in window.findChildren(QScrollBar):
        bar.setValue(bar.maximum() if shown.scrolled else 0)


def main() -> None:
    """Show the window until the line ends."""
    app = QApplication([])
    theme.apply(app, theme.Face.TECHNICIAN)
    window = TechnicianWindow(submit)
    window.show_view(CONTROLS)
    window.show()
    app.processEvents()
    print(json.dumps(["ready"]), flush=True)

    def read() -> None:
        lines = os.read(0, 65536).decode().splitlines()
        for line in lines:
            show(window, Shown(*json.loads(line)))
        if not lines:
            app.quit()

    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, app)
    notifier.activated.connect(read)
    sys.exit(app.exec())


if __name__ == "__main__":
    main()

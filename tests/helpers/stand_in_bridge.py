"""The seam of ``ui/bridge.py`` without an engine behind it: views are fed by hand, intents are kept."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from PySide6.QtCore import QObject, Signal

from remotehelp.media.area import Pixels, Rect
from remotehelp.media.canvas import Canvas
from remotehelp.media.cursor import Cursor
from remotehelp.media.frame import Frame

T = TypeVar("T")


class StandInBridge(QObject):
    """Has the bridge's signals and methods; ``submitted`` are all intents in order."""

    view_changed = Signal(object)
    frame_ready = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.submitted: list[object] = []
        self._frames: dict[str, Frame | Canvas | Cursor] = {}

    def submit(self, intent: object) -> None:
        self.submitted.append(intent)

    def take(self, box: str) -> Frame | Canvas | Cursor | None:
        return self._frames.pop(box, None)

    def bring(self, box: str, frame: Frame | Canvas | Cursor) -> None:
        """Put a frame into ``box`` and wake the window, as the engine does."""
        self._frames[box] = frame
        self.frame_ready.emit(box)

    def of(self, kind: type[T]) -> list[T]:
        """The submitted intents of one kind."""
        return [intent for intent in self.submitted if isinstance(intent, kind)]


def plain_frame(number: int = 1, width: int = 64, height: int = 36, grey: int = 0x80) -> Frame:
    """A frame of one grey (B G R X)."""
    return Frame(width, height, 4 * width, bytes([grey, grey, grey, 255]) * (width * height), number)


def canvas_of(pixels: Pixels) -> Canvas:
    """A canvas that shows ``pixels``."""
    canvas, (height, width) = Canvas(), pixels.shape[:2]
    canvas.begin(1, width, height)
    paint(canvas, 0, 0, pixels)
    return canvas


def paint(canvas: Canvas, x: int, y: int, pixels: Pixels) -> None:
    """Bring ``pixels`` onto the canvas, which has shown one area so far."""
    assert canvas.paint(pixels, 1, Rect(x, y, pixels.shape[1], pixels.shape[0]), 0)


def plain_canvas(width: int = 64, height: int = 36, grey: int = 0x80) -> Canvas:
    """A canvas of one grey."""
    return canvas_of(plain(width, height, grey))


def plain(width: int, height: int, grey: int) -> Pixels:
    """Pixels of one grey."""
    return np.full((height, width, 4), (grey, grey, grey, 255), np.uint8)

"""The seam of ``ui/bridge.py`` without an engine behind it: views are fed by hand, intents are kept."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from remotehelp.media.frame import Frame

T = TypeVar("T")


class StandInBridge(QObject):
    """Has the bridge's signals and methods; ``submitted`` are all intents in order."""

    view_changed = Signal(object)
    frame_ready = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.submitted: list[object] = []
        self._frames: dict[str, Frame] = {}

    def submit(self, intent: object) -> None:
        self.submitted.append(intent)

    def take(self, box: str) -> Frame | None:
        return self._frames.pop(box, None)

    def bring(self, box: str, frame: Frame) -> None:
        """Put a frame into ``box`` and wake the window, as the engine does."""
        self._frames[box] = frame
        self.frame_ready.emit(box)

    def of(self, kind: type[T]) -> list[T]:
        """The submitted intents of one kind."""
        return [intent for intent in self.submitted if isinstance(intent, kind)]


def plain_frame(number: int = 1, width: int = 64, height: int = 36, grey: int = 0x80) -> Frame:
    """A frame of one grey (B G R X)."""
    return Frame(width, height, 4 * width, bytes([grey, grey, grey, 255]) * (width * height), number)

"""The only seam between the engine's thread and Qt: intents go down, states and names of boxes come up."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot

from remotehelp.engine import Engine
from remotehelp.latest import Latest
from remotehelp.media.canvas import Canvas
from remotehelp.media.cursor import Cursor
from remotehelp.media.frame import Frame


class Bridge(QObject):
    """Carries plain data between an engine and the windows.

    Signals, on the Qt thread: ``view_changed(view)`` with the newest frozen state, for any number that came since the
    last one; ``frame_ready(box)`` when ``take`` has one. A state comes before the frames that came with it.
    """

    view_changed = Signal(object)
    frame_ready = Signal(str)
    _wake = Signal()

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._view: Latest[tuple[object]] = Latest()
        self._boxes: dict[str, None] = {}
        self._wake.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Start the engine; its first state arrives through ``view_changed``."""
        self._engine.start(self.notify)

    def stop(self) -> None:
        """End the engine; returns when its thread is gone."""
        self._engine.stop()

    def submit(self, intent: object) -> None:
        """Send one intent down (Qt thread)."""
        self._engine.submit(intent)

    def take(self, box: str) -> Frame | Canvas | Cursor | None:
        """The newest of ``box``, or None; "face": a frame, "screen": the canvas that changed, "cursor": her pointer."""
        return self._engine.frames[box].take()

    def notify(self, update: object) -> None:
        """Bring ``update`` to the Qt thread (any thread): a box's name, or a state that replaces an unread one."""
        if isinstance(update, str):
            self._boxes[update] = None
            self._wake.emit()
        elif self._view.put((update,)):
            self._wake.emit()

    @Slot()
    def _drain(self) -> None:
        newest = self._view.take()
        if newest is not None:
            self.view_changed.emit(newest[0])
        while self._boxes:
            box, _ = self._boxes.popitem()
            self.frame_ready.emit(box)

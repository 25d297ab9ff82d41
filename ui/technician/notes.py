"""The technician's own notes of a case, sent down a moment after the last letter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from remotehelp.technician.intents import Intent, SetNotes
from ui.technician.parts import TextField

PAUSE_MS = 300


class Notes(TextField):
    """The field `Notes`; what is typed is never overwritten by a state that does not know it yet."""

    def __init__(self, submit: Callable[[Intent], None], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Notes"))
        self.setPlaceholderText(self.tr("Notes for yourself. The customer does not see them."))
        self._submit = submit
        self._known = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._send)
        self.textChanged.connect(self._typed)

    def show_notes(self, notes: str) -> None:
        """Follow the state."""
        if notes != self._known and not self._pause.isActive():
            self._known = notes
            self.setPlainText(notes)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the last letters when the page goes."""
        super().hideEvent(event)
        self._send()

    def _typed(self) -> None:
        if self.text() != self._known:
            self._pause.start()

    def _send(self) -> None:
        self._pause.stop()
        if self.text() != self._known:
            self._known = self.text()
            self._submit(SetNotes(self._known))

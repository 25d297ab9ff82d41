"""Where the keyboard rests after something from outside took it from the technician in the middle of a word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
ON = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class KeysRest(QWidget):
    """Swallows every key, shortcuts too, until the technician goes on by Tab or by the mouse.

    What was typed for the customer's computer must not land in a text that goes to her, or press one of our buttons.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(0, 0)
        self.setAccessibleName(self.tr("The keyboard rests. Go on with Tab."))

    def event(self, event: QEvent) -> bool:
        """Take the key."""
        if event.type() in KEYS and isinstance(event, QKeyEvent) and event.key() not in ON:
            event.accept()
            return True
        return super().event(event)

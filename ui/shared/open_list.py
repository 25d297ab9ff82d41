"""A combo box whose entries are chosen from the open list alone: each choice has consequences for a person."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

_KEY = Qt.Key
TURNING = frozenset({_KEY.Key_Up, _KEY.Key_Down, _KEY.Key_PageUp, _KEY.Key_PageDown, _KEY.Key_Home, _KEY.Key_End})
LETTERS = 16  # that have room without the list being open: long names must not widen what it stands in


class OpenList(QComboBox):
    """Neither the wheel nor a single key chooses."""

    def __init__(self, identifier: str, parent: QWidget | None = None) -> None:
        """``identifier``: its accessible id, for its accessible name is its current text."""
        super().__init__(parent)
        self.setAccessibleIdentifier(identifier)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LETTERS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What would turn to the next entry opens the list instead; letters turn to nothing."""
        if event.key() in TURNING:
            self.showPopup()
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is for what it stands in."""
        event.ignore()

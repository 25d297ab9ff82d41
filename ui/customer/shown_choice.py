"""The combo box `monitor`: what of her computer she shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel

from ui.shared.open_list import OpenList

WIDEST = 60  # letters of the open list


class ShownChoice(OpenList):
    """Its list is made anew when she looks at it, and while it is open.

    Signals: ``looked_at()`` when the list is about to be opened.
    """

    looked_at = Signal()

    def __init__(self) -> None:
        super().__init__("monitor")
        self._offered: tuple[tuple[str, ...], str] = ((), "")
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)

    def offer(self, words: Sequence[str], why_no_more: str) -> None:
        """These can be chosen; the last line says why there is nothing else to choose, if there is a reason."""
        if (tuple(words), why_no_more) == self._offered:
            return
        self._offered = (tuple(words), why_no_more)
        was_open = self.view().isVisible()
        self.clear()
        self.addItems(list(words))
        if why_no_more:
            self._add_reason(why_no_more)
        letter = self.fontMetrics().averageCharWidth()
        self.view().setMinimumWidth(min(self.view().sizeHintForColumn(0) + 4 * letter, WIDEST * letter))
        if was_open:
            super().showPopup()

    def showPopup(self) -> None:
        """Open the list, which is looked through again."""
        self.looked_at.emit()
        super().showPopup()

    def _add_reason(self, words: str) -> None:
        self.addItem(words)
        model = self.model()
        if isinstance(model, QStandardItemModel):
            model.item(self.count() - 1).setEnabled(False)

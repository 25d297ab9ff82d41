"""Lines of a list whose long words are not cut."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QListView, QStyledItemDelegate

from ui.shared import tame


class BreakingLines(QStyledItemDelegate):
    """Draws a list's lines so that a word wider than the list goes on in the next line; the list keeps them whole."""

    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        """The words as they are drawn."""
        return tame.breakable(super().displayText(value, locale))


def break_lines(shown: QListView) -> None:
    """Let ``shown`` wrap its lines anywhere, and scroll by pixels: a line may be taller than the list."""
    shown.setWordWrap(True)
    shown.setItemDelegate(BreakingLines(shown))
    shown.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    shown.setResizeMode(QListView.ResizeMode.Adjust)

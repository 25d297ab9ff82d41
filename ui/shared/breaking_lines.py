"""Lines of a list whose long words are not cut."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from ui.shared import tame, theme


class BreakingLines(QStyledItemDelegate):
    """Draws a list's lines so that a word wider than the list goes on in the next line; the list keeps them whole."""

    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        """The words as they are drawn."""
        return tame.breakable(super().displayText(value, locale))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as all of the words.

        Qt wraps them here in the whole width, and draws them inside the padding that the style sheet gives.
        """
        inside = QStyleOptionViewItem(option)
        inside.rect.setWidth(option.rect.width() - 2 * theme.HALF)
        return super().sizeHint(inside, index)


def break_lines(shown: QListView) -> None:
    """Let ``shown`` wrap its lines anywhere, and scroll by pixels: a line may be taller than the list."""
    shown.setWordWrap(True)
    shown.setItemDelegate(BreakingLines(shown))
    shown.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

"""A field for several lines."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPlainTextEdit

from ui.shared import theme


class TextArea(QPlainTextEdit):
    """Plain text of several lines under an accessible name; Tab leaves it, and it is content with little room."""

    def __init__(self, name: str, *, hint: str = "", read_only: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setReadOnly(read_only)
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:
        """A few lines; the layout gives what is left over."""
        return QSize(super().sizeHint().width(), 12 * theme.STEP)

    def minimumSizeHint(self) -> QSize:
        """Two lines."""
        return QSize(super().minimumSizeHint().width(), 8 * theme.STEP)

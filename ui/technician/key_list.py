"""The list of all keys that do something on the page at hand, read from the page itself."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QDialog, QGridLayout, QVBoxLayout, QWidget

from ui.shared import controls, theme


def keys_of(window: QWidget) -> list[tuple[str, str]]:
    """What each key of ``window`` does: pairs of words and key, the keys of one thing together."""
    found: dict[str, list[str]] = {}
    for made in window.findChildren(QShortcut):
        if made.whatsThis() and _shown(made.parent()):
            found.setdefault(made.whatsThis(), []).append(_native(made.key()))
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and not button.shortcut().isEmpty():
            found.setdefault(button.text(), []).append(_native(button.shortcut()))
    return [(words, ", ".join(dict.fromkeys(keys))) for words, keys in found.items()]


def _shown(owner: QObject | None) -> bool:
    return isinstance(owner, QWidget) and owner.isVisible()


def _native(key: QKeySequence) -> str:
    return key.toString(QKeySequence.SequenceFormat.NativeText)


class KeyList(QDialog):
    """Shows the keys of a window; Esc or any of them that opened it closes it."""

    COLUMNS = 2

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        whole = QVBoxLayout(self)
        controls.spaced(whole)
        whole.addWidget(controls.label(self.tr("Everything has a key"), look="title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * theme.STEP)
        grid.setVerticalSpacing(theme.HALF)
        for place, (words, key) in enumerate(keys_of(window)):
            row, column = place // self.COLUMNS, place % self.COLUMNS * 2
            grid.addWidget(_line(key, "strong"), row, column)
            grid.addWidget(_line(words), row, column + 1)
        whole.addLayout(grid)
        whole.addWidget(
            controls.label(
                self.tr("While the keyboard is theirs, every key goes to the customer. Esc Esc brings it back."),
                look="quiet",
            )
        )
        close = controls.button(self.tr("Close"), icon="close")
        close.clicked.connect(self.close)
        whole.addWidget(close, alignment=Qt.AlignmentFlag.AlignTrailing)


def _line(text: str, look: str = "") -> QWidget:
    made = controls.label(text, look=look)
    made.setWordWrap(False)
    return made

"""Small parts of the technician's pages: buttons with a key, named fields, lists that say what will come."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from remotehelp.messages import TEXT_LIMIT
from ui.shared import controls, theme
from ui.shared.breaking_lines import break_lines


def button(text: str, key: str = "", *, icon: str = "", look: str = "") -> QPushButton:
    """A button with the key that presses it; its tip shows the key."""
    made = controls.button(text, icon=icon, look=look)
    give_key(made, key)
    return made


def give_key(made: QAbstractButton, key: str) -> None:
    """Let ``key`` press the button from anywhere in the window."""
    made.setShortcut(QKeySequence(key))
    may(made, "")


def may(control: QAbstractButton, reason: str) -> None:
    """Enable ``control`` if ``reason`` is empty, with its key as the tip; else disable it and say why."""
    controls.explain(control, reason)
    key = control.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    if not reason and key:
        control.setToolTip(key)


def later() -> str:
    """Why a control that is not built yet can't be used."""
    return QCoreApplication.translate("technician", "This comes in a later version.")


def on_key(window: QWidget, key: str, words: str, run: Callable[..., object]) -> QShortcut:
    """A key for something that is no button; ``words`` tell it in the list of keys."""
    made = QShortcut(QKeySequence(key), window)
    made.setWhatsThis(words)
    made.activated.connect(run)
    return made


def line_field(name: str) -> QLineEdit:
    """One line of text with an accessible name."""
    made = QLineEdit()
    made.setAccessibleName(name)
    return made


def password_field(name: str) -> QLineEdit:
    """One line that is not shown."""
    made = line_field(name)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def centred(part: QWidget) -> QHBoxLayout:
    """The part in the middle of a row. Not by an alignment: that forgets the height of text that wraps."""
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(part)
    row.addStretch()
    return row


def as_tab(layout: QBoxLayout) -> None:
    """The gaps of a tab's inside: flush with what stands below the tabs."""
    controls.spaced(layout, margin=0)
    layout.setContentsMargins(0, theme.STEP, 0, 0)


class Caption(QWidget):
    """Words over a field, for the eye alone: a screen reader has them as the field's name, and a name stands once."""

    def __init__(self, words: str, *, strong: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        font = self.font()
        font.setBold(strong)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self.fontMetrics().horizontalAdvance(self._words), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """It may be cut before it makes its window wider."""
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, cut at their end where they do not fit."""
        painter = QPainter(self)
        short = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, short)
        painter.end()


class ShortLabel(QLabel):
    """One line that is cut in the middle where it does not fit; a screen reader and the tip have all of it."""

    def __init__(self, identifier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleIdentifier(identifier)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show ``text``."""
        self.setText(text)
        self.setToolTip(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as fits."""
        painter = QPainter(self)
        short = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, short)
        painter.end()


def form(*fields: QWidget) -> QVBoxLayout:
    """The fields, each under its accessible name."""
    made = QVBoxLayout()
    controls.spaced(made, margin=0, spacing=theme.HALF)
    for place, field in enumerate(fields):
        if place:
            made.addSpacing(theme.HALF)
        made.addWidget(Caption(field.accessibleName()))
        made.addWidget(field)
    return made


class TextField(QPlainTextEdit):
    """Several lines of plain text with an accessible name; Tab leaves it, and it holds what a message may carry."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._bound)

    def text(self) -> str:
        """What stands there."""
        return self.toPlainText()

    def _bound(self) -> None:
        if len(self.text()) > TEXT_LIMIT:
            self.setPlainText(self.text()[:TEXT_LIMIT])


class WordyList(QListWidget):
    """A list that tells in words what will appear here while it is empty."""

    def __init__(self, name: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = empty
        self.setAccessibleName(name)
        self.setAccessibleDescription(empty)
        break_lines(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def say_while_empty(self, words: str) -> None:
        """Tell this while it is empty."""
        self._empty = words
        self.setAccessibleDescription("" if self.count() else words)
        self.viewport().update()

    def as_high_as_its_lines(self) -> None:
        """Take the height of what stands there and no more."""
        self.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Iterable[str]) -> None:
        """Show exactly these lines; what stays the same is left alone, and new ones come below."""
        wanted = list(lines)
        shown = [self.item(row).text() for row in range(self.count())]
        if wanted == shown:
            return
        if wanted[: len(shown)] != shown:
            self.clear()
            shown = []
        self.addItems(wanted[len(shown) :])
        self.updateGeometry()
        self.setAccessibleDescription("" if wanted else self._empty)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, or the words."""
        super().paintEvent(event)
        if self.count():
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(theme.current().colours.quiet))
        within = self.viewport().rect().adjusted(theme.STEP, theme.STEP, -theme.STEP, -theme.STEP)
        painter.drawText(within, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)
        painter.end()

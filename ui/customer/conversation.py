"""The written conversation of a visit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from remotehelp.customer.intents import Say
from remotehelp.customer.view import CustomerView
from remotehelp.messages import TEXT_LIMIT
from remotehelp.visit.events import Side
from remotehelp.visit.shown import Said
from ui.shared import controls, tame, theme
from ui.shared.breaking_lines import break_lines


class Conversation(QWidget):
    """What was written, oldest first, and a field for the next line."""

    def __init__(self, submit: Callable[[object], None]) -> None:
        super().__init__()
        self._submit = submit
        self._shown: tuple[str, ...] = ()
        self.lines = QListWidget()
        self.lines.setAccessibleName(self.tr("Conversation"))
        break_lines(self.lines)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.message = QLineEdit()
        self.message.setAccessibleName(self.tr("Message"))
        self.message.setPlaceholderText(self.tr("Message"))
        self.message.setMaxLength(TEXT_LIMIT)
        self.message.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # a menu is a window that nobody watches
        self.send = controls.button(self.tr("Send"), icon="send")
        self.message.textChanged.connect(self._text_changed)
        self.message.returnPressed.connect(self._say)
        self.send.clicked.connect(self._say)
        self._arrange()
        self._text_changed("")

    def show_view(self, view: CustomerView) -> None:
        """Draw the lines that are new."""
        name = tame.flat(view.technician.given_name) if view.technician else self.tr("Your helper")
        texts = tuple(self.line(said, name) for said in view.conversation)
        if texts[: len(self._shown)] != self._shown:
            self.lines.clear()
            self._shown = ()
        fresh = texts[len(self._shown) :]
        if fresh:
            self.lines.addItems(fresh)
            self.lines.scrollToBottom()
        self._shown = texts

    def line(self, said: Said, name: str) -> str:
        """One line as it is shown: who, and the words."""
        who = self.tr("You") if said.who is Side.CUSTOMER else name
        return f"{who}: {said.text}"

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        controls.spaced(column, margin=0)
        column.addStrut(theme.BAR_WIDTH - 2 * theme.STEP)
        column.addWidget(self.lines, 1)
        row = QHBoxLayout()
        row.addWidget(self.message, 1)
        row.addWidget(self.send)
        column.addLayout(row)

    def _text_changed(self, text: str) -> None:
        controls.explain(self.send, "" if text.strip() else self.tr("Write something first."))

    def _say(self) -> None:
        text = self.message.text().strip()
        if text:
            self._submit(Say(text))
            self.message.clear()

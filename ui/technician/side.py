"""The right column of a visit: case, chat and tools, the own face, and what the customer allows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGroupBox, QHBoxLayout, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from remotehelp.media.frame import Frame
from remotehelp.messages import TEXT_LIMIT
from remotehelp.technician.intents import Intent, Say
from remotehelp.technician.view import TechnicianView
from remotehelp.visit.events import Side
from ui.shared import controls, sentences, theme
from ui.shared.safety_words import SafetyWords
from ui.shared.tall_scroll_area import TallScrollArea
from ui.shared.text_area import TextArea
from ui.technician import parts, words
from ui.technician.notes import Notes
from ui.technician.own_face import OwnFaceView


class SideColumn(QWidget):
    """Tabs `Case` (F2), `Chat` (F3) and `Tools` (F4) above the own camera and the list `Grants`."""

    def __init__(self, submit: Callable[[Intent], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(theme.SIDE_WIDTH - 2 * theme.STEP)  # a scroll bar may stand beside it
        self._case, self._chat, self._tools = CaseTab(submit), ChatTab(submit), ToolsTab()
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.tabBar().setAccessibleName(self.tr("Case, chat and tools"))
        for tab, title in (
            (self._case, self.tr("Case")),
            (self._chat, self.tr("Chat")),
            (self._tools, self.tr("Tools")),
        ):
            self._tabs.addTab(tab, title)
        self._tabs.setCurrentWidget(self._chat)
        self._tabs.currentChanged.connect(self._seen)
        self._face = OwnFaceView()
        self._safety_words = SafetyWords(
            self.tr("If you can talk, compare these words: if the customer reads others, end the visit.")
        )
        self._grants = parts.WordyList(self.tr("Grants"), self.tr("What the customer allows will stand here."))
        self._grants.as_high_as_its_lines()
        self._unread = 0
        self._give_keys()
        self._lay_out()

    def _give_keys(self) -> None:
        parts.on_key(self, "F2", self.tr("Case and notes"), lambda: self._open(self._case, self._case.notes))
        parts.on_key(self, "F3", self.tr("Write to the customer"), lambda: self._open(self._chat, self._chat.message))
        parts.on_key(self, "F4", self.tr("Tools"), lambda: self._open(self._tools, self._tabs.tabBar()))

    def _open(self, tab: QWidget, focus: QWidget) -> None:
        self._tabs.setCurrentWidget(tab)
        focus.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        controls.spaced(column, margin=0)
        column.addWidget(self._tabs, 1)
        column.addWidget(self._face, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._safety_words)
        column.addWidget(controls.label(self.tr("The customer allows"), look="strong"))
        column.addWidget(self._grants)

    def show_view(self, view: TechnicianView) -> None:
        """Follow the state."""
        self._case.show_view(view)
        waits = self._tabs.tabBar().hasFocus() and not self._chat.message.isEnabled()
        if self._chat.show_view(view) and self._tabs.currentWidget() is not self._chat:
            self._unread += 1
        if waits and self._tabs.currentWidget() is self._chat:
            self.first.setFocus()
        self._mark_unread()
        self._grants.show_lines(words.grant(line.right, line.on) for line in view.grants)
        self._face.show_view(view)
        self._safety_words.show_words(view.safety_words)

    @property
    def first(self) -> QWidget:
        """What has the focus at first: the chat's field, or, as long as it can't be used, the tabs."""
        return self._chat.message if self._chat.message.isEnabled() else self._tabs.tabBar()

    def show_own_face(self, frame: Frame) -> None:
        """The newest picture of the own camera."""
        self._face.show_frame(frame)

    def _seen(self) -> None:
        if self._tabs.currentWidget() is self._chat:
            self._unread = 0
            self._mark_unread()

    def _mark_unread(self) -> None:
        chat, name = self._tabs.indexOf(self._chat), self.tr("Chat")
        self._tabs.setTabText(chat, self.tr("Chat (%n new)", "", self._unread) if self._unread else name)
        self._tabs.tabBar().setAccessibleTabName(chat, name)


class CaseTab(QWidget):
    """The customer's problem in her words and the field `Notes`."""

    def __init__(self, submit: Callable[[Intent], None]) -> None:
        super().__init__()
        self._problem = TextArea(self.tr("In the customer's words"), read_only=True)
        self._problem.setAccessibleIdentifier("problem-in-full")
        self._problem.setPlaceholderText(self.tr("The customer wrote nothing about the problem."))
        self._problem.setFixedHeight(self._problem.sizeHint().height())
        self.notes = Notes(submit)
        column = QVBoxLayout(self)
        parts.as_tab(column)
        column.addWidget(parts.Caption(self.tr("In the customer's words"), strong=True))
        column.addWidget(self._problem)
        column.addWidget(parts.Caption(self.tr("Notes"), strong=True))
        column.addWidget(self.notes, 1)

    def show_view(self, view: TechnicianView) -> None:
        """Follow the state."""
        if view.problem != self._problem.toPlainText():
            self._problem.setPlainText(view.problem)
        self.notes.show_notes(view.notes)


class ChatTab(QWidget):
    """List `Conversation`, text `Message`, button `Send` (Enter sends)."""

    def __init__(self, submit: Callable[[Intent], None]) -> None:
        super().__init__()
        self._submit = submit
        self._heard = 0
        self._conversation = parts.WordyList(
            self.tr("Conversation"), self.tr("What you and the customer write will stand here.")
        )
        self.message = parts.line_field(self.tr("Message"))
        self.message.setMaxLength(TEXT_LIMIT)
        self.message.setPlaceholderText(self.tr("Write to the customer"))
        self._send = parts.button(self.tr("Send"), icon="send")
        self._send.clicked.connect(self._say)
        self.message.returnPressed.connect(self._say)
        row = QHBoxLayout()
        controls.spaced(row, margin=0, spacing=theme.HALF)
        row.addWidget(self.message, 1)
        row.addWidget(self._send)
        column = QVBoxLayout(self)
        parts.as_tab(column)
        column.addWidget(self._conversation, 1)
        column.addLayout(row)

    def show_view(self, view: TechnicianView) -> bool:
        """Follow the state; True if the customer wrote something new."""
        not_yet = "" if view.accepted else sentences.reason("not_let_in_yet")
        for part in (self.message, self._send):
            controls.explain(part, not_yet)
        self._conversation.show_lines(words.said(line) for line in view.conversation)
        self._conversation.scrollToBottom()
        heard = sum(line.who is Side.CUSTOMER for line in view.conversation)
        new, self._heard = heard > self._heard, heard
        return new

    def _say(self) -> None:
        text = self.message.text().strip()
        if text:
            self._submit(Say(text))
            self.message.clear()


class ToolsTab(QWidget):
    """The panel `Printers`, which says when it comes."""

    def __init__(self) -> None:
        super().__init__()
        panel = QGroupBox(self.tr("Printers"))
        controls.explain(panel, parts.later())
        inside = QVBoxLayout(panel)
        controls.spaced(inside, margin=theme.STEP)
        inside.addWidget(controls.label(parts.later(), look="small"))
        for name, empty in (
            (self.tr("Print queues"), self.tr("The customer's printers will stand here.")),
            (self.tr("Jobs"), self.tr("What waits to be printed will stand here.")),
        ):
            listed = parts.WordyList(name, empty)
            listed.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # what room is left
            listed.setMinimumHeight(8 * theme.STEP)
            inside.addWidget(listed, 1)
        for text in (
            self.tr("Resume queue"),
            self.tr("Cancel job"),
            self.tr("Cancel all jobs"),
            self.tr("Print test page"),
        ):
            made = parts.button(text)
            parts.may(made, parts.later())
            inside.addWidget(made)
        column = QVBoxLayout(self)
        parts.as_tab(column)
        column.addWidget(TallScrollArea(panel, theme.SIDE_WIDTH), 1)  # it must not make the window higher than a screen

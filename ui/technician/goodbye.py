"""The end of a visit: what was wrong, what was done, and later a promise."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from remotehelp.media.frame import Frame
from remotehelp.technician.intents import CloseCase, Intent
from remotehelp.technician.view import Ended, TechnicianView
from remotehelp.visit.events import Side
from remotehelp.visit.shown import ShownLog
from ui.shared import controls, sentences, theme
from ui.shared.log_window import LogWindow
from ui.technician import parts
from ui.technician.own_face import OwnFaceView


class GoodbyePage(QWidget):
    """Texts `What was wrong` and `What was done`, `Read the log`, and `Close case`, which sends both texts to her."""

    def __init__(self, submit: Callable[[Intent], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wrong = parts.TextField(self.tr("What was wrong"))
        self._done = parts.TextField(self.tr("What was done"))
        self._left = controls.label(look="strong", identifier="customer-left")
        self._reach = controls.label(look="quiet", identifier="texts-reach")
        self._close = parts.button(self.tr("Close case"), "Ctrl+Return", icon="check_circle", look="primary")
        self._close.clicked.connect(lambda: submit(CloseCase(self._wrong.text().strip(), self._done.text().strip())))
        self.read = parts.button(self.tr("Read the log"), "Ctrl+L", icon="history")
        self.read.clicked.connect(self._read_log)
        self._log: ShownLog | None = None
        self.log_window: LogWindow | None = None
        self._face = OwnFaceView()
        self._make_promise()
        self._lay_out()
        self.first = self._wrong

    def _make_promise(self) -> None:
        self._promise = parts.line_field(self.tr("Promise"))
        self._by = QDateEdit(QDate.currentDate())
        self._by.setAccessibleName(self.tr("By"))
        self._by.lineEdit().setTextMargins(theme.HALF, 0, theme.HALF, 0)  # no style sheet's padding gets there
        self._give = parts.button(self.tr("Give promise"), "Ctrl+P", icon="favorite")
        for part in (self._promise, self._by):
            controls.explain(part, parts.later())
        parts.may(self._give, parts.later())

    def _lay_out(self) -> None:
        card, inside = controls.card()
        card.setMaximumWidth(2 * theme.FORM_WIDTH)
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(controls.label(self.tr("Goodbye"), look="title"))
        words.addWidget(self._left)
        words.addWidget(self._reach)
        words.addStretch()
        head.addLayout(words, 1)
        head.addWidget(self._face)
        inside.addLayout(head)
        inside.addLayout(parts.form(self._wrong, self._done))
        inside.addWidget(self._promise_row())
        foot = QHBoxLayout()
        foot.addWidget(self.read, 1)
        foot.addWidget(self._close, 2)
        inside.addLayout(foot)
        whole = QHBoxLayout(self)
        controls.spaced(whole, margin=theme.MARGIN)
        whole.addStretch(1)
        whole.addWidget(card, 4, Qt.AlignmentFlag.AlignVCenter)
        whole.addStretch(1)

    def _promise_row(self) -> QWidget:
        row = QWidget()
        row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.STEP)
        for column, field in enumerate((self._promise, self._by)):
            grid.addWidget(parts.Caption(field.accessibleName()), 0, column)
            grid.addWidget(field, 1, column)
        grid.addWidget(self._give, 1, 2)
        grid.setColumnStretch(0, 1)
        return row

    def show_view(self, view: TechnicianView) -> None:
        """Follow the state; what is typed stays."""
        controls.show_text(self._left, self._how_it_ended(view))
        self._reach.setText(self._what_arrives(view))
        parts.may(self._close, self.tr("The case is being closed …") if view.busy else "")
        self._face.show_view(view)
        self._log = view.log
        if self.log_window is not None and view.log is not None:
            self.log_window.show_log(view.log)

    def _read_log(self) -> None:
        if self._log is not None and self.log_window is None:
            names = {Side.CUSTOMER: sentences.translated("the_customer"), Side.TECHNICIAN: sentences.translated("you")}
            shown = self.log_window = LogWindow(self, names)
            shown.finished.connect(self._log_read)
            shown.show_log(self._log)
            shown.open()

    def _log_read(self) -> None:
        self.log_window = None

    def _how_it_ended(self, view: TechnicianView) -> str:
        if view.ended is Ended.BY_HER:
            return self.tr("The customer ended the visit.")
        if view.ended is Ended.BY_LINE:
            return self.tr("The line did not come back, so the visit ended.")
        if view.ended is Ended.BY_BADGE:
            return self.tr("Your badge is not valid any more, so the visit ended.")
        if view.ended is Ended.BY_GUARD:
            return self.tr("The visit was ended for safety.")
        return self.tr("The customer has left the visit.") if view.she_left else ""

    def _what_arrives(self, view: TechnicianView) -> str:
        if view.she_left or view.ended in (Ended.BY_LINE, Ended.BY_BADGE):
            return self.tr("Nothing reaches the customer any more: both texts stay with the case on this computer.")
        return self.tr(
            "The customer still sees your face, and nothing else goes across. Both texts go to the customer when you "
            "close the case."
        )

    def show_own_face(self, frame: Frame) -> None:
        """The newest picture of the own camera."""
        self._face.show_frame(frame)

"""The desk: who waits, the code that a customer reads out, notes and what was before; also while joining."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from remotehelp.media.frame import Frame
from remotehelp.technician.intents import CancelJoin, Intent, Join
from remotehelp.technician.view import Page, TechnicianView
from ui.shared import controls, tame, theme
from ui.shared.short_label import ShortLabel
from ui.technician import parts
from ui.technician.notes import Notes
from ui.technician.own_face import OwnFaceView
from ui.technician.own_server import OwnServer
from ui.technician.waiting_column import WaitingColumn


class DeskPage(QWidget):
    """Waiting customers left, the case in the middle, oneself and one's server right."""

    def __init__(
        self,
        submit: Callable[[Intent], None],
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        """``clock`` gives the seconds that waiting is counted in."""
        super().__init__(parent)
        self._submit, self._clock = submit, clock
        self._me = ShortLabel(look="title", identifier="me", lines=2)
        self._where = ShortLabel(look="quiet", identifier="signed-in-at")
        self._make_case()
        self._make_sides()
        self._connect()
        self._lay_out()

    def _make_case(self) -> None:
        self._code = parts.line_field(self.tr("Code"))
        self._code.setPlaceholderText("4711-482-913")
        self._code.setMinimumWidth(self._code.fontMetrics().horizontalAdvance("44711-482-913") + 3 * theme.STEP)
        self.first = self._code
        self._join = parts.button(self.tr("Join"), "Ctrl+Return", icon="support_agent", look="primary")
        self._cancel = parts.button(self.tr("Cancel"), "Esc", icon="close")
        self._joining = controls.label(identifier="joining")
        self._notes = Notes(self._submit)
        self._back: QWidget = self._code  # where the focus comes back to after joining

    def _make_sides(self) -> None:
        self._waiting = WaitingColumn(self._submit, self._clock)
        self._follow_ups = parts.button(self.tr("Follow-ups"), "Ctrl+F", icon="schedule")
        self._settings = parts.button(self.tr("Settings"), "Ctrl+,", icon="settings")
        for made in (self._follow_ups, self._settings):
            parts.may(made, parts.later())
        self._history = parts.TextField(self.tr("History"))
        self._history.setReadOnly(True)
        self._history.setPlaceholderText(self.tr("Your past visits on this computer will stand here."))
        self._camera = self._device("camera", "", self.tr("Choosing a camera comes in a later version."))
        self._devices = [
            self._camera,
            self._device("microphone", self.tr("No microphone"), self.tr("Voice comes in a later version.")),
            self._device("speaker", self.tr("No speaker"), self.tr("Voice comes in a later version.")),
        ]
        self._server = OwnServer()
        self._face = OwnFaceView()

    def _device(self, identifier: str, now: str, why_not: str) -> QComboBox:
        made = QComboBox()
        made.addItem(now)
        made.setAccessibleIdentifier(identifier)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        controls.explain(made, why_not)
        return made

    def _connect(self) -> None:
        self._code.returnPressed.connect(self._join.click)
        self._join.clicked.connect(lambda: self._submit(Join(self._code.text())))
        self._cancel.clicked.connect(lambda: self._submit(CancelJoin()))
        parts.on_key(self, "F2", self.tr("Enter a code"), self._code.setFocus)
        parts.on_key(self, "F3", self.tr("Go to those who wait"), self._waiting.list.setFocus)
        parts.on_key(self, "F4", self.tr("Go to the notes"), self._notes.setFocus)
        parts.on_key(self, "F5", self.tr("Go to the history"), self._history.setFocus)

    def _lay_out(self) -> None:
        columns = QGridLayout(self)
        columns.setContentsMargins(2 * theme.STEP, 2 * theme.STEP, 2 * theme.STEP, 2 * theme.STEP)
        columns.setSpacing(2 * theme.STEP)
        head = QVBoxLayout()
        controls.spaced(head, margin=0, spacing=theme.HALF)
        head.addWidget(self._me)
        head.addWidget(self._where)
        columns.addLayout(head, 0, 0, 1, 2)
        columns.addWidget(self._waiting, 1, 0)
        columns.addLayout(self._middle(), 1, 1)
        columns.addLayout(self._right(), 0, 2, 2, 1)
        columns.setColumnStretch(1, 1)
        columns.setRowStretch(1, 1)

    def _middle(self) -> QVBoxLayout:
        card, inside = controls.card()
        inside.addWidget(controls.label(self.tr("On the phone with a customer? Type the code."), look="strong"))
        row = QHBoxLayout()
        controls.spaced(row, margin=0)
        row.addWidget(self._code, 1)
        row.addWidget(self._join)
        inside.addLayout(row)
        while_joining = QHBoxLayout()
        controls.spaced(while_joining, margin=0)
        while_joining.addWidget(self._joining, 1)
        while_joining.addWidget(self._cancel)
        inside.addLayout(while_joining)
        column = QVBoxLayout()
        controls.spaced(column, margin=0)
        column.addWidget(card)
        column.addWidget(parts.Caption(self.tr("Notes"), strong=True))
        column.addWidget(self._notes, 1)
        column.addWidget(parts.Caption(self.tr("History"), strong=True))
        column.addWidget(self._history, 1)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        controls.spaced(column, margin=0)
        column.addWidget(self._face, alignment=Qt.AlignmentFlag.AlignHCenter)
        devices = QVBoxLayout()
        devices.setSpacing(theme.HALF)
        for device in self._devices:
            devices.addWidget(device)
        column.addLayout(devices)
        column.addWidget(self._server)
        column.addStretch()
        row = QHBoxLayout()
        row.addWidget(self._follow_ups, 1)
        row.addWidget(self._settings, 1)
        column.addLayout(row)
        return column

    def show_view(self, view: TechnicianView) -> None:
        """Follow the state; the code that was typed stays until it worked."""
        controls.show_text(self._me, view.me)
        self._me.setToolTip(tame.tip(view.me))
        self._where.setText(self._signed_in(view))
        self._where.setToolTip(tame.tip(view.broker))
        self._camera.setItemText(0, self._camera_in_use(view))
        self._waiting.show_view(view)
        self._show_joining(view.page is Page.JOINING, view)
        self._notes.show_notes(view.notes)
        history = "\n".join(view.history)
        if history != self._history.text():
            self._history.setPlainText(history)
        self._server.show_view(view)
        self._face.show_view(view)

    def show_own_face(self, frame: Frame) -> None:
        """The newest picture of the own camera."""
        self._face.show_frame(frame)

    def _show_joining(self, joining: bool, view: TechnicianView) -> None:
        """The focus waits on `Cancel` and comes back, with the digits selected: a new code takes their place."""
        begins, ends = joining and self._code.isEnabled(), not joining and not self._code.isEnabled()
        self._cancel.setVisible(joining or ends)
        if begins and self.focusWidget() in (self._code, self._join, self._waiting.list, self._waiting.take, None):
            self._back = self._waiting.list if view.taking else self._code
            self._cancel.setFocus()
        self._code.setEnabled(not joining)
        parts.may(self._join, self._why_not_join(view))
        if ends and self.focusWidget() in (self._cancel, None):
            self._back.setFocus()
            self._code.selectAll()
        self._cancel.setVisible(joining)
        controls.show_text(self._joining, self._what_is_checked(view) if joining else "")

    def _what_is_checked(self, view: TechnicianView) -> str:
        if view.taking:
            return self.tr("Your badge is being shown to the customer …")
        return self.tr("The code is being checked with the customer …")

    def _camera_in_use(self, view: TechnicianView) -> str:
        if view.demonstration:
            return self.tr("A video file (demonstration)")
        return self.tr("No camera") if view.no_camera else self.tr("Default camera")

    def _why_not_join(self, view: TechnicianView) -> str:
        if view.page is Page.JOINING or view.busy:
            return self.tr("One moment, please …")
        return "" if view.signed_in else self.tr("You are not signed in at a server yet.")

    def _signed_in(self, view: TechnicianView) -> str:
        if not view.signed_in:
            return self.tr("Not signed in")
        return self.tr("Signed in at {broker}").format(broker=view.broker)

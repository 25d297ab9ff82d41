"""The meeting: a live face, a proven name, and a decision."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGroupBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from remotehelp.customer.intents import AcceptVisit, ChooseOrigin, DeclineVisit, WriteReport
from remotehelp.customer.view import CustomerView
from ui.customer import person
from ui.shared import controls, theme
from ui.shared.picture import FaceView
from ui.shared.safety_words import SafetyWords
from ui.shared.tall_scroll_area import TallScrollArea


class MeetingPage(QWidget):
    """The technician's face, name and organisation beside `Accept` and `Decline`."""

    def __init__(self, submit: Callable[[object], None]) -> None:
        super().__init__()
        self._submit = submit
        self._make()
        above = QWidget()
        column = QVBoxLayout(above)
        controls.spaced(column)
        column.addWidget(self.face, 100)
        column.addWidget(self.technician)
        column.addWidget(self.words)
        column.addWidget(self._clock)
        column.addWidget(controls.label(self.tr("They can't see you."), look="quiet"))
        column.addWidget(self.origin)
        column.addWidget(self.warning)
        column.addStretch(1)
        controls.with_foot(self, TallScrollArea(above, theme.WINDOW[0]), self._buttons())

    def show_view(self, view: CustomerView) -> None:
        """Draw what the view says."""
        if view.technician is None:
            self._forget()
        else:
            self.technician.setText(person.introduction(view.technician))
            controls.show_text(self._clock, person.clock_warning(view.technician))
            self.face.set_empty(person.why_no_picture(view.technician))
            self.face.set_mark(self.tr("Demonstration") if view.technician.demonstration else "")
        self.words.show_words(view.safety_words)
        self.face.set_still(person.no_longer_live(view))
        self.origin.setVisible(view.asks_origin)
        self.warning.setVisible(view.asks_origin and self._stranger.isChecked())
        why_not = "" if view.may_accept else self._why_not_yet(view)
        controls.explain(self.accept, why_not)
        controls.show_text(self._why_wait, why_not)

    # --- parts ---------------------------------------------------------------------------------------

    def _make(self) -> None:
        self.face = FaceView(self.tr("Technician's face"))
        self.technician = controls.narrow(controls.label(identifier="technician"))
        self.technician.setTextFormat(Qt.TextFormat.RichText)  # ui/customer/person.py escapes every word
        self.words = SafetyWords(
            self.tr("If you can talk to them, compare these words: if they read others to you, press Decline.")
        )
        self._clock = controls.label(look="small")
        self.warning = controls.label(
            self.tr(
                "Careful: honest helpers don't call or write out of the blue. "
                "If somebody you don't know sent you here, press Decline."
            ),
            look="warning",
            identifier="stranger-warning",
        )
        self._why_wait = controls.label(look="small")
        self._make_origin()
        self.decline = controls.button(self.tr("Decline"), icon="close")
        self.decline.clicked.connect(lambda: self._submit(DeclineVisit()))
        self.accept = controls.button(self.tr("Accept"), icon="check_circle", look="primary")
        self.accept.clicked.connect(lambda: self._submit(AcceptVisit()))
        self.report = controls.button(self.tr("Report"), icon="campaign")
        self.report.clicked.connect(lambda: self._submit(WriteReport()))

    def _make_origin(self) -> None:
        self.origin = QGroupBox(self.tr("How did you get this link?"))
        column = QVBoxLayout(self.origin)
        controls.spaced(column, margin=theme.STEP, spacing=0)
        self._stranger = QRadioButton(self.tr("A stranger"))
        self._origins = {
            "asked": QRadioButton(self.tr("I asked for it")),
            "known": QRadioButton(self.tr("Someone I know")),
            "stranger": self._stranger,
        }
        for origin, choice in self._origins.items():
            # `toggled`, for a screen reader toggles without a click
            choice.toggled.connect(lambda on, origin=origin: self._origin_chosen(origin) if on else None)
            column.addWidget(choice)

    def _buttons(self) -> QVBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.decline, 1)
        row.addWidget(self.accept, 1)
        both = QVBoxLayout()
        both.addWidget(self._why_wait)
        both.addLayout(row)
        both.addWidget(self.report)
        return both

    # --- what she does -------------------------------------------------------------------------------

    def _origin_chosen(self, origin: str) -> None:
        self.warning.setVisible(origin == "stranger")
        self._submit(ChooseOrigin(origin))

    def _why_not_yet(self, view: CustomerView) -> str:
        if view.asks_origin and not any(choice.isChecked() for choice in self._origins.values()):
            return self.tr("Please say first how you got this link.")
        return self.tr("One moment: the line is not ready yet.")

    def _forget(self) -> None:
        self.technician.clear()
        for choice in self._origins.values():
            choice.setAutoExclusive(False)
            choice.setChecked(False)
            choice.setAutoExclusive(True)

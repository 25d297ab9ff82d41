"""Where the customer begins: what is wrong, and a place in the list or a code to read out on the phone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from remotehelp.customer.intents import AskForHelp, ShowCode, UseLink
from remotehelp.customer.view import CustomerView, Organisation
from remotehelp.messages import TEXT_LIMIT
from ui.customer.person import claim
from ui.shared import controls, theme
from ui.shared.text_area import TextArea

LINK_LIMIT = 4096  # characters; a link is far shorter


class StartPage(QWidget):
    """The customer's start: the problem, one button each for the list and a code, one row for the link."""

    def __init__(self, submit: Callable[[object], None]) -> None:
        super().__init__()
        self._submit = submit
        self._problem_shown = ""
        self._taken = self._refused = 0  # links, as far as they are drawn
        self._make()
        column = QVBoxLayout(self)
        controls.spaced(column)
        column.addWidget(controls.label(self.tr("What can we help you with?"), look="title"))
        column.addWidget(self.problem, 1)
        column.addWidget(self.ask)
        column.addWidget(self._who_reads)
        column.addSpacing(theme.STEP)
        column.addWidget(controls.separator())
        column.addSpacing(theme.STEP)
        column.addWidget(controls.label(self.tr("On the phone with someone?"), look="strong"))
        column.addWidget(self.show_code)
        column.addWidget(self._who)
        column.addLayout(self._link_row())
        column.addWidget(self._link_taken)
        column.addSpacing(theme.STEP)
        column.addLayout(self._voice_row())
        column.addLayout(self._bottom_row())

    def show_view(self, view: CustomerView) -> None:
        """Draw what the view says."""
        if view.problem and view.problem != self._problem_shown:
            self.problem.setPlainText(view.problem)
        self._problem_shown = view.problem
        for button in (self.ask, self.show_code):
            controls.explain(button, self._why_not_yet(view))
        controls.explain(self.use_link, self.tr("One moment, please.") if view.busy else "")
        self._answer_link(view)
        self._who.setText(self._who_helps(view.organisation))
        controls.dress(self.ask, "primary" if view.organisation else "")
        controls.dress(self.use_link, "" if view.organisation else "primary")
        controls.show_text(self.here, "" if view.here is None else self.tr("Here now: %n person(s)", "", view.here))

    def _answer_link(self, view: CustomerView) -> None:
        """A link that was taken leaves the field and is confirmed, one that was refused can be mended at once."""
        if view.links_taken != self._taken:
            self._taken = view.links_taken
            self.link.clear()
            controls.show_text(self._link_taken, self.tr("The link was taken."))
        if view.links_refused != self._refused:
            self._refused = view.links_refused
            self.link.setFocus()
            self.link.selectAll()

    # --- parts ---------------------------------------------------------------------------------------

    def _make(self) -> None:
        example = self.tr("For example: the printer stopped and nothing comes out.")
        self.problem = TextArea(self.tr("Describe the problem"), hint=example)
        self.ask = controls.button(self.tr("Ask for help"), icon="support_agent")
        self.ask.clicked.connect(lambda: self._submit(AskForHelp(self._problem())))
        self._who_reads = controls.label(
            self.tr(
                "Until a helper answers, the server can read how your words begin. "
                "With a code, nobody but your helper reads them."
            ),
            look="small",
        )
        self.show_code = controls.button(self.tr("Show me a code"), icon="call")
        self.show_code.clicked.connect(lambda: self._submit(ShowCode(self._problem())))
        self._who = controls.narrow(controls.label(look="small", identifier="helper-organisation"))
        self.link = QLineEdit()
        self.link.setAccessibleName(self.tr("Link from your helper"))
        self.link.setPlaceholderText(self.tr("Link from your helper"))
        self.link.setMaxLength(LINK_LIMIT)
        self.link.returnPressed.connect(self._link_entered)
        self._link_taken = controls.label(look="small", identifier="link-taken")
        self._link_taken.hide()
        self.link.textEdited.connect(self._link_taken.hide)
        self.use_link = controls.button(self.tr("Use link"))
        self.use_link.clicked.connect(self._link_entered)
        self.here = controls.label(look="small", identifier="here-now")
        self.settings = controls.button(self.tr("Settings"), icon="settings")
        controls.explain(
            self.settings,
            self.tr("RemoteHelp uses the language and colours of this computer. Choosing others comes later."),
        )

    def _link_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.link, 1)
        row.addWidget(self.use_link)
        return row

    def _voice_row(self) -> QHBoxLayout:
        """Which microphone and speaker; never a camera on this side."""
        row = QHBoxLayout()
        for identifier, now in (("microphone", self.tr("No microphone")), ("speaker", self.tr("No speaker"))):
            device = QComboBox()
            device.addItem(now)
            device.setAccessibleIdentifier(identifier)
            controls.explain(device, self.tr("A later version brings voice. Nobody hears you now."))
            row.addWidget(device, 1)
        return row

    def _bottom_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.here, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch()
        row.addWidget(self.settings)
        return row

    # --- words ---------------------------------------------------------------------------------------

    def _why_not_yet(self, view: CustomerView) -> str:
        if view.busy:
            return self.tr("One moment, please.")
        return "" if view.organisation else self.tr("First put in the link from your helper, below.")

    def _who_helps(self, organisation: Organisation | None) -> str:
        if organisation is None:
            return self.tr("First put in the link that your helper sent you or reads to you:")
        return self.tr("Help comes from: {name}. Another helper? Put in their link:").format(name=claim(organisation))

    # --- what she does -------------------------------------------------------------------------------

    def _problem(self) -> str:
        return self.problem.toPlainText().strip()[:TEXT_LIMIT]

    def _link_entered(self) -> None:
        if self.link.text().strip() and self.use_link.isEnabled():
            self._submit(UseLink(self.link.text().strip()))

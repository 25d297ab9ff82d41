"""The first start: who the technician is; makes a one-person organisation and its badge."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from remotehelp.technician.intents import CreateBadge, Intent
from remotehelp.technician.view import TechnicianView
from ui.shared import controls, theme
from ui.technician import parts
from ui.technician.own_server import OwnServer


class FirstStartPage(QWidget):
    """Three fields and the button `Create my badge`."""

    def __init__(self, submit: Callable[[Intent], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._submit = submit
        self._busy = self._awaits = False
        self._given = parts.line_field(self.tr("Given name"))
        self._surname = parts.line_field(self.tr("Surname"))
        self._organisation = parts.line_field(self.tr("Organisation"))
        self._create = parts.button(self.tr("Create my badge"), "Ctrl+Return", icon="badge", look="primary")
        self._create.clicked.connect(self._send)
        self._server = OwnServer()
        for field in self._fields():
            field.textChanged.connect(self._check)
            field.returnPressed.connect(self._create.click)
        self.first = self._given
        self._refused = {
            "given_name_not_allowed": self._given,
            "surname_not_allowed": self._surname,
            "organisation_name_not_allowed": self._organisation,
        }
        self._lay_out()
        self._check()

    def _lay_out(self) -> None:
        card, inside = controls.card()
        card.setFixedWidth(theme.FORM_WIDTH)
        inside.addWidget(controls.label(self.tr("Welcome. Who are you?"), look="title"))
        inside.addWidget(
            controls.label(
                self.tr(
                    "Customers see this name beside your face. The key of your badge is made on this computer and "
                    "never leaves it."
                ),
                look="quiet",
            )
        )
        inside.addLayout(parts.form(*self._fields()))
        inside.addWidget(self._create)
        whole = QVBoxLayout(self)
        controls.spaced(whole, margin=theme.MARGIN)
        whole.addStretch()
        whole.addLayout(parts.centred(card))
        whole.addLayout(parts.centred(self._server))
        whole.addStretch()

    def show_view(self, view: TechnicianView) -> None:
        """Follow the state."""
        self._busy = view.busy
        wrong = self._refused.get(view.notice.key) if view.notice and self._awaits else None
        if wrong is not None:
            self._awaits = False
            wrong.setFocus()
            wrong.selectAll()
        self._server.show_view(view)
        self._check()

    def _fields(self) -> tuple[QLineEdit, ...]:
        return self._given, self._surname, self._organisation

    def _check(self) -> None:
        if self._busy:
            parts.may(self._create, self.tr("Your badge is being made …"))
        elif not all(field.text().strip() for field in self._fields()):
            parts.may(self._create, self.tr("Please fill in all three fields first."))
        else:
            parts.may(self._create, "")

    def _send(self) -> None:
        self._awaits = True
        self._submit(CreateBadge(*(field.text().strip() for field in self._fields())))

"""Signing in at a server: with the badge, later with an account too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from remotehelp.technician.intents import Intent, SignIn
from remotehelp.technician.view import TechnicianView
from ui.shared import controls, theme
from ui.shared.short_label import ShortLabel
from ui.technician import parts


class SignInPage(QWidget):
    """`Broker` and `Use my badge`; the account's fields say why they can't be used."""

    def __init__(self, submit: Callable[[Intent], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._submit = submit
        self._busy = False
        self._me = ShortLabel(look="strong", identifier="me", lines=2)
        self._broker = parts.line_field(self.tr("Broker"))
        self._badge = parts.button(self.tr("Use my badge"), "Ctrl+Return", icon="badge", look="primary")
        self._account = parts.line_field(self.tr("Account"))
        self._password = parts.password_field(self.tr("Password"))
        self._once = parts.line_field(self.tr("One-time code"))
        self._sign_in = parts.button(self.tr("Sign in"))
        self.first = self._broker
        self._connect()
        self._lay_out()
        self._check()

    def _connect(self) -> None:
        self._broker.textChanged.connect(self._check)
        self._broker.returnPressed.connect(self._badge.click)
        self._badge.clicked.connect(lambda: self._submit(SignIn(self._broker.text().strip())))
        reason = self.tr("The server has no accounts yet: your badge is all you need.")
        for part in (self._account, self._password, self._once):
            controls.explain(part, reason)
        parts.may(self._sign_in, reason)

    def _lay_out(self) -> None:
        card, inside = controls.card()
        card.setFixedWidth(theme.FORM_WIDTH)
        inside.addWidget(controls.label(self.tr("Go to your server"), look="title"))
        inside.addWidget(self._me)
        inside.addLayout(parts.form(self._broker))
        inside.addWidget(self._badge)
        inside.addWidget(controls.separator())
        inside.addWidget(controls.label(self._sign_in.accessibleDescription(), look="small"))
        inside.addLayout(parts.form(self._account, self._password, self._once))
        inside.addWidget(self._sign_in)
        whole = QVBoxLayout(self)
        controls.spaced(whole, margin=theme.MARGIN)
        whole.addStretch()
        whole.addLayout(parts.centred(card))
        whole.addStretch()

    def show_view(self, view: TechnicianView) -> None:
        """Follow the state; the address in use is offered, what is typed stays."""
        self._busy = view.busy
        controls.show_text(self._me, view.me)
        if not self._broker.text():
            self._broker.setText(view.broker)
        self._check()

    def _check(self) -> None:
        if self._busy:
            parts.may(self._badge, self.tr("Signing in …"))
        elif not self._broker.text().strip():
            parts.may(self._badge, self.tr("Please type the address of your server first."))
        else:
            parts.may(self._badge, "")

"""Signing in at a server: with the badge, and with an account too where the server asks for one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from remotehelp.technician.intents import Intent, SignIn, SignInWithAccount
from remotehelp.technician.view import AskedAccount, TechnicianView
from ui.shared import controls, theme
from ui.shared.short_label import ShortLabel
from ui.technician import parts
from ui.technician.second_factor import SecondFactor


class SignInPage(QWidget):
    """`Broker` and `Use my badge`; the account's fields say why they can't be used until the server asks."""

    def __init__(self, submit: Callable[[Intent], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._submit = submit
        self._busy = self._awaits = False
        self._asked: AskedAccount | None = None
        self._me = ShortLabel(look="strong", identifier="me", lines=2)
        self._broker = parts.line_field(self.tr("Broker"))
        self._badge = parts.button(self.tr("Use my badge"), "Ctrl+Return", icon="badge", look="primary")
        self._account = parts.line_field(self.tr("Account"))
        self._password = parts.password_field(self.tr("Password"))
        self._once = parts.line_field(self.tr("One-time code"))
        self._sign_in = parts.button(self.tr("Sign in"), "Ctrl+Shift+Return")
        self._why = controls.label(look="small")
        self._second_factor = SecondFactor()
        self.first = self._broker
        self._connect()
        self._lay_out()
        self._check()

    def _connect(self) -> None:
        self._broker.textChanged.connect(self._check)
        self._broker.returnPressed.connect(self._badge.click)
        self._badge.clicked.connect(lambda: self._submit(SignIn(self._broker.text().strip())))
        for field in self._fields():
            field.textChanged.connect(self._check)
            field.returnPressed.connect(self._sign_in.click)
        self._sign_in.clicked.connect(self._send)

    def _lay_out(self) -> None:
        card, inside = controls.card()
        card.setFixedWidth(theme.FORM_WIDTH)
        inside.addWidget(controls.label(self.tr("Go to your server"), look="title"))
        inside.addWidget(self._me)
        inside.addLayout(parts.form(self._broker))
        inside.addWidget(self._badge)
        inside.addWidget(controls.separator())
        inside.addWidget(self._why)
        inside.addWidget(self._second_factor)
        inside.addLayout(parts.form(*self._fields()))
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
        if view.account != self._asked:
            self._ask(view.account)
        elif self._awaits and view.notice is not None and not view.busy:
            self._awaits = False
            self._once.selectAll()
        self._check()

    def _ask(self, asked: AskedAccount | None) -> None:
        self._asked = asked
        self._second_factor.show_account(asked)
        self._check()  # first: what is disabled can't have the keyboard
        if asked is None:
            return
        if not self._account.text():
            self._account.setText(asked.name)
        if asked.secret:
            self._once.clear()
        next(
            field for field in (*self._fields()[:-1], self._once) if not field.text() or field is self._once
        ).setFocus()

    def _check(self) -> None:
        if self._busy:
            parts.may(self._badge, self.tr("Signing in …"))
        elif not self._broker.text().strip():
            parts.may(self._badge, self.tr("Please type the address of your server first."))
        else:
            parts.may(self._badge, "")
        self._check_account()

    def _check_account(self) -> None:
        reason = "" if self._asked else self.tr("Your badge is all you need, unless your server asks for an account.")
        for field in self._fields():
            controls.explain(field, reason)
        self._why.setText(reason or self.tr("Your server asks for your account, too."))
        if not reason and self._busy:
            reason = self.tr("Signing in …")
        elif not reason and not (self._account.text().strip() and self._password.text()):
            reason = self.tr("Please type your account and your password first.")
        parts.may(self._sign_in, reason)

    def _send(self) -> None:
        self._awaits = True
        typed = (field.text() for field in self._fields())
        self._submit(SignInWithAccount(self._broker.text().strip(), *typed))

    def _fields(self) -> tuple[QLineEdit, ...]:
        return self._account, self._password, self._once

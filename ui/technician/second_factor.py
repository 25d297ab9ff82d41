"""The key of an account's second factor, shown once: for a camera as a QR code, for fingers in groups of four."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from remotehelp.technician.view import AskedAccount
from ui.shared import controls, theme
from ui.technician.own_server import drawn

GROUP = 4


class SecondFactor(QWidget):
    """What to do, the QR code and the label `one-time-key`; hidden as long as no key came."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._qr = QLabel()
        self._qr.setAccessibleName(self.tr("QR code of the key"))
        self._key = controls.label(look="strong", identifier="one-time-key")
        self._key.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._key.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        inside = QVBoxLayout(self)
        controls.spaced(inside, margin=0)
        inside.addWidget(
            controls.label(
                self.tr(
                    "Your account gets its one-time codes now. Scan this key with an authenticator app on your phone, "
                    "or type it there, then enter the code that the app shows. The key is shown only this once."
                )
            )
        )
        inside.addWidget(self._qr, alignment=Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(self._key)
        self.hide()

    def show_account(self, asked: AskedAccount | None) -> None:
        """Show the key that the account is asked to confirm, if there is one."""
        secret = asked.secret if asked else ""
        if asked is not None and secret:
            self._qr.setPixmap(drawn(asked.secret_qr, theme.FORM_WIDTH // 2, self.devicePixelRatioF()))
        self._key.setText(" ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP)))
        self.setVisible(bool(secret))

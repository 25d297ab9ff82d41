"""The code that the customer reads out on the phone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from remotehelp.customer.intents import Cancel
from remotehelp.customer.view import CustomerView
from ui.shared import controls, theme


class CodePage(QWidget):
    """Shows the code large, says what to do with it, and how long it is good for."""

    def __init__(self, submit: Callable[[object], None]) -> None:
        super().__init__()
        self._left_s = 0
        self._shown_left_s = -1
        self.code = _digits()
        self.time_left = controls.label(look="quiet", identifier="time-left")
        self.time_left.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cancel = controls.button(self.tr("Cancel"), icon="close")
        self.cancel.clicked.connect(lambda: submit(Cancel()))
        self._minute = QTimer(self, interval=1000)
        self._minute.timeout.connect(self._second_passed)
        self._arrange()

    def show_view(self, view: CustomerView) -> None:
        """Draw what the view says."""
        self.code.setText(view.code)
        self._wait.setVisible(not view.code)
        self._card.setVisible(bool(view.code))
        if view.code_expires_in_s != self._shown_left_s:
            self._left_s = self._shown_left_s = view.code_expires_in_s
            self._say_time_left()
        if view.code:
            self._minute.start()
        else:
            self._minute.stop()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        controls.spaced(column, spacing=2 * theme.STEP)
        column.addWidget(controls.label(self.tr("Read this code to your helper"), look="title"))
        self._wait = controls.label(self.tr("One moment, your code is being made."), look="quiet")
        column.addWidget(self._wait)
        self._card, inside = controls.card()
        inside.addWidget(self.code)
        inside.addWidget(self.time_left)
        column.addWidget(self._card)
        for step in self._steps():
            column.addWidget(controls.label(step))
        column.addStretch()
        column.addWidget(
            controls.label(self.tr("Nothing of your computer can be seen before you allow it."), look="quiet")
        )
        column.addWidget(self.cancel)

    def _steps(self) -> tuple[str, str, str]:
        return (
            self.tr("1. Say these digits on the phone, one after the other."),
            self.tr("2. Your helper types them in."),
            self.tr("3. Their face appears here. Then you decide."),
        )

    def _second_passed(self) -> None:
        self._left_s = max(0, self._left_s - 1)
        self._say_time_left()

    def _say_time_left(self) -> None:
        whole = self._left_s // 60
        text = self.tr("Good for %n more minute(s)", "", whole) if whole else self.tr("Good for less than a minute")
        if text != self.time_left.text():
            self.time_left.setText(text)


def _digits() -> QLabel:
    code = controls.label(look="code", identifier="your-code")
    code.setAlignment(Qt.AlignmentFlag.AlignCenter)
    code.setWordWrap(False)
    code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    font = code.font()
    font.setFeature(QFont.Tag("tnum"), 1)  # digits of one width
    code.setFont(font)
    return code

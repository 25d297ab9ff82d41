"""The row of everything that can be done in a visit; what can't be done now stands there and says why."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QLocale, QTime
from PySide6.QtWidgets import QPushButton, QWidget

from remotehelp.messages import Right
from remotehelp.technician.intents import AskFor, EndVisit, Intent
from remotehelp.technician.view import AskLine, TechnicianView
from ui.shared import sentences, theme
from ui.technician import parts, words
from ui.technician.flow import Flow

ASK_ICONS = {
    Right.VIEW: "visibility",
    Right.POINT: "near_me",
    Right.CONTROL: "mouse",
    Right.PRINTERS: "print",
    Right.SYSTEM: "computer",
    Right.CLIPBOARD: "content_paste",
}


class Actions(QWidget):
    """The buttons that ask (Ctrl+1 to 7), the tools, and `End visit`; ``clock`` is that of ``AskLine.again_at``."""

    def __init__(
        self,
        submit: Callable[[Intent], None],
        parent: QWidget | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._submit, self._clock = submit, clock
        self._asks = {right: self._ask(right, number) for number, right in enumerate(ASK_ICONS, start=1)}
        self._end = parts.button(self.tr("End visit"), "Ctrl+Shift+E", icon="call_end", look="stop-quiet")
        self._end.clicked.connect(lambda: self._submit(EndVisit()))
        row = Flow(theme.HALF, self)
        for made in (*self._asks.values(), *self._later(), self._end):
            row.addWidget(made)

    def _ask(self, right: Right, number: int) -> QPushButton:
        made = parts.button(words.ask(right), f"Ctrl+{number}", icon=ASK_ICONS[right])
        made.clicked.connect(lambda: self._submit(AskFor(right)))
        return made

    def _later(self) -> list[QPushButton]:
        sound = self.tr("There is no sound yet: it comes in a later version. Use the chat, or the phone.")
        camera = self.tr("Your camera is on during the whole visit. Choosing another one comes in a later version.")
        rows = (
            (self.tr("Offer a file"), "Ctrl+7", "folder", parts.later()),
            (self.tr("Draw"), "Ctrl+D", "draw", parts.later()),
            (self.tr("Narrate"), "Ctrl+T", "campaign", parts.later()),
            (self.tr("Mute"), "Ctrl+M", "mic_off", sound),
            (self.tr("Push to talk"), "Ctrl+P", "mic", sound),
            (self.tr("Camera"), "Ctrl+G", "videocam", camera),
            (self.tr("Record"), "Ctrl+R", "fiber_manual_record", parts.later()),
        )
        made = []
        for text, key, icon, reason in rows:
            made.append(parts.button(text, key, icon=icon))
            parts.may(made[-1], reason)
        return made

    def show_view(self, view: TechnicianView) -> None:
        """Follow the state."""
        asks = {line.right: line for line in view.asks}
        for right, made in self._asks.items():
            parts.may(made, self._why_not(asks.get(right)))

    def _why_not(self, ask: AskLine | None) -> str:
        if ask is None:
            return parts.later()
        if ask.waiting:
            return self.tr("Asked. The customer has not answered yet.")
        if ask.why_not == "asking_rests":
            return sentences.translated("asking_rests_until", time=self._time_of(ask.again_at))
        return sentences.reason(ask.why_not)

    def _time_of(self, at: float) -> str:
        """When that is on the wall's clock, the minute that has begun by then."""
        when = QTime.currentTime().addSecs(round(at - self._clock()) + 59)
        return QLocale().toString(when, QLocale.FormatType.ShortFormat)

"""Which of the customer's screens is seen, and the question for another one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from remotehelp.technician.intents import AskForScreens, Intent
from remotehelp.technician.view import TechnicianView
from ui.shared import controls, screen_choices, sentences, theme
from ui.shared.open_list import OpenList

LEAST = 8 * theme.STEP  # pixels wide


class TheirScreens(OpenList):
    """Shows what is seen now. Choosing something else only asks: it goes back until she has allowed it."""

    def __init__(self, submit: Callable[[Intent], None], parent: QWidget | None = None) -> None:
        super().__init__("their-screens", parent)
        self._submit = submit
        self._screens = TechnicianView().screens
        self._choices: list[tuple[str, ...]] = []
        self.activated.connect(self._asked)
        self._draw()

    def show_view(self, view: TechnicianView) -> None:
        """Follow the state."""
        if view.screens != self._screens:
            self._screens = view.screens
            self._draw()

    def minimumSizeHint(self) -> QSize:
        """On a small screen the words may be cut: the list has them whole."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def _asked(self, index: int) -> None:
        wanted = self._choices[index]
        self._show_current()
        if self._screens.alone or wanted != self._screens.shown:
            self._submit(AskForScreens(wanted))

    def _draw(self) -> None:
        screens = self._screens.screens
        self._choices, words = screen_choices.choices(screens), screen_choices.labels(screens)
        if words != [self.itemText(row) for row in range(self.count())]:
            self.clear()
            self.addItems(words)
        self._show_current()
        asked = self.tr("Asked. The customer has not answered yet.")
        controls.explain(self, asked if self._screens.waiting else sentences.reason(self._screens.why_not))

    def _show_current(self) -> None:
        shown, count = self._screens.shown, len(self._screens.screens)
        if self._screens.alone:
            self.setPlaceholderText(self.tr("One window only"))
            self.setCurrentIndex(-1)
            return
        several = screen_choices.several(len(shown), count)
        self.setPlaceholderText(several if shown else self.tr("Their screens"))
        self.setCurrentIndex(self._choices.index(shown) if shown in self._choices else -1)

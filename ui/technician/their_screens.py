"""Which of the customer's screens is seen, and the question for another one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from remotehelp.technician.intents import AskForScreens, Intent
from remotehelp.technician.view import TechnicianView
from ui.shared import controls, sentences, tame, theme

_KEY = Qt.Key
TURNING = frozenset({_KEY.Key_Up, _KEY.Key_Down, _KEY.Key_PageUp, _KEY.Key_PageDown, _KEY.Key_Home, _KEY.Key_End})
LETTERS = 16  # that have room without the list being open
LEAST = 8 * theme.STEP  # pixels wide


class TheirScreens(QComboBox):
    """Shows what is seen now. Choosing something else only asks: it goes back until she has allowed it.

    Each choice is a question to a person, so that it takes the open list: neither the wheel nor a single key chooses.
    """

    def __init__(self, submit: Callable[[Intent], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._submit = submit
        self._screens = TechnicianView().screens
        self._choices: list[tuple[str, ...]] = []
        self.setAccessibleIdentifier("their-screens")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LETTERS)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What would turn to the next entry opens the list instead; letters turn to nothing."""
        if event.key() in TURNING:
            self.showPopup()
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel asks for nothing."""
        event.ignore()

    def _asked(self, index: int) -> None:
        wanted = self._choices[index]
        self._show_current()
        if self._screens.alone or wanted != self._screens.shown:
            self._submit(AskForScreens(wanted))

    def _draw(self) -> None:
        screens = self._screens.screens
        names = tuple(one.name for one in screens)
        self._choices = [(name,) for name in names]
        words = [f"{tame.flat(one.name)} ({one.width} × {one.height})" for one in screens]
        if len(names) > 1:
            self._choices.append(names)
            words.append(self.tr("All screens"))
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
        several = self.tr("{shown} of {all} screens").format(shown=len(shown), all=count)
        self.setPlaceholderText(several if shown else self.tr("Their screens"))
        self.setCurrentIndex(self._choices.index(shown) if shown in self._choices else -1)

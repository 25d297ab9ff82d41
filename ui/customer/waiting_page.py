"""The customer waits in the list until somebody is free."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from remotehelp.customer.intents import Cancel
from remotehelp.customer.view import CustomerView, Page
from ui.shared import controls, theme


class WaitingPage(QWidget):
    """Her place in the list, whether a helper is there at all, and the way back."""

    def __init__(self, submit: Callable[[object], None]) -> None:
        super().__init__()
        self.place = controls.label(look="title", identifier="your-place")
        self.here = controls.label(look="quiet", identifier="helpers-here")
        self.cancel = controls.button(self.tr("Cancel"), icon="close")
        self.cancel.clicked.connect(lambda: submit(Cancel()))
        self._arrange()

    def show_view(self, view: CustomerView) -> None:
        """Draw what the view says."""
        if view.page is not Page.WAITING:
            return
        place = self._place(view)
        if place != self.place.text():
            self.place.setText(place)
            controls.announce(self.place, place)
        controls.show_text(self.here, "" if view.taken else self._helpers(view))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        controls.spaced(column, spacing=2 * theme.STEP)
        column.addWidget(controls.label(self.tr("You are in the list"), look="title"))
        card, inside = controls.card()
        inside.addWidget(self.place)
        inside.addWidget(self.here)
        column.addWidget(card)
        for step in self._steps():
            column.addWidget(controls.label(step))
        column.addStretch()
        column.addWidget(
            controls.label(self.tr("Nothing of your computer can be seen before you allow it."), look="quiet")
        )
        column.addWidget(self.cancel)

    def _steps(self) -> tuple[str, str]:
        return (
            self.tr("1. Leave this window open: as long as it is, you keep your place."),
            self.tr("2. When a helper is free, their face appears here. Then you decide."),
        )

    def _place(self, view: CustomerView) -> str:
        if view.taken:
            return self.tr("A helper is coming")
        return self.tr("%n person(s) before you", "", view.ahead) if view.ahead else self.tr("You are next")

    def _helpers(self, view: CustomerView) -> str:
        if not view.here:
            return self.tr("No helper is free at the moment.")
        return self.tr("Helpers who are free now: %n", "", view.here)

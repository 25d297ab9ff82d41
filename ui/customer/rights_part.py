"""The check boxes of the help bar: one for each right that she may give."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from remotehelp.customer.intents import SetRight
from remotehelp.customer.view import CustomerView, RightLine
from remotehelp.messages import Right
from ui.customer.asking import name_of
from ui.customer.request_dialog import ARMING_MS
from ui.shared import controls, theme
from ui.shared.sentences import reason

#: where each box stands: row, column
PLACES = {Right.VIEW: (0, 0), Right.POINT: (1, 0), Right.CONTROL: (2, 0)}
LATER = {Right.PRINTERS: (0, 0), Right.SYSTEM: (0, 1), Right.CLIPBOARD: (1, 0), Right.FILES: (1, 1)}


class RightsPart(QWidget):
    """Shows what is allowed as the view says it; a click only asks for the change.

    ``later`` holds the boxes of what a later version brings: it may stand elsewhere.
    """

    def __init__(self, submit: Callable[[object], None]) -> None:
        super().__init__()
        self._submit = submit
        self._lines: dict[Right, RightLine] = {}
        self._rest = QTimer(self, singleShot=True, interval=ARMING_MS)
        self._rest.timeout.connect(self._draw_all)
        self._unseen = False
        self.later = QWidget()
        self.boxes = {**self._boxes(self, PLACES), **self._boxes(self.later, LATER)}

    def show_view(self, view: CustomerView) -> None:
        """Draw each right; one that the view does not name can't be given yet."""
        self._lines = {line.right: line for line in view.rights}
        self._draw_all()

    def rest(self) -> None:
        """Take nothing for a moment: a second click or key that was meant for what stood here before gives nothing."""
        self._unseen = True
        self._draw_all()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The moment counts from when she can see the boxes."""
        super().paintEvent(event)
        if self._unseen:
            self._unseen = False
            self._rest.start()

    def _boxes(self, part: QWidget, places: dict[Right, tuple[int, int]]) -> dict[Right, QCheckBox]:
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.setHorizontalSpacing(theme.STEP)
        made = {right: QCheckBox(name_of(right)) for right in places}
        for right, box in made.items():
            # `toggled`, for a screen reader toggles without a click
            box.toggled.connect(lambda on, right=right: self._switched(right, on))
            grid.addWidget(box, *places[right])
        return made

    def _draw_all(self) -> None:
        for right, box in self.boxes.items():
            self._draw(right)
            controls.explain(box, self._why_not(self._lines.get(right)))

    def _why_not(self, line: RightLine | None) -> str:
        if line is None:
            return self.tr("This comes with a later version.")
        if (self._unseen or self._rest.isActive()) and not line.on:
            return self.tr("One moment, please.")
        return reason(line.why_not)

    def _switched(self, right: Right, on: bool) -> None:
        self._draw(right)  # the view says when it is so
        self._submit(SetRight(right, on))

    def _draw(self, right: Right) -> None:
        line = self._lines.get(right)
        with QSignalBlocker(self.boxes[right]):
            self.boxes[right].setChecked(line is not None and line.on)

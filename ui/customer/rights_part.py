"""The check boxes of the help bar: one for each right that she may give."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from remotehelp.customer.intents import SetRight
from remotehelp.customer.view import CustomerView, RightLine
from remotehelp.messages import Right
from ui.customer.asking import name_of
from ui.shared import controls, theme
from ui.shared.sentences import reason

#: where each box stands: row, column, columns
PLACES = {
    Right.VIEW: (0, 0, 2),
    Right.POINT: (1, 0, 2),
    Right.CONTROL: (2, 0, 2),
    Right.PRINTERS: (3, 0, 1),
    Right.SYSTEM: (3, 1, 1),
    Right.CLIPBOARD: (4, 0, 1),
    Right.FILES: (4, 1, 1),
}


class RightsPart(QWidget):
    """Shows what is allowed as the view says it; a click only asks for the change."""

    def __init__(self, submit: Callable[[object], None]) -> None:
        super().__init__()
        self._submit = submit
        self._on: dict[Right, bool] = {}
        self.boxes: dict[Right, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.setHorizontalSpacing(theme.STEP)
        for right, (row, column, columns) in PLACES.items():
            box = QCheckBox(name_of(right))
            # `toggled`, for a screen reader toggles without a click
            box.toggled.connect(lambda on, right=right: self._switched(right, on))
            grid.addWidget(box, row, column, 1, columns)
            self.boxes[right] = box

    def show_view(self, view: CustomerView) -> None:
        """Draw each right; one that the view does not name can't be given yet."""
        named = {line.right: line for line in view.rights}
        for right, box in self.boxes.items():
            line = named.get(right)
            self._on[right] = line is not None and line.on
            self._draw(right)
            controls.explain(box, self._why_not(line))

    def _why_not(self, line: RightLine | None) -> str:
        return self.tr("This comes with a later version.") if line is None else reason(line.why_not)

    def _switched(self, right: Right, on: bool) -> None:
        self._draw(right)  # the view says when it is so
        self._submit(SetRight(right, on))

    def _draw(self, right: Right) -> None:
        with QSignalBlocker(self.boxes[right]):
            self.boxes[right].setChecked(self._on.get(right, False))

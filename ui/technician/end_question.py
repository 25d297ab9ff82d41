"""The question before the window's X ends a running visit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.shared import controls, theme


class EndQuestion(QDialog):
    """`Go on with the visit`, which has the focus, and `Go to the goodbye`, which accepts."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("End the visit?"))
        self.setFixedWidth(theme.FORM_WIDTH)
        column = QVBoxLayout(self)
        controls.spaced(column)
        column.addWidget(controls.label(self.tr("End the visit?"), look="title"))
        column.addWidget(
            controls.label(
                self.tr(
                    "The visit is still going on. The goodbye comes first: there you can write to the customer what "
                    "was wrong and what was done. After it the window can be closed."
                )
            )
        )
        stay = controls.button(self.tr("Go on with the visit"))
        stay.clicked.connect(self.reject)
        end = controls.button(self.tr("Go to the goodbye"), icon="call_end", look="stop-quiet")
        end.clicked.connect(self.accept)
        row = QHBoxLayout()
        controls.spaced(row, margin=0)
        row.addWidget(stay, 1)
        row.addWidget(end, 1)
        column.addLayout(row)
        stay.setFocus()

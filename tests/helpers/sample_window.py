"""A small window with what the driver must be able to use; run as a program on a desk."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)


class Sample(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Sample window")
        self.said = QLabel("waiting")
        self.said.setAccessibleIdentifier("what-it-says")
        self.field = QLineEdit()
        self.field.setAccessibleName("Code")
        connect = QPushButton("&Connect")
        connect.clicked.connect(self.connect_slowly)
        self.allow = QCheckBox("Allow control")
        self.allow.toggled.connect(lambda on: self.said.setText(f"control {'on' if on else 'off'}"))
        ask = QPushButton("Ask")
        ask.clicked.connect(self.ask)
        never = QPushButton("Never")
        never.setEnabled(False)
        hidden = QPushButton("Hidden")
        layout = QFormLayout(self)
        layout.addRow(self.said)
        layout.addRow("Code", self.field)
        for widget in (connect, self.allow, ask, never, hidden):
            layout.addRow(widget)
        hidden.hide()
        self.setStyleSheet("QLabel { font-size: 16px }")

    def connect_slowly(self) -> None:
        self.said.setText("connecting")
        QTimer.singleShot(300, lambda: self.said.setText(f"connected to {self.field.text()}"))

    def ask(self) -> None:
        dialog = QDialog(self)
        dialog.setWindowTitle("Request")
        layout = QFormLayout(dialog)
        layout.addRow(QLabel("May somebody see this?"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Yes | QDialogButtonBox.StandardButton.No)
        buttons.accepted.connect(dialog.accept)
        buttons.rejected.connect(dialog.reject)
        layout.addRow(buttons)
        self.said.setText("allowed" if dialog.exec() else "refused")


def main() -> int:
    app = QApplication(sys.argv)
    app.setApplicationName("sample")
    window = Sample()
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())

"""Somebody's program with a field for text, as a process: prints the whole text, as JSON, whenever it changes."""

from __future__ import annotations

import json

from PySide6.QtWidgets import QApplication, QPlainTextEdit

TITLE = "Program"


def main() -> None:
    """Show the field until the process is ended."""
    app = QApplication([])
    field = QPlainTextEdit()
    field.setWindowTitle(TITLE)
    field.textChanged.connect(lambda: print(json.dumps(field.toPlainText()), flush=True))
    field.resize(400, 300)
    field.show()
    field.activateWindow()
    app.exec()


if __name__ == "__main__":
    main()

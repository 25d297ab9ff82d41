"""The log of a visit that is over, in words: what it is, what it says entry by entry, and who signed it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from remotehelp.visit.events import Side
from remotehelp.visit.shown import ShownLog
from remotehelp.visit.story import Line
from remotehelp.visit.telling import told
from ui.shared import controls, tame, theme
from ui.shared.sentences import translated
from ui.shared.tall_scroll_area import TallScrollArea
from ui.shared.text_area import TextArea

FILE_NAME = "remotehelp-visit.jsonl"


class LogWindow(QDialog):
    """Text `What the log says`, labels `log-state` and `log-file`, `Save the log`, `Close`.

    ``names``: how the reader calls the two people; ``save`` gets the path that was chosen (None: nothing to save).
    """

    def __init__(self, window: QWidget, names: Mapping[Side, str], save: Callable[[str], None] | None = None) -> None:
        super().__init__(window)
        self._names, self._save = names, save
        self.file_dialog: QFileDialog | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("The log of this visit"))
        self.resize(*theme.WINDOW)
        self._says = TextArea(self.tr("What the log says"), read_only=True)
        self._says.setMinimumHeight(24 * theme.STEP)
        self._state = controls.label(look="strong", identifier="log-state")
        self._file = controls.narrow(controls.label(look="small", identifier="log-file"))
        above = QWidget()
        column = QVBoxLayout(above)
        controls.spaced(column)
        column.addWidget(controls.label(self.tr("The log of this visit"), look="title"))
        column.addWidget(controls.label(self._what_it_is()))
        column.addWidget(self._state)
        column.addWidget(self._says, 1)
        column.addWidget(self._file)
        controls.with_foot(self, TallScrollArea(above, theme.WINDOW[0]), self._foot())

    def show_log(self, log: ShownLog) -> None:
        """Draw what it says now; the last signatures may still come."""
        words = "\n".join(self._words(line) for line in log.lines)
        if words != self._says.toPlainText():
            self._says.setPlainText(words)
        self._state.setText(self._how_far(log))
        self._file.setText(self._where(log))

    # --- parts ---------------------------------------------------------------------------------------

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        if self._save is not None:
            save = controls.button(self.tr("Save the log"), icon="save")
            save.clicked.connect(partial(self._ask_where, self._save))
            row.addWidget(save, 1)
        close = controls.button(self.tr("Close"), look="primary")
        close.clicked.connect(self.accept)
        row.addWidget(close, 1)
        return row

    def _ask_where(self, save: Callable[[str], None]) -> None:
        dialog = QFileDialog(self, self.tr("Save the log"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)  # the same on every desktop, and it can be driven
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix("jsonl")  # before it asks whether a file may be replaced
        dialog.selectFile(FILE_NAME)
        dialog.fileSelected.connect(save)
        dialog.finished.connect(dialog.deleteLater)
        self.file_dialog = dialog
        dialog.open()

    # --- words ---------------------------------------------------------------------------------------

    def _words(self, line: Line) -> str:
        return f"{line.n}  {datetime.fromtimestamp(line.clock / 1000):%H:%M:%S}  {told(line, self._names, _say)}"

    def _what_it_is(self) -> str:
        return self.tr(
            "The customer's computer wrote this down as it happened: who came, what was allowed, what ended, and when. "
            "Every thirty seconds and at each change both computers signed it, so that nobody can change, leave out or "
            "add an entry afterwards without being found out. What was typed or written is not in it; of a message it "
            "has the length."
        )

    def _how_far(self, log: ShownLog) -> str:
        if log.closed:
            return self.tr("Both sides have the same log, and have signed all of it.")
        if log.signed_upto:
            open_end = self.tr(
                "This log is not closed: the signatures of both sides under its end are missing. They signed up to "
                "entry {entry}."
            )
            return open_end.format(entry=log.signed_upto)
        return self.tr("This log is not closed: no entry has been signed by both sides.")

    def _where(self, log: ShownLog) -> str:
        lies = self.tr(
            "It lies on this computer in {file}. The command “remotehelp verify”, followed by that name, checks it, on "
            "any computer."
        )
        return lies.format(file=tame.breakable(log.file))


def _say(key: str, **values: str | int) -> str:
    """A sentence in which no value of the other side is more than one short line."""
    return translated(
        key, **{name: tame.flat(value) if isinstance(value, str) else value for name, value in values.items()}
    )

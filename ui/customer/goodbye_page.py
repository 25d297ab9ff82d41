"""The end of a visit: what was done, her copy of it, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from remotehelp.customer.intents import CloseVisit, KeepOrganisation, SaveCopy, SaveLog
from remotehelp.customer.view import CustomerView
from remotehelp.visit.events import Side
from remotehelp.visit.shown import ShownLog
from ui.customer import person
from ui.customer.status_words import no_longer_seen
from ui.shared import controls, sentences, tame, theme
from ui.shared.log_window import LogWindow
from ui.shared.picture import FaceView
from ui.shared.tall_scroll_area import TallScrollArea
from ui.shared.text_area import TextArea

COPY_NAME = "remotehelp-visit.txt"


class GoodbyePage(QWidget):
    """The summary, what she can keep, and `Close`; the face stays until then."""

    def __init__(self, submit: Callable[[object], None]) -> None:
        super().__init__()
        self._submit = submit
        self._log: ShownLog | None = None
        self._technician = ""
        self.log_window: LogWindow | None = None
        self.file_dialog: QFileDialog | None = None
        self._make()
        above = QWidget()
        column = QVBoxLayout(above)
        controls.spaced(column)
        column.addWidget(self.face, 2)
        column.addWidget(self._ended)
        column.addWidget(self.summary, 3)
        column.addLayout(self._thanks())
        column.addLayout(self._copies())
        column.addWidget(self._saved)
        column.addWidget(self.keep)
        column.addWidget(self._kept)
        foot = QVBoxLayout()
        foot.addWidget(self.close_visit)
        controls.with_foot(self, TallScrollArea(above, theme.WINDOW[0]), foot)

    def show_view(self, view: CustomerView) -> None:
        """Draw what the view says."""
        if view.summary != self.summary.toPlainText():
            self.summary.setPlainText(view.summary)
        self._ended.setText(self._how_it_ended(view))
        controls.explain(self.keep, self._why_not_keep(view))
        controls.show_text(self._kept, self._why_not_keep(view) if view.kept else "")
        controls.show_text(self._saved, self._where(view) if view.saved else "")
        self._log = view.log
        if self.log_window is not None and view.log is not None:
            self.log_window.show_log(view.log)
        self.face.set_still(person.no_longer_live(view))
        if view.technician is not None:
            self._technician = tame.name(view.technician.given_name)
            self.face.set_mark(self.tr("Demonstration") if view.technician.demonstration else "")
            self.face.set_empty(person.full_name(view.technician))

    # --- parts ---------------------------------------------------------------------------------------

    def _make(self) -> None:
        self.face = FaceView(self.tr("Technician's face"))
        soon = self.tr("What was wrong and what was done appears here.")
        self.summary = TextArea(self.tr("Summary"), hint=soon, read_only=True)
        later = self.tr("Telling them comes with a later version.")
        self.works = controls.button(self.tr("It works"), icon="thumb_up")
        self.works_not = controls.button(self.tr("It does not work"), icon="thumb_down")
        self.note = QLineEdit()
        self.note.setAccessibleName(self.tr("Thank you note"))
        self.note.setPlaceholderText(self.tr("Thank you note"))
        self.send = controls.button(self.tr("Send thanks"), icon="favorite")
        for part in (self.works, self.works_not, self.note, self.send):
            controls.explain(part, later)
        self.save = controls.button(self.tr("Save my copy"), icon="save")
        self.save.clicked.connect(self._ask_where)
        self.read = controls.button(self.tr("Read the log"), icon="history")
        self.read.clicked.connect(self._read_log)
        self.keep = controls.button(self.tr("Keep this organisation"), icon="shield")
        self.keep.clicked.connect(lambda: self._submit(KeepOrganisation()))
        self._saved = controls.narrow(controls.label(look="small", identifier="saved-copy"))
        self._kept = controls.label(look="small", identifier="kept-organisation")
        self._ended = controls.narrow(controls.label(look="strong", identifier="how-it-ended"))
        self.close_visit = controls.button(self.tr("Close"), look="primary")
        self.close_visit.clicked.connect(lambda: self._submit(CloseVisit()))

    def _thanks(self) -> QGridLayout:
        grid = QGridLayout()
        grid.addWidget(self.works, 0, 0)
        grid.addWidget(self.works_not, 0, 1)
        row = QHBoxLayout()
        row.addWidget(self.note, 1)
        row.addWidget(self.send)
        grid.addLayout(row, 1, 0, 1, 2)
        return grid

    def _copies(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.save, 1)
        row.addWidget(self.read, 1)
        return row

    # --- words and deeds -----------------------------------------------------------------------------

    def _how_it_ended(self, view: CustomerView) -> str:
        unseen = no_longer_seen(view.unseen)
        if view.line_lost and view.technician is not None:
            lost = self.tr("The line to {name} was lost, so the visit has ended. {unseen}")
            return lost.format(name=tame.name(view.technician.given_name), unseen=unseen)
        return self.tr("Goodbye. {unseen}").format(unseen=unseen)

    def _where(self, view: CustomerView) -> str:
        return self.tr("Saved: {path}. The log of the visit stays on this computer: {log}.").format(
            path=view.saved, log="" if view.log is None else view.log.file
        )

    def _why_not_keep(self, view: CustomerView) -> str:
        if view.kept:
            return self.tr("This organisation is kept: next time it counts as known.")
        if view.may_keep:
            return ""
        if view.technician is not None and view.technician.organisation.kind != "new":
            return self.tr("This organisation is known already.")
        return self.tr("It can be kept after a visit that ended well.")

    def _read_log(self) -> None:
        if self._log is not None and self.log_window is None:
            names = {Side.CUSTOMER: sentences.translated("you"), Side.TECHNICIAN: self._technician}
            shown = self.log_window = LogWindow(self, names, lambda path: self._submit(SaveLog(path)))
            shown.finished.connect(self._log_read)
            shown.show_log(self._log)
            shown.open()

    def _log_read(self) -> None:
        self.log_window = None

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save my copy"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)  # the same on every desktop, and it can be driven
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix("txt")  # before it asks whether a file may be replaced
        dialog.selectFile(COPY_NAME)
        dialog.fileSelected.connect(lambda path: self._submit(SaveCopy(path)))
        dialog.finished.connect(dialog.deleteLater)
        self.file_dialog = dialog
        dialog.open()

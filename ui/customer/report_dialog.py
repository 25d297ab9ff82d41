"""What to do with a report that was just written: where it lies, whom to tell, what to do about money."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout

from remotehelp.customer.intents import CloseReport
from remotehelp.customer.view import CustomerView, Report
from ui.customer.request_dialog import FLAGS
from ui.customer.status_words import no_longer_seen
from ui.shared import controls, tame, theme


class ReportDialog(QDialog):
    """Says in a few plain sentences what happened and what to do next; `Done` takes it away."""

    def __init__(self, submit: Callable[[object], None]) -> None:
        super().__init__(None, FLAGS)
        self._submit = submit
        self.setWindowTitle(self.tr("Report"))
        self.setAccessibleName(self.tr("Your report"))
        self.setModal(False)  # the help bar's buttons stay in reach
        self.done_reading = controls.button(self.tr("Done"), look="primary")
        self.done_reading.clicked.connect(self.reject)
        self._written = controls.narrow(controls.label(look="strong", identifier="report-written"))
        self._where = controls.narrow(controls.label(identifier="report-file"))
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._whom = controls.narrow(controls.label(identifier="report-contact"))
        self._money = controls.narrow(controls.label(identifier="report-advice"))
        column = QVBoxLayout(self)
        controls.spaced(column, spacing=theme.MARGIN)
        for part in (self._written, self._where, self._whom, self._money, self.done_reading):
            column.addWidget(part)
        self.setMinimumWidth(theme.WINDOW[0] - 2 * theme.MARGIN)

    def show_view(self, view: CustomerView) -> None:
        """Come with a report, go when she has read it."""
        if view.report is None:
            self.hide()
            return
        self._say(view.report, view.unseen)
        if not self.isVisible():
            width = self.minimumWidth()
            self.resize(width, self.heightForWidth(width))
            self.show()
            self.raise_()
            self.activateWindow()
            self.done_reading.setFocus()

    def reject(self) -> None:
        """Esc, closing and `Done` are the same; the dialog goes when the view says so."""
        self._submit(CloseReport())

    def closeEvent(self, event: QCloseEvent) -> None:
        """She has read it."""
        event.ignore()
        self.reject()

    def _say(self, report: Report, unseen: bool) -> None:
        written = self.tr("Your report is written. {unseen} Nobody has been told yet: that is for you.")
        self._written.setText(written.format(unseen=no_longer_seen(unseen)))
        where = self.tr("Show this file to somebody you trust, or to the police: {path}")
        self._where.setText(where.format(path=report.path))
        self._whom.setText(self._say_whom(report))
        self._money.setText(
            self.tr(
                "If you paid, or gave away bank details: call your bank now, at the number on your card. "
                "If you gave away a password: change it, on another device."
            )
        )

    def _say_whom(self, report: Report) -> str:
        if report.contact:
            known = self.tr("“{name}” wants to hear of it: {contact}")
            return known.format(name=tame.name(report.organisation), contact=tame.name(report.contact))
        return self.tr("Don't call a number that they gave you.")

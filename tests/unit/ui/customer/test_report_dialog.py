from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from remotehelp.customer.intents import CloseReport
from remotehelp.customer.view import CustomerView, Report
from tests.helpers.reading import by_id, by_name
from ui.customer.report_dialog import ReportDialog

REPORT = Report("/home/her/reports/2026-11-28.txt", "Example Help")


@pytest.fixture
def dialog(qtbot, sent) -> ReportDialog:
    made = ReportDialog(sent.append)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.hide())
    return made


def test_it_comes_with_a_report_and_says_where_it_lies(dialog: ReportDialog, visit: CustomerView) -> None:
    dialog.show_view(visit)
    assert not dialog.isVisible()
    dialog.show_view(replace(visit, report=REPORT))
    assert dialog.isVisible()
    assert not dialog.isModal()  # `Stop everything` stays in reach
    assert REPORT.path in by_id(dialog, "report-file").text()
    assert "Nobody has been told yet" in by_id(dialog, "report-written").text()
    assert "call your bank" in by_id(dialog, "report-advice").text()


def test_that_nothing_can_be_seen_is_said_only_once_it_is_so(dialog: ReportDialog, visit: CustomerView) -> None:
    dialog.show_view(replace(visit, report=REPORT, unseen=False))
    assert "no longer see" not in by_id(dialog, "report-written").text()
    dialog.show_view(replace(visit, report=REPORT, unseen=True))
    assert "They can no longer see anything." in by_id(dialog, "report-written").text()


def test_whom_to_tell_is_the_word_of_an_organisation_that_is_not_new(dialog: ReportDialog, visit: CustomerView) -> None:
    dialog.show_view(replace(visit, report=REPORT))
    assert by_id(dialog, "report-contact").text() == "Don't call a number that they gave you."
    dialog.show_view(replace(visit, report=replace(REPORT, contact="0800 123")))
    assert by_id(dialog, "report-contact").text() == "“Example Help” wants to hear of it: 0800 123"


def test_done_esc_and_closing_are_the_same_and_the_state_takes_it_away(
    dialog: ReportDialog, visit: CustomerView, sent, qtbot
) -> None:
    dialog.show_view(replace(visit, report=REPORT))
    by_name(dialog, "Done").click()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.close()
    assert sent == [CloseReport()] * 3
    assert dialog.isVisible()
    dialog.show_view(visit)
    assert not dialog.isVisible()

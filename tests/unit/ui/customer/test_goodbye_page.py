from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QMessageBox

from remotehelp.customer.intents import CloseVisit, KeepOrganisation, SaveCopy, SaveLog
from remotehelp.customer.view import CustomerView, Page, Person
from remotehelp.visit.shown import ShownLog
from tests.helpers.pacts import pacts
from tests.helpers.reading import by_id, by_name
from tests.helpers.stories import signed_story
from ui.customer.goodbye_page import COPY_NAME, GoodbyePage

LOG = ShownLog(signed_story(*pacts()).entries, "/kept/log.jsonl", 7, closed=True)


@pytest.fixture
def goodbye(stranger: Person) -> CustomerView:
    return CustomerView(page=Page.GOODBYE, technician=stranger, summary="Two pages came out.", may_keep=True)


@pytest.fixture
def page(qtbot, sent, goodbye: CustomerView) -> GoodbyePage:
    made = GoodbyePage(sent.append)
    qtbot.addWidget(made)
    made.resize(480, 640)
    made.show_view(goodbye)
    made.show()
    return made


def test_the_summary_can_be_read_and_not_changed(page: GoodbyePage) -> None:
    summary = by_name(page, "Summary")
    assert summary.toPlainText() == "Two pages came out."
    assert summary.isReadOnly()


def test_close_goes_back_to_the_start(page: GoodbyePage, sent) -> None:
    by_name(page, "Close").click()
    assert sent == [CloseVisit()]


def test_a_new_organisation_can_be_kept_once(page: GoodbyePage, sent, goodbye: CustomerView) -> None:
    keep = by_name(page, "Keep this organisation")
    keep.click()
    assert sent == [KeepOrganisation()]
    page.show_view(replace(goodbye, may_keep=False, kept=True))
    assert not keep.isEnabled()
    assert "is kept" in keep.toolTip()
    assert by_id(page, "kept-organisation").isVisible()
    assert by_id(page, "kept-organisation").text() == keep.toolTip()


def test_what_is_known_already_need_not_be_kept(page: GoodbyePage, goodbye: CustomerView, technician: Person) -> None:
    page.show_view(replace(goodbye, may_keep=False, technician=technician))
    assert "known already" in page.keep.toolTip()
    page.show_view(replace(goodbye, may_keep=False))
    assert "ended well" in page.keep.toolTip()


def test_thanks_come_later_and_say_so(page: GoodbyePage) -> None:
    for name in ("It works", "It does not work", "Thank you note", "Send thanks"):
        part = by_name(page, name)
        assert not part.isEnabled()
        assert "later" in part.accessibleDescription()


def test_her_copy_is_saved_where_she_says(page: GoodbyePage, sent, tmp_path: Path, goodbye, qtbot) -> None:
    by_name(page, "Save my copy").click()
    dialog = page.file_dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.findChild(QLineEdit).text() == COPY_NAME
    target = tmp_path / "my visit.txt"
    dialog.findChild(QLineEdit).setText(str(target))
    save = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    save.click()
    assert sent == [SaveCopy(str(target))]
    qtbot.waitUntil(lambda: gone == [True])
    page.show_view(replace(goodbye, saved=str(target), log=LOG))
    assert str(target) in by_id(page, "saved-copy").text()
    assert "/kept/log.jsonl" in by_id(page, "saved-copy").text()


@pytest.mark.parametrize(("typed", "asked"), [("Hilfe", True), ("Hilfe.txt", True), ("Dr. Meier", False)])
def test_nothing_is_replaced_unasked(page: GoodbyePage, sent, tmp_path: Path, qtbot, typed: str, asked: bool) -> None:
    (tmp_path / "Hilfe.txt").write_text("an older one")
    by_name(page, "Save my copy").click()
    dialog = page.file_dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    dialog.findChild(QLineEdit).setText(str(tmp_path / typed))
    asking: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            asking.append(box.text())
            box.button(QMessageBox.StandardButton.No).click()

    QTimer.singleShot(0, answer)
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).click()
    qtbot.wait(1)
    assert len(asking) == asked
    assert sent == ([] if asked else [SaveCopy(str(tmp_path / "Dr. Meier"))])
    if asked:
        dialog.reject()


def test_that_nothing_can_be_seen_any_more_is_said_only_once_it_is_so(page: GoodbyePage, goodbye) -> None:
    page.show_view(replace(goodbye, unseen=False))
    assert by_id(page, "how-it-ended").text() == (
        "Goodbye. One moment: the picture of your screen is being switched off."
    )
    page.show_view(replace(goodbye, unseen=True))
    assert by_id(page, "how-it-ended").text() == "Goodbye. They can no longer see anything."


def test_a_line_that_was_lost_is_said_and_the_face_is_not_shown_as_live(page: GoodbyePage, goodbye) -> None:
    assert by_id(page, "how-it-ended").text() == "Goodbye. They can no longer see anything."
    page.show_view(replace(goodbye, line_lost=True, face_still=True))
    assert by_id(page, "how-it-ended").text().startswith("The line to Technician was lost")
    assert page.face.accessibleDescription() == "no longer live"


def test_the_log_can_be_read_and_saved(page: GoodbyePage, sent, goodbye: CustomerView, qtbot, tmp_path: Path) -> None:
    by_name(page, "Read the log").click()
    assert page.log_window is None, "there is none yet"
    page.show_view(replace(goodbye, log=replace(LOG, lines=LOG.lines[:7], signed_upto=3, closed=False)))
    by_name(page, "Read the log").click()
    log = page.log_window
    assert log is not None
    assert "Technician asked to: use mouse and keyboard." in by_name(log, "What the log says").toPlainText()
    assert "You allowed: use mouse and keyboard." in by_name(log, "What the log says").toPlainText()
    assert "not closed" in by_id(log, "log-state").text()
    page.show_view(replace(goodbye, log=LOG))
    assert "signed all of it" in by_id(log, "log-state").text()
    by_name(log, "Save the log").click()
    assert log.file_dialog is not None
    log.file_dialog.fileSelected.emit(str(tmp_path / "log.jsonl"))
    assert sent == [SaveLog(str(tmp_path / "log.jsonl"))]
    log.file_dialog.reject()
    by_name(log, "Close").click()
    assert page.log_window is None
    by_name(page, "Read the log").click()
    assert page.log_window is not None
    page.log_window.close()


def test_the_face_stays(page: GoodbyePage) -> None:
    assert by_name(page, "Technician's face").isVisible()

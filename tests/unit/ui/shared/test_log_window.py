"""The log of a visit in words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from remotehelp.visit.events import Side
from remotehelp.visit.shown import ShownLog
from remotehelp.visit.story import Entry, Story
from tests.helpers.pacts import pacts
from tests.helpers.reading import by_id, by_name
from tests.helpers.stories import SOON, short_story, signed_story
from ui.shared.log_window import FILE_NAME, LogWindow

pytestmark = pytest.mark.usefixtures("worn")

NAMES = {Side.CUSTOMER: "You", Side.TECHNICIAN: "Technician A"}


@pytest.fixture
def saved() -> list[str]:
    return []


@pytest.fixture
def below(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def window(below: QWidget, saved: list[str]) -> LogWindow:
    made = LogWindow(below, NAMES, saved.append)
    made.show()
    return made


def shown(story: Story) -> ShownLog:
    return ShownLog.of(story, "/kept/log.jsonl")


def lines(window: LogWindow) -> list[str]:
    return by_name(window, "What the log says").toPlainText().splitlines()


def test_each_entry_is_a_sentence_with_its_number_and_time(window: LogWindow) -> None:
    window.show_log(shown(signed_story(*pacts())))
    at = datetime.fromtimestamp(SOON / 1000)
    assert lines(window)[0] == f"1  {at:%H:%M:%S}  The technician's badge was checked, and the log begins."
    assert lines(window)[2].endswith("  Technician A asked to: use mouse and keyboard.")
    assert lines(window)[6].endswith("  No longer allowed: use mouse and keyboard.")
    assert lines(window)[7].startswith("8  ")
    assert by_name(window, "What the log says").isReadOnly()


@pytest.mark.parametrize(
    ("kept", "words"),
    [(8, "have signed all of it"), (7, "They signed up to entry 3"), (3, "no entry has been signed")],
)
def test_it_says_how_far_both_have_signed(window: LogWindow, kept: int, words: str) -> None:
    story = Story()
    for written in signed_story(*pacts()).written_after(0)[:kept]:
        story.take(written)
    window.show_log(shown(story))
    assert words in by_id(window, "log-state").text()
    assert "/kept/log.jsonl" in by_id(window, "log-file").text()


def test_what_comes_while_it_is_read_is_added(window: LogWindow) -> None:
    window.show_log(shown(short_story()))
    window.show_log(shown(short_story(Entry(1, Side.CUSTOMER, "accepted"))))
    assert len(lines(window)) == 2


def test_a_title_of_the_other_side_stays_one_line(window: LogWindow) -> None:
    window.show_log(shown(short_story(Entry(1, Side.CUSTOMER, "showed_window", "one\ntwo " + "x" * 1000))))
    assert len(lines(window)) == 2
    assert len(lines(window)[1]) < 300


def test_it_is_saved_where_the_reader_says(window: LogWindow, saved: list[str], tmp_path: Path, qtbot: QtBot) -> None:
    by_name(window, "Save the log").click()
    dialog = window.file_dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    name = dialog.findChild(QLineEdit)
    assert name.text() == FILE_NAME
    name.setText(str(tmp_path / "mine"))
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).click()
    assert saved == [str(tmp_path / "mine.jsonl")]


def test_where_nothing_is_to_be_saved_there_is_no_button(below: QWidget) -> None:
    window = LogWindow(below, NAMES)
    assert [button.text() for button in window.findChildren(QPushButton)] == ["Close"]

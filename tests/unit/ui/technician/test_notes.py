from __future__ import annotations

from pytestqt.qtbot import QtBot

from remotehelp.technician.intents import Intent, SetNotes
from ui.technician.notes import Notes


def test_notes_go_down_once_after_the_last_letter(qtbot: QtBot, sent: list[Intent]) -> None:
    notes = Notes(sent.append)
    qtbot.addWidget(notes)
    notes.show()
    qtbot.keyClicks(notes, "red light")
    qtbot.waitUntil(lambda: sent == [SetNotes("red light")])


def test_a_state_does_not_overwrite_what_is_being_typed(qtbot: QtBot, sent: list[Intent]) -> None:
    notes = Notes(sent.append)
    qtbot.addWidget(notes)
    notes.show_notes("from before")
    notes.show()
    qtbot.keyClicks(notes, "x")
    typed = notes.text()
    notes.show_notes("")
    assert notes.text() == typed
    qtbot.waitUntil(lambda: sent == [SetNotes(typed)])


def test_a_state_with_other_notes_is_shown_and_not_sent_back(qtbot: QtBot, sent: list[Intent]) -> None:
    notes = Notes(sent.append)
    qtbot.addWidget(notes)
    notes.show()
    notes.show_notes("kept")
    notes.hide()
    assert notes.text() == "kept"
    assert sent == []


def test_the_last_letters_are_kept_when_the_page_goes(qtbot: QtBot, sent: list[Intent]) -> None:
    notes = Notes(sent.append)
    qtbot.addWidget(notes)
    notes.show()
    qtbot.keyClicks(notes, "quick")
    notes.hide()
    assert sent == [SetNotes("quick")]

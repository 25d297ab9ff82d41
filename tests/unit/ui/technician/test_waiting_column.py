from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from remotehelp.technician.intents import Intent, SetAvailable, Take
from remotehelp.technician.view import NOBODY, Page, TechnicianView, Waiting, WaitingCustomer
from tests.helpers.reading import by_id, by_name
from tests.helpers.technician_views import DESK, WAITED_FOR
from ui.technician.waiting_column import WaitingColumn

NOW = 1000.0
FIRST, SECOND, THIRD = (
    WaitingCustomer(7, "The printer\nstopped", NOW - 185),
    WaitingCustomer(9, "", NOW - 59),
    WaitingCustomer(10, "No mail", NOW + 1),
)


@pytest.fixture
def column(qtbot: QtBot, sent: list[Intent]) -> WaitingColumn:
    made = WaitingColumn(sent.append, lambda: NOW)
    qtbot.addWidget(made)
    made.show_view(with_waiting(FIRST, SECOND, THIRD))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def with_waiting(*customers: WaitingCustomer, total: int = 0) -> TechnicianView:
    return replace(WAITED_FOR, waiting=Waiting(customers, total or len(customers)))


def listed(column: WaitingColumn) -> QListWidget:
    found = by_name(column, "Waiting")
    assert isinstance(found, QListWidget)
    return found


def lines(column: WaitingColumn) -> list[str]:
    return [listed(column).item(row).text() for row in range(listed(column).count())]


def take(column: WaitingColumn) -> QPushButton:
    found = by_name(column, "Take")
    assert isinstance(found, QPushButton)
    return found


def test_who_waits_stands_there_in_order_with_how_long_and_in_one_line(column: WaitingColumn) -> None:
    assert lines(column) == ["3 min: The printer stopped", "0 min: (nothing written)", "0 min: No mail"]


def test_minutes_go_on_by_themselves(qtbot: QtBot, sent: list[Intent]) -> None:
    now = [NOW]
    column = WaitingColumn(sent.append, lambda: now[0])
    qtbot.addWidget(column)
    column.show_view(with_waiting(FIRST))
    now[0] += 60
    column._draw()
    assert column.list.item(0).text().startswith("4 min")


def test_take_takes_the_first_who_came(column: WaitingColumn, sent: list[Intent]) -> None:
    take(column).click()
    assert sent == [Take(7)]


def test_another_one_can_be_chosen_by_keyboard_alone(column: WaitingColumn, sent: list[Intent], qtbot: QtBot) -> None:
    listed(column).setFocus()
    qtbot.keyClick(listed(column), Qt.Key.Key_Down)
    qtbot.keyClick(listed(column), Qt.Key.Key_Down)
    chosen = listed(column).currentItem().text()
    ticket = {"0 min: (nothing written)": 9, "0 min: No mail": 10}[chosen]
    qtbot.keyClick(listed(column), Qt.Key.Key_Return)
    assert sent == [Take(ticket)]
    qtbot.keyClick(column, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: sent == [Take(ticket), Take(ticket)])


def test_who_is_chosen_stays_chosen_while_others_come_and_go(column: WaitingColumn, sent: list[Intent]) -> None:
    listed(column).setCurrentRow(1)
    column.show_view(with_waiting(SECOND, THIRD, replace(FIRST, ticket=11)))
    take(column).click()
    column.show_view(with_waiting(THIRD))  # the chosen one has left
    take(column).click()
    assert sent == [Take(9), Take(10)]


def test_available_is_told_and_follows_the_state_without_telling_it_again(
    column: WaitingColumn, sent: list[Intent]
) -> None:
    box = by_name(column, "Available")
    assert isinstance(box, QCheckBox)
    assert box.isChecked()
    column.show_view(DESK)
    assert not box.isChecked()
    assert sent == []
    box.toggle()
    assert sent == [SetAvailable(True)]


@pytest.mark.parametrize(
    ("view", "empty", "why_not"),
    [
        (DESK, "as soon as you tick “Available”", "Tick “Available” first"),
        (replace(WAITED_FOR, waiting=NOBODY), "Nobody waits.", "Nobody waits"),
        (replace(WAITED_FOR, page=Page.JOINING, waiting=NOBODY), "rests while you are with a customer", "One moment"),
        (replace(DESK, signed_in=False), "tick “Available”", "not signed in"),
    ],
)
def test_where_nobody_can_be_taken_it_says_why(
    column: WaitingColumn, sent: list[Intent], view: TechnicianView, empty: str, why_not: str
) -> None:
    column.show_view(view)
    assert lines(column) == []
    assert empty in listed(column).accessibleDescription()
    assert not take(column).isEnabled()
    assert why_not in take(column).accessibleDescription()
    take(column).click()
    assert sent == []


def test_nobody_is_available_without_being_signed_in(column: WaitingColumn) -> None:
    column.show_view(replace(DESK, signed_in=False))
    box = by_name(column, "Available")
    assert not box.isEnabled()
    assert "not signed in" in box.accessibleDescription()


def test_how_many_more_wait_is_told(column: WaitingColumn) -> None:
    assert not column._more.isVisible()
    column.show_view(with_waiting(FIRST, total=4))
    assert "3" in by_id(column, "more-waiting").text()


def test_words_without_end_are_cut_and_are_no_markup(column: WaitingColumn) -> None:
    column.show_view(with_waiting(WaitingCustomer(1, "<b>" + "W" * 277, NOW)))
    assert lines(column)[0].startswith("0 min: <b>WWW")
    assert len(lines(column)[0]) < 220
    assert "<b>" not in listed(column).item(0).toolTip()

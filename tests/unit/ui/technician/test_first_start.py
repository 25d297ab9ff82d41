from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from remotehelp.technician.intents import CreateBadge, Intent
from remotehelp.visit.shown import Notice
from tests.helpers.reading import by_id, by_name
from tests.helpers.technician_views import DESK, FIRST_START
from ui.technician.first_start import FirstStartPage


@pytest.fixture
def page(qtbot: QtBot, sent: list[Intent]) -> FirstStartPage:
    made = FirstStartPage(sent.append)
    qtbot.addWidget(made)
    made.show_view(FIRST_START)
    made.show()
    return made


def field(page: FirstStartPage, name: str) -> QLineEdit:
    found = by_name(page, name)
    assert isinstance(found, QLineEdit)
    return found


def create(page: FirstStartPage) -> QPushButton:
    found = by_name(page, "Create my badge")
    assert isinstance(found, QPushButton)
    return found


def fill(page: FirstStartPage) -> None:
    field(page, "Given name").setText(" Technician ")
    field(page, "Surname").setText("A")
    field(page, "Organisation").setText("Organisation A")


def test_the_badge_is_made_of_the_three_fields(page: FirstStartPage, sent: list[Intent]) -> None:
    assert not create(page).isEnabled()
    assert create(page).accessibleDescription()
    fill(page)
    create(page).click()
    assert sent == [CreateBadge("Technician", "A", "Organisation A")]


def test_enter_is_enough(page: FirstStartPage, sent: list[Intent], qtbot: QtBot) -> None:
    qtbot.keyClick(field(page, "Surname"), Qt.Key.Key_Return)
    assert sent == []
    fill(page)
    qtbot.keyClick(field(page, "Organisation"), Qt.Key.Key_Return)
    assert len(sent) == 1


def test_a_badge_in_the_making_is_not_made_twice(page: FirstStartPage) -> None:
    fill(page)
    page.show_view(replace(FIRST_START, busy=True))
    assert not create(page).isEnabled()
    assert create(page).accessibleDescription()


def test_address_and_link_stand_there_once_they_are_known(page: FirstStartPage) -> None:
    page.show_view(replace(DESK, page=FIRST_START.page))
    assert by_id(page, "broker-address").isVisible()
    assert by_id(page, "customer-link").isVisible()


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("given_name_not_allowed", "Given name"),
        ("surname_not_allowed", "Surname"),
        ("organisation_name_not_allowed", "Organisation"),
    ],
)
def test_the_name_that_is_refused_has_the_focus(page: FirstStartPage, qtbot: QtBot, key: str, name: str) -> None:
    with qtbot.waitActive(page):
        page.activateWindow()
    fill(page)
    for _ in range(2):  # the second refusal is the same as the first
        create(page).setFocus()
        create(page).click()
        page.show_view(replace(FIRST_START, notice=Notice(key)))
        assert field(page, name).hasFocus()
        assert field(page, name).selectedText() == field(page, name).text()
    create(page).setFocus()
    page.show_view(replace(FIRST_START, notice=Notice(key)))
    assert create(page).hasFocus()  # told once

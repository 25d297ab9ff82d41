from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from remotehelp.technician.intents import Intent, SignIn
from tests.helpers.reading import by_id, by_name
from tests.helpers.technician_views import SIGN_IN
from ui.technician.sign_in import SignInPage


@pytest.fixture
def page(qtbot: QtBot, sent: list[Intent]) -> SignInPage:
    made = SignInPage(sent.append)
    qtbot.addWidget(made)
    made.show_view(SIGN_IN)
    made.show()
    return made


def broker(page: SignInPage) -> QLineEdit:
    found = by_name(page, "Broker")
    assert isinstance(found, QLineEdit)
    return found


def use_badge(page: SignInPage) -> QPushButton:
    found = by_name(page, "Use my badge")
    assert isinstance(found, QPushButton)
    return found


def test_the_badge_signs_in_at_the_address_that_stands_there(page: SignInPage, sent: list[Intent]) -> None:
    assert broker(page).text() == "http://192.0.2.10:8443"
    broker(page).setText(" https://help.example.org ")
    use_badge(page).click()
    assert sent == [SignIn("https://help.example.org")]


def test_enter_is_enough(page: SignInPage, sent: list[Intent], qtbot: QtBot) -> None:
    qtbot.keyClick(broker(page), Qt.Key.Key_Return)
    assert sent == [SignIn("http://192.0.2.10:8443")]


def test_an_address_that_is_being_typed_stays(page: SignInPage) -> None:
    broker(page).setText("https://other.example.org")
    page.show_view(replace(SIGN_IN, busy=True))
    assert broker(page).text() == "https://other.example.org"
    assert not use_badge(page).isEnabled()


def test_without_an_address_it_says_what_is_missing(page: SignInPage) -> None:
    broker(page).clear()
    assert not use_badge(page).isEnabled()
    assert use_badge(page).accessibleDescription()


@pytest.mark.parametrize("name", ["Account", "Password", "One-time code", "Sign in"])
def test_what_needs_an_account_says_that_there_are_none(page: SignInPage, name: str) -> None:
    found = {
        widget.accessibleDescription()
        for widget in page.findChildren(QLineEdit) + page.findChildren(QPushButton)
        if name in (widget.accessibleName(), getattr(widget, "text", str)()) and not widget.isEnabled()
    }
    assert len(found) == 1
    assert "no accounts" in found.pop()


def test_a_password_is_not_shown(page: SignInPage) -> None:
    password = by_name(page, "Password")
    assert isinstance(password, QLineEdit)
    assert password.echoMode() is QLineEdit.EchoMode.Password


def test_it_tells_whose_badge_it_is(page: SignInPage) -> None:
    me = by_id(page, "me")
    assert isinstance(me, QLabel)
    assert me.text() == "Technician A, Organisation A"

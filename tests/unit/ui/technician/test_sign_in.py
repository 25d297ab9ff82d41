from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from remotehelp.technician.intents import Intent, SignIn, SignInWithAccount
from remotehelp.visit.shown import Notice
from tests.helpers.reading import by_id, by_name
from tests.helpers.technician_views import ACCOUNT, ENROL, SIGN_IN
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


ACCOUNT_PARTS = ["Account", "Password", "One-time code", "Sign in"]


@pytest.mark.parametrize("name", ACCOUNT_PARTS)
def test_what_needs_an_account_rests_until_the_server_asks_and_says_so(page: SignInPage, name: str) -> None:
    part = by_name(page, name)
    assert not part.isEnabled()
    assert "unless your server asks" in part.accessibleDescription()
    page.show_view(ACCOUNT)
    assert part.isEnabled() == (name != "Sign in")
    assert "unless your server asks" not in part.accessibleDescription()
    page.show_view(SIGN_IN)
    assert not part.isEnabled()


def field(page: SignInPage, name: str) -> QLineEdit:
    found = by_name(page, name)
    assert isinstance(found, QLineEdit)
    return found


def test_the_account_of_last_time_stands_there_and_the_password_is_next(page: SignInPage) -> None:
    page.activateWindow()
    page.show_view(ACCOUNT)
    assert field(page, "Account").text() == "technician.a"
    assert field(page, "Password").text() == ""
    assert page.focusWidget() is field(page, "Password")


def test_what_is_typed_signs_in(page: SignInPage, sent: list[Intent], qtbot: QtBot) -> None:
    page.show_view(ACCOUNT)
    sign_in = by_name(page, "Sign in")
    assert not sign_in.isEnabled()
    field(page, "Password").setText(" correct horse ")
    assert sign_in.isEnabled()
    field(page, "One-time code").setText("123456")
    qtbot.keyClick(field(page, "One-time code"), Qt.Key.Key_Return)
    assert sent == [SignInWithAccount("http://192.0.2.10:8443", "technician.a", " correct horse ", "123456")]
    page.show_view(replace(ACCOUNT, busy=True))
    assert not sign_in.isEnabled()


def test_a_refusal_loses_nothing(page: SignInPage) -> None:
    page.show_view(ACCOUNT)
    field(page, "Account").setText("technician.b")
    field(page, "Password").setText("correct horse")
    field(page, "One-time code").setText("123456")
    by_name(page, "Sign in").click()
    page.show_view(replace(ACCOUNT, busy=True))
    page.show_view(replace(ACCOUNT, notice=Notice("account_refused")))
    assert [field(page, name).text() for name in ACCOUNT_PARTS[:3]] == ["technician.b", "correct horse", "123456"]
    assert field(page, "One-time code").selectedText() == "123456"  # the next one replaces it
    field(page, "One-time code").setText("654321")
    page.show_view(replace(ACCOUNT, notice=Notice("account_refused")))
    assert field(page, "One-time code").selectedText() == ""  # once


def test_a_key_for_codes_is_shown_and_its_code_is_next(page: SignInPage) -> None:
    page.show_view(ACCOUNT)
    field(page, "Password").setText("correct horse")
    page.show_view(ENROL)
    key = by_id(page, "one-time-key")
    assert isinstance(key, QLabel)
    assert key.isVisible()
    assert field(page, "Password").text() == "correct horse"
    assert page.focusWidget() is field(page, "One-time code")


def test_a_password_is_not_shown(page: SignInPage) -> None:
    password = by_name(page, "Password")
    assert isinstance(password, QLineEdit)
    assert password.echoMode() is QLineEdit.EchoMode.Password


def test_it_tells_whose_badge_it_is(page: SignInPage) -> None:
    me = by_id(page, "me")
    assert isinstance(me, QLabel)
    assert me.text() == "Technician A, Organisation A"

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.helpers.reading import by_id, by_name
from tests.helpers.technician_views import ACCOUNT, ENROL
from ui.technician.second_factor import SecondFactor

KEY = "ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567"


@pytest.fixture
def part(qtbot: QtBot) -> SecondFactor:
    made = SecondFactor()
    qtbot.addWidget(made)
    return made


def test_it_is_hidden_until_a_key_came_and_gone_with_it(part: SecondFactor) -> None:
    for account in (None, ACCOUNT.account):
        part.show_account(account)
        assert part.isHidden()
    part.show_account(ENROL.account)
    assert not part.isHidden()
    part.show_account(None)
    assert part.isHidden()
    assert all(label.text() != KEY for label in part.findChildren(QLabel))


def test_the_key_can_be_scanned_and_typed(part: SecondFactor) -> None:
    part.show_account(ENROL.account)
    assert key(part) == KEY
    code = by_name(part, "QR code of the key")
    assert isinstance(code, QLabel)
    assert not code.pixmap().isNull()


def test_another_key_replaces_it(part: SecondFactor) -> None:
    assert ENROL.account is not None
    part.show_account(ENROL.account)
    part.show_account(replace(ENROL.account, secret="B" * 32))
    assert key(part).replace(" ", "") == "B" * 32


def key(part: SecondFactor) -> str:
    label = by_id(part, "one-time-key")
    assert isinstance(label, QLabel)
    return label.text()

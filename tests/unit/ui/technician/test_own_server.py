from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.reading import by_id, by_name
from tests.helpers.technician_views import DESK, LINK, qr
from ui.technician.own_server import OwnServer, drawn


@pytest.fixture
def server(qtbot: QtBot) -> OwnServer:
    made = OwnServer()
    qtbot.addWidget(made)
    made.show_view(DESK)
    return made


def test_it_shows_address_link_and_code(server: OwnServer) -> None:
    address, link = by_id(server, "broker-address"), by_id(server, "customer-link")
    assert isinstance(address, QLabel)
    assert isinstance(link, QLabel)
    assert address.text() == "http://192.0.2.10:8443"
    server.show_view(replace(DESK, broker="http://127.0.0.1:8443"))  # the way of this program is none for customers
    assert address.text() == "http://192.0.2.10:8443"
    assert link.text() == LINK
    assert by_name(server, "QR code of the link").isVisible()


def test_the_link_is_copied_whole(server: OwnServer, qtbot: QtBot) -> None:
    copy = by_name(server, "Copy link")
    assert isinstance(copy, QPushButton)
    copy.click()
    assert QGuiApplication.clipboard().text() == LINK


def test_without_an_own_server_there_is_nothing(server: OwnServer) -> None:
    server.show_view(replace(DESK, own_broker=False))
    assert not server.isVisible()
    server.show_view(replace(DESK, customer_link=""))
    assert not server.isVisible()


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_the_code_is_dark_on_light_with_a_quiet_border(ratio: float) -> None:
    image = drawn(qr(), 400, ratio).toImage()
    assert image.pixelColor(1, 1) == QColor("white")
    module = round(4 * ratio)
    first = 4 * module + module // 2  # behind the quiet zone of four modules
    assert image.pixelColor(first, first) == QColor("black")
    assert image.pixelColor(first + module, first + module) == QColor("white")


def test_a_code_that_is_too_large_is_made_to_fit() -> None:
    assert drawn(qr(), 100, 1.0).width() == 100

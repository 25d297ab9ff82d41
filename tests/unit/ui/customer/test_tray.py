from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSystemTrayIcon

from remotehelp.customer.view import CustomerView
from ui.customer.tray import Tray, symbol
from ui.shared import theme


def test_the_symbol_follows_what_they_may_do(visit: CustomerView) -> None:
    colours = theme.current().colours
    assert symbol(visit) == ("support_agent", colours.edge)
    assert symbol(replace(visit, sees=True)) == ("visibility", colours.see_frame)
    assert symbol(replace(visit, sees=True, controls=True)) == ("mouse", colours.control_frame)


def test_where_there_is_no_tray_there_is_no_icon(qapp, visit: CustomerView) -> None:
    owner = QObject()
    tray = Tray(owner)
    tray.show_view(visit)
    assert (tray.icon is not None) == QSystemTrayIcon.isSystemTrayAvailable()


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # offscreen has no tray to ask about
def test_where_there_is_one_it_says_the_words_while_a_visit_lasts(qapp, visit: CustomerView) -> None:
    owner = QObject()
    tray = Tray(owner)
    tray.icon = QSystemTrayIcon(tray)
    tray.show_view(replace(visit, sees=True))
    assert tray.icon.toolTip().startswith("They can see your screen.")
    assert not tray.icon.icon().isNull()
    tray.show_view(CustomerView())
    assert not tray.icon.isVisible()

"""Whatever the other side is called and writes: what stops it stays on the screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from remotehelp.customer.view import CustomerView, Organisation, Page, Person
from remotehelp.messages import Right
from remotehelp.visit.events import Side
from remotehelp.visit.shown import Line, Notice, Said
from tests.helpers.reading import by_name
from tests.helpers.stand_in_bridge import StandInBridge
from ui.customer.app import CustomerApp
from ui.shared import theme

HOSTILE = {
    "line breaks": "\n" * 2_000 + "x" + "\n" * 1_999,
    "many lines": "line\n" * 800,
    "one word": "W" * 4_000,
    "words": "W " * 2_000,
    "bidi": "\u202e\u2067drawkcab " * 300,
    "a long name": "W" * 100,
}


@pytest.fixture(params=list(HOSTILE))
def hostile(request: pytest.FixtureRequest) -> CustomerView:
    text = HOSTILE[request.param]
    person = Person(text, text, Organisation(text, "new"), clock_wrong=True)
    return CustomerView(
        page=Page.VISIT,
        technician=person,
        organisation=person.organisation,
        notice=Notice("stage_failed", (("what", text),)),
        line=Line.LOST,
        asks_origin=True,
        controls=True,
        conversation=(Said(Side.TECHNICIAN, text), Said(Side.TECHNICIAN, text)),
        summary=text,
        saved=text,
        problem=text,
        code="4711-482-913",
    )


def _seen(window: QWidget, name: str) -> bool:
    """Whether all of the control can be seen in its window, and the window on the screen."""
    control, screen = by_name(window, name), window.screen().availableGeometry()
    place = QRect(control.mapTo(window, QPoint(0, 0)), control.size())
    whole = control.visibleRegion().boundingRect() == control.rect()
    return whole and window.rect().contains(place) and screen.contains(window.geometry())


def test_the_help_bar_keeps_its_width_and_its_stop_buttons(
    app: CustomerApp, bridge: StandInBridge, visit: CustomerView, hostile: CustomerView, qtbot, monkeypatch
) -> None:
    small = QRect(0, 0, 800, 600).adjusted(2 * theme.STEP, theme.STEP, -2 * theme.STEP, -theme.STEP)
    monkeypatch.setattr(app.bar, "_room", lambda: small)  # the test's own screen is larger
    bridge.view_changed.emit(visit)
    width = app.bar.width()
    bridge.view_changed.emit(hostile)
    for opened in (False, True):
        app.bar.chat.setChecked(opened)
        qtbot.wait(30)
        assert app.bar.frameGeometry().height() <= small.height()
        assert _seen(app.bar, "Stop everything")
        assert _seen(app.bar, "Stop control")
        assert opened or app.bar.width() == width


@pytest.mark.parametrize(
    ("page", "names"),
    [(Page.MEETING, ("Decline", "Accept")), (Page.GOODBYE, ("Close",)), (Page.START, ()), (Page.CODE, ())],
)
def test_the_window_keeps_its_size_and_its_last_buttons(
    app: CustomerApp, bridge: StandInBridge, hostile: CustomerView, page: Page, names: tuple[str, ...], qtbot
) -> None:
    bridge.view_changed.emit(replace(hostile, page=page))
    qtbot.wait(30)
    app.window.resize(480, 600 - theme.TITLE_BAR)
    qtbot.wait(10)
    assert app.window.width() == 480
    assert app.window.height() == 600 - theme.TITLE_BAR
    assert all(_seen(app.window, name) for name in names)


def test_the_question_keeps_its_buttons(app: CustomerApp, bridge: StandInBridge, hostile: CustomerView, qtbot) -> None:
    bridge.view_changed.emit(replace(hostile, request=Right.CONTROL, question=1))
    qtbot.waitUntil(app.request.isVisible)
    qtbot.wait(30)
    assert app.request.height() < 600 - theme.TITLE_BAR
    assert app.request.width() < 800
    assert _seen(app.request, "Not now")
    assert _seen(app.request, "Allow")

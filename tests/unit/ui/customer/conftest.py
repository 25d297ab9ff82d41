"""The customer's look, views to draw, and intents that are kept instead of sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from remotehelp.customer.intents import Intent
from remotehelp.customer.view import CustomerView, Monitor, Organisation, Page, Person, RightLine
from remotehelp.messages import Right
from remotehelp.visit.shown import Line
from tests.helpers.stand_in_bridge import StandInBridge
from ui.customer.app import CustomerApp
from ui.shared import theme

RIGHTS = (RightLine(Right.VIEW, False), RightLine(Right.POINT, False), RightLine(Right.CONTROL, False))


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    worn = qapp.property("theme")
    if not isinstance(worn, theme.Theme) or worn.type is not theme.TYPES[theme.Face.CUSTOMER]:
        theme.apply(qapp, theme.Face.CUSTOMER)


@pytest.fixture
def sent() -> list[Intent]:
    """What was submitted, in order."""
    return []


@pytest.fixture
def technician() -> Person:
    """Somebody whose organisation is proven."""
    return Person("Technician", "A", Organisation("Example Help", "proven", "help.example.org"))


@pytest.fixture
def stranger() -> Person:
    """Somebody whose organisation is new to this computer."""
    return Person("Technician", "A", Organisation("Example Help", "new"))


@pytest.fixture
def meeting(technician: Person) -> CustomerView:
    """A meeting in which she may accept."""
    return CustomerView(page=Page.MEETING, technician=technician, may_accept=True, line=Line.GOOD)


@pytest.fixture
def visit(technician: Person) -> CustomerView:
    """A visit in which nothing is allowed yet."""
    return CustomerView(
        page=Page.VISIT,
        technician=technician,
        line=Line.GOOD,
        rights=RIGHTS,
        monitors=(Monitor("one", 0, 0, 800, 800), Monitor("two", 800, 0, 1280, 1024)),
        shown=("one",),
    )


@pytest.fixture
def bridge(qapp: QApplication) -> StandInBridge:
    """The seam without an engine behind it."""
    return StandInBridge()


@pytest.fixture
def app(bridge: StandInBridge) -> Iterator[CustomerApp]:
    """All windows of the customer on the stand-in seam."""
    made = CustomerApp(bridge)
    yield made
    for window in (made.window, made.bar, made.request, made.report, made.arrow, *made.frame.sides):
        window.hide()
        window.deleteLater()
    made.deleteLater()

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from remotehelp.technician.intents import Intent, ScreenShown
from remotehelp.visit.shown import Line
from tests.helpers.reading import by_id
from tests.helpers.stand_in_bridge import plain_canvas
from tests.helpers.technician_views import MEETING, VISIT
from ui.shared.short_label import ShortLabel
from ui.technician.visit import VisitPage


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def page(qtbot: QtBot, sent: list[Intent], clock: Clock) -> VisitPage:
    made = VisitPage(sent.append, clock)
    qtbot.addWidget(made)
    made.show()
    made.show_view(VISIT)
    return made


def words(page: VisitPage, identifier: str) -> str:
    found = by_id(page, identifier)
    assert isinstance(found, QLabel)
    return found.text()


def test_the_header_tells_the_problem_in_her_words(page: VisitPage) -> None:
    assert words(page, "problem") == "The printer stopped"
    page.show_view(replace(VISIT, problem=""))
    assert words(page, "problem") == "A visit"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (Line.GOOD, "good line"),
        (Line.CONNECTING, "connecting"),
        (Line.LOST, "We are trying to get the line back"),
        (Line.NONE, "no line"),
    ],
)
def test_the_line_is_told_in_words(page: VisitPage, line: Line, shown: str) -> None:
    page.show_view(replace(VISIT, line=line))
    assert shown in words(page, "line")


def test_the_timer_counts_from_the_beginning(page: VisitPage, clock: Clock, qtbot: QtBot) -> None:
    assert words(page, "timer") == "0:00"
    clock.now += 724
    qtbot.waitUntil(lambda: words(page, "timer") == "12:04")
    page.show_view(MEETING)
    assert words(page, "timer") == ""


def test_there_is_always_a_reason_for_an_empty_picture(page: VisitPage) -> None:
    pictures = set()
    views = (MEETING, VISIT, replace(VISIT, sees=True), replace(VISIT, she_left=True))
    for view in views:
        page.show_view(view)
        image = page.screen_view.picture.grab().toImage()
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == len(views)


def test_the_picture_comes_through(page: VisitPage, sent: list[Intent], qtbot: QtBot) -> None:
    page.show_view(replace(VISIT, sees=True))
    page.show_screen(plain_canvas())
    qtbot.waitUntil(lambda: sent == [ScreenShown()])


@pytest.mark.parametrize("problem", ["short\n" * 1999, "W" * 4000])
def test_a_problem_of_any_shape_takes_two_lines_at_most(page: VisitPage, problem: str) -> None:
    page.resize(1280, 760)
    QApplication.processEvents()
    page.show_view(replace(VISIT, problem=problem))
    QApplication.processEvents()
    header = by_id(page, "problem")
    assert isinstance(header, ShortLabel)
    assert len(header.drawn()) == 2
    assert header.height() <= 2 * header.fontMetrics().lineSpacing()
    assert header.text() == " ".join(problem.split())  # a screen reader has all of it
    assert len(header.toolTip()) < 2000
    assert page.size().toTuple() == (1280, 760)

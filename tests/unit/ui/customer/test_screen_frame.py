from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QRegion
from shiboken6 import isValid

from remotehelp.customer.view import CustomerView, Window
from ui.customer.screen_frame import ScreenFrame
from ui.customer.windows import SETTLED_MS, own_window
from ui.shared import theme


@pytest.fixture
def frame(qapp) -> Iterator[ScreenFrame]:
    made = ScreenFrame()
    yield made
    made.hide()


def _colours(frame: ScreenFrame) -> set[str]:
    return {side.grab().toImage().pixelColor(1, 1).name() for side in frame.sides}


def test_nothing_is_framed_while_nobody_sees(frame: ScreenFrame, visit: CustomerView) -> None:
    frame.show_view(visit)
    assert not any(side.isVisible() for side in frame.sides)


def test_blue_while_they_see_and_amber_while_they_control(frame: ScreenFrame, visit: CustomerView) -> None:
    colours = theme.current().colours
    frame.show_view(replace(visit, sees=True))
    assert _colours(frame) == {colours.see_frame}
    frame.show_view(replace(visit, sees=True, controls=True))
    assert _colours(frame) == {colours.control_frame}
    frame.show_view(visit)
    assert not any(side.isVisible() for side in frame.sides)


def test_it_is_a_ring_of_4_pixels_at_the_edge_of_the_screen(frame: ScreenFrame, visit: CustomerView) -> None:
    frame.show_view(replace(visit, sees=True))
    screen = QGuiApplication.primaryScreen().geometry()
    ring = QRegion(screen) - QRegion(screen.adjusted(4, 4, -4, -4))
    covered = QRegion()
    for side in frame.sides:
        assert covered.intersected(side.geometry()).isEmpty()
        covered += QRegion(QRect(side.geometry()))
    assert covered == ring


def test_each_shown_screen_has_a_ring_and_no_other(frame: ScreenFrame, visit: CustomerView) -> None:
    frame.show_view(replace(visit, sees=True, shown=("one", "two")))
    right = QRect(800, 0, 1280, 1024)
    rings = QRegion(QGuiApplication.primaryScreen().geometry()) + QRegion(right)
    covered = QRegion()
    for side in frame.sides:
        assert covered.intersected(side.geometry()).isEmpty()
        covered += QRegion(QRect(side.geometry()))
    assert len(frame.sides) == 8
    assert covered == rings - QRegion(QRect(4, 4, 792, 792)) - QRegion(right.adjusted(4, 4, -4, -4))
    gone = frame.sides[4:]
    frame.show_view(replace(visit, sees=True, shown=("one",)))
    assert len(frame.sides) == 4
    assert not any(isValid(side) and side.isVisible() for side in gone)


def test_one_window_is_framed_around_and_followed(frame: ScreenFrame, visit: CustomerView) -> None:
    sees = replace(visit, sees=True, shown=(), window=Window(7, "Printers"), window_at=(50, 60, 200, 100))
    frame.show_view(sees)
    assert ring(frame) == QRegion(QRect(46, 56, 208, 108)) - QRegion(QRect(50, 60, 200, 100))
    frame.show_view(replace(sees, window_at=(80, 90, 200, 100)))
    assert ring(frame) == QRegion(QRect(76, 86, 208, 108)) - QRegion(QRect(80, 90, 200, 100))


def test_a_window_that_is_minimised_has_no_frame(frame: ScreenFrame, visit: CustomerView) -> None:
    sees = replace(visit, sees=True, shown=(), window=Window(7, "Printers"), window_at=(50, 60, 200, 100))
    frame.show_view(sees)
    frame.show_view(replace(sees, window_at=None))
    assert frame.sides == []
    frame.show_view(sees)
    assert ring(frame) == QRegion(QRect(46, 56, 208, 108)) - QRegion(QRect(50, 60, 200, 100))


def test_the_frame_of_a_window_at_the_edge_stays_on_the_screen(frame: ScreenFrame, visit: CustomerView) -> None:
    screen = QGuiApplication.primaryScreen().geometry()
    place = (-20, 0, screen.width() + 40, screen.height())
    frame.show_view(replace(visit, sees=True, shown=(), window=Window(7, "Printers"), window_at=place))
    assert all(screen.contains(side.geometry()) for side in frame.sides)
    assert len(frame.sides) == 4


def ring(frame: ScreenFrame) -> QRegion:
    covered = QRegion()
    for side in frame.sides:
        covered += QRegion(QRect(side.geometry()))
    return covered


def test_it_tells_once_of_each_showing_when_it_is_on_the_screen(frame: ScreenFrame, visit: CustomerView, qtbot) -> None:
    told: list[tuple[int, bool]] = []
    frame.appeared.connect(lambda showing: told.append((showing, all(side.isVisible() for side in frame.sides))))
    sees = replace(visit, sees=True, showing=1)
    frame.show_view(sees)
    assert told == []
    qtbot.waitUntil(lambda: told == [(1, True)])
    frame.show_view(replace(sees, controls=True))
    frame.show_view(replace(sees, shown=("two",), showing=2))  # the frame was there already
    qtbot.waitUntil(lambda: told == [(1, True), (2, True)])
    frame.show_view(replace(sees, showing=3))
    frame.show_view(visit)
    frame.show_view(sees)  # the next visit counts anew
    qtbot.waitUntil(lambda: told == [(1, True), (2, True), (1, True)])
    qtbot.wait(2 * SETTLED_MS)
    assert len(told) == 3


def test_a_side_that_the_display_never_shows_holds_nothing_up(frame: ScreenFrame, visit: CustomerView, qtbot) -> None:
    frame._look = lambda: None  # type: ignore[method-assign]  # under a panel that is always on top
    with qtbot.waitSignal(frame.appeared) as told:
        frame.show_view(replace(visit, sees=True, showing=7))
    assert told.args == [7]


def test_no_window_manager_puts_anything_over_a_side(frame: ScreenFrame, visit: CustomerView) -> None:
    frame.show_view(replace(visit, sees=True))
    assert frame.sides
    for side in frame.sides:
        assert side.windowFlags() & Qt.WindowType.X11BypassWindowManagerHint
        assert own_window(side).stays


def test_clicks_go_through_and_the_focus_stays(frame: ScreenFrame) -> None:
    for side in frame.sides:
        assert side.windowFlags() & Qt.WindowType.WindowTransparentForInput
        assert side.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
        assert side.windowFlags() & Qt.WindowType.WindowStaysOnTopHint

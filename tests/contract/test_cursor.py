"""What every backend's pointer tells, on a real X display and in memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import pytest
from Xlib import X, Xcursorfont
from Xlib.display import Display

from remotehelp.desktop.cursor import CursorWatch
from remotehelp.desktop.fake import FakeCursorWatch
from remotehelp.desktop.x11.cursor import XCursorWatch
from remotehelp.media.cursor import INVISIBLE, Cursor, Shape, shape_of
from tests.helpers.waiting import wait_until
from tests.helpers.xdesk import connected, x_server

SHORTLY_S = 0.15
BEAM = shape_of((3, 5), (1, 2), [0xFF000000] * 15)


class Hand(Protocol):
    """What somebody does with the pointer."""

    watch: CursorWatch

    def move(self, x: int, y: int) -> None: ...
    def wear_beam(self) -> None: ...
    def wear_nothing(self) -> None: ...


class MemoryHand:
    def __init__(self) -> None:
        self.watch = FakeCursorWatch()
        self.move = self.watch.move

    def wear_beam(self) -> None:
        self.watch.wear(BEAM)

    def wear_nothing(self) -> None:
        self.watch.wear(INVISIBLE)


class XHand:
    """A program whose one window covers the screen and gives the pointer its shape."""

    def __init__(self, display: str, connection: Display) -> None:
        self.watch = XCursorWatch(display)
        self._connection = connection
        root = connection.screen().root
        self._window = root.create_window(0, 0, 800, 600, 0, X.CopyFromParent, override_redirect=True)
        self._window.map()
        connection.sync()

    def move(self, x: int, y: int) -> None:
        self._connection.xtest_fake_input(X.MotionNotify, x=x, y=y)
        self._connection.sync()

    def wear_beam(self) -> None:
        font = self._connection.open_font("cursor")
        black, white = (0, 0, 0), (65535, 65535, 65535)
        self._wear(font.create_glyph_cursor(font, Xcursorfont.xterm, Xcursorfont.xterm + 1, black, white))

    def wear_nothing(self) -> None:
        blank = self._window.create_pixmap(8, 8, 1)
        context = blank.create_gc(foreground=0)
        blank.fill_rectangle(context, 0, 0, 8, 8)
        self._wear(blank.create_cursor(blank, (0, 0, 0), (0, 0, 0), 3, 3))

    def _wear(self, cursor: int) -> None:
        self._window.change_attributes(cursor=cursor)
        self._connection.sync()


@contextmanager
def x_hand() -> Iterator[XHand]:
    with x_server() as display, connected(display) as connection:
        yield XHand(display, connection)


@pytest.fixture(params=["fake", "x11"])
def hand(request: pytest.FixtureRequest) -> Iterator[Hand]:
    if request.param == "fake":
        yield MemoryHand()
        return
    with x_hand() as hand:
        yield hand


class Listener:
    """What was told, in order."""

    def __init__(self) -> None:
        self.told: list[Cursor] = []

    def __call__(self, cursor: Cursor) -> None:
        self.told.append(cursor)

    @property
    def newest(self) -> Cursor:
        return self.told[-1]

    def until(self, holds: Callable[[Cursor], object]) -> None:
        wait_until(lambda: self.told and holds(self.newest))


@pytest.fixture
def told(hand: Hand) -> Iterator[Listener]:
    listener = Listener()
    hand.move(10, 10)
    hand.watch.start(listener)
    listener.until(lambda cursor: cursor.place == (10, 10))
    yield listener
    hand.watch.stop()


def rests(listener: Listener) -> bool:
    before = len(listener.told)
    time.sleep(SHORTLY_S)
    return len(listener.told) == before


def test_it_works_here(hand: Hand) -> None:
    assert hand.watch.self_test() is None


def test_at_first_the_pointer_is_told_as_it_is_and_then_nothing(told: Listener) -> None:
    assert told.newest.shape
    assert rests(told)


def test_each_motion_ends_with_the_place_at_which_the_pointer_rests(hand: Hand, told: Listener) -> None:
    for x in range(100, 300):
        hand.move(x, 2 * x)
    hand.move(123, 45)
    told.until(lambda cursor: cursor.place == (123, 45))
    assert rests(told)


def test_another_shape_is_told_where_the_pointer_rests(hand: Hand, told: Listener) -> None:
    before = told.newest.shape
    hand.wear_beam()
    told.until(lambda cursor: cursor.shape != before)
    shape, place = told.newest.shape, told.newest.place
    assert (shape.width, shape.height) < (16, 17)
    assert 0 < shape.hot_x < shape.width
    assert 0 < shape.hot_y < shape.height
    assert len(shape.pixels) == 4 * shape.width * shape.height
    assert place == (10, 10)
    assert rests(told)


def test_a_pointer_of_which_nothing_is_seen_is_told_as_invisible(hand: Hand, told: Listener) -> None:
    hand.wear_nothing()
    told.until(lambda cursor: cursor.shape == INVISIBLE)
    hand.wear_beam()
    told.until(lambda cursor: cursor.shape)


def test_a_pointer_that_is_moved_to_where_it_is_tells_nothing(hand: Hand, told: Listener) -> None:
    before = len(told.told)
    for _ in range(5):
        hand.move(10, 10)
    assert rests(told)
    assert len(told.told) == before


def test_after_the_end_nothing_is_told_and_it_can_begin_again(hand: Hand, told: Listener) -> None:
    hand.watch.stop()
    hand.watch.stop()
    before = len(told.told)
    hand.move(200, 100)
    assert rests(told)
    assert len(told.told) == before
    hand.watch.start(told)
    told.until(lambda cursor: cursor.place == (200, 100))


def test_who_is_told_may_end_it(hand: Hand) -> None:
    ended = threading.Event()

    def end(_cursor: Cursor) -> None:
        hand.watch.stop()
        ended.set()

    hand.watch.start(end)
    assert ended.wait(5)


def test_starting_twice_is_starting_once(hand: Hand, told: Listener) -> None:
    other = Listener()
    hand.watch.start(other)
    hand.move(50, 60)
    told.until(lambda cursor: cursor.place == (50, 60))
    assert other.told == []


def test_a_shape_is_the_same_each_time(hand: Hand, told: Listener) -> None:
    before = told.newest.shape
    hand.wear_beam()
    told.until(lambda cursor: cursor.shape != before)
    beam = told.newest.shape
    hand.wear_nothing()
    told.until(lambda cursor: not cursor.shape)
    hand.wear_beam()
    told.until(lambda cursor: cursor.shape)
    assert isinstance(told.newest.shape, Shape)
    assert told.newest.shape == beam

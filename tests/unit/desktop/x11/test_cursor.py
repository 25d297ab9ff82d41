from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from Xlib import X, Xcursorfont
from Xlib.display import Display
from Xlib.ext import xtest

from remotehelp.desktop.cursor import PERIOD_S
from remotehelp.desktop.x11 import cursor as module
from remotehelp.desktop.x11.cursor import XCursorWatch
from remotehelp.errors import BackendError
from remotehelp.media.cursor import Cursor
from tests.helpers.waiting import wait_until
from tests.helpers.xdesk import connected, said_by, x_server


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with x_server() as name:
        yield name


@pytest.fixture
def connection(display: str) -> Iterator[Display]:
    with connected(display) as connection:
        move(connection, 400, 300)
        yield connection


@pytest.fixture
def told(display: str, connection: Display) -> Iterator[list[Cursor]]:
    told: list[Cursor] = []
    watch = XCursorWatch(display)
    watch.start(told.append)
    wait_until(lambda: told and told[-1].place == (400, 300))
    yield told
    watch.stop()


def move(connection: Display, x: int, y: int) -> None:
    xtest.fake_input(connection, X.MotionNotify, x=x, y=y)
    connection.sync()


def wear(connection: Display, glyph: int) -> None:
    font = connection.open_font("cursor")
    cursor = font.create_glyph_cursor(font, glyph, glyph + 1, (65535, 0, 0), (65535, 65535, 65535))
    connection.screen().root.change_attributes(cursor=cursor)
    connection.sync()


def test_the_shape_is_what_the_x_server_shows(connection: Display, told: list[Cursor]) -> None:
    """Of the font `cursor`: a red beam, nine pixels wide, with white around it."""
    wear(connection, Xcursorfont.xterm)
    wait_until(lambda: told[-1].shape.width == 9)
    shape = told[-1].shape
    assert (shape.height, shape.hot_x, shape.hot_y) == (16, 4, 8)
    pixels = np.frombuffer(shape.pixels, np.uint8).reshape(16, 9, 4)
    assert tuple(pixels[8, 4]) == (0, 0, 255, 255)
    assert tuple(pixels[8, 3]) == (255, 255, 255, 255)
    assert tuple(pixels[8, 0]) == (0, 0, 0, 0)


def test_in_a_menu_that_keeps_the_pointer_motion_is_told_too(connection: Display, told: list[Cursor]) -> None:
    root = connection.screen().root
    root.grab_pointer(False, 0, X.GrabModeAsync, X.GrabModeAsync, X.NONE, X.NONE, X.CurrentTime)
    move(connection, 20, 30)
    wait_until(lambda: told[-1].place == (20, 30))
    connection.ungrab_pointer(X.CurrentTime)
    connection.sync()


def test_a_pointer_that_is_pushed_against_the_edge_tells_nothing(connection: Display, told: list[Cursor]) -> None:
    move(connection, 799, 300)
    wait_until(lambda: told[-1].place == (799, 300))
    before = len(told)
    for _ in range(20):
        xtest.fake_input(connection, X.MotionNotify, True, x=10, y=0)  # so much further
        connection.sync()
    time.sleep(3 * PERIOD_S)
    assert len(told) == before


def test_however_fast_it_moves_no_more_is_told_than_pictures_are_shown(connection: Display, told: list[Cursor]) -> None:
    before, began = len(told), time.monotonic()
    for n in range(300):
        move(connection, 100 + n, 100)
    wait_until(lambda: told[-1].place == (399, 100))
    assert len(told) - before <= (time.monotonic() - began) / PERIOD_S + 2


def test_each_shape_is_asked_for_once(connection: Display, told: list[Cursor], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    made = module.shape_of
    monkeypatch.setattr(module, "shape_of", lambda size, hot, argb: asked.append(size) or made(size, hot, argb))
    root, font = connection.screen().root, connection.open_font("cursor")
    two = [
        font.create_glyph_cursor(font, glyph, glyph + 1, (0, 0, 0), (65535, 65535, 65535))
        for glyph in (Xcursorfont.hand2, Xcursorfont.clock)
    ]
    for turn in range(6):
        before = len(told)
        root.change_attributes(cursor=two[turn % 2])
        connection.sync()
        wait_until(lambda before=before: len(told) > before)
    assert len(asked) == 2


def test_no_thread_is_left_behind(display: str) -> None:
    watch = XCursorWatch(display)
    first = threading.Event()
    watch.start(lambda _: first.set())
    assert first.wait(5)
    watch.stop()
    wait_until(lambda: "cursor" not in {thread.name for thread in threading.enumerate()})


def test_where_the_display_ends_it_ends_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    told: list[Cursor] = []
    with x_server() as display:
        watch = XCursorWatch(display)
        watch.start(told.append)
        wait_until(lambda: told)
    wait_until(lambda: "cursor" not in {thread.name for thread in threading.enumerate()})
    watch.stop()
    assert capfd.readouterr() == ("", "")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib leaves its sockets behind
def test_no_display_is_said() -> None:
    watch = XCursorWatch(":4711")
    assert watch.self_test() == "no_display"
    with pytest.raises(BackendError, match="no_display"):
        watch.start(print)


SELF_TEST = """
import sys
from remotehelp.desktop.x11.cursor import XCursorWatch
print(XCursorWatch(sys.argv[1]).self_test())
"""


def test_a_missing_extension_is_said() -> None:
    with x_server("640x480", "-extension", "XFIXES") as display:
        assert said_by(SELF_TEST, display) == "no_screen_watch"

import os
import time

import pytest

from remotehelp.desktop.x11.connection import wait
from remotehelp.desktop.x11.damage import DamageWatch
from remotehelp.media.area import Rect
from tests.helpers.xdesk import said_by, x_desk, x_server

WHOLE = Rect(0, 0, 800, 600)


@pytest.fixture(scope="module")
def desk():
    with x_desk() as desk:
        yield desk


@pytest.fixture
def watch(desk):
    watch = DamageWatch(desk.display)
    watch.look_at([WHOLE], [])
    watch.take()
    yield watch
    watch.close()


@pytest.fixture
def bell():
    descriptor = os.eventfd(0)
    yield descriptor
    os.close(descriptor)


def woken_after(watch, timeout, bell):
    started = time.monotonic()
    wait(watch.connection, timeout, bell)
    return time.monotonic() - started


def test_a_change_wakes_once_until_it_is_taken(desk, watch, bell):
    desk.paint(Rect(1, 2, 3, 4), (0, 0, 255))
    assert woken_after(watch, 5, bell) < 4
    assert watch.take() == (Rect(1, 2, 3, 4),)
    assert watch.take() == ()
    assert woken_after(watch, 0.1, bell) >= 0.1


def test_a_bell_wakes(watch, bell):
    os.eventfd_write(bell, 1)
    assert woken_after(watch, 5, bell) < 4


def test_only_what_is_looked_at_counts(desk, watch):
    watch.look_at([Rect(100, 100, 200, 200)], [Rect(150, 100, 500, 50)])
    desk.paint(Rect(0, 0, 50, 50), (1, 2, 3))
    desk.paint(Rect(160, 110, 10, 10), (1, 2, 3))
    assert watch.take() == ()
    desk.paint(Rect(140, 140, 30, 5), (1, 2, 3))
    assert watch.take() == (Rect(140, 140, 10, 5),)


def test_moved_monitors_are_told_once(desk, watch):
    assert not watch.monitors_moved()
    desk.split()
    assert watch.monitors_moved()
    assert not watch.monitors_moved()


WHAT_IS_MISSING = """
import sys
from remotehelp.desktop.x11.connection import connect
from remotehelp.desktop.x11.damage import missing_extension
print(missing_extension(connect(sys.argv[1])))
"""


def test_what_is_missing_is_named(desk):
    assert said_by(WHAT_IS_MISSING, desk.display) == "None"
    with x_server("640x480", "-extension", "DAMAGE") as display:
        assert said_by(WHAT_IS_MISSING, display) == "DAMAGE"

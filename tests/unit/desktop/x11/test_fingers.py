import threading
import time

import pytest
from Xlib import X

from remotehelp.desktop.fence import open_fence
from remotehelp.desktop.keys import EVDEV, X11_OFFSET
from remotehelp.desktop.x11.fingers import Fingers, event_number
from tests.helpers.xdesk import connected, x_desk

KEY_A = EVDEV["KeyA"] + X11_OFFSET


@pytest.fixture(scope="module")
def desk():
    with x_desk() as desk:
        yield desk


@pytest.fixture
def fingers(desk):
    with connected(desk.display) as connection:
        yield Fingers(connection, open_fence())
        connection.sync()


def test_what_is_made_up_happens_and_is_noted(desk, fingers):
    fingers.fake(X.MotionNotify, x=30, y=40)
    fingers.fake(X.KeyPress, KEY_A)
    fingers._connection.sync()
    assert desk.pointer() == (30, 40)
    assert desk.down() == {"KeyA"}
    fingers.fake(X.KeyRelease, KEY_A)
    noted = [event_number(X.MotionNotify, 0), event_number(X.KeyPress, KEY_A), event_number(X.KeyRelease, KEY_A)]
    assert list(fingers.fence.notes(0, fingers.fence.noted)) == noted


def test_each_event_has_a_number_of_its_own():
    events = [(kind, detail) for kind in range(2, 7) for detail in range(256)]
    assert len({event_number(*event) for event in events}) == len(events)


def test_a_rest_ends_when_the_fence_is_shut(fingers):
    started = time.monotonic()
    threading.Timer(0.05, fingers.fence.shut).start()
    fingers.rest(30)
    assert time.monotonic() - started < 10


def test_a_rest_takes_its_time(fingers):
    started = time.monotonic()
    fingers.rest(0.05)
    assert time.monotonic() - started >= 0.05

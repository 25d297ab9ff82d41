"""A click on a pixel of the technician's window arrives on that pixel of her screen, at every scale of the window.

The technician's whole window in a process on a display of its own -> ``Sending`` -> bytes -> ``Injector`` -> the hands
in their process -> her X server -> a program there.
"""

from __future__ import annotations

import queue
import subprocess
from collections.abc import Iterator
from typing import Any

import mss
import numpy as np
import pytest
from Xlib import X
from Xlib.display import Display
from Xlib.ext import xtest

from remotehelp.customer.injector import Injector
from remotehelp.desktop.x11.apart import XHandsApart
from remotehelp.media.area import Rect
from remotehelp.messages import Right
from remotehelp.technician.intents import SendButton
from remotehelp.technician.sending import Sending
from remotehelp.visit import events as on
from remotehelp.visit.guest import Guest
from tests.helpers import clicking_technician
from tests.helpers.clicking_technician import Shown
from tests.helpers.layouts import PATIENCE, Lines, Wire, patient_hands, started
from tests.helpers.places import place_at
from tests.helpers.xdesk import Window, XDesk, connected, wait_for, x_desk, x_server

pytestmark = pytest.mark.e2e

ROOM = "2600x1700"  # for the technician's window at 200 %
WHOLE = Rect(0, 0, 2600, 1700)
CORNER = (37, 21)  # of what she shows, on her root window: there is another monitor left of it
CASES = [
    Shown(641, 481, 333, 221, 1, 0xFF0000, fitted=False),
    Shown(2401, 1501, 2393, 1496, 1, 0x00FF00, fitted=False, scrolled=True),
    Shown(641, 481, 100, 401, 7, 0x0000FF, fitted=True),
    Shown(640, 480, 633, 0, 7, 0xFF00FF, fitted=True),
]


class HerSide:
    """Her display, with a program on it that hears every click."""

    def __init__(self, desk: XDesk, hands: XHandsApart) -> None:
        self._desk = desk
        self._window: Window = desk.window(WHOLE)
        self._injector = Injector(hands)
        self._injector.permit(True, 4)

    def over(self, press: SendButton, release: SendButton, shown: Shown) -> None:
        """Bring a click over."""
        guest = Guest()
        for event in (on.PeerVerified(), on.Accepted(), on.RightsCame(frozenset({Right.VIEW, Right.CONTROL}), 4)):
            guest.handle(event, 0)
        wire = Wire(self._injector, place_at(Rect(*CORNER, shown.width, shown.height)))
        sending = Sending(None, wire, guest)  # type: ignore[arg-type]
        sending.button(press)
        sending.button(release)

    def clicked(self, number: int) -> tuple[int, int]:
        """Where the program heard click ``number``, counted from the corner of what she shows."""
        wait_for(lambda: len(self._presses()) > number, "the click did not arrive")
        x, y = self._presses()[number]
        return x - CORNER[0], y - CORNER[1]

    def _presses(self) -> list[tuple[int, int]]:
        return [what[3:] for what in self._desk.heard(self._window) if what[:3] == ("button", 1, True)]


@pytest.fixture(scope="module")
def hers() -> Iterator[HerSide]:
    with x_desk(ROOM) as desk, patient_hands(desk.display) as hands:
        yield HerSide(desk, hands)


@pytest.fixture(scope="module")
def technicians() -> Iterator[str]:
    with x_server(ROOM) as display:
        yield display


def painted(camera: mss.MSS, colour: int) -> np.ndarray[Any, Any]:
    """The device pixels of this colour (0xRRGGBB): rows of (y, x)."""
    taken = camera.grab(camera.monitors[0])
    pixels = np.frombuffer(taken.raw, "<u4").reshape(taken.height, taken.width)
    return np.argwhere(pixels & 0xF0F0F0 == colour & 0xF0F0F0)  # scaled, it may differ a little


def click(connection: Display, x: int, y: int) -> None:
    """Press and release the left button at a device pixel."""
    xtest.fake_input(connection, X.MotionNotify, x=x, y=y)
    for kind in (X.ButtonPress, X.ButtonRelease):
        xtest.fake_input(connection, kind, 1)
    connection.sync()


def show(process: subprocess.Popen[str], camera: mss.MSS, shown: Shown) -> tuple[int, int]:
    """The device pixel in the middle of the square, once it is shown."""
    assert process.stdin is not None
    process.stdin.write(shown.dump())
    process.stdin.flush()
    wait_for(lambda: len(painted(camera, shown.colour)) >= shown.side**2, "the square is not there")
    square = painted(camera, shown.colour)
    if not shown.fitted:
        assert len(square) == shown.side**2
    x, y = np.add(square.min(axis=0), square.max(axis=0))[::-1] // 2
    return int(x), int(y)


@pytest.mark.parametrize("scale", ["1", "1.25", "1.5", "1.75", "2"])
def test_a_click_arrives_on_the_pixel_that_was_clicked(hers: HerSide, technicians: str, scale: str) -> None:
    buttons: queue.Queue[list[Any]] = queue.Queue()
    clicks = len(hers._presses())
    with connected(technicians) as connection, mss.MSS(display=technicians) as camera:
        for_window = started(technicians, clicking_technician.__name__, QT_SCALE_FACTOR=scale)
        with for_window as process:
            Lines(process, buttons.put)
            assert buttons.get(timeout=PATIENCE) == ["ready"]
            for shown in CASES:
                click(connection, *show(process, camera, shown))
                press, release = (SendButton(*buttons.get(timeout=PATIENCE)) for _ in range(2))
                hers.over(press, release, shown)
                x, y = hers.clicked(clicks)
                clicks += 1
                middle = shown.x + shown.side // 2, shown.y + shown.side // 2
                exact = 0 if not shown.fitted else 1
                assert abs(x - middle[0]) <= exact, (shown, x, y)
                assert abs(y - middle[1]) <= exact, (shown, x, y)

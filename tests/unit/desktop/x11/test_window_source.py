"""The pictures of one window on a real X display, where what every backend does is not enough (tests/contract)."""

import threading
from pathlib import Path

import pytest

from remotehelp.desktop.x11.screens import XScreens
from remotehelp.desktop.x11.window_source import XWindowSource
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from tests.helpers.assembled import Assembled
from tests.helpers.xdesk import said_by, wait_for, x_desk, x_server

WITHOUT_SHARED_MEMORY = """
import sys
from remotehelp.desktop.x11.screens import XScreens
from remotehelp.media.area import Rect
from tests.helpers.xdesk import Program, connected
with connected(sys.argv[1]) as connection:
    window = Program(connection).window(Rect(10, 20, 60, 40), pixel=0x112233)
    source = XScreens(sys.argv[1]).open_window(window.id, print)
    while picture := source.next(0.5):
        last = picture.parts[0].pixels
    print(last.shape, last[5, 5, :3].tolist())
"""


def nothing(on_screen):
    """It may be anywhere."""


def test_nothing_stays_open():
    with x_desk() as desk:
        window = desk.titled(Rect(10, 20, 100, 80), "")
        before = len(list(Path("/proc/self/fd").iterdir()))
        for _ in range(5):
            source = XWindowSource(desk.display, window.id, nothing)
            source.next(5)
            source.close()
            with pytest.raises(BackendError, match="window_closed"):
                XWindowSource(desk.display, 0x3FFFFF1, nothing)
        assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_pixels_come_without_shared_memory_too():
    with x_server("640x480", "-extension", "MIT-SHM") as display:
        assert said_by(WITHOUT_SHARED_MEMORY, display) == "(40, 60, 4) [51, 34, 17]"


def test_a_window_larger_than_the_screen_is_shown_whole():
    with x_desk("640x480") as desk:
        window = desk.theirs.window(Rect(-50, -40, 900, 700), pixel=0x112233)
        source = Assembled(XScreens(desk.display).open_window(window.id, nothing))
        picture = source.next(5)
        assert picture.pixels.shape == (700, 900, 4)
        desk.draw(window, Rect(890, 690, 10, 10), (1, 2, 3))
        wait_for(lambda: source.next(0.2).pixels[695, 895, :3].tolist() == [1, 2, 3])
        source.close()


def test_a_window_too_large_for_a_picture_says_so():
    with x_desk("640x480") as desk:
        window = desk.theirs.window(Rect(0, 0, 9000, 20))
        with pytest.raises(BackendError, match="screens_too_large"):
            XWindowSource(desk.display, window.id, nothing)


def test_the_end_of_the_display_reaches_who_waits():
    caught = []
    with x_desk() as desk:
        source = XWindowSource(desk.display, desk.titled(Rect(10, 20, 100, 80), "").id, nothing)
        while source.next(0.1):
            """Until it is at rest."""

        def pull():
            try:
                source.next(30)
            except BackendError as error:
                caught.append(error.key)

        thread = threading.Thread(target=pull)
        thread.start()
    thread.join(5)
    assert caught == ["display_lost"]
    source.close()

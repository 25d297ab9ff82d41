import threading
from pathlib import Path

import pytest

from remotehelp.desktop.x11.screens import XScreens
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from tests.helpers.assembled import Assembled
from tests.helpers.xdesk import connected, said_by, wait_for, x_desk, x_server

SELF_TEST = """
import sys
from remotehelp.desktop.x11.screens import XScreens
print(XScreens(sys.argv[1]).self_test())
"""
GRAB = """
import sys
from remotehelp.desktop.x11.screens import XScreens
screens = XScreens(sys.argv[1])
print(screens.open([screens.monitors()[0].name]).next(5).parts[0].pixels.shape)
"""


@pytest.mark.parametrize(
    ("options", "depth", "reason"),
    [(["-extension", "DAMAGE"], 24, "no_screen_watch"), ([], 16, "screen_not_readable"), ([], 24, None)],
)
def test_a_display_that_can_not_be_shown_says_why(options, depth, reason):
    with x_server("640x480", *options, depth=depth) as display:
        assert said_by(SELF_TEST, display) == str(reason)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib leaves sockets behind
def test_no_display_at_all():
    assert XScreens(":987").self_test() == "no_display"
    with pytest.raises(BackendError, match="no_display"):
        XScreens(":987").monitors()
    with pytest.raises(BackendError, match="no_display"):
        XScreens(":987").open(["screen"])


def test_pixels_come_without_shared_memory_too():
    with x_server("640x480", "-extension", "MIT-SHM") as display:
        assert said_by(GRAB, display) == "(480, 640, 4)"


def test_the_end_of_the_display_reaches_who_waits():
    caught = []
    with x_server() as display:
        screens = XScreens(display)
        source = screens.open([screens.monitors()[0].name])
        source.next(5)

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


def test_nothing_stays_open():
    with x_desk() as desk:
        (monitor,) = desk.screens.monitors()
        before = len(list(Path("/proc/self/fd").iterdir()))
        for _ in range(5):
            source = desk.screens.open([monitor.name])
            source.next(5)
            source.close()
            with pytest.raises(BackendError):
                desk.screens.open(["no such monitor"])
        assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_windows_of_other_programs_are_in_the_picture():
    with x_desk() as desk:
        source = Assembled(desk.screens.open([desk.screens.monitors()[0].name]))
        source.next(5)
        desk.theirs.window(Rect(10, 10, 50, 50), pixel=0x112233)
        picture = wait_for(lambda: source.next(0.2))
        assert tuple(picture.pixels[30, 30, :3]) == (0x33, 0x22, 0x11)
        source.close()


def test_a_picture_is_of_the_moment_after_the_change():
    """What is painted before ``next()`` returns a change is never missed: the last colour always arrives."""
    with x_desk() as desk, connected(desk.display):
        source = Assembled(desk.screens.open([desk.screens.monitors()[0].name]))
        source.next(5)
        for shade in range(1, 101):
            desk.paint(Rect(40, 40, 3, 3), (shade, shade, shade))
            assert source.next(5).pixels[41, 41, 0] == shade
        source.close()

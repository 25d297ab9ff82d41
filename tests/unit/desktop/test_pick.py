import pytest

from remotehelp.desktop.hands import Move
from remotehelp.desktop.pick import Picked, pick, this_desktop
from remotehelp.errors import BackendError, StaleEpoch
from remotehelp.sentences import explain
from tests.helpers.xdesk import said_by, x_server

TRY = """
import sys
from remotehelp.desktop.pick import this_desktop
from remotehelp.errors import BackendError
try:
    this_desktop({"DISPLAY": sys.argv[1]})
except BackendError as error:
    print(error.key)
"""
# python-xlib leaves the sockets of a failed attempt to the garbage collector
LEFT_BEHIND = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


class Trial:
    def __init__(self, reason=None):
        self.reason = reason
        self.closed = False

    def self_test(self):
        return self.reason

    def close(self):
        self.closed = True


def broken():
    raise BackendError("no_display")


def test_the_first_that_works_is_taken_and_the_others_say_why_not():
    lame, good, better = Trial("no_remote_input"), Trial(), Trial()
    picked = pick([("broken", broken), ("lame", lambda: lame), ("good", lambda: good), ("better", lambda: better)])
    assert picked == Picked("good", good, {"broken": "no_display", "lame": "no_remote_input"})
    assert lame.closed
    assert not good.closed


def test_where_none_works_the_first_reason_is_told():
    with pytest.raises(BackendError, match="no_remote_input"):
        pick([("lame", lambda: Trial("no_remote_input")), ("broken", broken)])


@pytest.mark.parametrize(
    "environ",
    [
        {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"},
        {"XDG_SESSION_TYPE": "wayland"},
    ],
)
def test_wayland_says_that_it_comes_later_and_what_to_do_now(environ):
    with pytest.raises(BackendError, match="wayland_not_yet") as caught:
        this_desktop(environ)
    said = explain(caught.value)
    assert all(word in said for word in ("Wayland", "later", "log out", "Xorg", "X11"))


@LEFT_BEHIND
@pytest.mark.parametrize("environ", [{}, {"DISPLAY": ""}, {"DISPLAY": ":987", "XDG_SESSION_TYPE": "x11"}])
def test_no_display_is_said(environ):
    with pytest.raises(BackendError, match="no_display"):
        this_desktop(environ)


def test_an_x_display_serves():
    with x_server() as display:
        desktop = this_desktop({"DISPLAY": display, "XDG_SESSION_TYPE": "x11"})
        assert desktop.screens.monitors()
        with pytest.raises(StaleEpoch):  # shut until a visit opens it
            desktop.hands.inject(Move(1, 1), ())
        desktop.hands.fence.open()
        desktop.hands.inject(Move(1, 1), ())
        desktop.close()


def test_a_display_without_remote_input_says_so():
    with x_server("640x480", "-extension", "XTEST") as display:
        assert said_by(TRY, display) == "no_remote_input"

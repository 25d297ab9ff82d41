import threading

import pytest
from Xlib import X

from remotehelp.desktop.hands import Type
from remotehelp.desktop.x11.hands import XHands
from remotehelp.desktop.x11.panic import XPanicKey
from remotehelp.errors import BackendError
from tests.helpers.xdesk import connected, said_by, wait_for, x_server

WITHOUT_RECORD = """
import sys
from remotehelp.desktop.x11.panic import XPanicKey
from remotehelp.errors import BackendError
key = XPanicKey(sys.argv[1])
print(key.self_test())
try:
    key.start(print)
except BackendError as error:
    print(error.key)
"""


@pytest.fixture(scope="module")
def display():
    with x_server() as name:
        yield name


@pytest.fixture
def press(display):
    """Press keys together, then let go of them."""
    hands = XHands(display)

    def press(*codes):
        for code in codes:
            hands.inject(Type(code, True), ())
        hands.release_all()

    yield press
    hands.close()


@pytest.fixture
def pressed():
    return threading.Semaphore(0)


@pytest.fixture
def key(display, pressed):
    key = XPanicKey(display)
    assert key.self_test() is None
    key.start(pressed.release)
    yield key
    key.stop()


@pytest.mark.parametrize("left", [("ControlLeft", "AltLeft"), ("AltLeft", "ControlRight"), ("ControlLeft", "AltRight")])
def test_ctrl_alt_end_is_heard(key, press, pressed, left):
    press(*left, "End")
    assert pressed.acquire(timeout=5)
    assert not pressed.acquire(timeout=0.05)


def test_it_is_heard_with_other_keys_down_and_caps_lock_on(key, press, pressed):
    press("CapsLock")
    press("ShiftLeft", "KeyA", "ControlLeft", "AltLeft", "End")
    press("CapsLock")
    assert pressed.acquire(timeout=5)


@pytest.mark.parametrize("others", [("End",), ("ControlLeft", "End"), ("AltLeft", "End"), ("ControlLeft", "AltLeft")])
def test_less_is_not_enough(key, press, pressed, others):
    press(*others)
    press("End", "ControlLeft", "AltLeft", "Home")
    assert not pressed.acquire(timeout=0.1)
    press("ControlLeft", "AltLeft", "End")
    assert pressed.acquire(timeout=5)


def test_a_menu_that_has_grabbed_the_keyboard_does_not_matter(display, key, press, pressed):
    with connected(display) as menu:
        root = menu.screen().root
        assert root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime) == X.GrabSuccess
        press("ControlLeft", "AltLeft", "End")
        assert pressed.acquire(timeout=5)


def test_after_stop_nothing_is_heard_and_it_can_start_again(key, press, pressed):
    key.stop()
    key.stop()
    press("ControlLeft", "AltLeft", "End")
    assert not pressed.acquire(timeout=0.05)
    key.start(pressed.release)
    key.start(pressed.release)
    press("ControlLeft", "AltLeft", "End")
    assert pressed.acquire(timeout=5)
    assert not pressed.acquire(timeout=0.05)


def test_who_it_calls_may_stop_it(display, press):
    key, done = XPanicKey(display), threading.Event()
    key.start(lambda: (key.stop(), done.set()))
    press("ControlLeft", "AltLeft", "End")
    assert done.wait(5)
    wait_for(lambda: "panic key" not in {thread.name for thread in threading.enumerate()})


def test_the_end_of_the_display_ends_it_quietly(capfd):
    with x_server() as display:
        key = XPanicKey(display)
        key.start(lambda: None)
    wait_for(lambda: "panic key" not in {thread.name for thread in threading.enumerate()})
    key.stop()
    assert capfd.readouterr() == ("", "")


def test_a_display_that_shows_nobody_the_keys():
    with x_server("640x480", "-extension", "RECORD") as display:
        assert said_by(WITHOUT_RECORD, display).split() == ["no_panic_key", "no_panic_key"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib leaves sockets behind
def test_no_display():
    assert XPanicKey(":987").self_test() == "no_display"
    with pytest.raises(BackendError, match="no_display"):
        XPanicKey(":987").start(lambda: None)

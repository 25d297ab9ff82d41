import os
import subprocess
import sys
import threading

import pytest

from remotehelp.desktop.hands import Type
from remotehelp.desktop.panic import PanicKey
from remotehelp.desktop.x11.hands import XHands
from remotehelp.errors import BackendError
from tests.helpers.xdesk import x_server

NO_DISPLAY = """
from remotehelp.desktop.panic import PanicKey
print(PanicKey().self_test())
"""


@pytest.fixture(scope="module")
def display():
    with x_server() as name:
        yield name


@pytest.fixture
def press(display, monkeypatch):
    """Press keys together on the display of the environment, then let go of them."""
    monkeypatch.setenv("DISPLAY", display)
    hands = XHands(display)

    def press(*codes):
        for code in codes:
            hands.inject(Type(code, True), ())
        hands.release_all()

    yield press
    hands.close()


def test_ctrl_alt_end_is_heard_and_nothing_else(press):
    key, pressed = PanicKey(), threading.Semaphore(0)
    assert key.self_test() is None
    key.start(pressed.release)
    assert key.self_test() is None
    for others in (("End",), ("ControlLeft", "End"), ("AltLeft", "End"), ("ControlLeft", "AltLeft", "Home")):
        press(*others)
    for together in (("ControlLeft", "AltLeft", "End"), ("AltLeft", "ControlRight", "End")):
        press(*together)
        assert pressed.acquire(timeout=5)
    assert not pressed.acquire(timeout=0.1)
    key.stop()
    press("ControlLeft", "AltLeft", "End")
    assert not pressed.acquire(timeout=0.1)
    key.stop()


def test_it_may_be_stopped_by_who_it_calls(press):
    key, done = PanicKey(), threading.Event()
    key.start(lambda: (key.stop(), done.set()))
    press("ControlLeft", "AltLeft", "End")
    assert done.wait(5)


def test_starting_twice_is_starting_once(press):
    key, pressed = PanicKey(), threading.Semaphore(0)
    key.start(pressed.release)
    key.start(pressed.release)
    press("ControlLeft", "AltLeft", "End")
    assert pressed.acquire(timeout=5)
    assert not pressed.acquire(timeout=0.1)
    key.stop()


def test_a_display_that_lets_nobody_listen(monkeypatch):
    with x_server("640x480", "-extension", "RECORD") as display:
        monkeypatch.setenv("DISPLAY", display)
        assert PanicKey().self_test() == "no_panic_key"
        with pytest.raises(BackendError, match="no_panic_key"):
            PanicKey().start(lambda: None)


def test_without_a_display_it_says_so():
    environ = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    ran = subprocess.run([sys.executable, "-c", NO_DISPLAY], env=environ, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "no_panic_key"

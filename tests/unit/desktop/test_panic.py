import threading

import pytest

from remotehelp.desktop.fake import FakePanic
from remotehelp.desktop.hands import Type
from remotehelp.desktop.x11.hands import XHands
from remotehelp.desktop.x11.panic import XPanicKey
from remotehelp.sentences import sentence
from tests.helpers.xdesk import x_server


@pytest.fixture(params=["fake", "x11"])
def key_and_press(request):
    if request.param == "fake":
        key = FakePanic()
        yield key, key.press
        return
    with x_server() as display:
        hands = XHands(display)

        def press():
            for code in ("ControlLeft", "AltLeft", "End"):
                hands.inject(Type(code, True), ())
            hands.release_all()

        yield XPanicKey(display), press
        hands.close()


def test_each_press_is_heard_between_start_and_stop(key_and_press):
    key, press = key_and_press
    pressed, lost = threading.Semaphore(0), threading.Semaphore(0)
    assert key.self_test() is None
    press()
    key.start(pressed.release, lost.release)
    key.start(pressed.release, lost.release)
    for _ in range(3):
        press()
        assert pressed.acquire(timeout=5)
    key.stop()
    key.stop()
    press()
    assert not pressed.acquire(timeout=0.05)
    assert not lost.acquire(timeout=0.05)


def test_people_are_told_which_keys_they_are():
    assert "Ctrl+Alt+End" in sentence("no_panic_key")

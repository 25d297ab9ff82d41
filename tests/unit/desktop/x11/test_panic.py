import gc
import threading
import time

import pytest
from Xlib import X

from remotehelp.desktop.hands import Type
from remotehelp.desktop.x11.hands import XHands
from remotehelp.desktop.x11.panic import PATIENCE, Chord, XPanicKey
from remotehelp.errors import BackendError
from tests.helpers.her_hand import her_devices
from tests.helpers.xdesk import connected, wait_for, x_server


def never():
    raise AssertionError("called")


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
    key.start(pressed.release, never)
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
    key.start(pressed.release, never)
    key.start(pressed.release, never)
    press("ControlLeft", "AltLeft", "End")
    assert pressed.acquire(timeout=5)
    assert not pressed.acquire(timeout=0.05)


def test_who_it_calls_may_stop_it(display, press):
    key, done = XPanicKey(display), threading.Event()
    key.start(lambda: (key.stop(), done.set()), never)
    press("ControlLeft", "AltLeft", "End")
    assert done.wait(5)
    wait_for(lambda: "panic key" not in {thread.name for thread in threading.enumerate()})


def test_the_end_of_the_display_ends_it_without_noise_and_is_told(capfd):
    lost = threading.Semaphore(0)
    with x_server() as display:
        key = XPanicKey(display)
        key.start(never, lost.release)
    assert lost.acquire(timeout=5)
    wait_for(lambda: "panic key" not in {thread.name for thread in threading.enumerate()})
    key.stop()
    assert capfd.readouterr() == ("", "")


def test_a_display_that_is_too_old_to_show_the_keys(display, monkeypatch):
    monkeypatch.setattr("remotehelp.desktop.x11.raw_events.NEEDED", (9, 9))
    assert XPanicKey(display).self_test() == "no_panic_key"
    with pytest.raises(BackendError, match="no_panic_key"):
        XPanicKey(display).start(never, never)


def test_a_key_that_cannot_be_heard_is_said_at_once_and_can_be_tried_again(display, press, pressed):
    """Another program keeps the X server for itself."""
    key = XPanicKey(display)
    with connected(display) as greedy:
        greedy.grab_server()
        greedy.sync()
        started = time.monotonic()
        with pytest.raises(BackendError, match="no_panic_key"):
            key.start(never, never)
        assert time.monotonic() - started < PATIENCE + 0.3
    key.start(pressed.release, never)
    press("ControlLeft", "AltLeft", "End")
    assert pressed.acquire(timeout=5)
    key.stop()


def test_the_technician_who_holds_end_does_not_make_hers_unheard(display, key, pressed):
    hands = XHands(display)
    hands.inject(Type("End", True), ())
    with her_devices(display) as hers:
        for down in (True, False):
            for code in ("ControlLeft", "AltLeft", "End"):
                hers.key(code, down)
    assert pressed.acquire(timeout=5)
    assert not pressed.acquire(timeout=0.05)
    hands.close()


def test_the_chord_is_end_while_ctrl_and_alt_are_down_on_whichever_keyboards():
    ctrl, alt, end = 37, 64, 115
    chord = Chord()
    assert [chord.pressed(1, key) for key in (ctrl, end, alt)] == [False, False, False]
    assert chord.pressed(2, end)
    assert not chord.pressed(2, end)
    chord.released(2, end)
    assert chord.pressed(2, end)
    chord.released(1, alt)
    chord.released(2, end)
    assert not chord.pressed(2, end)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib leaves sockets behind
def test_no_display():
    assert XPanicKey(":987").self_test() == "no_display"
    with pytest.raises(BackendError, match="no_display"):
        XPanicKey(":987").start(never, never)
    gc.collect()  # here, where it is expected

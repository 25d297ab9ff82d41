import threading
import time

import pytest
from Xlib import X

from remotehelp.desktop.hands import Move, Press, Type
from remotehelp.desktop.x11.hands import XHands
from remotehelp.desktop.x11.repeat import DELAY, EVERY
from remotehelp.errors import BackendError, GateClosed
from remotehelp.media.area import Rect
from tests.helpers.xdesk import connected, repeats, said_by, wait_for, x_desk, x_server


@pytest.fixture(scope="module")
def desk():
    with x_desk() as desk:
        yield desk


@pytest.fixture
def hands(desk):
    hands = XHands(desk.display)
    yield hands
    hands.close()


class Juggler(threading.Thread):
    """Our program, which raises its window under the pointer and takes the keyboard, again and again."""

    def __init__(self, program, own):
        super().__init__()
        self.program, self.own = program, own
        self.turns = 0
        self.enough = threading.Event()

    def run(self):
        while not self.enough.is_set():
            self.program.raise_(self.own)
            self.program.take_keyboard(self.own)
            self.program.lower(self.own)
            self.program.connection.set_input_focus(1, 1, 0)
            self.turns += 1


def test_our_window_hears_nothing_however_fast_it_comes_and_goes(desk, hands):
    """No place between the question and the press, however often a rogue technician tries."""
    theirs = desk.window(Rect(100, 100, 200, 200))
    own = desk.own_window(Rect(100, 100, 200, 200))
    juggler = Juggler(desk.ours, own)
    juggler.start()
    refused = passed = 0
    while passed < 80 or refused < 80:
        for down, up in (
            (Press(1, True, 200, 200), Press(1, False, 200, 200)),
            (Type("Space", True), Type("Space", False)),
        ):
            try:
                hands.inject(down, {own.id})
                hands.inject(up, {own.id})
                passed += 1
            except GateClosed:
                refused += 1
    juggler.enough.set()
    juggler.join()
    assert juggler.turns > 20
    heard = [what for what in desk.ours.heard(own) if what[:3] in (("button", 1, True), ("key", "Space", True))]
    assert heard == []
    assert desk.theirs.heard(theirs)


def presses(desk, window, code):
    return sum(what == ("key", code, True) for what in desk.heard(window))


def test_a_held_key_repeats_until_it_is_let_go_of(desk, hands):
    theirs = desk.window(Rect(100, 100, 200, 200))
    desk.focus(theirs)
    hands.inject(Type("Space", True), ())
    wait_for(lambda: presses(desk, theirs, "Space") > 5, "it does not repeat")
    assert hands.held() == {"Space"}
    hands.inject(Type("Space", False), ())
    heard = desk.heard(theirs)
    assert heard[-1] == ("key", "Space", False)
    time.sleep(3 * EVERY)  # something must not come: there is nothing to wait for
    assert desk.heard(theirs) == heard
    assert desk.down() == frozenset()


def test_a_held_key_does_not_repeat_into_our_own_window(desk, hands):
    """She is asked something while the technician holds Space: our box must not tick itself."""
    theirs, own = desk.window(Rect(100, 100, 200, 200)), desk.own_window(Rect(400, 100, 200, 200))
    desk.focus(theirs)
    hands.inject(Type("Space", True), {own.id})
    wait_for(lambda: presses(desk, theirs, "Space") > 2)
    desk.focus(own)
    time.sleep(1.0)  # the X server's own repetition would begin after 0.66
    assert presses(desk, own, "Space") == 0
    desk.focus(theirs)
    heard = desk.heard(theirs)
    time.sleep(3 * EVERY)  # once refused, it does not go on elsewhere either
    assert desk.heard(theirs) == heard
    hands.release_all()


def test_a_modifier_stops_the_repetition_and_has_none(desk, hands):
    """W, then Ctrl: that must not close one window after the other."""
    theirs = desk.window(Rect(100, 100, 200, 200))
    desk.focus(theirs)
    hands.inject(Type("KeyW", True), ())
    wait_for(lambda: presses(desk, theirs, "KeyW") > 2)
    hands.inject(Type("ControlLeft", True), ())
    heard = desk.heard(theirs)
    time.sleep(DELAY + 3 * EVERY)  # nothing may come
    assert desk.heard(theirs) == heard


@pytest.mark.parametrize("end", ["release", "release_all", "close"])
def test_the_x_server_repeats_a_key_again_once_we_let_go_of_it(desk, end):
    hands = XHands(desk.display)
    hands.inject(Type("KeyA", True), ())
    hands.inject(Type("ShiftLeft", True), ())
    assert not repeats(desk, "KeyA")
    if end == "release":
        hands.inject(Type("KeyA", False), ())
    elif end == "release_all":
        hands.release_all()
    else:
        hands.close()
    wait_for(lambda: repeats(desk, "KeyA"))
    hands.close()
    assert not repeats(desk, "ShiftLeft")


def test_who_wants_no_repetition_gets_none(desk, hands):
    theirs = desk.window(Rect(100, 100, 200, 200))
    desk.focus(theirs)
    with connected(desk.display) as settings:
        settings.change_keyboard_control(auto_repeat_mode=X.AutoRepeatModeOff)
        settings.sync()
        hands.inject(Type("KeyA", True), ())
        time.sleep(DELAY + 3 * EVERY)  # nothing may come
        assert presses(desk, theirs, "KeyA") == 1
        settings.change_keyboard_control(auto_repeat_mode=X.AutoRepeatModeOn)
        settings.sync()


def test_what_another_one_left_down_can_be_let_go_of(desk):
    first = XHands(desk.display)
    first.inject(Type("ShiftLeft", True), ())
    second = XHands(desk.display, {"ShiftLeft"})
    assert second.held() == {"ShiftLeft"}
    second.close()
    assert desk.down() == frozenset()
    first.close()


def test_closing_lets_go_and_may_be_done_twice(desk):
    hands = XHands(desk.display)
    hands.inject(Type("AltLeft", True), ())
    assert desk.down() == {"AltLeft"}
    hands.close()
    wait_for(lambda: desk.down() == frozenset())
    hands.close()


def test_the_end_of_the_display():
    with x_server() as display:
        hands = XHands(display)
        hands.inject(Type("KeyA", True), ())
    for action in (Move(1, 1), Press(1, True, 1, 1), Type("KeyB", True)):
        with pytest.raises(BackendError, match="display_lost"):
            hands.inject(action, {77})
    with pytest.raises(BackendError, match="display_lost"):
        hands.release_all()
    hands.close()


WITHOUT_XTEST = """
import sys
from remotehelp.desktop.x11.hands import XHands
print(XHands(sys.argv[1]).self_test())
"""


def test_a_display_without_xtest(desk):
    assert said_by(WITHOUT_XTEST, desk.display) == "None"
    with x_server("640x480", "-extension", "XTEST") as display:
        assert said_by(WITHOUT_XTEST, display) == "no_remote_input"

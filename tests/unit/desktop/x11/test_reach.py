"""Who else could get the input that is meant for one window: whoever has grabbed it."""

import time

import pytest
from Xlib import X
from Xlib.ext import xinput

from remotehelp.desktop.hands import Press, Turn, Type, Write
from remotehelp.desktop.keys import EVDEV, X11_OFFSET
from remotehelp.desktop.x11.hands import XHands
from remotehelp.errors import GateClosed
from remotehelp.media.area import Rect
from tests.helpers.xdesk import connected, wait_for, x_desk

KEY_T = EVDEV["KeyT"] + X11_OFFSET
ASYNC = X.GrabModeAsync


@pytest.fixture(scope="module")
def desk():
    with x_desk() as desk:
        yield desk


@pytest.fixture
def shown(desk):
    window = desk.window(Rect(50, 60, 300, 200))
    desk.focus(window)
    yield window
    desk.close(window)


@pytest.fixture
def hands(desk):
    hands = XHands(desk.display)
    yield hands
    hands.close()
    assert desk.down() == frozenset()


@pytest.fixture
def another(desk):
    """Another program that may grab; what it has is free again afterwards."""
    with connected(desk.display) as connection:
        yield connection
        connection.ungrab_pointer(X.CurrentTime)
        connection.ungrab_keyboard(X.CurrentTime)
        connection.sync()


def refuse(hands, shown, action):
    with pytest.raises(GateClosed, match="other_window"):
        hands.inject(action, (), shown.id)


def test_a_keyboard_that_another_program_has_grabbed_is_left_alone(desk, hands, shown, another):
    root = another.screen().root
    assert root.grab_keyboard(True, ASYNC, ASYNC, X.CurrentTime) == X.GrabSuccess
    refuse(hands, shown, Type("KeyA", True))
    refuse(hands, shown, Write("a"))
    another.ungrab_keyboard(X.CurrentTime)
    another.sync()
    hands.inject(Write("a"), (), shown.id)
    wait_for(lambda: desk.heard(shown))


def test_a_pointer_that_another_program_has_grabbed_is_left_alone(desk, hands, shown, another):
    root = another.screen().root
    mask = X.ButtonPressMask | X.ButtonReleaseMask
    assert root.grab_pointer(False, mask, ASYNC, ASYNC, X.NONE, X.NONE, X.CurrentTime) == X.GrabSuccess
    refuse(hands, shown, Press(1, True, *shown.middle))
    refuse(hands, shown, Turn(0, 120, *shown.middle))
    assert another.pending_events() == 0
    assert desk.heard(shown) == []


def test_what_the_program_grabs_for_its_own_menu_is_its_own(desk, hands, shown):
    menu = desk.menu(Rect(80, 90, 60, 60), shown)
    program = desk.theirs.connection
    made = program.create_resource_object("window", menu.id)
    mask = X.ButtonPressMask | X.ButtonReleaseMask
    made.grab_pointer(True, mask, ASYNC, ASYNC, X.NONE, X.NONE, X.CurrentTime)
    made.grab_keyboard(True, ASYNC, ASYNC, X.CurrentTime)
    hands.inject(Press(1, True, *menu.middle), (), shown.id)
    hands.inject(Press(1, False, *menu.middle), (), shown.id)
    hands.inject(Write("a"), (), shown.id)
    wait_for(lambda: len(desk.heard(menu)) == 2)
    wait_for(lambda: len(desk.heard(shown)) == 2)  # it has the keyboard
    program.ungrab_pointer(X.CurrentTime)
    program.ungrab_keyboard(X.CurrentTime)
    desk.close(menu)


def test_a_shortcut_of_the_desktop_is_refused_and_other_keys_are_not(desk, hands, shown, another):
    root = another.screen().root
    root.grab_key(KEY_T, X.ControlMask, True, ASYNC, ASYNC)
    another.sync()
    hands.inject(Type("ControlLeft", True), (), shown.id)
    refuse(hands, shown, Type("KeyT", True))
    refuse(hands, shown, Type("KeyT", True, "t"))
    hands.inject(Type("KeyA", True), (), shown.id)
    hands.release_all()
    hands.inject(Type("KeyT", True), (), shown.id)  # without Ctrl it is no shortcut
    hands.release_all()
    assert another.pending_events() == 0
    assert ("key", "KeyT", True) in desk.heard(shown)


def test_a_shortcut_by_xinput_2_is_refused(desk, hands, shown, another):
    xinput.query_version(another)
    root = another.screen().root
    mode, mask = xinput.GrabModeAsync, xinput.KeyPressMask
    failed = xinput.grab_keycode(root, xinput.AllMasterDevices, X.CurrentTime, KEY_T, mode, mode, True, mask, [0])
    assert not failed.modifiers
    refuse(hands, shown, Type("KeyT", True))
    refuse(hands, shown, Write("t"))
    hands.inject(Type("ShiftLeft", True), (), shown.id)
    hands.inject(Type("KeyT", True), (), shown.id)
    hands.release_all()
    assert another.pending_events() == 0


def test_a_held_key_is_not_repeated_into_a_shortcut(desk, hands, shown, another):
    """The grab came while the key was down."""
    hands.inject(Type("KeyT", True), (), shown.id)
    another.screen().root.grab_key(KEY_T, X.AnyModifier, True, ASYNC, ASYNC)
    another.sync()
    time.sleep(0.8)  # longer than the repetition takes to begin
    assert another.pending_events() == 0
    hands.release_all()


def test_without_one_window_nothing_of_this_counts(desk, hands, shown, another):
    root = another.screen().root
    assert root.grab_keyboard(True, ASYNC, ASYNC, X.CurrentTime) == X.GrabSuccess
    hands.inject(Type("KeyA", True), ())
    hands.release_all()
    wait_for(another.pending_events)

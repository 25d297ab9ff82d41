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


@pytest.mark.parametrize("kind", ["", "TOOLTIP", "NOTIFICATION"])
def test_a_bubble_of_the_program_does_not_make_a_grab_its_own(desk, hands, shown, another, kind):
    """A screen locker or a dialog for a password has the keyboard, while a hint stands over the window."""
    bubble = desk.theirs.window(Rect(80, 90, 60, 60), override=True, kind=kind)
    root = another.screen().root
    assert root.grab_keyboard(True, ASYNC, ASYNC, X.CurrentTime) == X.GrabSuccess
    refuse(hands, shown, Type("KeyA", True))
    refuse(hands, shown, Write("a"))
    mask = X.ButtonPressMask | X.ButtonReleaseMask
    assert root.grab_pointer(False, mask, ASYNC, ASYNC, X.NONE, X.NONE, X.CurrentTime) == X.GrabSuccess
    refuse(hands, shown, Press(1, True, *shown.middle))
    assert another.pending_events() == 0
    desk.close(bubble)


def test_a_keyboard_that_is_grabbed_alone_is_not_taken_for_that_of_a_menu(desk, hands, shown, another):
    """A menu has the pointer, too."""
    menu = desk.menu(Rect(80, 90, 60, 60), shown)
    root = another.screen().root
    assert root.grab_keyboard(True, ASYNC, ASYNC, X.CurrentTime) == X.GrabSuccess
    refuse(hands, shown, Write("a"))
    assert another.pending_events() == 0
    desk.close(menu)


@pytest.mark.parametrize("modifier", ["AltLeft", "MetaLeft"])
@pytest.mark.parametrize("newer", [False, True], ids=["core", "XInput 2"])
def test_a_mouse_shortcut_of_the_desktop_is_refused_and_other_presses_are_not(
    desk, hands, shown, another, modifier, newer
):
    """A window manager moves windows by Alt and the mouse, and changes workspaces by Super and the wheel."""
    root, mask = another.screen().root, X.Mod1Mask if modifier == "AltLeft" else X.Mod4Mask
    for button in (1, 4):
        grab_button(another, root, button, mask, newer)
    hands.inject(Type(modifier, True), (), shown.id)
    refuse(hands, shown, Press(1, True, *shown.middle))
    refuse(hands, shown, Turn(0, 120, *shown.middle))
    hands.inject(Press(3, True, *shown.middle), (), shown.id)
    hands.inject(Turn(0, 120, *shown.middle), (), shown.id)  # who holds a button has the pointer
    hands.inject(Press(3, False, *shown.middle), (), shown.id)
    hands.inject(Turn(0, -120, *shown.middle), (), shown.id)
    hands.inject(Type(modifier, False), (), shown.id)
    hands.inject(Press(1, True, *shown.middle), (), shown.id)
    hands.inject(Press(1, False, *shown.middle), (), shown.id)
    wait_for(lambda: desk.heard(shown)[-1][:3] == ("button", 1, False))
    assert another.pending_events() == 0


def test_a_grab_on_the_window_itself_counts_too(desk, hands, shown, another):
    window = another.create_resource_object("window", shown.id)
    window.grab_key(KEY_T, 0, True, ASYNC, ASYNC)
    grab_button(another, window, 1, X.Mod1Mask, False)
    refuse(hands, shown, Type("KeyT", True))
    hands.inject(Type("AltLeft", True), (), shown.id)
    refuse(hands, shown, Press(1, True, *shown.middle))
    hands.release_all()
    assert another.pending_events() == 0


def grab_button(program, window, button, state, newer):
    if not newer:
        mask = X.ButtonPressMask | X.ButtonReleaseMask
        window.grab_button(button, state, True, mask, ASYNC, ASYNC, X.NONE, X.NONE)
        program.sync()
        return
    xinput.query_version(program)
    mode, mask = xinput.GrabModeAsync, xinput.ButtonPressMask
    device, kind = xinput.AllMasterDevices, xinput.GrabtypeButton
    failed = xinput.passive_grab_device(window, device, X.CurrentTime, button, kind, mode, mode, True, mask, [state])
    assert not failed.modifiers


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


KEY_D = EVDEV["KeyD"] + X11_OFFSET


@pytest.fixture
def own(desk):
    window = desk.own_window(Rect(400, 60, 200, 200))
    yield window
    desk.ours.close(window)


@pytest.mark.parametrize(
    ("modifiers", "mask"), [(["MetaLeft"], X.Mod4Mask), (["ControlLeft", "AltLeft"], X.ControlMask | X.Mod1Mask)]
)
def test_a_shortcut_that_hides_all_windows_is_refused_while_ours_are_there(
    desk, hands, shown, another, own, modifiers, mask
):
    root = another.screen().root
    root.grab_key(KEY_D, mask, True, ASYNC, ASYNC)
    another.sync()
    for code in modifiers:
        hands.inject(Type(code, True), [own.id])
    for press in (Type("KeyD", True), Type("KeyD", True, "d")):
        with pytest.raises(GateClosed, match="own_window"):
            hands.inject(press, [own.id])
    assert another.pending_events() == 0
    root.ungrab_key(KEY_D, mask)
    another.sync()
    hands.inject(Type("KeyD", True), [own.id])  # nobody has it as a shortcut: her program gets it
    wait_for(lambda: ("key", "KeyD", True) in desk.heard(shown))
    hands.release_all()


def test_other_shortcuts_of_the_desktop_are_the_technicians_where_whole_screens_are_shown(
    desk, hands, shown, another, own
):
    root = another.screen().root
    root.grab_key(KEY_T, X.Mod4Mask, True, ASYNC, ASYNC)
    root.grab_key(KEY_D, 0, True, ASYNC, ASYNC)
    another.sync()
    hands.inject(Type("KeyD", True), [own.id])  # without Super it hides nothing
    hands.inject(Type("KeyD", False), [own.id])
    for code in ("MetaLeft", "KeyT"):
        hands.inject(Type(code, True), [own.id])
    wait_for(another.pending_events)
    hands.release_all()

"""What every backend's hands do: on real X displays with and without a window manager, in memory, and apart."""

import time
from contextlib import suppress
from dataclasses import replace

import pytest

from remotehelp.desktop.hands import Move, Press, Turn, Type, Write
from remotehelp.desktop.x11.apart import XHandsApart
from remotehelp.desktop.x11.hands import XHands
from remotehelp.errors import BackendError, ConsentError, GateClosed
from remotehelp.media.area import Rect
from tests.helpers.xdesk import Helped, MemoryDesk, wait_for, x_desk


@pytest.fixture(scope="module")
def bare():
    with x_desk() as desk:
        yield desk


@pytest.fixture(scope="module")
def managed():
    with x_desk(managed=True) as desk:
        yield desk


@pytest.fixture(scope="module")
def apart(bare):
    hands = XHandsApart(bare.display)
    yield hands
    hands.close()


@pytest.fixture(params=["fake", "x11", "x11 with openbox", "x11 apart"])
def helped(request):
    """Hands on a desk; at the end nothing may be left down."""
    if request.param == "fake":
        desk = MemoryDesk()
        hands = desk.hands
    else:
        desk = request.getfixturevalue("managed" if "openbox" in request.param else "bare")
        hands = request.getfixturevalue("apart") if "apart" in request.param else XHands(desk.display)
    yield Helped(desk, hands)
    hands.release_all()
    assert hands.held() == desk.down() == frozenset()
    if "apart" not in request.param:
        hands.close()


@pytest.fixture
def theirs(helped):
    return helped.desk.window(Rect(50, 60, 300, 200))


@pytest.fixture
def own(helped):
    return helped.desk.own_window(Rect(420, 60, 300, 200))


def hears(helped, window, *expected):
    """A window hears exactly this; only keys and buttons may overtake each other, as click-to-focus delays buttons."""
    wait_for(lambda: len(helped.desk.heard(window)) >= len(expected), f"not all of {expected} came")
    assert sorted(helped.desk.heard(window), key=lambda what: what[0]) == sorted(expected, key=lambda what: what[0])


def test_they_work_here(helped):
    assert helped.hands.self_test() is None


def test_the_pointer_goes_where_it_is_sent(helped):
    helped.hands.inject(Move(123, 456), ())
    wait_for(lambda: helped.desk.pointer() == (123, 456))


@pytest.mark.parametrize(
    ("sent", "arrives"), [((5000, 16383), (799, 599)), ((-1, -70000), (0, 0)), ((99999, 3), (799, 3))]
)
def test_places_outside_are_moved_to_the_edge(helped, sent, arrives):
    helped.hands.inject(Move(*sent), ())
    wait_for(lambda: helped.desk.pointer() == arrives)


@pytest.mark.parametrize("button", [1, 2, 3, 8, 9])
def test_a_button_is_heard_where_it_was_pressed(helped, theirs, button):
    x, y = theirs.middle
    helped.hands.inject(Press(button, True, x, y), ())
    assert helped.hands.held() == {button}
    helped.hands.inject(Press(button, False, x + 3, y + 4), ())
    assert helped.hands.held() == frozenset()
    hears(helped, theirs, ("button", button, True, x, y), ("button", button, False, x + 3, y + 4))


@pytest.mark.parametrize("code", ["KeyQ", "Enter", "ArrowLeft", "NumpadEnter", "ControlRight", "F5"])
def test_a_key_is_heard_by_who_has_the_keyboard(helped, theirs, own, code):
    helped.desk.focus(theirs)
    helped.hands.inject(Type(code, True), {own.id})
    assert helped.desk.down() == helped.hands.held() == {code}
    helped.hands.inject(Type(code, False), {own.id})
    hears(helped, theirs, ("key", code, True), ("key", code, False))
    assert helped.desk.heard(own) == []


@pytest.mark.parametrize(
    ("dx", "dy", "button", "times"),
    [(0, 120, 4, 1), (0, -360, 5, 3), (-240, 0, 6, 2), (120, 0, 7, 1)],
)
def test_the_wheel_turns_by_notches(helped, theirs, dx, dy, button, times):
    x, y = theirs.middle
    helped.hands.inject(Turn(dx, dy, x, y), ())
    hears(helped, theirs, *[("button", button, down, x, y) for _ in range(times) for down in (True, False)])


def test_parts_of_a_notch_add_up(helped, theirs):
    x, y = theirs.middle
    for _ in range(5):
        helped.hands.inject(Turn(0, 50, x, y), ())
    for _ in range(2):
        helped.hands.inject(Turn(0, -70, x, y), ())
    up, down = ("button", 4, True, x, y), ("button", 4, False, x, y)
    hears(helped, theirs, up, down, up, down, ("button", 5, True, x, y), ("button", 5, False, x, y))


@pytest.mark.parametrize("press", [Press(1, True, 0, 0), Turn(0, 240, 0, 0), Turn(-120, 0, 0, 0)])
def test_nothing_is_pressed_on_our_own_window(helped, theirs, own, press):
    x, y = own.middle
    action = Press(1, True, x, y) if isinstance(press, Press) else Turn(press.dx, press.dy, x, y)
    with pytest.raises(GateClosed, match="own_window"):
        helped.hands.inject(action, {own.id})
    helped.hands.inject(Press(1, False, x, y), {own.id})
    assert helped.hands.held() == helped.desk.down() == frozenset()
    x, y = theirs.middle
    helped.hands.inject(Press(1, True, x, y), {own.id})
    helped.hands.inject(Press(1, False, x, y), {own.id})
    hears(helped, theirs, ("button", 1, True, x, y), ("button", 1, False, x, y))
    assert helped.desk.heard(own) == []


@pytest.mark.parametrize("code", ["Space", "Enter", "ShiftLeft"])
def test_no_key_goes_to_our_own_window(helped, own, code):
    helped.desk.focus(own)
    with pytest.raises(GateClosed, match="own_window"):
        helped.hands.inject(Type(code, True), {own.id})
    with pytest.raises(GateClosed, match="own_window"):
        helped.hands.inject(Write("aя"), {own.id})
    helped.hands.inject(Type(code, False), {own.id})
    assert helped.hands.held() == helped.desk.down() == frozenset()
    assert helped.desk.heard(own) == []


@pytest.mark.parametrize("code", ["F4", "Tab", "Escape", "Space", "F9"])
def test_a_shortcut_that_was_begun_elsewhere_does_nothing_to_our_own_window(helped, theirs, own, code):
    """Alt goes down over another window, then ours has the keyboard: Alt+F4 would close it, Alt+F9 minimise it."""
    helped.desk.focus(theirs)
    helped.hands.inject(Type("AltLeft", True), {own.id})
    helped.desk.focus(own)
    with pytest.raises(GateClosed, match="own_window"):
        helped.hands.inject(Type(code, True), {own.id})
    helped.hands.inject(Type("AltLeft", False), {own.id})
    assert helped.hands.held() == helped.desk.down() == frozenset()
    assert [what for what in helped.desk.heard(own) if what[1] == code] == []


def test_what_is_held_can_be_let_go_of_over_our_own_window(helped, theirs, own):
    helped.desk.focus(theirs)
    helped.hands.inject(Type("ShiftLeft", True), {own.id})
    helped.hands.inject(Press(1, True, *theirs.middle), {own.id})
    helped.desk.focus(own)
    helped.hands.inject(Press(1, False, *own.middle), {own.id})
    helped.hands.inject(Type("ShiftLeft", False), {own.id})
    wait_for(lambda: helped.desk.down() == frozenset())
    assert helped.hands.held() == frozenset()


def test_a_window_that_is_gone_is_in_nobodys_way(helped, theirs):
    helped.hands.inject(Press(1, True, *theirs.middle), {0x3FFFFF1})
    hears(helped, theirs, ("button", 1, True, *theirs.middle))


def test_pressing_twice_is_pressing_once(helped, theirs):
    helped.desk.focus(theirs)
    x, y = theirs.middle
    for action in (Type("KeyA", True), Type("KeyA", True), Press(1, True, x, y), Press(1, True, x, y)):
        helped.hands.inject(action, ())
    assert helped.hands.held() == {"KeyA", 1}
    for action in (Type("KeyA", False), Type("KeyA", False), Press(1, False, x, y), Press(1, False, x, y)):
        helped.hands.inject(action, ())
    hears(
        helped,
        theirs,
        ("key", "KeyA", True),
        ("button", 1, True, x, y),
        ("key", "KeyA", False),
        ("button", 1, False, x, y),
    )


def test_letting_go_of_everything(helped, theirs):
    helped.desk.focus(theirs)
    for action in (Type("ControlLeft", True), Type("KeyX", True), Press(1, True, *theirs.middle)):
        helped.hands.inject(action, ())
    assert helped.hands.held() == helped.desk.down() == {"ControlLeft", "KeyX", 1}
    helped.hands.release_all()
    assert helped.hands.held() == frozenset()
    wait_for(lambda: helped.desk.down() == frozenset(), "something is still down")
    helped.hands.release_all()


def test_a_key_that_no_keyboard_has_does_nothing(helped, theirs):
    helped.desk.focus(theirs)
    for code in ("Power", "KeyÄ", ""):
        for down in (True, False):
            with pytest.raises(BackendError, match="key_not_known"):
                helped.hands.inject(Type(code, down), ())
    with suppress(GateClosed):
        helped.hands.inject(Type("KeyB", True), ())
    hears(helped, theirs, ("key", "KeyB", True))


# --- one window alone is shown ----------------------------------------------------------------------


@pytest.fixture
def covering(helped, theirs):
    """Another program's window over the right half of theirs."""
    return helped.desk.own_window(Rect(theirs.rect.x + 150, theirs.rect.y, 300, 200))


def refused(helped, window, *actions):
    """Each is refused and does nothing, whatever lies there."""
    before = helped.desk.pointer()
    for action in actions:
        with pytest.raises(GateClosed, match="other_window"):
            helped.hands.inject(action, (), window.id)
    assert helped.hands.held() == helped.desk.down() == frozenset()
    assert helped.desk.pointer() == before


def click(helped, x, y, only):
    helped.hands.inject(Press(1, True, x, y), (), only.id)
    helped.hands.inject(Press(1, False, x, y), (), only.id)
    return ("button", 1, True, x, y), ("button", 1, False, x, y)


def test_the_window_that_is_shown_is_reached(helped, theirs):
    helped.desk.focus(theirs)
    x, y = theirs.middle
    helped.hands.inject(Move(x, y), (), theirs.id)
    clicked = click(helped, x, y, theirs)
    helped.hands.inject(Type("KeyA", True), (), theirs.id)
    helped.hands.inject(Type("KeyA", False), (), theirs.id)
    hears(helped, theirs, *clicked, ("key", "KeyA", True), ("key", "KeyA", False))


@pytest.mark.parametrize(("x", "y"), [(-1, 0), (0, -1), (300, 0), (0, 200), (-9999, 0), (9999, 0)])
def test_beside_the_window_that_is_shown_nothing_is_done(helped, theirs, x, y):
    x, y = theirs.rect.x + x, theirs.rect.y + y
    refused(helped, theirs, Press(1, True, x, y), Turn(0, 120, x, y), Turn(0, 10, x, y), Move(x, y))
    assert helped.desk.heard(theirs) == []


def test_what_covers_the_window_that_is_shown_is_not_reached(helped, theirs, covering):
    x, y = covering.rect.x + 5, covering.rect.y + 5
    refused(helped, theirs, Press(1, True, x, y), Turn(0, 120, x, y), Move(x, y))
    clicked = click(helped, theirs.rect.x + 5, theirs.rect.y + 5, theirs)
    hears(helped, theirs, *clicked)
    assert helped.desk.heard(covering) == []


def test_no_key_goes_to_another_window_than_the_one_that_is_shown(helped, theirs, covering):
    helped.desk.focus(covering)
    refused(helped, theirs, Type("KeyA", True), Type("KeyA", True, "a"), Write("ab"), Type("ShiftLeft", True))
    assert helped.desk.heard(covering) == helped.desk.heard(theirs) == []


def test_another_window_of_the_same_program_is_not_reached(helped, theirs):
    other = helped.desk.window(Rect(420, 60, 300, 200))
    helped.desk.focus(other)
    refused(helped, theirs, Press(1, True, *other.middle), Move(*other.middle), Type("KeyA", True))
    assert helped.desk.heard(other) == []


@pytest.mark.parametrize("kind", ["menu", "dialog"])
def test_its_own_menus_and_dialogs_are_reached(helped, theirs, kind):
    over = getattr(helped.desk, kind)(Rect(theirs.rect.x + 20, theirs.rect.y + 30, 80, 60), theirs)
    helped.desk.focus(over)
    clicked = click(helped, *over.middle, theirs)
    helped.hands.inject(Type("KeyA", True), (), theirs.id)
    helped.hands.inject(Type("KeyA", False), (), theirs.id)
    hears(helped, over, *clicked, ("key", "KeyA", True), ("key", "KeyA", False))
    assert helped.desk.heard(theirs) == []
    helped.desk.close(over)


def test_what_is_held_can_be_let_go_of_anywhere(helped, theirs):
    helped.desk.focus(theirs)
    x, y = theirs.rect.x + 5, theirs.rect.y + 5
    helped.hands.inject(Press(1, True, x, y), (), theirs.id)
    helped.hands.inject(Type("ShiftLeft", True), (), theirs.id)
    covering = helped.desk.own_window(Rect(theirs.rect.x + 150, theirs.rect.y, 300, 200))
    helped.desk.focus(covering)
    helped.hands.inject(Press(1, False, *covering.middle), (), theirs.id)
    helped.hands.inject(Type("ShiftLeft", False), (), theirs.id)
    wait_for(lambda: helped.desk.down() == frozenset())
    assert helped.hands.held() == frozenset()
    assert helped.desk.pointer() == (x, y)  # dropped where it was, not on the other window
    assert [what for what in helped.desk.heard(covering) if what[0] == "button"] == []


def test_a_window_that_is_shown_and_gone_is_reached_by_nothing(helped, theirs):
    helped.desk.focus(theirs)
    gone = replace(theirs, id=0x3FFFFF1)
    refused(helped, gone, Press(1, True, *theirs.middle), Move(*theirs.middle), Type("KeyA", True))
    assert helped.desk.heard(theirs) == []


def test_our_own_windows_are_never_reached(helped, own):
    helped.desk.focus(own)
    for action in (Press(1, True, *own.middle), Type("KeyA", True)):
        with pytest.raises(GateClosed, match="own_window"):
            helped.hands.inject(action, {own.id}, own.id)
    assert helped.desk.heard(own) == []


# --- the fence ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("shut", [lambda fence: fence.shut(), lambda fence: fence.hers(time.monotonic() + 60)])
def test_while_the_fence_is_shut_nothing_is_done_and_all_can_be_let_go_of(helped, theirs, shut):
    helped.desk.focus(theirs)
    x, y = theirs.middle
    helped.hands.inject(Type("ShiftLeft", True), ())
    helped.hands.inject(Press(1, True, x, y), ())
    before, place = helped.desk.heard(theirs), helped.desk.pointer()
    shut(helped.hands.fence)
    for action in (Move(1, 1), Press(3, True, x, y), Turn(0, 240, x, y), Type("KeyA", True, "a"), Write("aя")):
        with pytest.raises(ConsentError):
            helped.hands.inject(action, ())
    assert helped.desk.heard(theirs) == before
    assert helped.desk.pointer() == place
    helped.hands.release_all()
    wait_for(lambda: helped.desk.down() == frozenset())
    helped.hands.fence.hers(0)
    helped.hands.fence.open()
    before = helped.desk.heard(theirs)
    helped.hands.inject(Type("KeyA", True), ())
    wait_for(lambda: helped.desk.heard(theirs)[len(before) :] == [("key", "KeyA", True)])

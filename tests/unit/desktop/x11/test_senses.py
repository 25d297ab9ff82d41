import gc
import select
from contextlib import closing

import pytest
from Xlib import X

from remotehelp.desktop.fence import open_fence
from remotehelp.desktop.hands import Move, Press, Turn, Type, Write
from remotehelp.desktop.long_press import HELD
from remotehelp.desktop.senses import Heard
from remotehelp.desktop.x11.hands import XHands
from remotehelp.desktop.x11.senses import XSenses
from remotehelp.errors import BackendError
from tests.helpers.her_hand import her_devices, her_tool
from tests.helpers.xdesk import connected, repeats, x_desk, x_server

MORE = (Turn(0, 240, 5, 5), Turn(-120, 0, 5, 5), Type("ShiftLeft", True), Type("KeyB", True, "я"), Write("aÄя€"))
BUSY = (Move(30, 40), Press(1, True, 9, 9), Press(1, False, 9, 9), Type("KeyA", True, "a"), Type("KeyA", False))


@pytest.fixture(scope="module")
def desk():
    with x_desk() as desk:
        yield desk


@pytest.fixture
def fence():
    return open_fence()


@pytest.fixture
def senses(desk, fence):
    with closing(XSenses(desk.display, fence)) as senses:
        yield senses


@pytest.fixture
def hands(desk, fence, senses):
    hands = XHands(desk.display, fence=fence)
    yield hands
    hands.close()


@pytest.fixture(params=[her_devices, her_tool], ids=["devices", "on-screen tool"])
def hers(request, desk):
    with request.param(desk.display) as hers:
        yield hers


def heard(senses, now=0.0):
    """All that is to be heard, once the X server has told it."""
    senses._connection.sync()
    return list(senses.hear(now))


def test_what_our_hands_do_is_not_hers(senses, hands):
    for _ in range(20):
        for action in (*BUSY, *MORE):
            hands.inject(action, ())
        hands.release_all()
    assert heard(senses) == []


@pytest.mark.parametrize(
    "does",
    [
        lambda hers: hers.move(2, 1),
        lambda hers: (hers.key("KeyX", True), hers.key("KeyX", False)),
        lambda hers: (hers.button(1, True), hers.button(1, False)),
    ],
    ids=["motion", "key", "button"],
)
def test_whatever_she_does_is_hers_also_in_the_midst_of_ours(senses, hands, hers, does):
    for action in BUSY:
        hands.inject(action, ())
    does(hers)
    for action in BUSY:
        hands.inject(action, ())
    assert Heard.HER_HAND in heard(senses)
    for action in BUSY:
        hands.inject(action, ())
    assert heard(senses) == []


def test_the_wheel_that_both_turn_is_hers_once(desk, senses, hands):
    with her_tool(desk.display) as hers:
        hands.inject(Turn(0, 120, 5, 5), ())
        hers.button(4, True)
        hers.button(4, False)
        assert heard(senses).count(Heard.HER_HAND) == 2


def test_the_same_key_by_both_is_hers_once(desk, senses, hands):
    with her_tool(desk.display) as hers:
        hands.inject(Type("KeyA", True), ())
        hands.inject(Type("KeyA", False), ())
        hers.key("KeyA", True)
        hers.key("KeyA", False)
        assert heard(senses).count(Heard.HER_HAND) == 2  # down and up


def test_the_panic_key_is_heard_from_whomever_it_comes(senses, hands, hers):
    for down in (True, False):
        for code in ("ControlLeft", "AltLeft", "End"):
            hers.key(code, down)
    assert heard(senses).count(Heard.PANIC) == 1
    for code in ("ControlLeft", "AltLeft", "End"):
        hands.inject(Type(code, True), ())
    assert heard(senses) == [Heard.PANIC]


def test_esc_held_for_long_by_her_is_the_panic_key(senses, hers):
    hers.key("Escape", True)
    assert Heard.PANIC not in heard(senses, 10.0)
    assert senses.wait(10.0) == HELD
    assert heard(senses, 10.0 + HELD) == [Heard.PANIC]
    hers.key("Escape", False)
    assert Heard.PANIC not in heard(senses, 20.0)


def test_esc_that_the_technician_holds_is_not(senses, hands):
    hands.inject(Type("Escape", True), ())
    assert heard(senses, 10.0) == []
    assert senses.wait(10.0) is None
    assert heard(senses, 20.0) == []


def test_esc_that_is_pressed_shortly_is_not(senses, hers):
    for now in (10.0, 11.0, 12.0):
        hers.key("Escape", True)
        hers.key("Escape", False)
        assert Heard.PANIC not in heard(senses, now)
    assert senses.wait(12.0) is None


def test_all_that_was_injected_comes_up_and_keys_repeat_again(desk, senses, hands):
    for action in (Type("ControlLeft", True), Type("KeyA", True), Press(1, True, 5, 5), Press(3, True, 5, 5)):
        hands.inject(action, ())
    assert not repeats(desk, "KeyA")
    senses.release_all()
    assert desk.down() == frozenset()
    assert repeats(desk, "KeyA")
    assert heard(senses) == []  # nor are its own releases hers


def test_a_menu_that_has_grabbed_everything_does_not_matter(desk, senses, hers):
    with connected(desk.display) as menu:
        root = menu.screen().root
        assert root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime) == X.GrabSuccess
        assert root.grab_pointer(False, 0, X.GrabModeAsync, X.GrabModeAsync, 0, 0, X.CurrentTime) == X.GrabSuccess
        hers.move(1, 1)
        hers.key("KeyA", True)
        hers.key("KeyA", False)
        assert heard(senses) == [Heard.HER_HAND] * 3


def test_it_wakes_who_waits_for_it(senses, hers):
    assert heard(senses) == []
    hers.move(1, 1)
    assert select.select([senses.fileno()], [], [], 5)[0]
    assert Heard.HER_HAND in heard(senses)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib leaves sockets behind
def test_no_display_and_one_that_ends():
    with pytest.raises(BackendError, match="no_display"):
        XSenses(":987", open_fence())
    with x_server() as display:
        senses = XSenses(display, open_fence())
    assert select.select([senses.fileno()], [], [], 5)[0]
    with pytest.raises(BackendError, match="display_lost"):
        list(senses.hear(0.0))
    gc.collect()  # here, where it is expected

"""What is typed on the technician's keyboard arrives so in a real program, whatever the two layouts are."""

import queue
import time
from contextlib import suppress

import pytest
from Xlib import X

from remotehelp import messages
from tests.helpers.layouts import LEVEL3, SHIFT, Stroke, XtermProgram, joined, set_layout
from tests.helpers.xdesk import wait_for

CONTROL, CAPS, NUM, KEY_A, KEY_Q, KEY_Y, NUMPAD_7 = 37, 66, 77, 38, 24, 29, 79  # keycodes
ESC, TAB, ALT, SUPER, F4, MENU = 9, 23, 64, 133, 70, 135
Q, Y = Stroke(((KEY_Q, ()),), "q"), Stroke(((KEY_Y, ()),), "y")


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """With a field of text."""
    with joined(tmp_path_factory.mktemp("typed")) as both:
        yield both


@pytest.fixture(scope="module")
def terminal(tmp_path_factory):
    """With a terminal."""
    with joined(tmp_path_factory.mktemp("typed"), XtermProgram) as both:
        yield both


def arrives(both, *strokes, wanted):
    return both.arrives(lambda: [both.keyboard.press(stroke) for stroke in strokes], wanted)


def mapped(both):
    """Her keyboard's map, and which locks are on."""
    return both.connection.get_keyboard_mapping(8, 248), both.connection.screen().root.query_pointer().mask & 0x12


@pytest.mark.parametrize(
    ("program", "technicians", "hers"),
    [
        ("plain", "us", "de"),
        ("plain", "es", "ru"),
        ("plain", "fr", "us"),
        ("terminal", "de", "fr"),
        ("terminal", "ru", "gr"),
        ("terminal", "nl", "it"),
    ],
)
def test_every_character_arrives_as_it_was_typed(request, program, technicians, hers):
    typed, wrong = request.getfixturevalue(program).wrong(technicians, hers)
    assert typed > 200
    assert wrong == []


def test_her_keymap_is_afterwards_as_it_was(plain):
    set_layout(plain.keyboard.display, "ru")
    set_layout(plain.customers, "us")
    before = mapped(plain)
    assert arrives(plain, Q, wanted="й") == "й"
    assert mapped(plain) != before
    plain.injector.release_all()
    assert mapped(plain) == before


def test_a_layout_that_is_switched_in_the_middle_of_a_word(plain):
    set_layout(plain.keyboard.display, "us")
    for hers in ("us", "fr", "ru", "de", "us"):
        set_layout(plain.customers, hers)
        assert arrives(plain, Q, Y, Q, wanted="qyq") == "qyq"
    set_layout(plain.customers, "us,ru", "-option", "grp:menu_toggle")
    assert arrives(plain, Q, wanted="q") == "q"
    plain.wire.send(messages.Key("ContextMenu", True, 4))
    plain.wire.send(messages.Key("ContextMenu", False, 4))
    wait_for(lambda: plain.connection.screen().root.query_pointer().mask >> 13 & 3 == 1, "her group did not change")
    assert arrives(plain, Y, wanted="y") == "y"
    set_layout(plain.customers, "us", "-option", "")
    for technicians, wanted in (("de", "z"), ("us", "y"), ("gr", "υ")):
        set_layout(plain.keyboard.display, technicians)
        assert arrives(plain, Y, wanted=wanted) == wanted


@pytest.mark.parametrize("hers", ["us", "fr", "ru"])
@pytest.mark.parametrize("on", [False, True])
def test_a_letter_arrives_as_typed_whatever_her_capslock_and_numlock(plain, hers, on):
    set_layout(plain.keyboard.display, "us")
    set_layout(plain.customers, hers)
    for code, mask in (("CapsLock", 2), ("NumLock", 16)):
        if bool(plain.connection.screen().root.query_pointer().mask & mask) is not on:
            plain.wire.send(messages.Key(code, True, 4))
            plain.wire.send(messages.Key(code, False, 4))
    capital, seven = Stroke(((KEY_Q, (SHIFT,)),), "Q"), Stroke(((NUMPAD_7, ()),), "7")
    assert arrives(plain, Q, capital, Q, wanted="qQq") == "qQq"
    plain.keyboard.fake(NUM, True)
    plain.keyboard.fake(NUM, False)
    try:
        assert arrives(plain, seven, Q, wanted="7q") == "7q"
    finally:
        plain.keyboard.fake(NUM, True)
        plain.keyboard.fake(NUM, False)


def test_capitals_by_our_capslock(plain):
    set_layout(plain.keyboard.display, "us")
    set_layout(plain.customers, "fr")
    caps = Stroke(((CAPS, ()),), "")
    assert arrives(plain, caps, Q, caps, Q, wanted="Qq") == "Qq"


def drop(both, seconds=0.3):
    """Let nothing of what is on its way across arrive: it was pressed while the keyboard was ours."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(queue.Empty):
            both.keyboard.intents.get(timeout=0.01)


@pytest.mark.parametrize("hers", ["us", "fr"])
def test_a_capslock_from_before_the_keyboard_went_across_counts_over_there_too(plain, hers):
    set_layout(plain.keyboard.display, "us")
    set_layout(plain.customers, hers)
    assert arrives(plain, Q, wanted="q") == "q"
    for typed, lock in (("Q", 2), ("q", 0)):
        plain.carry(lambda: plain.wire.sent[-1] == messages.Key("KeyQ", False, 4))
        plain.keyboard.press(Stroke(((CAPS, ()),), ""))
        drop(plain)
        assert arrives(plain, Q, wanted=typed) == typed
        if hers == "us":  # on a French keyboard Q is another key, which is pressed with Shift instead
            assert plain.connection.screen().root.query_pointer().mask & 2 == lock


@pytest.mark.parametrize("hers", ["us", "ru"])
def test_a_compose_sequence_arrives_as_the_one_character_that_it_makes(plain, hers):
    set_layout(plain.keyboard.display, "us", "-option", "compose:menu")
    set_layout(plain.customers, hers)
    quote, menu = (48, (SHIFT,)), (MENU, ())
    diaeresis, guillemet = (Stroke((menu, *keys), "") for keys in ((quote, (KEY_A, ())), ((59, (SHIFT,)),) * 2))
    try:
        assert arrives(plain, diaeresis, guillemet, Q, wanted="ä«q") == "ä«q"
    finally:
        set_layout(plain.keyboard.display, "us", "-option", "")


@pytest.mark.parametrize(("technicians", "hers"), [("fr", "us"), ("us", "fr"), ("de", "ru"), ("ru", "us")])
def test_a_shortcut_means_the_same_over_there(plain, technicians, hers):
    """On a French keyboard Ctrl+A lies where Ctrl+Q is on others."""
    set_layout(plain.keyboard.display, technicians)
    set_layout(plain.customers, hers)
    plain.wire.send(messages.Typed("gone", 4))
    key_a = KEY_Q if technicians == "fr" else KEY_A
    delete = Stroke(((119, ()),), "")
    plain.keyboard.press(Stroke(((key_a, (CONTROL,)),), ""))
    plain.keyboard.press(delete)
    plain.carry(lambda: plain.program.text == "" and plain.hands.held() == frozenset())
    assert plain.program.text == ""
    assert plain.hands.held() == frozenset()


def test_a_held_key_that_is_typed_as_text_repeats_until_it_is_let_go_of(plain):
    set_layout(plain.keyboard.display, "de")
    set_layout(plain.customers, "us")
    start = len(plain.program.text)
    for key in (LEVEL3, KEY_Q):
        plain.keyboard.fake(key, True)
    plain.carry(lambda: len(plain.program.text) > start + 5)
    for key in (LEVEL3, KEY_Q):
        plain.keyboard.fake(key, False)
    plain.carry(lambda: plain.wire.sent[-1] == messages.Key("KeyQ", False, 4))
    typed = plain.program.text[start:]
    time.sleep(0.2)  # something must not come
    assert set(typed) == {"@"}
    assert len(plain.program.text[start:]) - len(typed) <= 1


def test_three_hundred_keys_at_once_and_none_stays_down(plain):
    set_layout(plain.keyboard.display, "us")
    set_layout(plain.customers, "de")
    codes = [f"Key{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"] + [f"Digit{n}" for n in range(10)]
    for n in range(300):
        plain.wire.send(messages.Key(codes[n % len(codes)], True, 4, chr(0x3B1 + n % 24)))
        plain.wire.send(messages.Key(codes[(n * 7) % len(codes)], n % 3 > 0, 4))
    plain.injector.release_all()
    assert plain.hands.held() == frozenset()
    assert not any(plain.connection.query_keymap())


def may_be_grabbed(connection):
    """Whether another program gets the whole keyboard of a display."""
    root = connection.screen().root
    if root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime) != X.GrabSuccess:
        return False
    connection.ungrab_keyboard(X.CurrentTime)
    connection.sync()
    return True


def test_no_key_goes_to_our_window_manager_until_the_keyboard_is_freed(plain):
    keyboard = plain.keyboard
    assert not may_be_grabbed(keyboard.connection)
    start = len(plain.wire.sent)
    keyboard.fake(ALT, True)
    keyboard.press(Stroke(((TAB, ()), (F4, ())), ""))
    keyboard.fake(ALT, False)
    keyboard.press(Stroke(((SUPER, ()),), ""))
    plain.carry(lambda: messages.Key("MetaLeft", False, 4) in plain.wire.sent[start:])
    assert [message.code for message in plain.wire.sent[start:] if message.down] == ["AltLeft", "Tab", "F4", "MetaLeft"]
    keyboard.press(Stroke(((ESC, ()),), ""))
    plain.carry(lambda: messages.Key("Escape", False, 4) in plain.wire.sent[start:])
    keyboard.press(Stroke(((ESC, ()),), ""))
    wait_for(lambda: may_be_grabbed(keyboard.connection), "the keyboard is not free")
    start = len(plain.wire.sent)
    keyboard.press(Q)
    time.sleep(0.1)  # something must not come
    assert all(not message.down for message in plain.wire.sent[start:])


def test_any_character_of_unicode(plain):
    set_layout(plain.customers, "us")
    text = "日本語 العربية 👍🏽 ẞ ½ € …\u00a0x"
    start = len(plain.program.text)
    for at in range(0, len(text), 16):
        plain.wire.send(messages.Typed(text[at : at + 16], 4))
    wait_for(lambda: len(plain.program.text) >= start + len(text.encode("utf-16-le")) // 2 - 2)
    assert plain.program.text[start:].replace("\u00a0", " ") == text.replace("\u00a0", " ")

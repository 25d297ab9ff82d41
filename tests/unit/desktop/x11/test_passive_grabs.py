"""Which keys and buttons another program would be given first."""

import pytest
from Xlib import X
from Xlib.ext import xinput

from remotehelp.desktop.keys import EVDEV, X11_OFFSET
from remotehelp.desktop.x11.passive_grabs import PassiveGrabs
from tests.helpers.xdesk import connected, said_by, x_server

KEY, OTHER_KEY = EVDEV["KeyT"] + X11_OFFSET, EVDEV["KeyA"] + X11_OFFSET
WITHOUT_XINPUT = """
import sys
from Xlib import X
from remotehelp.desktop.x11.passive_grabs import PassiveGrabs
from tests.helpers.xdesk import connected
with connected(sys.argv[1]) as program, connected(sys.argv[1]) as ours:
    ours.has_extension = lambda name: False
    root = program.screen().root
    root.grab_key(28, 0, True, X.GrabModeAsync, X.GrabModeAsync)
    program.sync()
    grabs = PassiveGrabs(ours)
    print([grabs.has_key([root.id], keycode, 0) for keycode in (28, 38)])
"""


@pytest.fixture(scope="module")
def display():
    with x_server() as display:
        yield display


@pytest.fixture
def program(display):
    with connected(display) as program:
        yield program


@pytest.fixture
def windows(program):
    window = program.screen().root.create_window(0, 0, 50, 50, 0, X.CopyFromParent)
    program.sync()
    return program.screen().root, window


@pytest.fixture
def grabs(display):
    with connected(display) as ours:
        yield PassiveGrabs(ours)


def grab(program, window, detail, state, *, key, newer):
    mode = X.GrabModeAsync
    if newer:
        xinput.query_version(program)
        kind, mask = (xinput.GrabtypeKeycode, xinput.KeyPressMask) if key else (xinput.GrabtypeButton, 1 << 4)
        device, now = xinput.AllMasterDevices, X.CurrentTime
        xinput.passive_grab_device(window, device, now, detail, kind, mode, mode, True, mask, [state])
    elif key:
        window.grab_key(detail, state, True, mode, mode)
    else:
        window.grab_button(detail, state, True, X.ButtonPressMask, mode, mode, X.NONE, X.NONE)
    program.sync()


@pytest.mark.parametrize("newer", [False, True], ids=["core", "XInput 2"])
@pytest.mark.parametrize("where", [0, 1], ids=["root", "window"])
@pytest.mark.parametrize(("key", "detail", "other"), [(True, KEY, OTHER_KEY), (False, 1, 3)], ids=["key", "button"])
def test_what_another_program_would_be_given_is_known(program, windows, grabs, newer, where, key, detail, other):
    ids, has = [window.id for window in windows], grabs.has_key if key else grabs.has_button
    for _ in range(2):  # asking leaves nothing behind
        assert not has(ids, detail, X.Mod1Mask)
    grab(program, windows[where], detail, X.Mod1Mask, key=key, newer=newer)
    for _ in range(2):
        assert has(ids, detail, X.Mod1Mask)
    assert not has(ids, other, X.Mod1Mask)
    assert not has(ids, detail, 0)
    assert not has([ids[1 - where]], detail, X.Mod1Mask)


def test_what_is_asked_for_is_not_kept(display, program, windows, grabs):
    grabs.has_key([windows[0].id], KEY, 0)
    with connected(display) as third:
        another = PassiveGrabs(third)
        assert not another.has_key([windows[0].id], KEY, 0)


def test_without_xinput_2_the_core_protocol_is_asked(display):
    assert said_by(WITHOUT_XINPUT, display) == "[True, False]"

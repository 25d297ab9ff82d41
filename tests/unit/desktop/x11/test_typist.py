import time

import pytest

from remotehelp.desktop.fence import open_fence
from remotehelp.desktop.x11.connection import connect
from remotehelp.desktop.x11.fingers import Fingers
from remotehelp.desktop.x11.layout import keysym
from remotehelp.desktop.x11.news import News
from remotehelp.desktop.x11.spare import PAUSES_S
from remotehelp.desktop.x11.typist import Typist
from tests.helpers.layouts import set_layout
from tests.helpers.xdesk import connected, wait_for, x_server


@pytest.fixture(scope="module")
def display():
    with x_server() as display:
        set_layout(display, "us")
        yield display


@pytest.fixture
def typist(display):
    connection = connect(display)
    typist = Typist(Fingers(connection, open_fence()), connection, display, News(connection))
    yield typist
    typist.restore()
    typist.close()
    connection.close()


def symbol(display, keycode):
    with connected(display) as connection:
        return connection.keycode_to_keysym(keycode, 0)


def test_a_character_without_a_key_is_lent_one_until_the_end(display, typist):
    lent = typist.find("я", 24, []).keycode
    assert lent in typist.spare
    assert symbol(display, lent) == keysym("я")
    assert typist.find("я", None, []).keycode == lent
    typist.restore()
    assert symbol(display, lent) == 0


def test_what_hands_before_these_lent_is_taken_back(display, typist):
    lent = typist.find("я", None, []).keycode
    connection = connect(display)
    Typist(Fingers(connection, open_fence()), connection, display, News(connection), typist.spare).close()
    connection.close()
    assert symbol(display, lent) == 0


def test_a_new_layout_is_noticed_and_what_was_lent_is_lent_again(display, typist):
    typist.find("я", None, [])
    set_layout(display, "fr")
    wait_for(typist.outdated)
    typist.look()
    assert not typist.outdated()
    assert typist.find("a", None, []).keycode == 24
    assert symbol(display, typist.find("я", None, []).keycode) == keysym("я")
    set_layout(display, "us")
    wait_for(typist.outdated)
    typist.look()
    assert typist.find("a", None, []).keycode == 38


def test_more_characters_than_spare_keys_wait_but_a_flood_does_not(typist):
    chars = [chr(0x4E00 + n) for n in range(20 * len(typist.spare))]
    started = time.monotonic()
    found = []
    for char in chars:
        typist.wait(char)
        found.append(typist.find(char, None, []))
    assert all(found[: len(typist.spare)])
    assert None in found
    assert time.monotonic() - started < PAUSES_S + 1.5

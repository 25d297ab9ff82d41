from collections.abc import Iterator

import pytest
from Xlib import X
from Xlib.display import Display
from Xlib.ext import ge, xinput, xtest

from remotehelp.desktop.x11 import raw_events
from remotehelp.desktop.x11.raw_events import understand_raw_events
from tests.helpers.xdesk import connected, wait_for, x_server


@pytest.fixture
def display() -> Iterator[str]:
    with x_server() as display:
        yield display


@pytest.fixture
def connection(display: str) -> Iterator[Display]:
    with connected(display) as connection:
        yield connection


def test_a_key_is_heard_and_understood_though_another_program_keeps_the_keyboard(
    display: str, connection: Display
) -> None:
    assert understand_raw_events(connection, (xinput.RawKeyPress,))
    connection.screen().root.xinput_select_events([(xinput.AllMasterDevices, xinput.RawKeyPressMask)])
    connection.sync()
    heard: list[int] = []

    def hear() -> bool:
        while connection.pending_events():
            event = connection.next_event()
            if event.type == ge.GenericEventCode:
                heard.append(event.data.detail)
        return heard == [38]

    with connected(display) as other:
        other.screen().root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)
        xtest.fake_input(other, X.KeyPress, 38)
        xtest.fake_input(other, X.KeyRelease, 38)
        other.sync()
        wait_for(hear)


def test_a_server_that_is_too_old_is_not_asked(connection: Display, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_events, "NEEDED", (9, 9))
    assert not understand_raw_events(connection, ())

"""What only a window manager or the end of a display does to what is kept in sight; the rest is in tests/contract."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from Xlib import X
from Xlib.display import Display
from Xlib.protocol.event import ClientMessage

from remotehelp.desktop.x11.in_sight import ALL_DESKTOPS, XInSight
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from tests.helpers.xdesk import Window, XDesk, connected, wait_for, x_desk, x_server


@pytest.fixture(scope="module")
def desk() -> Iterator[XDesk]:
    with x_desk(managed=True) as desk:
        yield desk


@pytest.fixture
def told() -> list[int]:
    return []


@pytest.fixture
def kept(desk: XDesk, told: list[int]) -> Iterator[Window]:
    """A window of ours in openbox's frame, as the help bar is one."""
    window = desk.own_window(Rect(100, 100, 200, 100))
    watch = XInSight(desk.display)
    watch.keep([window.id])
    watch.start(lambda: told.append(1))
    yield window
    watch.stop()
    desk.ours.close(window)


def ask_openbox(connection: Display, window: int, kind: str, *data: int) -> None:
    message = ClientMessage(
        window=connection.create_resource_object("window", window) if window else connection.screen().root,
        client_type=connection.intern_atom(kind),
        data=(32, [*data, *[0] * (5 - len(data))]),
    )
    connection.screen().root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
    connection.sync()


def is_seen(connection: Display, window: Window) -> bool:
    return bool(connection.create_resource_object("window", window.id).get_attributes().map_state == X.IsViewable)


def listens(connection: Display, window: Window) -> None:
    """Until it is kept: the first that is done about it is to put it on all desktops."""
    made = connection.create_resource_object("window", window.id)
    kind = connection.intern_atom("_NET_WM_DESKTOP")
    wait_for(lambda: list(made.get_full_property(kind, X.AnyPropertyType).value) == [ALL_DESKTOPS])


def test_minimised_it_comes_back(desk: XDesk, kept: Window, told: list[int]) -> None:
    with connected(desk.display) as connection:
        listens(connection, kept)
        ask_openbox(connection, kept.id, "WM_CHANGE_STATE", 3)  # ICCCM section 4.1.4, IconicState
        wait_for(lambda: told)
        wait_for(lambda: is_seen(connection, kept))


def test_the_shown_desktop_shows_it(desk: XDesk, kept: Window, told: list[int]) -> None:
    with connected(desk.display) as connection:
        listens(connection, kept)
        ask_openbox(connection, 0, "_NET_SHOWING_DESKTOP", 1)
        wait_for(lambda: told)
        wait_for(lambda: is_seen(connection, kept))
        ask_openbox(connection, 0, "_NET_SHOWING_DESKTOP", 0)


def test_another_window_that_is_kept_on_top_lies_below(desk: XDesk, kept: Window, told: list[int]) -> None:
    with connected(desk.display) as connection:
        listens(connection, kept)
        other = desk.window(Rect(50, 50, 400, 300))
        above = connection.intern_atom("_NET_WM_STATE_ABOVE")
        for window in (kept, other):
            ask_openbox(connection, window.id, "_NET_WM_STATE", 1, above)
        wait_for(lambda: told)
        desk.close(other)


def test_what_can_not_be_raised_is_told_again(desk: XDesk, kept: Window, told: list[int]) -> None:
    """Openbox raises none of its windows over one that it does not manage."""
    with connected(desk.display) as connection:
        listens(connection, kept)
    cover = desk.theirs.window(Rect(0, 0, 800, 600), override=True)
    wait_for(lambda: len(told) >= 3)
    desk.close(cover)


def test_the_end_of_the_display_ends_the_thread() -> None:
    told: list[int] = []
    with x_server() as display:
        watch = XInSight(display)
        watch.start(lambda: told.append(1))
    wait_for(lambda: "in sight" not in {thread.name for thread in threading.enumerate()})
    watch.stop()
    assert told == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib leaves its sockets behind
def test_without_a_display_it_says_so() -> None:
    assert XInSight(":4711").self_test() == "no_display"
    with pytest.raises(BackendError, match="no_display"):
        XInSight(":4711").start(print)

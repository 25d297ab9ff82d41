"""What becomes of one window, its place and what is read for it."""

import pytest

from remotehelp.desktop.x11.connection import connect, disconnect
from remotehelp.desktop.x11.layer import missing_composite
from remotehelp.desktop.x11.window_watch import WindowWatch
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from tests.helpers.xdesk import wait_for, x_desk


@pytest.fixture(scope="module")
def desk():
    with x_desk(managed=True) as desk:
        yield desk


@pytest.fixture
def connection(desk):
    connection = connect(desk.display)
    missing_composite(connection)
    yield connection
    disconnect(connection)


@pytest.fixture
def window(desk):
    return desk.titled(Rect(50, 60, 100, 80), "A window")


@pytest.fixture
def watch(connection, window):
    watch = WindowWatch(connection, window.id)
    while watch.look():
        """Openbox goes on moving it."""
    return watch


def test_a_new_place_is_no_new_picture(desk, watch, window):
    assert watch.place == window.rect
    desk.put(window, Rect(200, 220, 100, 80))
    seen_anew = []
    wait_for(lambda: seen_anew.append(watch.look()) or watch.place.x > window.rect.x)
    assert not any(seen_anew)
    assert watch.place == desk.theirs.place_of(window.id)


def test_a_new_size_and_coming_back_are(desk, watch, window):
    desk.put(window, Rect(50, 60, 120, 80))
    wait_for(watch.look)
    assert (watch.place.width, watch.place.height) == (120, 80)
    desk.show(window, False)
    assert not watch.look()
    desk.show(window, True)
    wait_for(watch.look)


def test_another_size_for_a_moment_is_seen_too(desk, watch, window):
    """The window has other memory then, and what is drawn goes there."""
    desk.put(window, Rect(50, 60, 120, 80))
    desk.put(window, Rect(50, 60, 100, 80))
    before = next(watch.over(watch.place))[0]
    wait_for(watch.look)
    assert next(watch.over(watch.place))[0] != before
    assert (watch.place.width, watch.place.height) == (100, 80)


def test_a_window_that_is_closed_is_told_even_in_its_frame(desk, watch, window):
    desk.close(window)
    with pytest.raises(BackendError, match="window_closed"):
        wait_for(lambda: watch.look() and False)


def test_a_minimised_window_can_not_be_followed(desk, connection, window):
    desk.show(window, False)
    with pytest.raises(BackendError, match="window_closed"):
        WindowWatch(connection, window.id)


def test_what_is_read_is_the_window_and_what_lies_over_it(desk, watch, window):
    x, y = window.rect.x, window.rect.y
    [(main, place, part)] = watch.over(Rect(x + 10, y + 10, 20, 20))
    assert (place, part) == (Rect(10, 10, 20, 20), Rect(x + 10, y + 10, 20, 20))
    menu = desk.menu(Rect(x + 15, y + 15, 50, 50), window)
    wait_for(watch.look)
    first, second = watch.over(Rect(x + 10, y + 10, 20, 20))
    assert first == (main, place, part)
    assert second[1:] == (Rect(0, 0, 15, 15), Rect(x + 15, y + 15, 15, 15))
    assert list(watch.over(Rect(x + 70, y + 10, 5, 5))) == [(main, Rect(70, 10, 5, 5), Rect(x + 70, y + 10, 5, 5))]
    desk.close(menu)
    wait_for(watch.look)
    assert len(list(watch.over(Rect(x + 10, y + 10, 20, 20)))) == 1


def test_a_border_is_left_out(desk, connection):
    with_border = desk.theirs.connection.screen().root.create_window(300, 300, 60, 50, 7, 0, override_redirect=True)
    with_border.map()
    desk.theirs.connection.sync()
    watch = WindowWatch(connection, with_border.id)
    assert watch.place == Rect(307, 307, 60, 50)
    [(_, place, _)] = watch.over(watch.place)
    assert place == Rect(7, 7, 60, 50)
    with_border.destroy()
    desk.theirs.connection.sync()

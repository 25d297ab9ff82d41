"""What becomes of one window, its place and what is read for it."""

import pytest
from Xlib import X

from remotehelp.desktop.x11.connection import connect, disconnect
from remotehelp.desktop.x11.layer import missing_composite
from remotehelp.desktop.x11.window_watch import WindowWatch
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from tests.helpers.xdesk import connected, wait_for, x_desk


@pytest.fixture(scope="module")
def desk():
    with x_desk(managed=True) as desk:
        yield desk


@pytest.fixture(scope="module")
def bare():
    with x_desk() as desk:
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


def test_a_minimised_window_is_followed_from_when_it_is_back(desk, connection, window):
    desk.show(window, False)
    watch = WindowWatch(connection, window.id)
    assert not watch.on_screen
    assert (watch.place.width, watch.place.height) == (100, 80)
    assert list(watch.over(watch.place)) == []
    desk.show(window, True)
    wait_for(watch.look)
    assert watch.on_screen
    assert len(list(watch.over(watch.place))) == 1


def test_a_minimised_window_that_is_closed_is_gone(desk, connection, window):
    desk.show(window, False)
    watch = WindowWatch(connection, window.id)
    desk.close(window)
    with pytest.raises(BackendError, match="window_closed"):
        wait_for(lambda: watch.look() and False)
    with pytest.raises(BackendError, match="window_closed"):
        WindowWatch(connection, window.id)


def test_a_window_with_other_pixels_is_not_the_one_that_was_chosen(desk, connection):
    root = desk.theirs.connection.screen().root
    mask = root.create_window(300, 300, 60, 50, 0, 0, window_class=X.InputOnly)
    desk.theirs.connection.sync()
    with pytest.raises(BackendError, match="window_closed"):
        WindowWatch(connection, mask.id)
    mask.destroy()
    desk.theirs.connection.sync()


def test_a_dialog_that_lies_below_the_window_is_not_read(bare):
    """Openbox keeps dialogs above their windows, a desk without a window manager does not."""
    with connected(bare.display) as connection:
        missing_composite(connection)
        window = bare.titled(Rect(50, 60, 100, 80), "A window")
        dialog = bare.dialog(Rect(60, 70, 50, 40), window)
        watch, layers = WindowWatch(connection, window.id), []
        for change in (lambda: None, lambda: bare.theirs.raise_(window), lambda: bare.theirs.lower(window)):
            change()
            wait_for(watch.look) if layers else None
            layers.append(len(list(watch.over(dialog.rect))))
        assert layers == [2, 1, 2]
        bare.close(dialog)
        bare.close(window)


def test_a_menu_below_the_window_is_not_read_until_it_is_raised(desk, watch, window):
    menu = desk.menu(Rect(window.rect.x + 5, window.rect.y + 5, 50, 40), window)
    wait_for(watch.look)
    desk.theirs.lower(menu)
    wait_for(watch.look)
    assert len(list(watch.over(menu.rect))) == 1
    desk.theirs.raise_(menu)
    wait_for(watch.look)
    assert len(list(watch.over(menu.rect))) == 2
    desk.close(menu)


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

import pytest
from Xlib import X

from remotehelp.desktop.x11.news import News
from remotehelp.desktop.x11.windows import REMEMBERED, Aim
from remotehelp.media.area import Rect
from tests.helpers.xdesk import connected, x_desk

PLACE = Rect(100, 100, 200, 150)


@pytest.fixture(params=[False, True], ids=["bare", "openbox"])
def desk(request):
    with x_desk(managed=request.param) as desk:
        yield desk


@pytest.fixture
def bare():
    """Without a window manager, which would not leave the keyboard with nobody."""
    with x_desk() as desk:
        yield desk


@pytest.fixture
def on_bare(bare):
    with connected(bare.display) as connection:
        yield connection


@pytest.fixture
def connection(desk):
    with connected(desk.display) as connection:
        yield connection


def aim(connection):
    return Aim(connection, News(connection))


def pointer_hits(connection, own):
    asked = aim(connection)
    return asked.is_own(asked.under_pointer(), own)


def keyboard_hits(asked, own):
    return asked.is_own(asked.with_keyboard()[0], own)


def point(connection, x, y):
    connection.screen().root.warp_pointer(x, y)
    connection.sync()


def focus(connection, window):
    connection.set_input_focus(window, X.RevertToParent, X.CurrentTime)
    connection.sync()


def test_the_pointer_over_our_window_and_beside_it(desk, connection):
    own, theirs = desk.own_window(PLACE), desk.window(Rect(450, 300, 100, 100))
    point(connection, *own.middle)
    assert pointer_hits(connection, {own.id})
    assert not pointer_hits(connection, set())
    point(connection, *theirs.middle)
    assert not pointer_hits(connection, {own.id})
    point(connection, 799, 599)
    assert not pointer_hits(connection, {own.id})


def test_the_title_bar_that_a_window_manager_made_is_ours_too():
    with x_desk(managed=True) as desk, connected(desk.display) as connection:
        own, theirs = desk.own_window(PLACE), desk.window(Rect(450, 300, 100, 100))
        point(connection, own.rect.x + 50, own.rect.y - 5)
        assert pointer_hits(connection, {own.id})
        point(connection, theirs.rect.x + 50, theirs.rect.y - 5)
        assert not pointer_hits(connection, {own.id})


def test_menus_of_our_program_are_ours_without_being_listed(desk, connection):
    own = desk.own_window(PLACE)
    menu = desk.ours.window(Rect(500, 400, 80, 80), override=True)
    point(connection, *menu.middle)
    assert pointer_hits(connection, {own.id})
    focus(connection, menu.id)
    assert keyboard_hits(aim(connection), {own.id})


def test_a_window_of_theirs_on_top_is_theirs(desk, connection):
    own = desk.own_window(PLACE)
    cover = desk.theirs.window(PLACE, override=True)
    point(connection, *cover.middle)
    assert not pointer_hits(connection, {own.id})


def test_the_keyboard(desk, connection):
    own, theirs = desk.own_window(PLACE), desk.window(Rect(450, 300, 100, 100))
    focus(connection, own.id)
    assert keyboard_hits(aim(connection), {own.id})
    focus(connection, theirs.id)
    assert not keyboard_hits(aim(connection), {own.id})
    point(connection, *own.middle)
    assert not keyboard_hits(aim(connection), {own.id})


@pytest.mark.parametrize("nobody", ["PointerRoot", "the root window"])
def test_where_nobody_has_the_keyboard_the_window_under_the_pointer_does(nobody, bare, on_bare):
    desk, connection = bare, on_bare
    own, theirs = desk.own_window(PLACE), desk.window(Rect(450, 300, 100, 100))
    focus(connection, X.PointerRoot if nobody == "PointerRoot" else connection.screen().root.id)
    point(connection, *own.middle)
    assert keyboard_hits(aim(connection), {own.id})
    point(connection, *theirs.middle)
    assert not keyboard_hits(aim(connection), {own.id})


def test_where_the_keyboard_is_switched_off_a_key_reaches_nobody(bare, on_bare):
    desk, connection = bare, on_bare
    own = desk.own_window(PLACE)
    focus(connection, X.NONE)
    point(connection, *own.middle)
    assert not keyboard_hits(aim(connection), {own.id})


def test_a_frame_that_comes_later_is_known_as_ours(bare, on_bare):
    """A window manager that starts in the middle of a visit, or one that moves a window into another frame."""
    desk, connection = bare, on_bare
    own, frame = desk.own_window(PLACE), desk.theirs.window(Rect(90, 80, 220, 180))
    asking = aim(connection)
    focus(connection, frame.id)
    assert not keyboard_hits(asking, {own.id})
    connection.create_resource_object("window", own.id).reparent(frame.id, 10, 20)
    connection.sync()
    assert keyboard_hits(asking, {own.id})
    connection.create_resource_object("window", own.id).reparent(connection.screen().root, 0, 0)
    connection.sync()
    assert not keyboard_hits(asking, {own.id})


def test_many_windows_are_not_remembered_for_ever(bare, on_bare):
    desk, connection = bare, on_bare
    own, theirs = desk.own_window(PLACE), desk.window(Rect(450, 300, 100, 100))
    asking = aim(connection)
    for gone in range(3 * REMEMBERED):
        keyboard_hits(asking, {own.id, theirs.id + 1000 + gone})
    windows = [desk.theirs.window(Rect(10, 10, 20, 20), override=True).id for _ in range(REMEMBERED + 10)]
    for window in windows:
        focus(connection, window)
        assert not keyboard_hits(asking, {own.id})
    focus(connection, own.id)
    assert keyboard_hits(asking, {own.id})

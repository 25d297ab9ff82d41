"""The pixels of one window: never those that the X server found on the screen when it began to keep them."""

import pytest
from Xlib import X
from Xlib.ext import composite, damage, xfixes

from remotehelp.desktop.x11.connection import connect, disconnect
from remotehelp.desktop.x11.layer import Layer, missing_composite
from remotehelp.desktop.x11.regions import Region
from remotehelp.media.area import Rect
from tests.helpers.xdesk import connected, said_by, x_desk, x_server

GREY, GREEN, RED = b"\x70\x70\x70", b"\x00\xff\x00", b"\x00\x00\xff"
MISSING = """
import sys
from remotehelp.desktop.x11.screens import XScreens
from remotehelp.errors import BackendError
for ask in (XScreens(sys.argv[1]).windows, lambda own: XScreens(sys.argv[1]).open_window(1, print)):
    try:
        ask(())
    except BackendError as error:
        print(error.key)
"""


@pytest.fixture(scope="module")
def desk():
    with x_desk() as desk:
        yield desk


@pytest.fixture
def connection(desk):
    connection = connect(desk.display)
    assert not missing_composite(connection)
    xfixes.query_version(connection)
    damage.query_version(connection)
    yield connection
    disconnect(connection)


@pytest.fixture
def window(desk):
    """Green, and its right half is covered by red."""
    window = desk.titled(Rect(50, 60, 100, 80), "")
    desk.draw(window, Rect(0, 0, 100, 80), (0, 255, 0))
    desk.own_window(Rect(100, 60, 100, 80))
    desk.paint(Rect(100, 60, 100, 80), (0, 0, 255))
    yield window
    desk.close(window)


def pixel(connection, drawable, x, y):
    image = connection.create_resource_object("pixmap", drawable).get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFFFF)
    return image.data[:3]


def test_the_x_server_would_give_what_covers_the_window(connection, window):
    """Else all this were for nothing."""
    layer = Layer(connection, window.id, Region(connection))
    raw = composite.name_window_pixmap(connection.create_resource_object("window", window.id))
    assert pixel(connection, raw.id, 75, 40) == RED
    raw.free()
    layer.drop()


def test_all_is_grey_until_the_program_has_drawn(connection, desk, window):
    layer = Layer(connection, window.id, Region(connection))
    assert layer.pixmap is None
    assert layer.renew()
    assert layer.size == Rect(0, 0, 100, 80)
    assert {pixel(connection, layer.pixmap, x, 40) for x in (10, 75)} == {GREY}
    desk.draw(window, Rect(0, 0, 100, 80), (0, 255, 0))
    assert {pixel(connection, layer.pixmap, x, 40) for x in (10, 75)} == {GREEN}
    layer.drop()


def test_the_program_is_asked_to_draw_all_of_it_and_of_what_is_in_it(connection, desk):
    with connected(desk.display) as program:
        outer = program.screen().root.create_window(300, 300, 100, 80, 0, 0, event_mask=X.ExposureMask)
        inner = outer.create_window(10, 10, 50, 40, 0, 0, event_mask=X.ExposureMask)
        inner.map()
        outer.map()
        program.sync()
        exposed(program)
        layer = Layer(connection, outer.id, Region(connection))
        assert layer.renew()
        assert exposed(program) == {outer.id, inner.id}
        layer.drop()


def exposed(program):
    program.sync()
    events = [program.next_event() for _ in range(program.pending_events())]
    return {event.window.id for event in events if event.type == X.Expose}


def test_what_is_read_stays_the_same_until_it_is_renewed(connection, desk, window):
    layer = Layer(connection, window.id, Region(connection))
    layer.renew()
    desk.draw(window, Rect(0, 0, 100, 80), (0, 255, 0))
    before = layer.pixmap
    now = desk.put(window, Rect(50, 60, 120, 90))
    assert (layer.pixmap, layer.size) == (before, Rect(0, 0, 100, 80))
    assert pixel(connection, layer.pixmap, 75, 40) == GREEN
    assert layer.renew()
    assert layer.size == Rect(0, 0, now.rect.width, now.rect.height)
    assert pixel(connection, layer.pixmap, 110, 85) == GREY
    layer.drop()


def test_a_window_that_can_not_be_seen_keeps_what_it_had(connection, desk, window):
    layer = Layer(connection, window.id, Region(connection))
    layer.renew()
    desk.show(window, False)
    before = layer.pixmap
    assert not layer.renew()
    assert layer.pixmap == before
    layer.drop()


def test_only_what_was_drawn_is_told(connection, desk, window):
    layer = Layer(connection, window.id, Region(connection))
    layer.renew()
    layer.take()
    assert layer.take() == ()
    desk.draw(window, Rect(70, 10, 9, 8), (255, 0, 0))
    connection.sync()
    events = [connection.next_event() for _ in range(connection.pending_events())]
    for event in events:
        layer.hears(event.damage)
    assert layer.take() == (Rect(70, 10, 9, 8),)
    layer.drop()


def test_a_display_that_can_not_keep_the_pixels_of_a_window_says_so():
    with x_server("640x480", "-extension", "COMPOSITE") as display:
        assert said_by(MISSING, display).split() == ["no_single_window", "no_single_window"]

import pytest
from Xlib import X

from remotehelp.desktop.x11.news import News
from remotehelp.media.area import Rect
from tests.helpers.layouts import set_layout
from tests.helpers.xdesk import connected, wait_for, x_desk

PLACE = Rect(100, 100, 200, 150)


@pytest.fixture
def desk():
    with x_desk() as desk:
        yield desk


@pytest.fixture
def connection(desk):
    with connected(desk.display) as connection:
        yield connection


def test_a_new_layout_is_counted_as_a_change_of_the_keyboard(desk, connection):
    news = News(connection)
    before = news.keyboards, news.moves
    set_layout(desk.display, "de")
    wait_for(lambda: news.keyboards > before[0])
    assert news.moves == before[1]


def test_a_window_that_goes_is_counted_though_the_keyboard_was_asked_for_first(desk, connection):
    news = News(connection)
    window = desk.theirs.window(PLACE)
    connection.create_resource_object("window", window.id).change_attributes(event_mask=X.StructureNotifyMask)
    connection.sync()
    before = news.moves
    connection.create_resource_object("window", window.id).destroy()
    connection.sync()
    keyboards = news.keyboards  # reads what came, for both
    assert news.moves == before + 1
    assert news.keyboards == keyboards

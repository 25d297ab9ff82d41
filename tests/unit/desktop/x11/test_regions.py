import pytest
from Xlib.ext import xfixes

from remotehelp.desktop.x11.regions import FEW, Region
from remotehelp.media.area import Rect, bounds
from tests.helpers.xdesk import connected, x_server


@pytest.fixture(scope="module")
def connection():
    with x_server() as display, connected(display) as connection:
        xfixes.query_version(connection)
        yield connection


@pytest.fixture
def region(connection):
    def region(*rects):
        made = Region(connection)
        made.set(rects)
        return made

    return region


def test_what_is_set_is_fetched(region):
    one = region(Rect(-5, 7, 10, 3))
    assert one.fetch() == (Rect(-5, 7, 10, 3),)
    one.set([])
    assert one.fetch() == ()


def test_a_new_region_is_empty(connection):
    assert Region(connection).fetch() == ()


def test_what_both_have_in_common(region):
    one = region(Rect(0, 0, 10, 10), Rect(20, 0, 10, 10))
    one.intersect(region(Rect(5, 5, 20, 2)))
    assert one.fetch() == (Rect(5, 5, 5, 2), Rect(20, 5, 5, 2))


def test_what_is_left_over(region):
    one = region(Rect(0, 0, 10, 10))
    one.subtract(region(Rect(0, 0, 10, 4), Rect(50, 50, 1, 1)))
    assert one.fetch() == (Rect(0, 4, 10, 6),)


def test_many_rectangles_come_as_their_bounds(region):
    rects = [Rect(20 * place, 10 * place, 5, 5) for place in range(3000 // 20)]
    assert region(*rects).fetch() == (bounds(rects),)
    assert region(*rects[:FEW]).fetch() == tuple(rects[:FEW])

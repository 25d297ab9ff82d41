import pytest

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.cursor import INVISIBLE, Cursor, Shape, pack
from remotehelp.messages import CURSOR_SHAPES, CursorPlace, CursorShape
from remotehelp.technician.her_cursor import SHAPES, WINDOW_S, HerCursor

ARROW, BEAM = (Shape(1, 2, 0, 1, bytes((blue, 0, 0, 255)) * 2) for blue in (0, 9))


def place(n: int, x: int = 5, *, shape: int = 0, on: bool = True) -> CursorPlace:
    return CursorPlace(x, 7, on, shape, n)


@pytest.fixture
def hers() -> HerCursor:
    return HerCursor()


def test_it_is_known_once_shape_and_place_have_come_in_whatever_order(hers: HerCursor) -> None:
    assert hers.place(place(1))
    assert hers.now is None
    hers.shape(pack(ARROW, 0), 0.0)
    assert hers.now == Cursor(ARROW, (5, 7))


def test_the_newest_place_wins(hers: HerCursor) -> None:
    hers.shape(pack(ARROW, 0), 0.0)
    assert hers.place(place(7, 50))
    assert not hers.place(place(6, 10))
    assert not hers.place(place(7, 20))
    assert hers.now == Cursor(ARROW, (50, 7))


def test_the_place_names_the_shape(hers: HerCursor) -> None:
    hers.shape(pack(ARROW, 0), 0.0)
    hers.shape(pack(BEAM, 1), 0.0)
    hers.place(place(1, shape=1))
    assert hers.now == Cursor(BEAM, (5, 7))
    hers.shape(pack(INVISIBLE, 1), 0.0)
    assert hers.now == Cursor(INVISIBLE, (5, 7))


def test_it_has_no_place_where_it_is_not_on_what_is_shown(hers: HerCursor) -> None:
    hers.shape(pack(ARROW, 0), 0.0)
    hers.place(place(1, on=False))
    assert hers.now == Cursor(ARROW, None)


def test_after_the_screen_is_hidden_nothing_is_known_and_late_places_stay_old(hers: HerCursor) -> None:
    hers.shape(pack(ARROW, 0), 0.0)
    hers.place(place(4))
    hers.forget()
    hers.shape(pack(BEAM, 0), 0.0)
    assert not hers.place(place(3))
    assert hers.now is None
    assert hers.place(place(5))
    assert hers.now == Cursor(BEAM, (5, 7))


def test_a_bad_shape_is_refused_and_changes_nothing(hers: HerCursor) -> None:
    hers.shape(pack(ARROW, 0), 0.0)
    hers.place(place(1))
    with pytest.raises(RemoteProtocolError):
        hers.shape(CursorShape(0, 9, 9, 0, 0, b"bomb"), 0.0)
    assert hers.now == Cursor(ARROW, (5, 7))


def test_a_flood_of_shapes_is_refused_and_takes_no_room(hers: HerCursor) -> None:
    for n in range(SHAPES):
        hers.shape(pack(ARROW, n % CURSOR_SHAPES), 0.0)
    with pytest.raises(RemoteProtocolError, match="too_much_at_once"):
        hers.shape(pack(ARROW, 0), WINDOW_S / 2)
    hers.shape(pack(ARROW, 0), WINDOW_S)
    assert len(hers._shapes) == CURSOR_SHAPES

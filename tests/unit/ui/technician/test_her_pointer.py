import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from remotehelp.media.area import Rect
from remotehelp.media.cursor import INVISIBLE, Cursor, Shape
from ui.technician.her_pointer import HerPointer
from ui.technician.mapping import Placement

HALF = Shape(4, 6, 1, 2, bytes((0, 0, 128, 128)) * 24)  # half a red
HERE = Cursor(HALF, (50, 40))

pytestmark = pytest.mark.usefixtures("qtbot")


@pytest.fixture
def pointer() -> HerPointer:
    pointer = HerPointer()
    pointer.show(HERE)
    pointer.decide(0.0, ours=False)
    return pointer


def test_it_is_drawn_with_its_hot_spot_at_its_place(pointer: HerPointer) -> None:
    assert pointer.drawn() == Rect(49, 38, 4, 6)
    assert pointer.worn(1.0) is None


@pytest.mark.parametrize("cursor", [None, Cursor(HALF, None), Cursor(INVISIBLE, (50, 40))])
def test_nothing_is_drawn_where_there_is_nothing_to_see(pointer: HerPointer, cursor: Cursor | None) -> None:
    pointer.show(cursor)
    pointer.decide(0.0, ours=False)
    assert pointer.drawn() is None


def test_where_our_mouse_has_put_it_our_mouse_wears_it_and_it_is_not_drawn(pointer: HerPointer) -> None:
    pointer.trail.sent((51, 41), 0.0)
    pointer.decide(10.0, ours=True)
    assert pointer.drawn() is None
    worn = pointer.worn(1.0)
    assert worn is not None
    assert (worn.hotSpot(), worn.pixmap().size().toTuple()) == (QPoint(1, 2), (4, 6))
    assert pointer.worn(1.0) is worn


def test_it_is_drawn_where_we_do_not_move_it_or_she_has_moved_it_elsewhere(pointer: HerPointer) -> None:
    pointer.trail.sent((50, 40), 0.0)
    pointer.decide(0.0, ours=False)
    assert pointer.drawn()
    pointer.show(Cursor(HALF, (90, 90)))
    pointer.decide(0.0, ours=True)
    assert pointer.drawn()
    assert pointer.worn(1.0) is None


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
def test_our_mouse_shows_pixel_for_pixel_at_every_scale(pointer: HerPointer, ratio: float) -> None:
    pointer.trail.sent((50, 40), 0.0)
    pointer.decide(0.0, ours=True)
    worn = pointer.worn(ratio)
    assert worn is not None
    assert worn.pixmap().devicePixelRatio() == ratio
    assert worn.pixmap().size().toTuple() == (4, 6)


def test_an_invisible_pointer_leaves_our_mouse_a_dot(pointer: HerPointer) -> None:
    pointer.trail.sent((50, 40), 0.0)
    pointer.show(Cursor(INVISIBLE, (50, 40)))
    pointer.decide(0.0, ours=True)
    for ratio in (1.0, 2.0):
        worn = pointer.worn(ratio)
        assert worn is not None
        picture = worn.pixmap().toImage()
        assert picture.width() == 8 * ratio
        assert picture.pixelColor(worn.hotSpot()).alpha() == 255
        assert picture.pixelColor(0, 0).alpha() == 0


def painted(pointer: HerPointer, at: Placement) -> np.ndarray:
    image = QImage(at.width, at.height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    pointer.paint(painter, at)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(at.height, at.width, 4)[..., :3].copy()


def test_it_is_mixed_with_what_it_lies_on_as_her_screen_would_do(pointer: HerPointer) -> None:
    ours = painted(pointer, Placement((100, 80), 11, 13, 100, 80))
    expected = np.full((80, 100, 3), 255, np.uint8)
    expected[38:44, 49:53] = (127, 127, 255)
    assert np.array_equal(ours, expected)


def test_it_is_as_large_as_the_picture(pointer: HerPointer) -> None:
    ours = painted(pointer, Placement((100, 80), 0, 0, 200, 160))
    rows, columns = np.nonzero((ours != 255).any(axis=2))
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (76, 87, 98, 105)


def test_a_shape_is_kept_though_the_message_is_gone(qtbot: QtBot) -> None:
    pointer = HerPointer()
    pointer.show(Cursor(Shape(2, 2, 0, 0, bytes(bytearray((1, 2, 3, 255)) * 4)), (0, 0)))
    pointer.decide(0.0, ours=False)
    assert tuple(painted(pointer, Placement((4, 4), 0, 0, 4, 4))[1, 1]) == (1, 2, 3)


def test_while_she_moves_hers_ours_is_a_ghost_and_hers_is_drawn(pointer: HerPointer) -> None:
    pointer.trail.sent((50, 40), 0.0)
    pointer.decide(0.0, ours=True)
    worn = pointer.worn(1.0)
    pointer.decide(0.0, ours=True, hers=True)
    assert pointer.drawn()
    ghost = pointer.worn(1.0)
    assert worn is not None
    assert ghost is not None
    assert (ghost.hotSpot(), ghost.pixmap().size()) == (worn.hotSpot(), worn.pixmap().size())
    seen = worn.pixmap().toImage().pixelColor(1, 1).alpha()
    assert 0 < ghost.pixmap().toImage().pixelColor(1, 1).alpha() < seen
    assert pointer.worn(1.0) is ghost
    pointer.decide(0.0, ours=True)
    assert pointer.drawn() is None


def test_a_ghost_is_seen_where_hers_is_invisible_too(pointer: HerPointer) -> None:
    pointer.show(Cursor(INVISIBLE, (50, 40)))
    pointer.decide(0.0, ours=True, hers=True)
    ghost = pointer.worn(1.0)
    assert ghost is not None
    assert ghost.pixmap().toImage().pixelColor(4, 4).alpha() > 0


def test_off_the_picture_our_mouse_is_no_ghost(pointer: HerPointer) -> None:
    pointer.decide(0.0, ours=False, hers=True)
    assert pointer.worn(1.0) is None

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.media.area import Rect, bounds, without

BOX = Rect(10, 20, 30, 40)
RECTS = st.builds(Rect, *[st.integers(0, 30)] * 2, *[st.integers(1, 20)] * 2)


@pytest.mark.parametrize(
    ("other", "both"),
    [
        (BOX, BOX),
        (Rect(0, 0, 100, 100), BOX),
        (Rect(0, 0, 11, 21), Rect(10, 20, 1, 1)),
        (Rect(39, 59, 5, 5), Rect(39, 59, 1, 1)),
        (Rect(40, 20, 5, 5), None),
        (Rect(10, 60, 5, 5), None),
        (Rect(0, 0, 10, 20), None),
        (Rect(12, 25, 0, 10), None),
    ],
)
def test_overlap(other, both):
    assert BOX.overlap(other) == other.overlap(BOX) == both


def test_covering_is_to_hold_all_of_it():
    assert BOX.covers(BOX)
    assert BOX.covers(Rect(11, 21, 2, 2))
    assert not BOX.covers(Rect(9, 21, 2, 2))
    assert not BOX.covers(Rect(100, 100, 1, 1))


def test_places_count_from_another_corner():
    assert BOX.seen_from(Rect(4, 5, 1, 1)) == Rect(6, 15, 30, 40)


def test_a_part_of_the_pixels_is_a_view():
    pixels = np.zeros((100, 100, 4), np.uint8)
    BOX.of(pixels)[:] = 1
    assert pixels.sum() == 30 * 40 * 4
    assert pixels[20, 10, 0] == pixels[59, 39, 0] == 1


def test_bounds_cover_all():
    assert bounds([BOX]) == BOX
    assert bounds([BOX, Rect(5, 70, 1, 1), Rect(100, 0, 2, 2)]) == Rect(5, 0, 97, 71)


@given(RECTS, st.lists(RECTS, max_size=5))
def test_what_is_left_covers_exactly_the_rest(rect, others):
    left, rest = np.zeros((50, 50), int), np.zeros((50, 50), bool)
    for part in without(rect, others):
        assert rect.covers(part)
        left[part.y : part.y + part.height, part.x : part.x + part.width] += 1
    rest[rect.y : rect.y + rect.height, rect.x : rect.x + rect.width] = True
    for other in others:
        rest[other.y : other.y + other.height, other.x : other.x + other.width] = False
    assert (left == rest).all()

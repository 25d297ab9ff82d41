import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.media.area import Rect
from remotehelp.media.changes import changed, equal_rows, placed, same_cells, split, words

SIDES = st.integers(1, 170)


def picture(height, width, seed=0):
    return np.random.default_rng(seed).integers(0, 255, (height, width, 4), np.uint8)


def part_of_larger(pixels):
    """The same pixels, with the rows of a larger picture around them."""
    larger = np.zeros((pixels.shape[0] + 3, pixels.shape[1] + 5, 4), np.uint8)
    part = larger[2:-1, 4:-1]
    part[...] = pixels
    return part


@st.composite
def two_pictures(draw):
    """A picture, and the same with a few boxes of it changed (the lowest bit of blue)."""
    height, width = draw(SIDES), draw(SIDES)
    before = picture(height, width)
    now = before.copy()
    for _ in range(draw(st.integers(0, 6))):
        y, x = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        now[y : y + draw(st.integers(1, 40)), x : x + draw(st.integers(1, 40)), 0] ^= 1
    return part_of_larger(before), now


def filled(rects, shape):
    mask = np.zeros(shape, int)
    for rect in rects:
        mask[rect.y : rect.y + rect.height, rect.x : rect.x + rect.width] += 1
    return mask


@given(two_pictures())
def test_bounds_are_those_of_every_pixel_that_differs(pictures):
    before, now = pictures
    rows, columns = np.nonzero((before != now).any(axis=2))
    if not len(rows):
        assert changed(before, now) is None
    else:
        top, left = rows.min(), columns.min()
        assert changed(before, now) == Rect(left, top, columns.max() - left + 1, rows.max() - top + 1)


@given(two_pictures())
def test_boxes_hold_all_that_differs_and_lie_apart_and_tight(pictures):
    before, now = pictures
    height, width = now.shape[:2]
    rect = Rect(width // 5, height // 4, width - width // 5, height - height // 4)
    differs = (rect.of(before) != rect.of(now)).any(axis=2)
    boxes = split(before, now, rect)
    held = filled([box.seen_from(rect) for box in boxes], differs.shape)
    assert len(boxes) <= 8
    assert all(rect.covers(box) for box in boxes)
    assert held.max(initial=0) <= 1
    assert held[differs].all()
    assert all(changed(box.of(before), box.of(now)) == Rect(0, 0, box.width, box.height) for box in boxes)


@given(two_pictures(), st.sampled_from([(1, 8), (8, 8), (32, 32), (64, 64)]))
def test_a_cell_is_the_same_if_all_of_its_pixels_are(pictures, cell):
    before, now = pictures
    height, width = cell
    grid = same_cells(words(before), words(now), height, width)
    assert grid.shape == (-(-now.shape[0] // height), -(-now.shape[1] // width))
    for (row, column), same in np.ndenumerate(grid):
        place = Rect(column * width, row * height, width, height)
        assert same == np.array_equal(place.of(before), place.of(now))


def test_a_letter_and_a_caret_far_away_are_two_boxes():
    before = np.full((960, 1280, 4), 255, np.uint8)
    now = before.copy()
    now[400:414, 300:309, :3] = 20
    now[402:418, 901, :3] = 0
    assert sorted(split(before, now, Rect(0, 0, 1280, 960)), key=lambda box: box.x) == [
        Rect(300, 400, 9, 14),
        Rect(901, 402, 1, 16),
    ]


def test_what_a_dragged_window_uncovers_is_two_strips():
    before, now = np.zeros((2, 605, 810, 4), np.uint8)
    now[:40], now[:, :50] = 1, 1
    boxes = split(before, now, Rect(0, 0, 810, 605))
    assert len(boxes) == 2
    assert sum(box.width * box.height for box in boxes) == 810 * 40 + 565 * 50


def test_what_differs_everywhere_stays_one_box():
    before, now = picture(300, 400, 1), picture(300, 400, 2)
    assert split(before, now, Rect(10, 20, 200, 100)) == [Rect(10, 20, 200, 100)]


def test_a_film_with_a_clock_beside_it_is_two_boxes():
    before = picture(600, 900, 1)
    now = before.copy()
    now[:400, :500] = picture(400, 500, 2)
    now[580:590, 860:890] ^= 255
    boxes = split(before, now, Rect(0, 0, 900, 600))
    assert boxes == [Rect(0, 0, 500, 400), Rect(860, 580, 30, 10)]


def test_near_changes_stay_together():
    before = np.zeros((100, 100, 4), np.uint8)
    now = before.copy()
    now[10:20, 10:20], now[10:20, 40:50] = 1, 1
    assert split(before, now, Rect(0, 0, 100, 100)) == [Rect(10, 10, 40, 10)]


def test_many_changes_are_at_most_eight_boxes():
    before = np.zeros((1000, 1000, 4), np.uint8)
    now = before.copy()
    now[::100, ::100] = 1
    boxes = split(before, now, Rect(0, 0, 1000, 1000))
    assert len(boxes) == 8
    assert (filled(boxes, (1000, 1000))[::100, ::100] == 1).all()


def test_changes_outside_the_rectangle_do_not_count():
    before = np.zeros((100, 100, 4), np.uint8)
    now = before.copy()
    now[0] = 1
    assert split(before, now, Rect(0, 1, 100, 99)) == []


def test_equal_rows_end_at_the_first_other_one():
    before = words(picture(200, 30))
    for row in (0, 7, 8, 71, 72, 199):
        now = before.copy()
        now[row, 29] ^= 1
        assert equal_rows(before, now) == row
    assert equal_rows(before, before.copy()) == 200


def test_a_box_is_placed_where_it_was_seen_from():
    assert placed(Rect(3, 4, 5, 6), Rect(10, 20, 1, 1)) == Rect(13, 24, 5, 6)


def test_pixels_of_a_row_must_lie_together():
    with pytest.raises(ValueError, match="contiguous"):
        words(picture(4, 4)[..., ::2])

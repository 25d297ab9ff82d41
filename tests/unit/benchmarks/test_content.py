"""A number that comes before its content makes nothing fresh: the benchmark looks at both."""

import numpy as np
import pytest

from tests.benchmarks import content
from tests.benchmarks.eye import CELL, CONTENT, MARKER, MOVING, number_in

FIRST = 0xFFF0  # the numbers begin again on the way
WORDS = np.random.default_rng(1).integers(0, 256, (content.PAGE_LENGTH, content.PAGE.width, 3), np.uint8)


def marker(number):
    """As stim.c draws it."""
    check = (number * 40503 + 0x5A5A) & 0xFFFFFFFF
    words = [0xAAAA, number, (check ^ check >> 7) & 0xFFFF, 0x5555]
    bits = np.array([[word >> 15 - column & 1 for column in range(16)] for word in words], np.uint8) * 255
    return np.repeat(np.repeat(bits, CELL, 0), CELL, 1)[:, :, None].repeat(3, 2)


def shot(change, shown=None):
    """Both screens' picture at the ``change``-th change, with the content of the ``shown``-th."""
    picture = np.zeros((MOVING.height, MOVING.width, 3), np.uint8)
    top = content.offset(change if shown is None else shown)
    content.part(picture, content.PAGE)[:] = WORDS[top : top + content.PAGE.height]
    content.part(picture, MARKER)[:] = marker((FIRST + change - 1) & 0xFFFF)
    return picture


@pytest.fixture(scope="module")
def page():
    return content.Page([shot(change) for change in range(1, 60, 10)], FIRST)


@pytest.mark.parametrize("number", [0, 1, 0x5555, 0xFFFF])
def test_a_number_is_read_from_its_marker(number):
    assert number_in(marker(number)) == number


def test_a_marker_with_one_wrong_cell_is_not_read():
    torn = marker(7)
    torn[CELL : 2 * CELL, :CELL] ^= 255
    assert number_in(torn) is None


def test_the_page_scrolls_to_its_end_and_up_again():
    assert [content.offset(change) for change in (0, 1, 126, 127, 252)] == [0, 40, 5040, 5000, 0]


def test_what_belongs_to_a_change_is_learned_from_her_screen(page):
    top = content.offset(33)
    assert np.array_equal(page.at(33), WORDS[top : top + CONTENT.height])
    assert page.at(126) is None


def test_content_that_came_with_its_number_is_identical_and_not_behind(page):
    assert content.likeness([shot(20), shot(30)], page, FIRST) == {"moving_psnr": 99.0, "behind_frames": 0.0}


def test_content_that_lags_behind_its_number_is_told(page):
    found = content.likeness([shot(30, shown=27)], page, FIRST)
    assert found["behind_frames"] == 3
    assert found["moving_psnr"] < 20


def test_nothing_is_said_of_what_is_not_known(page):
    assert content.likeness([shot(126)], page, FIRST) == {}

"""What the benchmark reckons from two logs: nothing that was late or left out looks good."""

import numpy as np
import pytest

from tests.benchmarks import reckoning
from tests.benchmarks.reckoning import Arrived, Sent, Sight

MS = 1_000_000


def sights(*pairs):
    return [Sight(number, at * MS) for number, at in pairs]


def test_the_logs_of_both_programs_are_read():
    lines = [["BEGIN", "5"], ["C", "7", "100", "120", "patch"], [], ["E", "key", "97", "1", "7"]]
    assert reckoning.drawn_in(lines) == [Sight(7, 100)]
    assert reckoning.seen_in([["S", "7", "130"], ["P", "10", "1", "1"]]) == [Sight(7, 130)]


def test_a_picture_left_out_counts_until_a_newer_one_is_seen():
    drawn, seen = sights((1, 0), (2, 10), (3, 20)), sights((1, 5), (3, 26))
    assert reckoning.fresh_ms(drawn, seen) == [5, 16, 6]


def test_an_older_picture_that_comes_later_forgives_nothing():
    drawn, seen = sights((1, 0), (2, 10), (3, 20)), sights((2, 12), (1, 15), (3, 25))
    assert reckoning.fresh_ms(drawn, seen) == [12, 2, 5]


def test_what_was_never_seen_has_no_time():
    assert reckoning.fresh_ms(sights((1, 0), (2, 10)), sights((1, 5))) == [5]
    assert reckoning.fresh_ms(sights((1, 0)), []) == []


def test_numbers_go_on_where_sixteen_bits_begin_again():
    seen = [Sight(0xFFFE, 0), Sight(0xFFFF, 1), Sight(0, 2), Sight(1, 3)]
    assert [sight.number for sight in reckoning.unrolled(seen, 0xFFFE)] == [0xFFFE, 0xFFFF, 0x10000, 0x10001]
    assert reckoning.unrolled([Sight(0xFFFF, 0)], 2) == [Sight(-1, 0)]


def test_only_different_pictures_seen_in_time_count_as_frames():
    drawn, seen = sights((1, 0), (2, 10), (3, 20)), sights((0, 1), (1, 5), (2, 15), (1, 16), (3, 40))
    assert reckoning.shown(drawn, seen, 30 * MS) == 2


@pytest.mark.parametrize(
    ("seen", "longest"), [([], 100), ([(1, 10), (2, 30)], 70), ([(1, 60), (2, 90)], 60), ([(1, 200)], 100)]
)
def test_a_freeze_lasts_from_the_beginning_or_to_the_end_as_well(seen, longest):
    assert reckoning.freeze_ms(sights(*seen), 0, 100 * MS) == longest


def test_percentiles_are_linear_and_nothing_has_none():
    assert reckoning.percentile([1, 2, 3, 4], 50) == 2.5
    assert reckoning.percentile([], 95) is None


def test_an_event_is_found_by_what_it_is_and_not_before_it_was_sent():
    arrived = [Arrived("key", "97", 5, 1), Arrived("key", "98", 20, 2), Arrived("key", "97", 30, 3)]
    assert reckoning.arrival(Sent("key", "97", 10), arrived) == arrived[2]
    assert reckoning.arrival(Sent("key", "99", 10), arrived) is None
    assert reckoning.arrival(Sent("key", "97", 31), arrived) is None
    assert reckoning.arrival(Sent("key", "97", -reckoning.PATIENCE_NS), arrived) is None


@pytest.mark.parametrize(("place", "hit"), [("300,250", True), ("303,247", True), ("304,250", False)])
def test_a_motion_may_miss_by_three_pixels(place, hit):
    found = reckoning.arrival(Sent("motion", "300,250", 0), [Arrived("motion", place, 1, 1)])
    assert (found is not None) == hit


def test_an_answer_is_its_own_number_or_the_next():
    event = Arrived("key", "97", 2 * MS, 7)
    sent = Sent("key", "97", 1 * MS)
    assert reckoning.answered_ms(sent, event, sights((6, 3), (7, 9), (8, 12))) == 8
    assert reckoning.answered_ms(sent, event, sights((6, 3), (8, 12))) == 11
    assert reckoning.answered_ms(sent, event, sights((6, 3), (9, 12))) is None


def test_likeness_is_99_for_identical_pictures_alone():
    picture = np.random.default_rng(1).integers(0, 256, (40, 60, 3), np.uint8)
    other = picture.copy()
    assert reckoning.psnr(picture, other) == reckoning.IDENTICAL_DB
    other[0, 0, 0] ^= 1
    assert 80 < reckoning.psnr(picture, other) < reckoning.IDENTICAL_DB


def test_a_picture_moved_by_a_pixel_is_found_within_its_margin():
    large = np.random.default_rng(1).integers(0, 256, (44, 64, 3), np.uint8)
    assert reckoning.best_psnr(large[3:43, 1:61], large) == reckoning.IDENTICAL_DB
    assert reckoning.best_psnr(large, large[1:]) is None

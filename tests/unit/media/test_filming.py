"""The video of a region: which encoder, which count, and what is on its way."""

import numpy as np
import pytest

from remotehelp.media.area import Rect
from remotehelp.media.filming import FORGET_S, Filming
from remotehelp.media.region_decoder import RegionDecoder
from remotehelp.media.stamp import Stamp

HERE, THERE = Rect(0, 0, 64, 48), Rect(16, 16, 32, 32)
SPEED = 2000  # kbit/s


def film(filming, rect=HERE, now=1.0, kbit_s=SPEED):
    pixels = np.random.default_rng(int(now * 1000)).integers(0, 255, (rect.height, rect.width, 4), np.uint8)
    stamp = Stamp(1, 640, 480, rect, 0, 0)
    return filming.picture([(Rect(0, 0, rect.width, rect.height), pixels)], stamp, now, kbit_s, key=False)


def test_pictures_are_counted_on_from_one_region_to_the_next():
    filming, decoder = Filming(), RegionDecoder()
    for number, rect in enumerate((HERE, HERE, THERE, HERE), start=1):
        assert filming.next == number
        [(stamp, _)] = decoder.decode(bytes(film(filming, rect, now=float(number))))
        assert stamp.rect == rect
        assert decoder.newest == number


def test_a_region_or_a_rate_of_another_order_needs_the_whole_region_again():
    filming = Filming()
    assert not filming.shows(HERE, SPEED)
    film(filming)
    assert filming.shows(HERE, SPEED)
    assert filming.shows(HERE, SPEED // 4)
    assert not filming.shows(THERE, SPEED)
    assert not filming.shows(HERE, SPEED // 6)
    film(filming, kbit_s=SPEED // 6)
    assert filming.shows(HERE, SPEED // 6)


def test_a_receipt_counts_all_pictures_up_to_its_own():
    filming = Filming()
    sizes = [film(filming, now=now).size for now in (1.0, 1.1, 1.2)]
    assert filming.in_flight == sum(sizes)
    assert filming.seen(2, 1.25) == (sizes[0] + sizes[1], pytest.approx(0.15))
    assert filming.in_flight == sizes[2]
    assert filming.seen(2, 1.3) is None


def test_what_nobody_tells_of_is_not_on_its_way_for_ever():
    filming = Filming()
    film(filming, now=1.0)
    filming.forget(1.0 + FORGET_S[1])
    assert filming.in_flight > 0
    filming.forget(1.01 + FORGET_S[1])
    assert filming.in_flight == 0


def test_on_a_short_line_it_is_forgotten_sooner():
    filming = Filming()
    for count in range(1, 30):
        film(filming, now=float(count))
        filming.seen(count, count + 0.02)
    film(filming, now=40.0)
    filming.forget(40.0 + FORGET_S[0] * 0.9)
    assert filming.in_flight > 0
    filming.forget(40.0 + FORGET_S[0] * 1.1)
    assert filming.in_flight == 0


def test_a_picture_that_waits_for_a_repeated_packet_is_not_on_its_way_and_still_counts_as_arrived():
    filming = Filming()
    sizes = [film(filming, now=1.0).size, film(filming, now=3.0).size]
    filming.forget(3.0)
    assert filming.in_flight == sizes[1]
    assert filming.seen(2, 3.2) == (sum(sizes), pytest.approx(0.2))
    assert filming.in_flight == 0


def test_a_late_picture_does_not_make_the_line_longer():
    filming = Filming()
    for count in range(1, 60):
        film(filming, now=float(count))
        filming.seen(count, count + (0.9 if count % 8 == 0 else 0.15))
    film(filming, now=80.0)
    filming.forget(80.0 + FORGET_S[0] * 1.5)
    assert filming.in_flight == 0

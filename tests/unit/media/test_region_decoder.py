"""The decoder of a region: a picture for each that comes, nothing wrong after a loss, nothing believed that lies."""

from __future__ import annotations

import contextlib
import gc
import resource

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.area import Rect
from remotehelp.media.region_decoder import RegionDecoder, pixels_of
from remotehelp.media.region_encoder import RegionEncoder
from remotehelp.media.stamp import Stamp, as_sei
from tests.helpers.h264 import SEI, START, Sequence, coded, ue, with_sps, without

RECT = Rect(40, 30, 320, 240)


def stamp(number: int, rect: Rect = RECT) -> Stamp:
    return Stamp(1, 4096, 4096, rect, number, 0)


def units(count: int, keys: tuple[int, ...] = (0,), rect: Rect = RECT) -> list[bytes]:
    """Access units of noise: each differs from the one before in every block."""
    encoder, rng = RegionEncoder(rect, 1000), np.random.default_rng(1)
    whole, made = Rect(0, 0, rect.width, rect.height), []
    for n in range(count):
        pixels = rng.integers(0, 256, (rect.height, rect.width, 4), np.uint8)
        packet = encoder.encode([(whole, pixels)], stamp(n, rect), n * 3000, key=n in keys)
        assert packet is not None
        made.append(bytes(packet))
    return made


UNITS = units(8, keys=(0, 5))


def numbers(decoder: RegionDecoder, data: list[bytes]) -> list[int | None]:
    """What each of ``data`` shows: the number of its stamp, or None."""
    shown = [decoder.decode(unit) for unit in data]
    assert all(len(pictures) <= 1 for pictures in shown)
    return [pictures[0][0].number if pictures else None for pictures in shown]


def test_a_picture_comes_out_for_each_that_goes_in() -> None:
    decoder = RegionDecoder()
    assert numbers(decoder, UNITS) == list(range(8))
    assert not decoder.wants_key


def test_it_comes_with_the_whole_stamp_and_the_true_size() -> None:
    rect = Rect(3, 5, 333, 77)
    [unit] = units(1, rect=rect)
    [(mark, picture)] = RegionDecoder().decode(unit)
    assert mark == stamp(0, rect)
    pixels = pixels_of(picture, rect)
    assert pixels.shape == (77, 333, 4)
    assert set(np.unique(pixels[..., 3])) == {255}


def test_a_shown_picture_stays_as_it_is() -> None:
    decoder = RegionDecoder()
    [(_, first)] = decoder.decode(UNITS[0])
    before = pixels_of(first, RECT).copy()
    numbers(decoder, UNITS[1:])
    assert np.array_equal(pixels_of(first, RECT), before)


def test_without_a_key_picture_nothing_is_shown_and_one_is_asked_for() -> None:
    decoder = RegionDecoder()
    assert numbers(decoder, UNITS[1:5]) == [None] * 4
    assert decoder.wants_key
    assert numbers(decoder, UNITS[5:]) == [5, 6, 7]
    assert not decoder.wants_key


def test_after_a_lost_picture_nothing_wrong_is_shown_until_the_next_key() -> None:
    decoder = RegionDecoder()
    assert numbers(decoder, [UNITS[0], UNITS[1], UNITS[3], UNITS[4]]) == [0, 1, None, None]
    assert decoder.wants_key
    assert numbers(decoder, UNITS[5:]) == [5, 6, 7]


def test_a_picture_that_comes_twice_or_late_is_not_shown_over_newer_ones() -> None:
    assert numbers(RegionDecoder(), [UNITS[0], UNITS[1], UNITS[1], UNITS[5]]) == [0, 1, None, 5]
    assert numbers(RegionDecoder(), [UNITS[0], UNITS[2], UNITS[1], UNITS[5]]) == [0, None, None, 5]


def test_the_torn_beginning_of_a_picture_is_none() -> None:
    decoder = RegionDecoder()
    torn = UNITS[2][: len(UNITS[2]) // 4]
    assert numbers(decoder, [UNITS[0], UNITS[1], torn, UNITS[3]]) == [0, 1, None, None]
    assert decoder.wants_key
    assert numbers(decoder, UNITS[5:]) == [5, 6, 7]


def test_a_stamp_alone_is_not_taken_for_the_next_pictures() -> None:
    decoder = RegionDecoder()
    assert numbers(decoder, [UNITS[0], as_sei(stamp(90), 90)]) == [0, None]
    assert numbers(decoder, UNITS[5:]) == [5, 6, 7]


def test_place_and_size_may_change_at_a_key_picture() -> None:
    other = Rect(0, 0, 97, 401)
    decoder = RegionDecoder()
    assert numbers(decoder, UNITS[:2]) == [0, 1]
    shapes = [pixels_of(shown, other).shape for unit in units(2, rect=other) for _, shown in decoder.decode(unit)]
    assert shapes == [(401, 97, 4)] * 2
    assert numbers(decoder, UNITS[5:]) == [5, 6, 7]


@pytest.mark.parametrize("data", [b"", b"\x00", START, START + b"\x67", b"junk" * 50, bytes(4 * 1024 * 1024 + 1)])
def test_junk_shows_nothing_and_does_no_harm(data: bytes) -> None:
    decoder = RegionDecoder()
    assert numbers(decoder, [UNITS[0], data]) == [0, None]
    assert decoder.wants_key
    assert numbers(decoder, UNITS[5:]) == [5, 6, 7]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=12))
@example([(0, 79, 20)])  # a parameter set that lets pictures wait
def test_damage_anywhere_shows_nothing_wrong_sized_and_heals(damage: list[tuple[int, int, int]]) -> None:
    decoder, stream = RegionDecoder(), [bytearray(unit) for unit in UNITS[:5]]
    for unit, at, change in damage:
        stream[unit][at % len(stream[unit])] ^= change
    for data in stream:
        with contextlib.suppress(RemoteProtocolError):
            for mark, picture in decoder.decode(bytes(data)):
                assert pixels_of(picture, mark.rect).shape == (mark.rect.height, mark.rect.width, 4)
    assert numbers(decoder, UNITS[5:]) == [5, 6, 7]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.binary(max_size=300), max_size=5), st.integers(0, 31))
def test_junk_in_the_shape_of_a_stream_heals(junk: list[bytes], nal: int) -> None:
    decoder = RegionDecoder()
    for data in junk:
        with contextlib.suppress(RemoteProtocolError):
            assert decoder.decode(START + bytes([0x60 | nal]) + data) == []
    assert numbers(decoder, UNITS[5:]) == [5, 6, 7]


@pytest.mark.parametrize("size", [(4096, 4096), (8192, 4096), (16384, 2048), (65536, 1024), (2**20, 2**20)])
def test_a_claim_of_another_size_is_refused_before_memory_is_taken(size: tuple[int, int]) -> None:
    decoder = RegionDecoder()
    decoder.decode(UNITS[0])
    before = most_memory()
    with pytest.raises(RemoteProtocolError, match="picture_refused"):
        decoder.decode(with_sps(UNITS[0], Sequence(*size).nal()))
    assert most_memory() - before < 20 * 1024


def most_memory() -> int:
    """KiB that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def test_pictures_that_would_wait_inside_the_decoder_are_refused() -> None:
    """All is as it should be but for the parameter set's last part, which lets 16 pictures wait for their turn."""
    vui = "1" + "0" * 7 + "11" + ue(0) * 2 + ue(10) * 2 + ue(16) * 2  # E.1.1: bitstream_restriction_flag and on
    waiting = [with_sps(unit, Sequence(vui=vui).nal()) for unit in UNITS[:1]]
    with pytest.raises(RemoteProtocolError, match="picture_refused"):
        RegionDecoder().decode(waiting[0])


def test_a_large_picture_is_not_kept_for_the_collector_of_garbage() -> None:
    """Each would stay, 12 MiB of a 4K screen, until Python happens to look for circles."""
    rect = Rect(0, 0, 2048, 1024)
    decoder, stream = RegionDecoder(), blank(16, rect)
    gc.collect()
    gc.disable()
    try:
        decoder.decode(stream[0])
        decoder.decode(stream[1])
        before = most_memory()
        for unit in stream[2:]:
            assert decoder.decode(unit)
        assert most_memory() - before < 4 * 3 * 1024
    finally:
        gc.enable()


def blank(count: int, rect: Rect) -> list[bytes]:
    """Access units of one grey."""
    encoder, grey = RegionEncoder(rect), np.full((rect.height, rect.width, 4), 99, np.uint8)
    made = [encoder.encode([(rect, grey)], stamp(n, rect), n * 3000, key=False) for n in range(count)]
    return [bytes(packet) for packet in made if packet]


@pytest.mark.parametrize("rect", [Rect(0, 0, 304, 240), Rect(0, 0, 320, 256), Rect(0, 0, 1, 1), Rect(0, 0, 4096, 4096)])
def test_a_picture_of_another_size_than_its_stamp_says_is_refused(rect: Rect) -> None:
    lying = as_sei(stamp(0, rect), 0) + without(UNITS[0], SEI)
    with pytest.raises(RemoteProtocolError, match="picture_refused"):
        RegionDecoder().decode(lying)


def test_a_picture_without_a_stamp_is_none() -> None:
    decoder = RegionDecoder()
    assert numbers(decoder, [without(UNITS[0], SEI), UNITS[1]]) == [None, None]
    assert decoder.wants_key


def test_a_stamp_that_lies_is_refused() -> None:
    outside = as_sei(stamp(0, Rect(4000, 0, 320, 240)), 0) + without(UNITS[0], SEI)
    with pytest.raises(RemoteProtocolError, match="picture_refused"):
        RegionDecoder().decode(outside)


def test_other_colours_than_those_agreed_on_are_refused() -> None:
    [unit] = coded(RECT.width, RECT.height, 1, "bframes=0", "yuv444p")
    with pytest.raises(RemoteProtocolError, match="picture_refused"):
        RegionDecoder().decode(as_sei(stamp(0), 0) + unit)

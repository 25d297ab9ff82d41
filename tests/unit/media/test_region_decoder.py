"""The decoder of a region: a picture for each that comes, nothing wrong after a loss, nothing believed that lies."""

from __future__ import annotations

import contextlib
import resource
from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.area import Rect
from remotehelp.media.region_decoder import RegionDecoder
from remotehelp.media.region_encoder import RegionEncoder
from remotehelp.media.stamp import Stamp, as_sei

RECT = Rect(40, 30, 320, 240)
START = b"\x00\x00\x00\x01"


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


def nal_units(data: bytes) -> list[bytes]:
    return [START + unit for unit in data.split(START)[1:]]


def kind(nal: bytes) -> int:
    return nal[len(START)] & 31  # nal_unit_type (H.264 7.3.1): 6 SEI, 7 SPS


def without(data: bytes, dropped: int) -> bytes:
    return b"".join(nal for nal in nal_units(data) if kind(nal) != dropped)


def test_a_picture_comes_out_for_each_that_goes_in() -> None:
    decoder = RegionDecoder()
    assert numbers(decoder, UNITS) == list(range(8))
    assert not decoder.wants_key


def test_it_comes_with_the_whole_stamp_and_the_true_size() -> None:
    rect = Rect(3, 5, 333, 77)
    [unit] = units(1, rect=rect)
    [(mark, pixels)] = RegionDecoder().decode(unit)
    assert mark == stamp(0, rect)
    assert pixels.shape == (77, 333, 4)
    assert set(np.unique(pixels[..., 3])) == {255}


def test_a_shown_picture_stays_as_it_is() -> None:
    decoder = RegionDecoder()
    [(_, first)] = decoder.decode(UNITS[0])
    before = first.copy()
    numbers(decoder, UNITS[1:])
    assert np.array_equal(first, before)


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
    shapes = [pixels.shape for unit in units(2, rect=other) for _, pixels in decoder.decode(unit)]
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
def test_damage_anywhere_shows_nothing_wrong_sized_and_heals(damage: list[tuple[int, int, int]]) -> None:
    decoder, stream = RegionDecoder(), [bytearray(unit) for unit in UNITS[:5]]
    for unit, at, change in damage:
        stream[unit][at % len(stream[unit])] ^= change
    for data in stream:
        with contextlib.suppress(RemoteProtocolError):
            for mark, pixels in decoder.decode(bytes(data)):
                assert pixels.shape == (mark.rect.height, mark.rect.width, 4)
    assert numbers(decoder, UNITS[5:]) == [5, 6, 7]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.binary(max_size=300), max_size=5), st.integers(0, 31))
def test_junk_in_the_shape_of_a_stream_heals(junk: list[bytes], nal: int) -> None:
    decoder = RegionDecoder()
    for data in junk:
        with contextlib.suppress(RemoteProtocolError):
            assert decoder.decode(START + bytes([0x60 | nal]) + data) == []
    assert numbers(decoder, UNITS[5:]) == [5, 6, 7]


def sps(width: int, height: int) -> bytes:
    """A sequence parameter set (H.264 7.3.2.1.1) of the baseline profile that claims this size in pixels."""

    def ue(value: int) -> str:  # Exp-Golomb (9.1)
        return "0" * ((value + 1).bit_length() - 1) + f"{value + 1:b}"

    sizes = ue(width // 16 - 1) + ue(height // 16 - 1)
    bits = ue(0) + ue(0) + ue(2) + ue(1) + "0" + sizes + "1" + "1" + "0" + "0" + "1"
    bits += "0" * (-len(bits) % 8)
    return START + bytes([0x67, 66, 0xC0, 52]) + int(bits, 2).to_bytes(len(bits) // 8, "big")


def claiming(width: int, height: int) -> bytes:
    """A key picture whose stamp is right but whose sequence parameter set claims another size."""
    return b"".join(sps(width, height) if kind(nal) == 7 else nal for nal in nal_units(UNITS[0]))


@pytest.mark.parametrize("size", [(8192, 4096), (16384, 2048), (65536, 1024)])
def test_a_claim_of_a_huge_size_is_refused_before_memory_is_taken(size: tuple[int, int]) -> None:
    decoder = RegionDecoder()
    decoder.decode(UNITS[0])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(RemoteProtocolError, match="picture_refused"):
        decoder.decode(claiming(*size))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024  # KiB


def test_a_claim_that_no_computer_could_hold_shows_nothing() -> None:
    decoder = RegionDecoder()
    assert numbers(decoder, [claiming(2**20, 2**20)]) == [None]
    assert decoder.wants_key


@pytest.mark.parametrize("rect", [Rect(0, 0, 304, 240), Rect(0, 0, 320, 256), Rect(0, 0, 1, 1), Rect(0, 0, 4096, 4096)])
def test_a_picture_of_another_size_than_its_stamp_says_is_refused(rect: Rect) -> None:
    lying = as_sei(stamp(0, rect), 0) + without(UNITS[0], 6)
    with pytest.raises(RemoteProtocolError, match="picture_refused"):
        RegionDecoder().decode(lying)


def test_a_picture_without_a_stamp_is_refused() -> None:
    with pytest.raises(RemoteProtocolError, match="picture_refused"):
        RegionDecoder().decode(without(UNITS[0], 6))


def test_a_stamp_that_lies_is_refused() -> None:
    outside = as_sei(stamp(0, Rect(4000, 0, 320, 240)), 0) + without(UNITS[0], 6)
    with pytest.raises(RemoteProtocolError, match="picture_refused"):
        RegionDecoder().decode(outside)


def test_other_colours_than_those_agreed_on_are_refused() -> None:
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt = RECT.width, RECT.height, "yuv444p"
    codec.time_base = Fraction(1, 30)
    codec.options = {"tune": "zerolatency", "preset": "ultrafast"}
    [packet] = codec.encode(av.VideoFrame(RECT.width, RECT.height, "yuv444p"))
    with pytest.raises(RemoteProtocolError, match="picture_refused"):
        RegionDecoder().decode(as_sei(stamp(0), 0) + bytes(packet))

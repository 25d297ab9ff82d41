"""What stands before the decoder of the screen's video lets our own pictures through and nothing that could harm."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.access_unit import MOST_BYTES, MOST_UNITS, read
from remotehelp.media.area import Rect
from remotehelp.media.region_encoder import RegionEncoder, padded
from remotehelp.media.stamp import Stamp, as_sei
from tests.helpers.h264 import IDR, PPS, SEI, SPS, START, Sequence, coded, kind, nal_units, ue, with_sps, without

RECT = Rect(0, 0, 320, 240)
OURS = Sequence()


def stamp(rect: Rect = RECT) -> Stamp:
    return Stamp(1, rect.width, rect.height, rect, 7, 0)


def units(rect: Rect = RECT, count: int = 2) -> list[bytes]:
    encoder, made = RegionEncoder(rect, 1000, count=40), []
    noise = np.random.default_rng(1)
    for number in range(count):
        pixels = noise.integers(0, 256, (rect.height, rect.width, 4), np.uint8)
        packet = encoder.encode([(rect.seen_from(rect), pixels)], stamp(rect), number * 3000, key=False)
        assert packet is not None
        made.append(bytes(packet))
    return made


KEY, NEXT = units()


def refused(data: bytes) -> bool:
    try:
        read(data)
    except RemoteProtocolError as error:
        return error.key == "picture_refused"
    return False


def slice_nal(first_block: int, slice_type: int = 7, set_id: int = 0, nal: int = 0x65) -> bytes:
    bits = ue(first_block) + ue(slice_type) + ue(set_id) + "1"
    bits += "0" * (-len(bits) % 8)
    return START + bytes([nal]) + int(bits, 2).to_bytes(len(bits) // 8, "big") + b"\x80"


def key_of(*slices: bytes) -> bytes:
    """A key picture with these slices in place of ours."""
    return without(KEY, IDR) + b"".join(slices)


@pytest.mark.parametrize("size", [(1, 1), (16, 16), (97, 401), (320, 240), (1920, 1080), (40, 8000), (8192, 2048)])
def test_our_own_pictures_pass_with_their_stamp_their_count_and_their_size(size: tuple[int, int]) -> None:
    rect = Rect(0, 0, *size)
    first, second = map(read, units(rect))
    assert first is not None
    assert second is not None
    assert (first.stamp, first.count, first.size) == (stamp(rect), 40, (padded(rect.width), padded(rect.height)))
    assert (second.stamp, second.count, second.size) == (stamp(rect), 41, None)


def test_the_decoder_gets_parameter_sets_and_slices_alone() -> None:
    unit = read(KEY)
    assert unit is not None
    kinds = [kind(nal) for nal in nal_units(unit.data)]
    assert (kinds[:2], set(kinds[2:])) == ([SPS, PPS], {IDR})


@pytest.mark.parametrize(
    "data", [b"", b"\x00", START, START + b"\x67", b"junk" * 50, as_sei(stamp(), 3), bytes(MOST_BYTES), bytes(9)]
)
def test_where_no_slice_is_there_is_no_picture(data: bytes) -> None:
    assert read(data) is None


def test_a_picture_that_lost_its_beginning_and_with_it_the_stamp_is_none() -> None:
    assert read(without(KEY, SEI)) is None
    assert read(START + b"\x65" + bytes(range(200))) is None


@pytest.mark.parametrize("whole", [KEY, NEXT])
def test_a_torn_picture_is_none_or_passes_and_is_never_taken_for_a_lie(whole: bytes) -> None:
    """It may have been torn anywhere, in the middle of the header of its last slice too."""
    last = whole.rindex(START)
    for cut in (*range(800), *range(last - 9, last + 30), len(whole) - 1):
        read(whole[:cut])


def test_a_unit_of_more_than_4_mib_is_none() -> None:
    assert read(KEY + bytes(MOST_BYTES)) is None


def test_a_parameter_set_like_ours_passes() -> None:
    unit = read(with_sps(KEY, OURS.nal()))
    assert unit is not None
    assert unit.size == (320, 240)


@pytest.mark.parametrize(
    "lie",
    [
        replace(OURS, reference_frames=16),
        replace(OURS, reference_frames=0),
        replace(OURS, order=0),
        replace(OURS, profile=66),
        replace(OURS, profile=100),
        replace(OURS, profile=244),
        replace(OURS, set_id=1),
        replace(OURS, gaps=True),
        replace(OURS, whole_frames=False),
        replace(OURS, width=2**24),
    ],
    ids=str,
)
def test_a_parameter_set_that_asks_for_more_than_ours_is_refused(lie: Sequence) -> None:
    assert refused(with_sps(KEY, lie.nal()))


@pytest.mark.parametrize(
    "x264", ["ref=16:bframes=0", "bframes=8:b-adapt=0", "interlaced=1:bframes=0", "fake-interlaced=1"]
)
def test_streams_that_make_the_decoder_keep_pictures_are_refused(x264: str) -> None:
    assert refused(as_sei(stamp(), 0) + coded(320, 240, 1, x264)[0])


@pytest.mark.parametrize("other", [2, 3, 4, 9, 10, 11, 12, 13, 14, 15, 19, 20, 21, 31])
def test_other_kinds_of_units_are_refused(other: int) -> None:
    """Data partitions, auxiliary pictures, layers and views among them: they make the decoder remember more."""
    assert refused(KEY + START + bytes([0x60 | other]) + b"\x88\x84\x80")


@pytest.mark.parametrize(
    "data",
    [
        as_sei(stamp(), 3) + KEY,  # two
        without(KEY, SPS),
        without(KEY, PPS),
        KEY + Sequence(width=640).nal(),  # a second set
        NEXT + OURS.nal() + START + b"\x68\xce\x3c\x80",  # a change of the size in mid-stream
        with_sps(KEY, OURS.nal() + b"\x01" * 200),
        KEY + NEXT,  # a picture behind the picture
        KEY + without(KEY, SEI),
        KEY + START + b"\xe5\x88\x84\x80",  # forbidden_zero_bit
        KEY + (START + b"\x06\x05\x01\x01\x80") * MOST_UNITS,
        key_of(slice_nal(1)),
        key_of(slice_nal(0), slice_nal(0)),
        key_of(slice_nal(0), slice_nal(9), slice_nal(5)),
        key_of(slice_nal(0), slice_nal(300)),
        key_of(slice_nal(0, slice_type=6)),
        key_of(slice_nal(0, set_id=3)),
        key_of(slice_nal(0), slice_nal(5, nal=0x61)),
        key_of(START + b"\x65\x00\x00\x03\x00\x01\x80\x80\x80"),
        without(KEY, SPS).replace(START + b"\x68", START + b"\x67\x4d" + START + b"\x68"),
    ],
)
def test_whatever_our_encoder_never_sends_is_refused(data: bytes) -> None:
    assert refused(data)


def test_a_slice_further_down_belongs_to_the_same_picture() -> None:
    assert read(key_of(slice_nal(0), slice_nal(150))) is not None


@settings(max_examples=300, deadline=None)
@given(
    st.integers(1, 512), st.integers(1, 512), st.integers(0, 20), st.integers(0, 2), st.integers(0, 31), st.booleans()
)
def test_of_all_parameter_sets_those_like_ours_pass_and_are_read_right(
    across: int, down: int, frames: int, order: int, set_id: int, whole: bool
) -> None:
    claim = Sequence(across * 16, down * 16, 77, set_id, order, frames, False, whole)
    like_ours = (frames, order, set_id, whole) == (1, 2, 0, True)
    data = with_sps(key_of(slice_nal(0)), claim.nal())
    if like_ours:
        unit = read(data)
        assert unit is not None
        assert unit.size == (across * 16, down * 16)
    elif order != 1:  # that one has more numbers, which are not read
        assert refused(data)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 31), st.binary(max_size=60)), max_size=40), st.booleans())
def test_junk_is_refused_or_no_picture_and_never_another_error(junk: list[tuple[int, bytes]], marked: bool) -> None:
    data = b"".join(START + bytes([0x60 | nal]) + payload for nal, payload in junk)
    with contextlib.suppress(RemoteProtocolError):
        read((as_sei(stamp(), 1) if marked else b"") + data)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=8))
def test_damage_is_refused_or_passes_and_never_another_error(damage: list[tuple[int, int]]) -> None:
    data = bytearray(KEY)
    for at, change in damage:
        data[at % min(len(data), 900)] ^= change
    with contextlib.suppress(RemoteProtocolError):
        unit = read(bytes(data))
        assert unit is None or unit.size is None or unit.size[0] * unit.size[1] <= 2**40

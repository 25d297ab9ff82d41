"""The encoder of a region: whatever its size and however little changed, what is seen is what was captured."""

from __future__ import annotations

from typing import Any

import av
import numpy as np
import pytest

from remotehelp.media.area import Pixels, Rect
from remotehelp.media.region_decoder import RegionDecoder, pixels_of
from remotehelp.media.region_encoder import CLOCK_RATE, FRAME_RATE, TIME_BASE, RegionEncoder, padded
from remotehelp.media.stamp import Stamp, as_sei

TICK = CLOCK_RATE // FRAME_RATE
SIZES = [(640, 480), (641, 481), (634, 470), (33, 17), (16, 16), (2, 2), (1, 1), (3, 90), (700, 1), (1366, 768)]


def page(width: int, height: int, shift: int = 0) -> Pixels:
    """Something like text on a page, scrolled by ``shift`` rows."""
    rows, columns = np.mgrid[0:height, 0:width]
    dark = ((rows + shift) % 16 < 8) & (columns % 12 < 6)
    pixels = np.full((height, width, 4), 245, np.uint8)
    pixels[dark] = 30
    return pixels


def noise(width: int, height: int, count: int) -> list[Pixels]:
    return list(np.random.default_rng(1).integers(0, 256, (count, height, width, 4), np.uint8))


def stamp(encoder: RegionEncoder) -> Stamp:
    return Stamp(1, 8192, 2048, encoder.rect, 5, 3)


def encoded(encoder: RegionEncoder, pixels: Pixels, n: int, *, key: bool = False) -> av.Packet[Any]:
    whole = Rect(0, 0, encoder.rect.width, encoder.rect.height)
    packet = encoder.encode([(whole, pixels)], stamp(encoder), n * TICK, key=key)
    assert packet is not None, "a picture was held back"
    return packet


def decoded(packets: list[av.Packet[Any]]) -> list[Pixels]:
    decoder = RegionDecoder()
    pictures = [shown for packet in packets for shown in decoder.decode(bytes(packet))]
    return [pixels_of(picture, stamp.rect) for stamp, picture in pictures]


def error(one: Pixels, other: Pixels) -> float:
    """Root mean square difference of blue, green and red."""
    return float(np.sqrt(np.mean((one[..., :3].astype(float) - other[..., :3].astype(float)) ** 2)))


@pytest.mark.parametrize("size", SIZES)
def test_any_size_comes_out_close_to_what_went_in(size: tuple[int, int]) -> None:
    encoder = RegionEncoder(Rect(7, 5, *size))
    wanted = [page(*size, 8 * n) for n in range(3)]
    seen = decoded([encoded(encoder, pixels, n) for n, pixels in enumerate(wanted)])
    assert [pixels.shape for pixels in seen] == [pixels.shape for pixels in wanted]
    assert max(error(one, other) for one, other in zip(seen, wanted, strict=True)) < 12


def test_each_picture_comes_out_at_once() -> None:
    encoder = RegionEncoder(Rect(0, 0, 320, 240))
    packets = [encoded(encoder, page(320, 240, n), n) for n in range(6)]
    assert [packet.pts for packet in packets] == [n * TICK for n in range(6)]
    assert {packet.time_base for packet in packets} == {TIME_BASE}


def test_it_begins_with_its_stamp_and_counts() -> None:
    encoder = RegionEncoder(Rect(3, 4, 320, 240))
    packets = [encoded(encoder, page(320, 240, n), n) for n in range(3)]
    assert [bytes(packet).startswith(as_sei(stamp(encoder), n)) for n, packet in enumerate(packets)] == [True] * 3


def test_a_key_picture_comes_first_when_it_is_wanted_and_never_else() -> None:
    encoder = RegionEncoder(Rect(0, 0, 320, 240))
    wanted = (False, False, False, True, False, False)
    packets = [encoded(encoder, page(320, 240, 8 * n), n, key=key) for n, key in enumerate(wanted)]
    assert [packet.is_keyframe for packet in packets] == [True, False, False, True, False, False]
    [seen] = decoded(packets[3:4])
    assert error(seen, page(320, 240, 24)) < 12


def test_a_clock_that_stands_or_goes_back_does_no_harm() -> None:
    encoder = RegionEncoder(Rect(0, 0, 64, 64))
    packets = [encoded(encoder, page(64, 64, 8 * n), at) for n, at in enumerate((5, 5, 2, 9))]
    assert [packet.pts for packet in packets] == [5 * TICK, 5 * TICK + 1, 5 * TICK + 2, 9 * TICK]
    assert len(decoded(packets)) == 4


@pytest.mark.parametrize(
    "part", [Rect(40, 20, 64, 32), Rect(41, 21, 63, 33), Rect(0, 0, 1, 1), Rect(100, 0, 51, 91), Rect(13, 90, 138, 1)]
)
def test_a_part_changes_its_pixels_and_no_others(part: Rect) -> None:
    encoder, picture = RegionEncoder(Rect(0, 0, 151, 91)), np.full((91, 151, 4), 90, np.uint8)
    packets = [encoded(encoder, picture, 0)]
    part.of(picture)[:] = 200
    for n in range(1, 5):  # the quantiser needs a few pictures to settle
        packet = encoder.encode([(part, part.of(picture).copy())], stamp(encoder), n * TICK, key=False)
        assert packet is not None
        packets.append(packet)
    seen = decoded(packets)[-1]
    assert np.abs(seen[..., :3].astype(int) - picture[..., :3]).max() <= 16  # a pixel in the wrong place is 110 off


def test_many_parts_make_the_same_picture_as_the_whole() -> None:
    whole, pieces = (RegionEncoder(Rect(0, 0, 160, 96)) for _ in range(2))
    [picture] = noise(160, 96, 1)
    boxes = [Rect(x, y, 32, 16) for y in range(0, 96, 16) for x in range(0, 160, 32)]
    one = encoded(whole, picture, 0)
    other = pieces.encode([(box, box.of(picture)) for box in boxes], stamp(pieces), 0, key=True)
    assert other is not None
    [seen], [again] = decoded([one]), decoded([other])
    assert error(seen, again) < 3


def test_the_captured_buffer_may_be_used_again_at_once() -> None:
    encoder, buffer = RegionEncoder(Rect(0, 0, 64, 64)), np.zeros((64, 64, 4), np.uint8)
    packets = []
    for n, grey in enumerate((20, 120, 220)):
        buffer[:] = grey
        packets.append(encoded(encoder, buffer, n))
        buffer[:] = 0
    assert [round(float(picture[..., :3].mean()), -1) for picture in decoded(packets)] == [20, 120, 220]


def test_a_part_of_a_larger_buffer_that_cannot_be_written_to() -> None:
    whole = page(200, 100)
    whole.flags.writeable = False
    [seen] = decoded([encoded(RegionEncoder(Rect(0, 0, 100, 50)), whole[25:75, 50:150], 0)])
    assert error(seen, whole[25:75, 50:150]) < 12


@pytest.mark.parametrize(
    "colour", [(0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (30, 30, 30), (200, 150, 90)]
)
def test_colours_are_right_to_a_level_or_two(colour: tuple[int, int, int]) -> None:
    picture = np.full((48, 48, 4), (*colour, 0), np.uint8)
    [seen] = decoded([encoded(RegionEncoder(Rect(0, 0, 48, 48)), picture, 0)])
    assert np.abs(seen[..., :3].astype(int) - colour).max() <= 3


def kbit_s(packets: list[av.Packet[Any]]) -> float:
    return sum(packet.size for packet in packets) * 8 * FRAME_RATE / 1000 / len(packets)


def test_the_bitrate_follows_its_aim_without_a_key_picture() -> None:
    encoder, pictures = RegionEncoder(Rect(0, 0, 320, 240), 1000), noise(320, 240, 10)
    steps = {}
    for step, aim in enumerate((1000, 250, 4000, 1000)):
        encoder.aim(aim)
        packets = [encoded(encoder, pictures[n % 10], step * 60 + n) for n in range(60)]
        assert sum(packet.is_keyframe for packet in packets) == (step == 0)
        steps[step, aim] = kbit_s(packets[30:])
    assert all(0.5 * aim < rate < 1.25 * aim for (_, aim), rate in steps.items()), steps


def test_the_bitrate_holds_when_fewer_pictures_come() -> None:
    encoder, pictures = RegionEncoder(Rect(0, 0, 320, 240), 1000), noise(320, 240, 10)
    packets = [encoded(encoder, pictures[n % 10], 3 * n) for n in range(40)]  # 10 a second
    assert 300 < kbit_s(packets[20:]) / 3 < 1250


@pytest.mark.parametrize("share", [1000, 6000])
def test_a_key_picture_takes_no_longer_on_the_line_than_a_blink(share: int) -> None:
    text = np.random.default_rng(3).choice(np.array([20, 240], np.uint8), (1080 // 4, 1920 // 4, 1), p=[0.3, 0.7])
    picture = np.ascontiguousarray(np.broadcast_to(text.repeat(4, 0).repeat(4, 1), (1080, 1920, 4)))
    packet = encoded(RegionEncoder(Rect(0, 0, 1920, 1080), share), picture, 0)
    assert packet.size * 8 / 1000 / share < 0.3


@pytest.mark.parametrize(("side", "coded"), [(1, 16), (16, 16), (17, 32), (1080, 1088)])
def test_sides_are_padded_to_whole_macroblocks(side: int, coded: int) -> None:
    assert padded(side) == coded

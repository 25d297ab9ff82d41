"""The screen's encoder: whatever the size, what is decoded looks like what was captured."""

from __future__ import annotations

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from remotehelp.media.frame import Frame
from remotehelp.media.receiving import to_frame
from remotehelp.media.screen_encoder import CLOCK_RATE, FRAME_RATE, ScreenEncoder

Pixels = NDArray[np.uint8]
TICK = CLOCK_RATE // FRAME_RATE


def page(width: int, height: int, shift: int = 0) -> Pixels:
    """Something like text on a page, scrolled by ``shift`` rows."""
    rows, columns = np.mgrid[0:height, 0:width]
    dark = ((rows + shift) % 16 < 8) & (columns % 12 < 6)
    pixels = np.full((height, width, 4), 245, np.uint8)
    pixels[dark] = 30
    return pixels


def decode(packets: list[av.Packet]) -> list[Pixels]:
    decoder = av.CodecContext.create("h264", "r")
    frames = [frame for packet in packets for frame in decoder.decode(av.Packet(bytes(packet)))]
    return [rows(to_frame(frame, 1)) for frame in [*frames, *decoder.decode(None)]]


def rows(frame: Frame) -> Pixels:
    whole = np.frombuffer(frame.pixels, np.uint8)[: frame.stride * frame.height].reshape(frame.height, frame.stride)
    return whole[:, : 4 * frame.width].reshape(frame.height, frame.width, 4)


def error(one: Pixels, other: Pixels) -> float:
    """Root mean square difference of blue, green and red."""
    return float(np.sqrt(np.mean((one[..., :3].astype(float) - other[..., :3].astype(float)) ** 2)))


@pytest.mark.parametrize("size", [(640, 480), (641, 481), (640, 481), (33, 17), (2, 2), (1, 1), (1366, 768)])
def test_any_size_comes_out_close_to_what_went_in(size: tuple[int, int]) -> None:
    width, height = size
    encoder = ScreenEncoder(width, height)
    wanted = [page(width, height, 8 * n) for n in range(3)]
    packets = [encoder.encode(pixels, n * TICK, key=n == 0) for n, pixels in enumerate(wanted)]
    seen = decode([packet for packet in packets if packet is not None])
    assert len(seen) == 3
    for one, other in zip(seen, wanted, strict=True):
        assert one.shape[0] in (height, height + height % 2)
        assert one.shape[1] in (width, width + width % 2)
        assert error(one[:height, :width], other) < 12


def test_each_picture_comes_out_at_once() -> None:
    encoder = ScreenEncoder(320, 240)
    assert all(encoder.encode(page(320, 240, n), n * TICK, key=False) is not None for n in range(5))


def test_a_key_picture_comes_when_it_is_wanted_and_else_never_again() -> None:
    encoder = ScreenEncoder(320, 240)
    wanted = (True, False, False, True, False, False)
    packets = [encoder.encode(page(320, 240, 8 * n), n * TICK, key=key) for n, key in enumerate(wanted)]
    assert tuple(packet is not None and packet.is_keyframe for packet in packets) == wanted


def test_a_key_picture_stands_alone() -> None:
    encoder = ScreenEncoder(320, 240)
    for n in range(3):
        encoder.encode(page(320, 240, n), n * TICK, key=False)
    packet = encoder.encode(page(320, 240, 5), 4 * TICK, key=True)
    assert packet is not None
    [seen] = decode([packet])
    assert error(seen, page(320, 240, 5)) < 12


def test_the_captured_buffer_may_be_used_again_at_once() -> None:
    encoder, buffer = ScreenEncoder(64, 64), np.zeros((64, 64, 4), np.uint8)
    packets = []
    for n, grey in enumerate((20, 120, 220)):
        buffer[:] = grey
        packets.append(encoder.encode(buffer, n * TICK, key=n == 0))
        buffer[:] = 0
    seen = decode([packet for packet in packets if packet is not None])
    assert [round(float(picture[..., :3].mean()), -1) for picture in seen] == [20, 120, 220]


def test_a_whole_page_fits_what_a_receive_buffer_holds() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (1080, 1920, 4), np.uint8)
    packet = ScreenEncoder(1920, 1080).encode(noise, 0, key=True)
    assert packet is not None
    assert packet.size < 400 * 1024


def test_a_part_of_a_larger_buffer_can_be_encoded() -> None:
    whole = page(200, 100)
    packet = ScreenEncoder(100, 50).encode(whole[25:75, 50:150], 0, key=True)
    assert packet is not None
    [seen] = decode([packet])
    assert error(seen, whole[25:75, 50:150]) < 12

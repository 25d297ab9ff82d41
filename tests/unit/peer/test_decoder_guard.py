"""The decoder's guard: what claims to be larger than agreed never reaches the decoder, and nothing piles up."""

from __future__ import annotations

from types import SimpleNamespace

import av
import numpy as np
import pytest
from av.video.codeccontext import VideoCodecContext

from remotehelp.peer.decoder_guard import WAITING, DivertedQueue, GuardedQueue, size_of_key_frame

VP8 = SimpleNamespace(name="VP8")


def key_frame(width: int, height: int) -> bytes:
    """A real VP8 key frame of that size."""
    codec = av.CodecContext.create("libvpx", "w")
    assert isinstance(codec, VideoCodecContext)
    codec.width, codec.height, codec.pix_fmt = width, height, "yuv420p"
    picture = av.VideoFrame.from_ndarray(np.zeros((height, width, 3), np.uint8), format="rgb24").reformat(
        format="yuv420p"
    )
    return b"".join(bytes(packet) for packet in [*codec.encode(picture), *codec.encode(None)])


def claiming(width: int, height: int) -> bytes:
    """A key frame whose header lies about its size."""
    data = bytearray(key_frame(64, 48))
    data[6:8], data[8:10] = width.to_bytes(2, "little"), height.to_bytes(2, "little")
    return bytes(data)


def encoded(data: bytes) -> tuple[SimpleNamespace, SimpleNamespace]:
    return VP8, SimpleNamespace(data=data)


def test_the_size_is_read_from_a_real_key_frame() -> None:
    assert size_of_key_frame(key_frame(320, 240)) == (320, 240)


@pytest.mark.parametrize("data", [b"", b"\x00" * 9, b"\x01" + bytes(20), bytes(20)])
def test_other_frames_claim_nothing(data: bytes) -> None:
    assert size_of_key_frame(data) is None


@pytest.mark.parametrize(
    ("width", "height", "passes"), [(640, 480, 1), (641, 480, 0), (640, 481, 0), (16383, 16383, 0)]
)
def test_a_frame_that_claims_too_much_never_reaches_the_decoder(width: int, height: int, passes: int) -> None:
    guarded = GuardedQueue(640, 480)
    guarded.put(encoded(claiming(width, height)))
    assert guarded.qsize() == passes


def test_other_codecs_than_the_agreed_one_are_dropped() -> None:
    guarded = GuardedQueue(640, 480)
    guarded.put((SimpleNamespace(name="H264"), SimpleNamespace(data=bytes(100))))
    assert guarded.empty()


def test_a_slow_decoder_lets_nothing_pile_up_and_still_hears_the_end() -> None:
    guarded = GuardedQueue(640, 480)
    for _ in range(1000):
        guarded.put(encoded(b"\x01" * 50))
    guarded.put(None)
    assert guarded.qsize() == WAITING + 1


def test_what_is_diverted_goes_to_whoever_takes_it_and_never_to_the_decoder() -> None:
    taken: list[bytes] = []
    diverted = DivertedQueue(taken.append)
    for data in (b"one", b"two"):
        diverted.put((SimpleNamespace(name="H264"), SimpleNamespace(data=data)))
    assert taken == [b"one", b"two"]
    assert diverted.empty()


def test_the_decoder_thread_of_what_is_diverted_hears_the_end() -> None:
    diverted = DivertedQueue(lambda _: None)
    diverted.put(None)
    assert diverted.get_nowait() is None

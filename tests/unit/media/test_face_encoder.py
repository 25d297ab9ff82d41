"""The face as VP8: the camera's picture whatever its rows, at the size and the rate of the step."""

from __future__ import annotations

import av
import numpy as np
import pytest

from remotehelp.media.camera_frame import CameraFrame
from remotehelp.media.face_encoder import KEY_PERCENT, FaceEncoder
from remotehelp.media.face_plan import STEPS, Step
from tests.helpers.joined_peers import grey_face

WHOLE = Step(640, 15, 2000)


def wide(rows: np.ndarray, stride: int) -> bytes:
    """``rows`` with a stride of ``stride`` bytes, the rest filled with a value that must not be seen."""
    out = np.full((rows.shape[0], stride), 255, np.uint8)
    out[:, : rows.shape[1]] = rows
    return out.tobytes()


def slope(width: int, height: int) -> np.ndarray:
    """From black to grey, from left to right."""
    return np.tile(np.linspace(20, 160, width, dtype=np.uint8), (height, 1))


def decoded(*packets: av.Packet | None) -> av.VideoFrame:
    decoder = av.CodecContext.create("libvpx", "r")
    return [picture for packet in packets if packet is not None for picture in decoder.decode(packet)][-1]


@pytest.mark.parametrize(("width", "extra"), [(320, 0), (320, 64), (322, 0), (322, 30), (640, 0), (34, 0)])
def test_the_picture_is_the_cameras_whatever_the_length_of_its_rows(width: int, extra: int) -> None:
    height = 64
    y, half = slope(width, height), np.full((height // 2, width // 2), 120, np.uint8)
    strides = (width + extra, width // 2 + extra, width // 2 + extra)
    planes = (wide(y, strides[0]), wide(half, strides[1]), wide(half, strides[2]))
    frame = CameraFrame(width, height, planes, strides)
    encoder = FaceEncoder(WHOLE, frame)
    seen = decoded(*(encoder.encode(frame, key=False) for _ in range(6))).to_ndarray(format="yuv420p")
    assert seen.shape == (height * 3 // 2, width)
    assert np.abs(seen[:height].astype(int) - y).mean() < 4
    assert np.abs(seen[height:].astype(int) - 120).mean() < 4


@pytest.mark.parametrize("step", STEPS)
def test_the_size_follows_the_step_and_the_shape_stays(step: Step) -> None:
    frame = grey_face(90, 640, 480)
    picture = decoded(FaceEncoder(step, frame).encode(frame, key=False))
    assert (picture.width, picture.height) == (step.width, step.width * 3 // 4)


def test_a_small_camera_is_not_enlarged() -> None:
    frame = grey_face(90, 200, 150)
    picture = decoded(FaceEncoder(STEPS[0], frame).encode(frame, key=False))
    assert (picture.width, picture.height) == (200, 150)


def noisy(seed: int) -> CameraFrame:
    grey = grey_face(0, 640, 480)
    luma = np.random.default_rng(seed).integers(60, 200, (60, 80), np.uint8).repeat(8, 0).repeat(8, 1)
    return CameraFrame(640, 480, (luma.tobytes(), *grey.planes[1:]), grey.strides)


@pytest.mark.parametrize("step", STEPS[1:])
def test_a_key_picture_takes_little_more_than_others(step: Step) -> None:
    encoder = FaceEncoder(step, noisy(0))
    packets = [encoder.encode(noisy(n), key=n == 8) for n in range(9)]
    assert all(packet is not None for packet in packets)
    assert packets[8].is_keyframe
    assert not packets[7].is_keyframe
    assert packets[8].size < step.kbit_s * 125 / step.rate * KEY_PERCENT / 100 * 1.5


def test_it_says_what_it_is_for() -> None:
    frame = grey_face()
    encoder = FaceEncoder(STEPS[1], frame)
    assert encoder.fits(STEPS[1], grey_face(7))
    assert not encoder.fits(STEPS[2], frame)
    assert not encoder.fits(STEPS[1], grey_face(7, 160, 120))

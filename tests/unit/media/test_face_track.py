"""The technician's face: the newest camera frame, with whatever rows the camera has."""

from __future__ import annotations

import asyncio
import threading

import numpy as np
import pytest
from aiortc.mediastreams import MediaStreamError

from remotehelp.media.camera_frame import CameraFrame
from remotehelp.media.face_track import FaceTrack
from tests.helpers.joined_peers import grey_face


def luma(width: int, height: int) -> np.ndarray:
    return np.arange(width * height, dtype=np.uint32).reshape(height, width).astype(np.uint8)


def wide(rows: np.ndarray, stride: int) -> bytes:
    """``rows`` with a stride of ``stride`` bytes, the rest filled with a value that must not be seen."""
    out = np.full((rows.shape[0], stride), 255, np.uint8)
    out[:, : rows.shape[1]] = rows
    return out.tobytes()


@pytest.mark.parametrize(("width", "extra"), [(320, 0), (320, 64), (322, 0), (322, 30), (640, 0), (2, 0)])
async def test_the_picture_is_the_cameras_whatever_the_length_of_its_rows(width: int, extra: int) -> None:
    height = 10
    y, u, v = luma(width, height), luma(width // 2, height // 2), luma(width // 2, height // 2)[::-1]
    strides = (width + extra, width // 2 + extra, width // 2 + extra)
    planes = tuple(wide(rows, stride) for rows, stride in zip((y, u, v), strides, strict=True))
    track = FaceTrack()
    track.put(CameraFrame(width, height, planes, strides))  # type: ignore[arg-type]
    picture = await track.recv()
    seen = picture.to_ndarray(format="yuv420p")
    assert (picture.width, picture.height, picture.format.name) == (width, height, "yuv420p")
    assert (seen[:height] == y).all()
    assert (seen[height:].ravel() == np.concatenate([u.ravel(), v.ravel()])).all()
    track.stop()


async def test_the_newest_frame_wins_and_stamps_rise() -> None:
    track = FaceTrack()
    stamps = []
    for greys in ((10, 20, 30), (40, 50)):
        for grey in greys:
            track.put(grey_face(grey))
        picture = await track.recv()
        stamps.append(picture.pts)
        assert picture.to_ndarray(format="gray")[0, 0] == pytest.approx(greys[-1], abs=20)
        await asyncio.sleep(0.001)
    assert stamps[0] < stamps[1]
    track.stop()


async def test_a_frame_from_the_cameras_thread_wakes_whoever_waits() -> None:
    track = FaceTrack()
    pull = asyncio.create_task(track.recv())
    await asyncio.sleep(0)
    camera = threading.Thread(target=track.put, args=(grey_face(),))
    camera.start()
    camera.join()
    assert (await asyncio.wait_for(pull, 5)).width == 320
    track.stop()


async def test_without_a_camera_nothing_is_sent_and_the_end_is_clean() -> None:
    track = FaceTrack()
    pull = asyncio.create_task(track.recv())
    done, _ = await asyncio.wait([pull], timeout=0.05)
    assert not done
    track.stop()
    with pytest.raises(MediaStreamError):
        await pull


def test_a_camera_that_is_faster_than_the_end_of_the_program_does_no_harm() -> None:
    async def make() -> FaceTrack:
        return FaceTrack()

    track = asyncio.run(make())
    track.put(grey_face())
    track.put(grey_face())

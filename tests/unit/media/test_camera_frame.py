"""A camera frame is plain planar YUV; what the camera may send at most fits what a visit may cost."""

from __future__ import annotations

import asyncio
import dataclasses

import av
import pytest

from remotehelp.media.camera_frame import MAX_HEIGHT, MAX_WIDTH, CameraFrame
from remotehelp.media.face_track import FaceTrack
from tests.helpers.joined_peers import grey_face


def test_the_largest_one_passes_through_the_face_track() -> None:
    async def through() -> tuple[int, int]:
        track = FaceTrack()
        track.follow(lambda: 0.001)  # a local network
        track.put(grey_face(90, MAX_WIDTH, MAX_HEIGHT))
        packet = await track.recv()
        track.stop()
        [picture] = av.CodecContext.create("libvpx", "r").decode(packet)
        return picture.width, picture.height

    assert asyncio.run(through()) == (MAX_WIDTH, MAX_HEIGHT) == (640, 480)


def test_nobody_writes_into_it() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        grey_face().width = 2  # type: ignore[misc]
    assert all(isinstance(plane, bytes) for plane in grey_face().planes)
    assert isinstance(grey_face(), CameraFrame)

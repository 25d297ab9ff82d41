"""The technician's face on its way: the newest camera frame, at the step that the line allows."""

from __future__ import annotations

import asyncio
import threading
import time

import av
import pytest
from aiortc.mediastreams import MediaStreamError

from remotehelp.media.face_plan import STEPS
from remotehelp.media.face_track import FaceTrack
from tests.helpers.joined_peers import grey_face


def grey_of(packet: av.Packet) -> int:
    """The first pixel of a key picture."""
    [picture] = av.CodecContext.create("libvpx", "r").decode(packet)
    return int(picture.to_ndarray(format="gray")[0, 0])


async def test_the_newest_frame_wins_and_stamps_rise() -> None:
    track = FaceTrack()
    stamps = []
    for greys in ((10, 20, 30), (40, 50)):
        for grey in greys:
            track.put(grey_face(grey, 320 + len(greys) * 2))  # another shape: a key picture each
        packet = await track.recv()
        stamps.append(packet.pts)
        assert grey_of(packet) == pytest.approx(greys[-1], abs=20)
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
    assert (await asyncio.wait_for(pull, 5)).is_keyframe
    track.stop()


async def test_a_thin_line_gets_small_pictures_and_few() -> None:
    track = FaceTrack()
    track.follow(lambda: 0.1)
    plenty = track.bytes_per_s
    track.reported(2000.0, 0.0)
    track.reported(60.0, None)
    assert track.bytes_per_s < plenty
    began, sizes = time.monotonic(), []
    while len(sizes) < 4:
        track.put(grey_face(90, 640, 480))
        packet = await track.recv()
        if packet.is_keyframe:
            sizes.append(av.CodecContext.create("libvpx", "r").decode(packet)[0].width)
        else:
            sizes.append(0)
    assert sizes == [160, 0, 0, 0]
    assert time.monotonic() - began > 2.4 / STEPS[-1].rate
    track.stop()


async def test_a_key_picture_comes_when_it_is_wanted_but_not_again_and_again() -> None:
    track = FaceTrack()
    keys = []
    for count in range(6):
        if count:
            track.want_keyframe()
        track.put(grey_face())
        keys.append((await track.recv()).is_keyframe)
    assert keys == [True, True, False, False, False, False]
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

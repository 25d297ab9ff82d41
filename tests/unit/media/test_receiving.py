"""Pictures on their way to a window: the newest wins, and nothing is left when the track ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import av
import numpy as np
import pytest
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from remotehelp.media import receiving
from remotehelp.media.frame import Frame
from remotehelp.media.receiving import receive, to_frame
from tests.helpers.waiting import until


def picture(blue: int, width: int = 64, height: int = 48) -> av.VideoFrame:
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[..., 0] = blue
    return av.VideoFrame.from_ndarray(pixels, format="bgr24").reformat(format="yuv420p")


class Remote(MediaStreamTrack):
    """A remote track that a test feeds; None ends it."""

    kind = "video"

    def __init__(self) -> None:
        super().__init__()
        self.pictures: asyncio.Queue[av.VideoFrame | None] = asyncio.Queue()

    async def recv(self) -> av.VideoFrame:
        got = await self.pictures.get()
        if got is None:
            raise MediaStreamError
        return got


def blue(frame: Frame) -> int:
    return bytes(frame.pixels)[0]


def grey(value: int, width: int, height: int) -> av.VideoFrame:
    """All of one grey, padding included."""
    out = av.VideoFrame(width, height, "yuv420p")
    for plane, filling in zip(out.planes, (value, 128, 128), strict=True):
        plane.update(bytes([filling]) * (plane.line_size * plane.height))
    return out


def rows(frame: Frame) -> np.ndarray:
    whole = np.frombuffer(frame.pixels, np.uint8)[: frame.stride * frame.height].reshape(frame.height, frame.stride)
    return whole[:, : 4 * frame.width].reshape(frame.height, frame.width, 4)


@pytest.mark.parametrize("height", [2, 17, 50])
def test_every_pixel_of_a_row_is_painted_whatever_the_width(height: int) -> None:
    for width in (*range(1, 70), 1050):
        for n in range(4):  # leaves black where the next one is made
            to_frame(grey(16, width, height), n)
        assert (rows(to_frame(grey(235, width, height), 9))[..., :3] > 250).all(), width


@pytest.mark.parametrize("size", [(64, 48), (66, 50), (33, 17), (1, 1)])
def test_rows_of_a_frame_are_blue_green_red_and_unused(size: tuple[int, int]) -> None:
    width, height = size
    pixels = np.full((height, width, 3), (200, 100, 50), np.uint8)
    frame = to_frame(av.VideoFrame.from_ndarray(pixels, format="bgr24"), 7)
    assert (frame.width, frame.height, frame.number) == (width, height, 7)
    assert frame.stride >= 4 * width
    assert (rows(frame)[..., :3] == (200, 100, 50)).all()


async def test_each_picture_arrives_with_a_rising_number() -> None:
    track, seen = Remote(), list[Frame]()
    running = asyncio.create_task(receive(track, seen.append))
    for n in range(3):
        track.pictures.put_nowait(picture(80 * n))
        await until(lambda wanted=n + 1: len(seen) == wanted)
    assert [frame.number for frame in seen] == [1, 2, 3]
    assert blue(seen[0]) < blue(seen[1]) < blue(seen[2])
    track.pictures.put_nowait(None)
    await asyncio.wait_for(running, 5)


async def test_while_a_window_is_slow_the_newest_wins() -> None:
    track, seen = Remote(), list[int]()

    def show(frame: Frame) -> None:
        if not seen:  # meanwhile ten more come
            for n in range(1, 11):
                track.pictures.put_nowait(picture(20 * n))
        seen.append(blue(frame))

    running = asyncio.create_task(receive(track, show))
    track.pictures.put_nowait(picture(0))
    await until(lambda: len(seen) >= 2 and seen[-1] > 180)
    assert len(seen) < 11
    track.pictures.put_nowait(None)
    await asyncio.wait_for(running, 5)


async def test_the_last_picture_before_the_end_still_arrives() -> None:
    track, seen = Remote(), list[Frame]()
    track.pictures.put_nowait(picture(200))
    track.pictures.put_nowait(None)
    await asyncio.wait_for(receive(track, seen.append), 5)
    assert len(seen) == 1


async def test_a_picture_that_is_too_large_never_reaches_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "LIMIT", 64)
    track, seen = Remote(), list[Frame]()
    running = asyncio.create_task(receive(track, seen.append))
    for size in ((66, 48), (64, 66), (64, 48)):
        track.pictures.put_nowait(picture(100, *size))
        await until(track.pictures.empty)
        await asyncio.sleep(0.01)
    await until(lambda: seen)
    track.pictures.put_nowait(None)
    await asyncio.wait_for(running, 5)
    assert [(frame.width, frame.height) for frame in seen] == [(64, 48)]


@pytest.mark.parametrize(
    "end", [lambda track, running: track.pictures.put_nowait(None), lambda _, running: running.cancel()]
)
async def test_no_task_is_left_however_it_ends(end: Callable[[Remote, asyncio.Task[None]], object]) -> None:
    before = asyncio.all_tasks()
    track = Remote()
    running = asyncio.create_task(receive(track, lambda frame: None))
    await asyncio.sleep(0.01)
    end(track, running)
    await asyncio.gather(running, return_exceptions=True)
    assert asyncio.all_tasks() == before

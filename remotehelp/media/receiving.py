"""Decoded pictures of a remote track on their way to the window: newest wins, converted off the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import av
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from av.video.reformatter import Interpolation

from remotehelp.latest import Latest
from remotehelp.media.frame import Frame

LIMIT = 8192  # pixels a side; nothing larger reaches the window
# swscale's fast path writes eight pixels at once and leaves out the last ones of a row that has no room for as many
# (widths that are 1 to 4 above a multiple of 8: 1050, for one); the whole path writes all and takes five times as long
FAST = Interpolation.BILINEAR
WHOLE = Interpolation.BILINEAR | Interpolation.FULL_CHR_H_INT | Interpolation.ACCURATE_RND


def to_frame(picture: av.VideoFrame, number: int) -> Frame:
    """``picture`` as rows that Qt paints without a copy (B G R X)."""
    painted = picture.reformat(format="bgr0", interpolation=WHOLE if 1 <= picture.width % 8 <= 4 else FAST)
    plane = painted.planes[0]
    return Frame(painted.width, painted.height, plane.line_size, memoryview(plane), number)


async def receive(track: MediaStreamTrack, show: Callable[[Frame], None]) -> None:
    """Call ``show`` with the newest picture of ``track``, converted on a worker thread, until the track ends."""
    box: Latest[av.VideoFrame] = Latest()
    news = asyncio.Event()
    drain = asyncio.create_task(_drain(track, box, news), name="drain")
    drain.add_done_callback(lambda _: news.set())
    number = 0
    try:
        while await news.wait():
            news.clear()
            picture = box.take()
            if picture is not None and max(picture.width, picture.height) <= LIMIT:
                number += 1
                show(await asyncio.to_thread(to_frame, picture, number))
            elif drain.done():
                return
    finally:
        drain.cancel()
        await asyncio.gather(drain, return_exceptions=True)


async def _drain(track: MediaStreamTrack, box: Latest[av.VideoFrame], news: asyncio.Event) -> None:
    while True:
        try:
            picture = await track.recv()
        except MediaStreamError:
            return
        if isinstance(picture, av.VideoFrame):
            box.put(picture)
            news.set()

"""The screen as a track: what changes leaves, what stands still costs nothing, and no trouble stays unsaid."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import av
import numpy as np
import pytest
from aiortc.mediastreams import MediaStreamError

from remotehelp.desktop.screens import Picture
from remotehelp.errors import BackendError
from remotehelp.media.screen_track import ScreenTrack
from tests.helpers.screen_source import PaintedSource
from tests.helpers.waiting import until


class Desk:
    """A track with what it told."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, int]] = []
        self.troubles: list[BackendError] = []
        self.track = ScreenTrack(lambda width, height: self.sizes.append((width, height)), self.troubles.append)

    async def next(self) -> av.Packet:
        async with asyncio.timeout(5):
            return await self.track.recv()

    async def nothing(self, seconds: float = 0.15) -> None:
        """Nothing leaves for so long."""
        pull = asyncio.create_task(self.track.recv())
        done, _ = await asyncio.wait([pull], timeout=seconds)
        pull.cancel()
        await asyncio.gather(pull, return_exceptions=True)
        assert not done


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    yield desk
    desk.track.stop()
    await until(lambda: not [t for t in threading.enumerate() if t.name.startswith("capture")])


def source(width: int = 64, height: int = 48) -> PaintedSource:
    return PaintedSource(np.zeros((height, width, 4), np.uint8))


async def test_the_first_picture_is_whole_and_the_next_ones_are_changes(desk: Desk) -> None:
    screen = source()
    desk.track.show(screen)
    first = await desk.next()
    screen.paint(100)
    second = await desk.next()
    assert first.is_keyframe
    assert not second.is_keyframe
    assert second.pts > first.pts


async def test_what_stands_still_is_neither_captured_nor_sent(desk: Desk) -> None:
    screen = source()
    desk.track.show(screen)
    await desk.next()
    await desk.nothing()
    assert screen.pulled == 1
    assert desk.sizes == [(64, 48)]


async def test_nothing_leaves_before_it_is_shown_and_after_it_is_hidden(desk: Desk) -> None:
    await desk.nothing(0.05)
    screen = source()
    desk.track.show(screen)
    await desk.next()
    desk.track.hide()
    screen.paint(9)
    await desk.nothing()


async def test_a_new_size_is_told_before_its_picture_leaves_which_is_whole(desk: Desk) -> None:
    screen = source(64, 48)
    desk.track.show(screen)
    await desk.next()
    screen.resize(80, 60)
    packet = await desk.next()
    assert desk.sizes == [(64, 48), (80, 60)]
    assert packet.is_keyframe


async def test_a_viewer_who_lost_pictures_gets_a_whole_one_of_a_still_screen(desk: Desk) -> None:
    screen = source()
    desk.track.show(screen)
    await desk.next()
    desk.track.want_keyframe()
    assert (await desk.next()).is_keyframe


async def test_wanting_a_whole_picture_while_nothing_is_shown_does_nothing(desk: Desk) -> None:
    desk.track.want_keyframe()
    await desk.nothing(0.05)


async def test_another_monitor_begins_with_a_whole_picture_even_if_the_old_one_was_being_captured(desk: Desk) -> None:
    class Slow(PaintedSource):
        captured, go = threading.Event(), threading.Event()

        def next(self, timeout: float) -> Picture | None:
            self.captured.set()
            self.go.wait(5)
            return super().next(timeout)

    old, new = Slow(np.zeros((48, 64, 4), np.uint8)), source()
    desk.track.show(old)
    pull = asyncio.create_task(desk.next())
    await until(old.captured.is_set)
    desk.track.show(new)
    old.go.set()
    assert (await pull).is_keyframe
    assert old.pulled == new.pulled == 1


async def test_pictures_leave_at_most_thirty_times_a_second(desk: Desk) -> None:
    class Film(PaintedSource):
        def next(self, timeout: float) -> Picture | None:
            self._news.set()
            return super().next(timeout)

    desk.track.show(Film(np.zeros((48, 64, 4), np.uint8)))
    stamps = [(await desk.next()).pts for _ in range(8)]
    intervals = len(stamps) - 2  # one picture may come early
    assert stamps[-1] - stamps[0] >= intervals * 90_000 / 30 - 1


async def test_a_source_that_fails_is_told_once_and_another_can_be_shown(desk: Desk) -> None:
    screen = source()
    desk.track.show(screen)
    await desk.next()
    screen.fail(BackendError("monitor_gone", monitor="HDMI-1"))
    await desk.nothing()
    assert [error.key for error in desk.troubles] == ["monitor_gone"]
    assert desk.track.readyState == "live"
    desk.track.show(source(32, 32))
    assert (await desk.next()).is_keyframe


async def test_the_failure_of_a_source_that_is_not_shown_any_more_is_nobodys_business(desk: Desk) -> None:
    class Closing(PaintedSource):
        captured, go = threading.Event(), threading.Event()

        def next(self, timeout: float) -> Picture | None:
            self.captured.set()
            self.go.wait(5)
            raise BackendError("display_lost")

    old = Closing(np.zeros((48, 64, 4), np.uint8))
    desk.track.show(old)
    pull = asyncio.create_task(desk.next())
    await until(old.captured.is_set)
    desk.track.show(source())
    old.go.set()
    assert (await pull).is_keyframe
    assert desk.troubles == []


async def test_a_stopped_track_ends_whoever_waits_for_it(desk: Desk) -> None:
    pull = asyncio.create_task(desk.track.recv())
    await asyncio.sleep(0)
    desk.track.stop()
    with pytest.raises(MediaStreamError):
        await pull
    with pytest.raises(MediaStreamError):
        await desk.track.recv()

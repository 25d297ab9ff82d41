"""The screen on its way out: only what is shown leaves, and no trouble stays unsaid."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest
from aiortc.mediastreams import MediaStreamError

from remotehelp.desktop.screens import Picture
from remotehelp.errors import BackendError
from remotehelp.media.capture import FILMS
from remotehelp.media.filming import Packet
from remotehelp.media.screen_stream import ScreenStream
from remotehelp.messages import Exact, Restart, Seen, decode_exact
from tests.helpers.screen_source import PaintedSource, Plenty, noise, page
from tests.helpers.waiting import until, wait_until


class Desk:
    """A stream with what it told and sent."""

    def __init__(self) -> None:
        self.sizes: list[tuple[int, int]] = []
        self.troubles: list[BackendError] = []
        self.messages: list[Exact] = []
        self.sources: list[PaintedSource] = []
        self.dark_told = 0
        self.stream = ScreenStream(
            lambda data: self.messages.append(decode_exact(data)),
            Plenty(at_once=10**6, at_rest=0),
            lambda width, height: self.sizes.append((width, height)),
            self.troubles.append,
            self._dark,
        )

    def _dark(self) -> None:
        self.dark_told += 1

    def show(self, source: PaintedSource) -> PaintedSource:
        self.sources.append(source)
        self.stream.show(source)
        return source

    async def film(self) -> Packet:
        async with asyncio.timeout(5):
            return await self.stream.track.recv()

    async def nothing(self, seconds: float = 0.15) -> None:
        """Nothing leaves for so long."""
        before = len(self.messages)
        pull = asyncio.create_task(self.stream.track.recv())
        done, _ = await asyncio.wait([pull], timeout=seconds)
        pull.cancel()
        await asyncio.gather(pull, return_exceptions=True)
        assert not done
        assert self.messages[before:] == []


def still() -> PaintedSource:
    """A page, which goes as tiles."""
    return PaintedSource(page(64, 48))


def photo(seed: int = 1) -> PaintedSource:
    """Too much for tiles."""
    return PaintedSource(noise(640, 480, seed))


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    yield desk
    desk.stream.stop()
    for source in desk.sources:
        source.close()
    await until(lambda: not [t for t in threading.enumerate() if t.name == "capture"])


async def test_what_is_shown_leaves_and_its_size_is_told(desk: Desk) -> None:
    desk.show(still())
    await until(lambda: desk.messages)
    assert desk.sizes == [(64, 48)]
    assert (desk.messages[0].width, desk.messages[0].seq) == (64, 1)


async def test_nothing_leaves_before_it_is_shown_and_after_it_is_hidden(desk: Desk) -> None:
    await desk.nothing(0.05)
    source = desk.show(still())
    await until(lambda: desk.messages)
    desk.stream.hide()
    source.paint(9)
    await desk.nothing()


@pytest.mark.parametrize("make", [still, photo])
async def test_what_was_captured_already_does_not_leave_once_it_is_hidden(desk: Desk, make: type) -> None:
    capture = threading.Event()
    leave = desk.stream.leave
    desk.stream.leave = lambda *what: (leave(*what), capture.set())  # type: ignore[method-assign,assignment]
    desk.show(make())
    wait_until(capture.is_set)  # while the loop stands still
    desk.stream.hide()
    await desk.nothing()
    assert desk.messages == []


async def test_video_that_nobody_took_does_not_leave_once_it_is_hidden(desk: Desk) -> None:
    desk.show(photo())
    await until(lambda: not desk.stream.track._packets.empty())
    desk.stream.hide()
    await desk.nothing(0.05)


async def test_another_monitor_begins_a_later_area_even_if_the_old_one_was_being_captured(desk: Desk) -> None:
    class Slow(PaintedSource):
        captured, go = threading.Event(), threading.Event()

        def next(self, timeout: float) -> Picture | None:
            self.captured.set()
            self.go.wait(5)
            return super().next(timeout)

    desk.show(still())
    await until(lambda: desk.messages)
    old = desk.show(Slow(page(64, 48)))
    await until(Slow.captured.is_set)
    desk.show(PaintedSource(page(32, 32)))
    Slow.go.set()
    await until(lambda: len(desk.messages) > 1)
    assert [(message.width, message.seq) for message in desk.messages] == [(64, 1), (32, 1)]
    assert desk.messages[1].area > desk.messages[0].area
    assert old.pulled <= 1


async def test_a_viewer_who_lost_pictures_gets_one_that_stands_alone(desk: Desk) -> None:
    source = desk.show(photo())
    assert (await desk.film()).is_keyframe
    source.draw(0, 0, noise(640, 480, 2))
    assert not (await desk.film()).is_keyframe
    desk.stream.receipt(Restart())
    source.draw(0, 0, noise(640, 480, 3))
    assert (await desk.film()).is_keyframe


async def test_each_packet_that_is_taken_makes_room_for_another(desk: Desk) -> None:
    source = desk.show(photo())
    for number in range(2, 3 * FILMS):
        await desk.film()
        source.draw(0, 0, noise(640, 480, number))
    await desk.film()


async def test_a_receipt_reaches_the_capture(desk: Desk) -> None:
    desk.show(still())
    await until(lambda: desk.messages)
    assert desk.stream._capture is not None
    desk.stream.receipt(Seen(desk.messages[0].area, 1, ()))
    outbox = desk.stream._capture._outbox
    desk.sources[0].draw(0, 0, page(8, 8))  # the thread looks at it when something changes
    await until(lambda: len(desk.messages) == 2)
    assert outbox.in_flight < 2 * len(desk.messages[0].tiles[0].data)
    assert outbox.round_trip is not None


async def test_receipts_while_nothing_is_shown_do_nothing(desk: Desk) -> None:
    desk.stream.receipt(Restart())
    desk.stream.receipt(Seen(1, 1, ()))
    desk.stream.want_keyframe()
    await desk.nothing(0.05)


async def test_a_source_that_fails_is_told_once_and_another_can_be_shown(desk: Desk) -> None:
    source = desk.show(still())
    await until(lambda: desk.messages)
    source.fail(BackendError("monitor_gone", monitor="HDMI-1"))
    await until(lambda: desk.troubles)
    await desk.nothing()
    assert [error.key for error in desk.troubles] == ["monitor_gone"]
    desk.show(still())
    await until(lambda: len(desk.messages) == 2)


async def test_the_failure_of_a_source_that_is_not_shown_any_more_is_nobodys_business(desk: Desk) -> None:
    class Closing(PaintedSource):
        captured, go = threading.Event(), threading.Event()

        def next(self, timeout: float) -> Picture | None:
            self.captured.set()
            self.go.wait(5)
            raise BackendError("display_lost")

    desk.show(Closing(page(64, 48)))
    await until(Closing.captured.is_set)
    desk.show(still())
    Closing.go.set()
    await until(lambda: desk.messages)
    await asyncio.sleep(0.05)
    assert desk.troubles == []


async def test_over_another_line_what_is_shown_from_then_on_leaves_by_its_track(desk: Desk) -> None:
    first, track = desk.stream.track, desk.stream.another_track()
    desk.show(photo())
    desk.stream.go_over(track, Plenty(at_once=10**6, at_rest=0))
    assert desk.stream.track is track
    await desk.nothing()  # what was shown before does not go over by itself
    desk.show(photo())
    assert (await desk.film()).size > 0
    assert first._packets.empty()


async def test_a_stopped_track_ends_whoever_takes_from_it(desk: Desk) -> None:
    desk.stream.stop()
    with pytest.raises(MediaStreamError):
        await desk.stream.track.recv()


async def test_it_is_dark_once_nothing_is_sent_and_no_thread_captures_any_more() -> None:
    desk = Desk()
    assert desk.stream.dark
    first = desk.show(still())
    await until(lambda: desk.messages)
    desk.stream.hide()
    assert not desk.stream.dark  # its thread still waits for the source
    second = desk.show(still())
    first.close()
    await until(lambda: desk.stream._threads == 1)
    assert (desk.stream.dark, desk.dark_told) == (False, 0)
    desk.stream.hide()
    second.close()
    await until(lambda: desk.stream.dark)
    assert desk.dark_told == 1
    desk.stream.stop()

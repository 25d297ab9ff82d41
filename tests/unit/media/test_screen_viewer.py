"""The screen as it arrives: pixel for pixel what she has, whatever the line does to what was sent."""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.area import Pixels, Rect
from remotehelp.media.canvas import Canvas
from remotehelp.media.region_encoder import RegionEncoder
from remotehelp.media.screen_stream import ScreenStream
from remotehelp.media.screen_viewer import ASK_AGAIN_S, AWAITED, BACKLOG, ScreenViewer
from remotehelp.media.stamp import Stamp
from remotehelp.media.tiles import pack
from remotehelp.messages import Exact, Filmed, Receipt, Restart, Seen, Tile, decode_exact
from tests.helpers.screen_source import PaintedSource, Plenty, noise, page
from tests.helpers.waiting import until

WIDTH, HEIGHT = 320, 240


def seen(canvas: Canvas) -> Pixels:
    """What the canvas shows, without the unused byte."""
    with canvas.reading() as now:
        pixels = np.frombuffer(now.pixels, np.uint8).copy()
        return pixels.reshape(now.height, now.width, 4)[..., :3]


@dataclass
class Line:
    """Between two sides: loses a share of what goes over it and mixes up the order of the rest."""

    loss: float = 0.0
    jitter_s: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(11))  # noqa: S311 - the same each time

    def carry(self, deliver: Callable[[], object]) -> None:
        if self.chance.random() >= self.loss:
            asyncio.get_running_loop().call_later(self.chance.random() * self.jitter_s, deliver)

    def loses(self) -> bool:
        return self.chance.random() < self.loss


class Joined:
    """A stream and a viewer at both ends of a line."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.breaches: list[RemoteProtocolError] = []
        self.receipts: list[Receipt] = []
        self.shown = 0
        self.viewer = ScreenViewer(self._back, self._show, self.breaches.append)
        self.budget = Plenty(at_once=64 * 1024)
        self.stream = ScreenStream(lambda data: line.carry(lambda: self.viewer.exact(decode_exact(data))), self.budget)
        self.source = PaintedSource(page(WIDTH, HEIGHT))
        self._films = asyncio.create_task(self._carry_films())

    def _back(self, receipt: Receipt) -> None:
        self.receipts.append(receipt)
        self.line.carry(lambda: self.stream.receipt(receipt))

    def _show(self, canvas: Canvas) -> None:
        assert canvas is self.viewer.canvas
        self.shown += 1

    async def _carry_films(self) -> None:
        while True:
            packet = await self.stream.track.recv()
            if not self.line.loses():
                self.viewer.film(bytes(packet))

    def same(self) -> bool:
        picture = self.source.pixels[..., :3]
        return self.viewer.canvas.size == (picture.shape[1], picture.shape[0]) and np.array_equal(
            seen(self.viewer.canvas), picture
        )

    async def end(self) -> None:
        self._films.cancel()
        await asyncio.gather(self._films, return_exceptions=True)
        self.stream.stop()
        self.source.close()
        self.viewer.close()
        await until(lambda: not [t for t in threading.enumerate() if t.name.startswith(("capture", "decoder"))])


@contextlib.asynccontextmanager
async def joined(line: Line) -> AsyncIterator[Joined]:
    both = Joined(line)
    try:
        yield both
    finally:
        await both.end()


@pytest.mark.parametrize("line", [Line(), Line(0.05, 0.02), Line(0.2, 0.04)], ids=["direct", "lossy", "very lossy"])
async def test_the_picture_is_hers_in_every_pixel_once_it_rests(line: Line) -> None:
    async with joined(line) as both:
        source, long = both.source, page(WIDTH, 2 * HEIGHT, seed=2)
        both.stream.show(source)
        await until(both.same)
        for number in range(8):  # typing
            source.draw(20 + 9 * number, 40, page(8, 12, number))
            await asyncio.sleep(0.02)
        await until(both.same)
        for top in range(0, HEIGHT, 24):  # scrolling
            source.draw(0, 0, long[top : top + HEIGHT])
            await asyncio.sleep(0.02)
        await until(both.same)
        for number in range(12):  # a video, and typing beside it
            source.draw(16, 16, noise(220, 180, number))
            source.draw(260, 30 + 12 * number, page(8, 12, number))
            await asyncio.sleep(0.02)
        await until(both.same, 15)
        source.resize(200, 150)
        source.draw(10, 10, page(100, 80))
        await until(both.same)
        assert both.breaches == []
        assert both.shown > 4
        assert any(isinstance(receipt, Filmed) for receipt in both.receipts)
        assert both.budget.repeated > 0 or line.loss < 0.1  # of so few messages, one in twenty may be none


async def test_a_picture_of_the_video_that_was_lost_is_noticed_and_a_new_beginning_asked_for() -> None:
    async with joined(Line()) as both:
        source = both.source
        both.budget.at_rest = 0  # nothing is refined: video alone
        both.stream.show(source)
        await until(both.same)
        both.line.chance = random.Random(3)  # noqa: S311
        for number in range(6):
            source.draw(0, 0, noise(WIDTH, HEIGHT, number))
            both.line.loss = 1.0 if number == 3 else 0.0
            await asyncio.sleep(0.06)
        await until(lambda: Restart() in both.receipts)
        asked = both.receipts.index(Restart())
        for number in range(6, 9):
            source.draw(0, 0, noise(WIDTH, HEIGHT, number))
            await asyncio.sleep(0.06)
        await until(lambda: any(isinstance(receipt, Filmed) for receipt in both.receipts[asked:]))


async def test_forgetting_keeps_nothing_and_what_is_still_under_way_does_not_come_back() -> None:
    async with joined(Line()) as both:
        both.stream.show(both.source)
        await until(both.same)
        late = Exact(both.viewer._area, WIDTH, HEIGHT, 99, 0, (), (tile(),))
        both.viewer.forget()
        both.viewer.exact(late)
        assert both.viewer.canvas.size == (0, 0)
        other = PaintedSource(page(64, 48))
        both.source.close()
        both.source = other
        both.stream.show(other)
        await until(both.same)


# --- the viewer alone --------------------------------------------------------------------------------


def tile(x: int = 0, y: int = 0, grey: int = 200) -> Tile:
    return Tile(x, y, 16, 16, pack(np.full((16, 16, 4), grey, np.uint8)))


def exact(seq: int = 1, after: int = 0, area: int = 1, x: int = 0) -> Exact:
    return Exact(area, 64, 48, seq, after, (), (tile(x),))


class Alone:
    """A viewer with what it told, and an encoder for it."""

    def __init__(self) -> None:
        self.receipts: list[Receipt] = []
        self.breaches: list[str] = []
        self.shown: list[int] = []  # the grey at the top left of each picture that was shown
        self.viewer = ScreenViewer(
            self.receipts.append,
            lambda canvas: self.shown.append(int(seen(canvas)[0, 0, 0])),
            lambda error: self.breaches.append(error.key),
        )
        self._encoder = RegionEncoder(Rect(0, 0, 32, 32))
        self._pts = 0

    def film(self, grey: int, *, area: int = 1, number: int = 0, after: int = 0, key: bool = False) -> bytes:
        """A picture of one grey at the top left."""
        self._pts += 3000
        stamp = Stamp(area, 64, 48, self._encoder.rect, number, after)
        pixels = np.full((32, 32, 4), grey, np.uint8)
        packet = self._encoder.encode([(Rect(0, 0, 32, 32), pixels)], stamp, self._pts, key=key)
        assert packet is not None
        return bytes(packet)

    def restarts(self) -> int:
        return self.receipts.count(Restart())

    def shows(self, grey: int) -> bool:
        return bool(self.shown) and abs(self.shown[-1] - grey) < 12


@pytest.fixture
async def alone() -> AsyncIterator[Alone]:
    alone = Alone()
    yield alone
    alone.viewer.close()
    await until(lambda: not [t for t in threading.enumerate() if t.name.startswith("decoder")])


async def test_one_receipt_answers_all_that_came_at_once(alone: Alone) -> None:
    for seq in (1, 2, 4):
        alone.viewer.exact(exact(seq, x=16 * (seq % 4)))
    assert alone.receipts == []
    await until(lambda: alone.receipts)
    assert alone.receipts == [Seen(1, 2, (4,))]
    alone.viewer.exact(exact(3))
    await until(lambda: len(alone.receipts) == 2)
    assert alone.receipts[1] == Seen(1, 4, ())


async def test_what_waits_for_another_message_is_shown_after_it(alone: Alone) -> None:
    alone.viewer.exact(Exact(1, 64, 48, 2, 1, (), (tile(grey=50),)))
    assert alone.shown == []
    alone.viewer.exact(exact(1))
    assert alone.shown == [50]


async def test_whole_pictures_in_a_few_bytes_are_not_unpacked_all_the_time_and_letters_still_come(alone: Alone) -> None:
    size = (4096, 4096)
    colour = np.uint8([9, 80, 200, 255])
    whole = Tile(0, 0, *size, pack(np.full((size[1], size[0], 4), colour, np.uint8)))
    for seq in range(1, 41):
        alone.viewer.exact(Exact(1, *size, seq, 0, (), (whole,)))
    alone.viewer.exact(Exact(1, *size, 41, 0, (), (tile(grey=3),)))
    assert alone.shows(3)
    await until(lambda: alone.receipts)
    [receipt] = alone.receipts
    assert isinstance(receipt, Seen)
    assert receipt.upto + len(receipt.also) < 40  # the others come again
    assert 41 in receipt.also


async def test_a_message_that_breaks_the_rules_is_refused(alone: Alone) -> None:
    with pytest.raises(RemoteProtocolError, match="picture_refused"):
        alone.viewer.exact(exact(x=60))
    with pytest.raises(RemoteProtocolError, match="message_out_of_order"):
        alone.viewer.exact(exact(1, after=1))


async def test_video_begins_an_area_by_itself_and_is_acknowledged(alone: Alone) -> None:
    alone.viewer.film(alone.film(120))
    await until(lambda: alone.shows(120))
    assert alone.viewer.canvas.size == (64, 48)
    assert [type(receipt) for receipt in alone.receipts] == [Filmed]
    assert alone.breaches == []


async def test_video_waits_for_the_message_that_it_needs(alone: Alone) -> None:
    alone.viewer.film(alone.film(120, number=1, after=1))
    await until(lambda: alone.receipts)
    assert alone.shown == []
    alone.viewer.exact(exact(1))
    assert alone.shows(120)


async def test_video_does_not_paint_over_what_is_newer(alone: Alone) -> None:
    alone.viewer.exact(exact(1))
    alone.viewer.film(alone.film(120, number=0))
    await until(lambda: len(alone.shown) == 2)
    assert alone.shown == [200, 200]
    assert abs(int(seen(alone.viewer.canvas)[20, 20, 0]) - 120) < 12


async def test_video_that_waits_for_what_never_comes_does_not_hold_up_a_later_area(alone: Alone) -> None:
    alone.viewer.film(alone.film(50, area=1, number=7, after=7))
    alone.viewer.film(alone.film(120, area=2))
    await until(lambda: alone.shows(120))


async def test_of_video_that_waits_only_some_is_kept(alone: Alone) -> None:
    for number in range(AWAITED + 3):
        alone.viewer.film(alone.film(20 + number, number=1, after=1))
    await until(lambda: alone.viewer._backlog == 0)
    assert len(alone.viewer._awaiting) == AWAITED


async def test_of_large_video_that_waits_one_picture_is_kept() -> None:
    alone = Alone()
    rect = Rect(0, 0, 4096, 2176)
    encoder, black = RegionEncoder(rect), np.zeros((rect.height, rect.width, 4), np.uint8)
    for number in range(3):
        packet = encoder.encode([(rect, black)], Stamp(1, 4096, 2176, rect, 1, 1), number * 3000, key=False)
        alone.viewer.film(bytes(packet))  # type: ignore[arg-type]
    await until(lambda: alone.viewer._backlog == 0)
    assert len(alone.viewer._awaiting) == 1
    alone.viewer.exact(Exact(1, 4096, 2176, 1, 0, (), (tile(),)))
    assert len(alone.shown) == 1
    alone.viewer.close()
    await until(lambda: not [t for t in threading.enumerate() if t.name.startswith("decoder")])


async def test_a_decoder_that_is_slow_lets_nothing_pile_up_and_begins_anew(alone: Alone) -> None:
    go = threading.Event()
    alone.viewer._thread.submit(go.wait, 5)
    for number in range(BACKLOG + 5):
        alone.viewer.film(alone.film(number))
    assert alone.viewer._backlog == BACKLOG
    go.set()
    await until(lambda: alone.viewer._backlog == 0)
    alone.viewer.film(alone.film(99))
    await until(alone.restarts)
    alone.viewer.film(alone.film(180, key=True))
    await until(lambda: alone.shows(180))


async def test_a_new_beginning_is_not_asked_for_with_every_picture(alone: Alone) -> None:
    alone.viewer.film(alone.film(10))
    alone.film(20)  # lost
    for _ in range(6):
        alone.viewer.film(alone.film(30))
    await until(lambda: alone.viewer._backlog == 0)
    assert alone.restarts() == 1
    await asyncio.sleep(ASK_AGAIN_S)
    alone.viewer.film(alone.film(40))
    await until(lambda: alone.restarts() == 2)


async def test_rubbish_in_the_place_of_video_asks_for_a_new_beginning_and_is_no_breach(alone: Alone) -> None:
    alone.viewer.film(b"\x00\x00\x00\x01\x65" + bytes(range(200)))
    await until(alone.restarts)
    assert (alone.breaches, alone.shown) == ([], [])


async def test_video_that_breaks_the_rules_is_told(alone: Alone) -> None:
    alone.viewer.exact(exact(1, area=1))
    encoder = RegionEncoder(Rect(0, 0, 32, 32))
    stamp = Stamp(1, 640, 480, Rect(0, 0, 320, 32), 0, 0)  # claims more than it holds
    packet = encoder.encode([(Rect(0, 0, 32, 32), np.zeros((32, 32, 4), np.uint8))], stamp, 0, key=True)
    alone.viewer.film(bytes(packet))  # type: ignore[arg-type]
    await until(lambda: alone.breaches)
    stamp = Stamp(1, 640, 480, Rect(0, 0, 32, 32), 0, 0)  # an area has one size
    packet = encoder.encode([], stamp, 3000, key=True)
    alone.viewer.film(bytes(packet))  # type: ignore[arg-type]
    await until(lambda: len(alone.breaches) == 2)
    assert alone.breaches == ["picture_refused", "picture_refused"]


async def test_forgetting_drops_video_that_is_being_decoded(alone: Alone) -> None:
    alone.viewer.exact(exact(1))
    await until(lambda: alone.receipts)
    alone.viewer.film(alone.film(120))
    alone.viewer.forget()
    await until(lambda: alone.viewer._backlog == 0)
    assert alone.viewer.canvas.size == (0, 0)
    assert alone.shown == [200]


async def test_forgetting_drops_video_that_waits_with_its_area(alone: Alone) -> None:
    alone.viewer.film(alone.film(120, number=1, after=1))
    await until(lambda: alone.receipts)
    alone.viewer.forget()
    alone.viewer.exact(exact(1))
    assert alone.viewer.canvas.size == (0, 0)
    assert alone.shown == []


async def test_after_closing_nothing_is_shown_or_sent(alone: Alone) -> None:
    alone.viewer.exact(exact(1))
    alone.viewer.film(alone.film(120))
    alone.viewer.close()
    alone.viewer.film(alone.film(130))
    await asyncio.sleep(0.05)
    assert alone.shown == [200]
    assert alone.receipts == []

"""What a thin or lossy line makes of typing and scrolling, in virtual time: the bounds leave room, the seeds are fixed.

The lines are those of `make bench`: `dsl` 20 ms one way and 10 Mbit/s; `bad` 75 ms, 2 Mbit/s, and 2 % are lost.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pytest

from remotehelp.media.area import Pixels
from remotehelp.media.canvas import Canvas
from tests.helpers.screen_source import page
from tests.helpers.thin_line import Line
from tests.helpers.virtual_line import Screen, VirtualVisit, virtually
from tests.helpers.waiting import until

WIDTH, HEIGHT = 640, 480
BEGIN_S = 4.0
Change = tuple[int, int, Pixels]


@dataclass
class Seen:
    """What came of it: s from each change to it or a newer one, in order of size; s until all was equal."""

    delays: list[float] = field(default_factory=list)
    shown: list[tuple[int, float]] = field(default_factory=list)  # number, when
    drawn: list[float] = field(default_factory=list)
    identical: float = 0.0

    def part(self, share: float) -> float:
        """The delay that ``share`` of all changes stay below."""
        return self.delays[int(share * (len(self.delays) - 1))]

    @property
    def longest_freeze(self) -> float:
        """s in which nothing new was shown while something was drawn."""
        times = [self.drawn[0], *(at for _, at in self.shown if at <= self.drawn[-1]), self.drawn[-1]]
        return max(later - earlier for earlier, later in pairwise(times))


def marked(number: int) -> Change:
    """The number of a change, as black and white at the top left."""
    bits = np.array([255 if number >> bit & 1 else 0 for bit in range(16)], np.uint8).repeat(4)
    pixels = np.full((8, 64, 4), 255, np.uint8)
    pixels[:, :, :3] = bits[None, :, None]
    return 0, 0, pixels


def number_on(canvas: Canvas) -> int:
    with canvas.reading() as now:
        row = np.frombuffer(now.pixels, np.uint8).reshape(now.height, now.width, 4)[4, 2:64:4, 0]
    return sum(int(level > 127) << bit for bit, level in enumerate(row))


def equal(canvas: Canvas, screen: Screen) -> bool:
    with canvas.reading() as now:
        there = np.frombuffer(now.pixels, np.uint8).reshape(now.height, now.width, 4)
        return bool((there[..., :3] == screen.pixels[..., :3]).all())


def typing(seed: int) -> Iterator[tuple[Change, float]]:
    """A letter each 80 to 120 ms, for 8 s."""
    chance = random.Random(seed)  # noqa: S311
    for count in range(80):
        letter = np.full((14, 8, 4), 255, np.uint8)
        letter[3:11, 2:6, :3] = chance.randrange(100)
        yield (10 + count * 7, 100, letter), 0.08 + 0.04 * chance.random()


def scrolling(seed: int) -> Iterator[tuple[Change, float]]:
    """A page by 40 pixels each 33 ms, for 3 s."""
    long_page = page(WIDTH, HEIGHT + 90 * 40, seed)
    for count in range(90):
        yield (0, 16, long_page[count * 40 : count * 40 + HEIGHT - 16]), 1 / 30


def visit(line: Callable[[int], Line], changes: Iterator[tuple[Change, float]], seed: int) -> Seen:
    seen = Seen()

    async def work() -> None:
        loop = asyncio.get_running_loop()
        screen = Screen(np.full((HEIGHT, WIDTH, 4), 255, np.uint8))
        screen.draw(marked(0))
        there = VirtualVisit(screen, line(seed), line(seed + 1000), lambda canvas: note(number_on(canvas), loop.time()))
        await there.begin()
        await asyncio.sleep(BEGIN_S)
        seen.shown.clear()
        for number, (change, pause) in enumerate(changes, 1):
            screen.draw(change, marked(number))
            seen.drawn.append(loop.time())
            await asyncio.sleep(pause)
        await until(lambda: equal(there.viewer.canvas, screen))
        seen.identical = loop.time() - seen.drawn[-1]
        await there.end()

    def note(number: int, at: float) -> None:
        if not seen.shown or seen.shown[-1][0] != number:
            seen.shown.append((number, at))

    virtually(work)
    for number, drawn in enumerate(seen.drawn, 1):
        seen.delays.append(min(at for shown, at in seen.shown if shown >= number) - drawn)
    seen.delays.sort()
    return seen


def dsl(seed: int) -> Line:
    return Line(10_000, 0.02, 0.0, 0.2, seed)


def bad(seed: int) -> Line:
    return Line(2_000, 0.075, 0.02, 0.3, seed)


def test_on_a_line_without_losses_a_letter_takes_the_lines_delay_and_little_more() -> None:
    seen = visit(dsl, typing(1), 1)
    assert seen.part(0.5) < 0.025
    assert seen.part(1.0) < 0.035


def test_on_a_line_without_losses_a_page_scrolls_fluently() -> None:
    seen = visit(dsl, scrolling(1), 1)
    assert seen.part(0.5) < 0.045
    assert len(seen.shown) >= 29 / 30 * len(seen.drawn)
    assert seen.identical < 0.3


@pytest.mark.parametrize("seed", [1, 2])
def test_on_a_lossy_line_most_letters_are_not_late(seed: int) -> None:
    seen = visit(bad, typing(seed), seed)
    assert seen.part(0.5) < 0.085
    assert seen.part(0.95) < 0.11
    assert seen.longest_freeze < 0.6


@pytest.mark.parametrize("seed", [1, 2])
def test_on_a_lossy_line_scrolling_never_stands_still_for_a_second(seed: int) -> None:
    seen = visit(bad, scrolling(seed), seed)
    assert seen.part(0.5) < 0.582
    assert seen.longest_freeze < 1.0
    assert seen.identical < 4.0

"""The capture thread, with a screen in memory: what leaves, when it waits, what is repeated, how it ends."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.desktop.screens import Picture
from remotehelp.errors import BackendError
from remotehelp.media.capture import FAST, FILM, FILMS, Capture, batches
from remotehelp.media.filming import Packet
from remotehelp.media.outbox import COPIES, TILES
from remotehelp.media.region_encoder import CLOCK_RATE
from remotehelp.media.tiles import cost, unpack
from remotehelp.media.two_speeds import REST_S
from remotehelp.messages import Copy, Exact, Filmed, Seen, Tile, decode_exact
from tests.helpers.screen_source import PaintedSource, Plenty, noise, page
from tests.helpers.waiting import wait_until

WIDE, HIGH = 640, 480  # noise of this size is too much for tiles


class Desk:
    """A capture with its thread, and all that it told; ``answers`` says whether the viewer takes what it gets."""

    def __init__(self, source: PaintedSource, budget: Plenty, *, answers: bool) -> None:
        self.source, self.budget, self.answers = source, budget, answers
        self.told: list[str] = []  # in order
        self.data: list[bytes] = []
        self.messages: list[Exact] = []
        self.films: list[Packet] = []
        self.troubles: list[BackendError] = []
        self.capture = Capture(source, itertools.count(), budget, self)
        self.thread = threading.Thread(target=self.capture.run, name="capture")
        self.thread.start()

    def resized(self, width: int, height: int) -> None:
        self.told.append(f"{width} x {height}")

    def leave(self, capture: Capture, messages: Sequence[bytes], film: Packet | None) -> None:
        assert capture is self.capture
        for data in messages:
            self.told.append("exact")
            self.data.append(data)
            self.messages.append(decode_exact(data))
        if film is not None:
            self.told.append("film")
            self.films.append(film)
        if self.answers:
            self.answer()

    def failed(self, capture: Capture, error: BackendError) -> None:
        assert capture is self.capture
        self.troubles.append(error)

    def answer(self) -> None:
        """The viewer has all."""
        while self.capture._taken_so_far < len(self.films):
            self.capture.film_sent()
        if self.messages:
            self.capture.seen(Seen(self.messages[-1].area, max(message.seq for message in self.messages), ()))

    def tiles(self, after: int = 0) -> list[Tile]:
        return [tile for message in self.messages[after:] for tile in message.tiles]

    def nothing_leaves(self, seconds: float = 0.15) -> None:
        before = len(self.told)
        time.sleep(seconds)
        assert self.told[before:] == []

    def end(self) -> None:
        self.capture.end()
        self.source.close()
        self.thread.join(5)
        assert not self.thread.is_alive()


Show = Callable[..., Desk]


@pytest.fixture
def show() -> Iterator[Show]:
    desks: list[Desk] = []

    def show(source: PaintedSource, budget: Plenty | None = None, *, answers: bool = True) -> Desk:
        desks.append(Desk(source, budget or Plenty(), answers=answers))
        return desks[-1]

    yield show
    for desk in desks:
        desk.end()


class Flicker(PaintedSource):
    """Each pull finds something new: noise all over, or grey on one spot."""

    def __init__(self, width: int, height: int, spot: tuple[int, int] | None = None) -> None:
        super().__init__(page(width, height))
        self._spot = spot

    def next(self, timeout: float) -> Picture | None:
        if not self._closed and self.pulled:
            height, width = self.pixels.shape[:2]
            if self._spot is None:
                self.draw(0, 0, noise(width, height, self.pulled))
            else:
                self.draw(*self._spot, np.full((12, 8, 4), self.pulled % 250, np.uint8))
        return super().next(timeout)


# --- what leaves -------------------------------------------------------------------------------------


def test_the_first_picture_is_whole_and_its_size_is_told_before(show: Show) -> None:
    desk = show(PaintedSource(page(64, 48)))
    wait_until(lambda: desk.messages)
    desk.nothing_leaves(0.05)
    assert desk.told == ["64 x 48", "exact"]
    [message] = desk.messages
    assert (message.width, message.height, message.seq, message.after) == (64, 48, 1, 0)
    [tile] = message.tiles
    seen = np.zeros((48, 64, 4), np.uint8)
    seen[tile.y : tile.y + tile.height, tile.x : tile.x + tile.width, :3] = unpack(tile.data, tile.width, tile.height)
    assert np.array_equal(seen[..., :3], desk.source.pixels[..., :3])


def test_what_stands_still_is_neither_captured_nor_sent(show: Show) -> None:
    desk = show(PaintedSource(page(64, 48)))
    wait_until(lambda: desk.messages)
    desk.nothing_leaves()
    assert desk.source.pulled == 1


def test_an_all_black_screen_is_a_picture_too(show: Show) -> None:
    desk = show(PaintedSource(np.zeros((48, 64, 4), np.uint8)))
    wait_until(lambda: desk.messages)
    desk.nothing_leaves(0.05)
    [message] = desk.messages
    assert (message.width, message.height, message.copies, message.tiles) == (64, 48, (), ())


def test_a_new_size_begins_a_new_area_and_is_told_before_it_leaves(show: Show) -> None:
    desk = show(PaintedSource(page(64, 48)))
    wait_until(lambda: desk.messages)
    desk.source.resize(80, 60)
    desk.source.draw(5, 5, page(20, 20))
    wait_until(lambda: desk.messages[-1].width == 80)
    first, last = desk.messages[0], desk.messages[-1]
    assert desk.told == ["64 x 48", "exact", "80 x 60", "exact"]
    assert last.area > first.area
    assert (last.height, last.seq) == (60, 1)


def test_a_picture_that_changes_everywhere_leaves_as_video_and_is_exact_at_rest(show: Show) -> None:
    desk = show(PaintedSource(noise(WIDE, HIGH)), Plenty(at_once=10**6))
    wait_until(lambda: desk.films)
    wait_until(lambda: sum(tile.width * tile.height for tile in desk.tiles()) >= WIDE * HIGH)
    assert desk.told[:2] == ["640 x 480", "film"]
    seen = np.zeros((HIGH, WIDE, 4), np.uint8)
    for tile in desk.tiles():
        seen[tile.y : tile.y + tile.height, tile.x : tile.x + tile.width, :3] = unpack(
            tile.data, tile.width, tile.height
        )
    assert np.array_equal(seen[..., :3], desk.source.pixels[..., :3])


def test_what_rests_is_refined_even_if_something_blinks_all_the_time(show: Show) -> None:
    source = Flicker(WIDE, HIGH, spot=(600, 400))
    source.pixels = noise(WIDE, HIGH)
    desk = show(source, Plenty(at_once=10**6))
    wait_until(lambda: sum(tile.width * tile.height for tile in desk.tiles() if tile.width > 8) >= WIDE * HIGH)
    assert source.pulled > 5


def test_pictures_leave_at_most_sixty_times_a_second(show: Show) -> None:
    desk = show(Flicker(64, 48, spot=(8, 8)))
    wait_until(lambda: len(desk.budget.left) > 20)
    times = [at for _, at in desk.budget.left]
    assert times[-1] - times[0] >= (len(times) - 2) / FAST - 1e-6  # one may come early


def test_pictures_of_video_leave_at_most_thirty_times_a_second(show: Show) -> None:
    desk = show(Flicker(WIDE, HIGH), Plenty(at_once=10**8))
    wait_until(lambda: len(desk.films) > 8)
    stamps = [film.pts for film in desk.films]
    assert stamps[-1] - stamps[0] >= (len(stamps) - 2) * CLOCK_RATE / FILM - 1


def test_the_first_picture_of_the_video_is_a_key_picture_and_then_none_unless_it_is_wanted(show: Show) -> None:
    desk = show(Flicker(WIDE, HIGH), Plenty(at_once=10**8), answers=False)
    wait_until(lambda: len(desk.films) == FILMS)
    desk.capture.want_keyframe()
    desk.answer()
    wait_until(lambda: len(desk.films) == 2 * FILMS)
    assert [film.is_keyframe for film in desk.films[:4]] == [True, False, True, False]


# --- waiting and repeating ---------------------------------------------------------------------------


def test_only_two_pictures_of_the_video_wait_to_be_sent(show: Show) -> None:
    desk = show(Flicker(WIDE, HIGH), Plenty(at_once=10**8, at_rest=0), answers=False)
    wait_until(lambda: len(desk.films) == FILMS)
    pulled = desk.source.pulled
    time.sleep(0.15)
    assert (len(desk.films), desk.source.pulled) == (FILMS, pulled)
    desk.capture.film_sent()
    wait_until(lambda: len(desk.films) == FILMS + 1)


def test_waiting_costs_nothing_even_if_something_could_be_refined(show: Show) -> None:
    desk = show(Flicker(WIDE, HIGH), Plenty(at_once=10**8, at_rest=10**8), answers=False)
    wait_until(lambda: len(desk.films) == FILMS)
    time.sleep(REST_S)
    before = time.process_time()
    time.sleep(0.2)
    assert time.process_time() - before < 0.1


def test_a_receipt_lets_more_be_refined_long_before_anything_would_be_repeated(show: Show) -> None:
    desk = show(PaintedSource(noise(WIDE, HIGH)), Plenty(at_once=10**6, at_rest=20_000), answers=False)
    wait_until(lambda: desk.films)
    desk.answer()
    desk.capture.seen(Filmed(desk.capture._number, 1))
    wait_until(lambda: desk.messages)
    there, asked = len(desk.messages), time.monotonic()
    desk.answer()
    wait_until(lambda: len(desk.messages) > there)
    assert time.monotonic() - asked < 0.2  # while no round trip is known, nothing is repeated for 0.3 s
    assert desk.budget.repeated == 0


def test_nothing_is_captured_while_the_line_is_full_and_a_receipt_frees_it(show: Show) -> None:
    picture = noise(48, 48)
    desk = show(PaintedSource(picture), Plenty(at_once=cost(picture) + 5, at_rest=0), answers=False)
    wait_until(lambda: desk.messages)
    desk.source.draw(8, 8, page(8, 8))
    time.sleep(0.15)
    assert desk.source.pulled == 1
    assert len(desk.messages) == 1
    desk.answer()
    wait_until(lambda: len(desk.messages) == 2)
    assert desk.messages[1].seq == 2


def test_what_gets_no_receipt_is_sent_again_until_it_gets_one(show: Show) -> None:
    desk = show(PaintedSource(page(64, 48)), answers=False)
    wait_until(lambda: len(desk.data) == 2)
    assert desk.data[0] == desk.data[1]
    assert desk.budget.repeated == 1
    desk.answer()
    time.sleep(0.05)  # one that is under way may still come
    desk.nothing_leaves(0.5)


def test_a_receipt_of_an_area_that_is_gone_frees_nothing(show: Show) -> None:
    picture = noise(48, 48)
    desk = show(PaintedSource(picture), Plenty(at_once=cost(picture) + 5, at_rest=0), answers=False)
    wait_until(lambda: desk.messages)
    desk.capture.seen(Seen(desk.messages[0].area + 1, 1, ()))
    desk.source.draw(8, 8, page(8, 8))
    time.sleep(0.1)
    assert desk.source.pulled == 1


# --- the end -----------------------------------------------------------------------------------------


def test_after_the_end_nothing_leaves_whatever_was_being_captured(show: Show) -> None:
    class Slow(PaintedSource):
        captured, go = threading.Event(), threading.Event()

        def next(self, timeout: float) -> Picture | None:
            self.captured.set()
            self.go.wait(5)
            return super().next(timeout)

    source = Slow(page(64, 48))
    desk = show(source)
    assert source.captured.wait(5)
    desk.capture.end()
    source.go.set()
    desk.thread.join(5)
    assert not desk.thread.is_alive()
    assert source.pulled == 1
    assert desk.told == []


@pytest.mark.parametrize("why", ["line", "video"])
def test_the_end_comes_at_once_where_it_waits_for_a_receipt(show: Show, why: str) -> None:
    if why == "line":
        desk = show(PaintedSource(noise(48, 48)), Plenty(at_once=cost(noise(48, 48)) + 5, at_rest=0), answers=False)
        wait_until(lambda: desk.messages)
    else:
        desk = show(Flicker(WIDE, HIGH), Plenty(at_once=10**8, at_rest=0), answers=False)
        wait_until(lambda: len(desk.films) == FILMS)
    desk.capture.end()
    desk.thread.join(0.9)
    assert not desk.thread.is_alive()


def test_a_source_that_fails_is_told_once(show: Show) -> None:
    desk = show(PaintedSource(page(64, 48)))
    wait_until(lambda: desk.messages)
    desk.source.fail(BackendError("monitor_gone", monitor="HDMI-1"))
    desk.thread.join(5)
    assert [error.key for error in desk.troubles] == ["monitor_gone"]


def test_a_defect_of_a_library_does_not_look_like_a_screen_that_stands_still(show: Show) -> None:
    desk = show(PaintedSource(page(64, 48)))
    wait_until(lambda: desk.messages)
    desk.source.fail(MemoryError())
    desk.thread.join(5)
    assert [error.key for error in desk.troubles] == ["screen_not_readable"]


def test_the_failure_of_a_source_that_is_not_wanted_any_more_is_nobodys_business(show: Show) -> None:
    desk = show(PaintedSource(page(64, 48)))
    wait_until(lambda: desk.messages)
    desk.capture.end()
    desk.source.fail(BackendError("display_lost"))
    desk.thread.join(5)
    assert desk.troubles == []


# --- messages ----------------------------------------------------------------------------------------

COPIED = st.lists(st.builds(Copy, *[st.integers(0, 9)] * 4, *[st.integers(1, 9)] * 2), max_size=COPIES)
TILED = st.lists(
    st.builds(Tile, *[st.integers(0, 9)] * 2, *[st.integers(1, 9)] * 2, st.binary(max_size=900)), max_size=150
)


@given(COPIED, TILED, st.integers(100, 2000))
def test_messages_keep_the_order_and_their_size(copies: list[Copy], tiles: list[Tile], most: int) -> None:
    made = list(batches(copies, tiles, most))
    assert [tile for _, batch in made for tile in batch] == tiles
    assert [copy for some, _ in made for copy in some] == copies
    assert all(some == () for some, _ in made[1:])  # copies read what stood there before all tiles
    for some, batch in made:
        assert some or batch
        assert len(batch) <= TILES
        assert len(batch) <= 1 or sum(len(tile.data) for tile in batch) <= most

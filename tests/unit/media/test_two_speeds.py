"""The two speeds: whatever is painted, the viewer has it in the end, and each kind of change travels as it should."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from remotehelp.desktop.screens import Part
from remotehelp.media.area import Pixels, Rect
from remotehelp.media.tiles import colour, unpack
from remotehelp.media.two_speeds import FILM_S, MOST_COPIES, REST_S, TwoSpeeds, Update
from remotehelp.messages import Tile
from tests.helpers.screen_source import noise, page

WIDTH, HEIGHT = 320, 240
WHOLE = Rect(0, 0, WIDTH, HEIGHT)
PLENTY = 48 * 1024
TICK = 1 / 30


def place(rect: Rect) -> slice | tuple[slice, slice]:
    return slice(rect.y, rect.y + rect.height), slice(rect.x, rect.x + rect.width)


class Desk:
    """Her screen, what decides, and what the viewer has, where video leaves nothing but rubbish behind."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.screen = np.zeros((height, width, 4), np.uint8)
        self.shown = self.screen.copy()
        self.filmed = self.screen.copy()  # what the encoder would have, which is told what changed alone
        self.speeds = TwoSpeeds(width, height)
        self.now = 0.0
        self._rubbish = np.random.default_rng(9)
        self._region: Rect | None = None

    def painted(self, *boxes: Rect, room: int = PLENTY) -> Update:
        """What leaves for what was painted in ``boxes``; it is there at once."""
        parts = [Part(box, box.of(self.screen).copy()) for box in boxes]
        update = self.speeds.take(parts, self.now, room)
        for copy in update.copies:
            source = Rect(copy.x, copy.y, copy.width, copy.height).of(self.shown).copy()
            self.shown[place(Rect(copy.to_x, copy.to_y, copy.width, copy.height))] = source
        self.show(update.tiles)
        if update.film is not None:
            self._film(update.film.region, update.film.boxes)
        return update

    def draw(self, x: int, y: int, pixels: Pixels, room: int = PLENTY) -> Update:
        """The same for pixels at a place."""
        box = Rect(x, y, pixels.shape[1], pixels.shape[0])
        self.screen[place(box)] = pixels
        return self.painted(box, room=room)

    def show(self, tiles: Iterable[Tile]) -> None:
        for tile in tiles:
            target = self.shown[place(Rect(tile.x, tile.y, tile.width, tile.height))]
            colour(target, unpack(tile.data, tile.width, tile.height))

    def rest(self, room: int = PLENTY) -> int:
        """Nothing changes any more until all is exact; how many times something was refined."""
        times = 0
        while (at := self.speeds.rest_at) is not None:
            self.now = max(self.now + TICK, at + 1e-6)
            self.show(self.speeds.refine(self.now, room))
            times += 1
        return times

    def is_right(self) -> bool:
        return np.array_equal(self.shown[..., :3], self.screen[..., :3])

    def _film(self, region: Rect, boxes: tuple[Rect, ...]) -> None:
        if region != self._region:
            self.filmed[:], self._region = 0, region
        for box in boxes:
            assert region.covers(box)
            self.filmed[place(box)] = box.of(self.screen)
        assert np.array_equal(region.of(self.filmed)[..., :3], region.of(self.screen)[..., :3])
        self.shown[place(region)] = self._rubbish.integers(0, 256, region.of(self.shown).shape, np.uint8)


# --- whatever is painted -----------------------------------------------------------------------------

RECTS = st.builds(
    lambda x, y, width, height: Rect(x, y, min(width, WIDTH - x), min(height, HEIGHT - y)),
    st.integers(0, WIDTH - 1),
    st.integers(0, HEIGHT - 1),
    st.integers(1, WIDTH),
    st.integers(1, HEIGHT),
)
DRAWN = st.tuples(st.sampled_from([noise, page]), RECTS, st.integers(0, 5))
SHIFTS = st.tuples(RECTS, st.integers(-60, 60), st.integers(-60, 60))


def do(screen: Pixels, change: tuple[object, ...]) -> Rect:
    """Draw or shift something; where."""
    if isinstance(change[0], Rect):
        source, right, down = change
        to = Rect(source.x + right, source.y + down, source.width, source.height).overlap(WHOLE) or source
        moved = Rect(to.x - right, to.y - down, to.width, to.height).overlap(WHOLE) or to
        target = Rect(to.x, to.y, moved.width, moved.height)
        screen[place(target)] = moved.of(screen).copy()
        return target
    make, rect, seed = change
    screen[place(rect)] = make(rect.width, rect.height, seed)  # type: ignore[operator]
    return rect  # type: ignore[return-value]


@st.composite
def steps(draw: st.DrawFn) -> list[tuple[list[tuple[object, ...]], list[Rect], float, int]]:
    """Changes, boxes of which some were not painted in, seconds until then, room for tiles."""
    changes = st.lists(st.one_of(DRAWN, SHIFTS), max_size=3)
    pause, room = st.sampled_from([TICK, 0.1, 0.3, 1.5]), st.sampled_from([300, 4_000, PLENTY, 10**6])
    return draw(st.lists(st.tuples(changes, st.lists(RECTS, max_size=2), pause, room), min_size=1, max_size=7))


@settings(max_examples=120, deadline=None)
@given(steps())
def test_whatever_is_painted_in_whatever_order_the_viewer_has_it_in_the_end(
    steps: list[tuple[list[tuple[object, ...]], list[Rect], float, int]],
) -> None:
    desk = Desk()
    desk.screen[:] = page(WIDTH, HEIGHT)
    desk.painted(WHOLE, room=10**6)
    for changes, others, pause, room in steps:
        desk.now += pause
        boxes = [do(desk.screen, change) for change in changes]
        update = desk.painted(*boxes, *others, room=room)
        assert len(update.copies) <= MOST_COPIES
        assert all(len(tile.data) <= desk.speeds.most for tile in update.tiles)
        desk.show(desk.speeds.refine(desk.now, room))
    desk.rest()
    assert desk.is_right()


def test_boxes_that_overlap_copy_nothing_out_of_what_the_viewer_does_not_have_yet() -> None:
    desk = Desk()
    desk.draw(0, 0, page(WIDTH, HEIGHT), room=10**6)
    desk.screen[:] = np.roll(desk.screen, -40, axis=0)
    desk.screen[place(Rect(0, 0, WIDTH, 100))] = noise(WIDTH, 100)
    desk.painted(Rect(0, 0, WIDTH, 100), WHOLE, room=10**6)
    assert desk.is_right()


def test_a_tile_that_the_video_covers_in_part_is_refined_there() -> None:
    desk = Desk()
    desk.draw(0, 0, noise(192, 128), room=4_000)
    desk.now += TICK
    desk.screen[place(Rect(0, 0, 100, 60))] = noise(100, 60, 2)
    desk.screen[place(Rect(128, 64, 192, 128))] = 7
    update = desk.painted(Rect(0, 0, 100, 60), Rect(128, 64, 192, 128), room=4_000)
    assert update.film is not None
    assert update.film.region == Rect(0, 0, 192, 128)
    assert [(tile.x, tile.y) for tile in update.tiles] == [(128, 64)]
    desk.rest()
    assert desk.is_right()


# --- what travels how --------------------------------------------------------------------------------


def test_what_stands_still_costs_nothing() -> None:
    desk = Desk()
    desk.draw(0, 0, page(WIDTH, HEIGHT))
    assert desk.painted(WHOLE) == Update()
    assert desk.speeds.rest_at is None
    assert desk.speeds.refine(99.0, PLENTY) == ()


def test_a_typed_letter_goes_as_a_tile() -> None:
    desk = Desk()
    desk.draw(0, 0, page(WIDTH, HEIGHT))
    letter = page(8, 12, seed=3)
    letter[0, 0, 0], letter[-1, -1, 0] = 1, 2
    update = desk.draw(100, 60, letter)
    [tile] = update.tiles
    assert (update.copies, update.film) == ((), None)
    assert Rect(100, 60, 8, 12).covers(Rect(tile.x, tile.y, tile.width, tile.height))
    assert len(tile.data) < 400
    assert desk.is_right()


def test_a_scrolled_page_goes_as_a_copy_and_a_strip() -> None:
    desk = Desk()
    long = page(WIDTH, 3 * HEIGHT)
    desk.draw(0, 0, long[:HEIGHT], room=10**6)
    for top in (40, 80, 120):
        desk.now += TICK
        update = desk.draw(0, 0, long[top : top + HEIGHT])
        [copy] = update.copies
        assert (copy.x, copy.y, copy.to_x, copy.to_y) == (0, 40, 0, 0)
        assert (copy.width, copy.height) == (WIDTH, HEIGHT - 40)
        assert update.film is None
        assert all(tile.y >= HEIGHT - 40 for tile in update.tiles)
        assert desk.is_right()


def test_a_photo_that_changes_thirty_times_a_second_goes_as_video_of_one_region() -> None:
    desk = Desk()
    desk.draw(0, 0, page(WIDTH, HEIGHT), room=10**6)
    regions = set()
    for number in range(10):
        desk.now += TICK
        update = desk.draw(50, 30, noise(200, 150, number))
        assert update.film is not None
        assert update.tiles == ()
        regions.add(update.film.region)
        assert desk.speeds.refine(desk.now, PLENTY) == ()
    assert regions == {Rect(48, 16, 208, 176)}
    assert not desk.is_right()
    desk.rest()
    assert desk.is_right()


def test_of_a_running_video_only_what_changed_is_converted_and_after_a_pause_all_of_it() -> None:
    desk = Desk()
    desk.draw(0, 0, noise(WIDTH, HEIGHT))
    desk.now += TICK
    update = desk.draw(64, 64, noise(160, 128, 2))
    assert update.film is not None
    assert update.film.region == WHOLE  # where it was
    assert update.film.boxes == (Rect(64, 64, 160, 128),)
    desk.now += FILM_S
    update = desk.draw(64, 64, noise(160, 128, 3))
    assert update.film is not None
    assert update.film.boxes == (update.film.region,) == (Rect(64, 64, 160, 128),)


def test_a_letter_beside_a_video_stays_exact() -> None:
    desk = Desk()
    desk.draw(0, 0, page(WIDTH, HEIGHT), room=10**6)
    desk.now += TICK
    desk.screen[place(Rect(0, 0, 180, 120))] = noise(180, 120)
    desk.screen[place(Rect(300, 200, 8, 12))] = 9
    update = desk.painted(Rect(0, 0, 180, 120), Rect(300, 200, 8, 12))
    assert update.film is not None
    assert update.film.region == Rect(0, 0, 192, 128)
    assert [(tile.x, tile.y) for tile in update.tiles] == [(300, 200)]
    assert np.array_equal(desk.shown[128:, :, :3], desk.screen[128:, :, :3])


def test_what_video_painted_is_moved_too_and_stays_marked_where_it_came_to() -> None:
    desk = Desk()
    long = noise(WIDTH, 2 * HEIGHT)
    desk.draw(0, 0, long[:HEIGHT])
    assert desk.speeds.rest_at is not None
    desk.now += TICK
    update = desk.draw(0, 0, long[40 : 40 + HEIGHT])
    assert len(update.copies) == 1
    assert not desk.is_right()
    desk.rest()
    assert desk.is_right()


def test_what_video_painted_is_refined_where_it_was_moved_to_out_of_its_region() -> None:
    desk = Desk()
    window = noise(100, 90)
    desk.draw(0, 0, page(WIDTH, HEIGHT), room=10**6)
    desk.draw(10, 10, window, room=4_000)
    desk.now += TICK
    desk.screen[place(Rect(10, 10, 100, 90))] = 90
    desk.screen[place(Rect(200, 140, 100, 90))] = window
    update = desk.painted(WHOLE)
    assert [(copy.to_x, copy.to_y) for copy in update.copies] == [(200, 140)]
    assert update.film is None
    desk.rest()
    assert desk.is_right()


def test_what_rests_is_refined_after_its_time_and_in_bits() -> None:
    desk = Desk()
    desk.now = 5.0
    desk.draw(0, 0, noise(WIDTH, HEIGHT))
    assert desk.speeds.rest_at == 5.0 + REST_S
    assert desk.speeds.refine(5.0 + REST_S - 0.01, PLENTY) == ()
    room = 8_000
    tiles = desk.speeds.refine(5.0 + REST_S + 0.01, room)
    assert room <= sum(len(tile.data) for tile in tiles) < room + 64 * 64 * 3 * 1.1  # one cell of the grid too much
    desk.show(tiles)
    assert desk.speeds.refine(5.0 + REST_S + 0.01, 0) == ()
    assert desk.rest(room) > 5
    assert desk.is_right()


def test_what_was_painted_while_no_video_runs_is_not_remembered_for_it() -> None:
    desk = Desk()
    for number in range(500):
        desk.now += 0.1
        desk.draw(number % 100, 7, np.full((12, 8, 4), number % 256, np.uint8))
    assert len(desk.speeds._stale) <= 2


def test_boxes_that_overlap_and_were_looked_at_one_after_the_other_end_as_the_last_one() -> None:
    """A program that draws between two grabs: the first box is packed before the second shows what came."""
    desk = Desk()
    across, down = Rect(32, 40, 24, 12), Rect(40, 20, 12, 60)
    before = desk.screen.copy()
    desk.screen[place(across)] = noise(24, 12)  # dearer, so that it is sent last
    first = Part(across, across.of(desk.screen).copy())
    desk.screen[place(down)] = 200
    update = desk.speeds.take([first, Part(down, down.of(desk.screen).copy())], desk.now, PLENTY)
    assert (update.copies, update.film) == ((), None)
    desk.show(update.tiles)
    assert not np.array_equal(desk.screen, before)
    assert np.array_equal(desk.shown[..., :3], desk.screen[..., :3])

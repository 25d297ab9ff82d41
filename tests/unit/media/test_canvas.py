import gc
import sys
import threading
import time
import tracemalloc
from dataclasses import dataclass

import numpy as np
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.area import Rect
from remotehelp.media.canvas import MOST_DIRTY, MOST_NEWER, Canvas
from remotehelp.media.tiles import pack
from remotehelp.messages import Copy, Exact, Tile, decode_exact, encode

WIDTH, HEIGHT = 24, 26
WHOLE = Rect(0, 0, WIDTH, HEIGHT)
BLACK = (0, 0, 0, 255)


def colour(value, width=1, height=1):
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[..., :3] = value
    return pixels


def tile(rect, value):
    return Tile(rect.x, rect.y, rect.width, rect.height, pack(colour(value, rect.width, rect.height)))


def copy(rect, x, y):
    return Copy(rect.x, rect.y, x, y, rect.width, rect.height)


def exact(seq, *, copies=(), tiles=(), area=1, size=(WIDTH, HEIGHT)):
    return Exact(area, *size, seq, 0, tuple(copies), tuple(tiles))


def film(canvas, value, place, number, *, area=1):
    return canvas.paint(colour(value, place.width, place.height), area, place, number)


def shown(canvas):
    with canvas.reading() as now:
        assert now.stride == 4 * now.width
        return np.frombuffer(now.pixels, np.uint8).reshape(now.height, now.width, 4).copy()


def a_canvas():
    canvas = Canvas()
    canvas.begin(1, WIDTH, HEIGHT)
    canvas.take_dirty()
    return canvas


def gradient(canvas):
    """Every pixel another colour, as message 1."""
    pixels = colour(0, WIDTH, HEIGHT)
    pixels[..., 0], pixels[..., 1] = np.arange(WIDTH), np.arange(HEIGHT)[:, None]
    canvas.apply(exact(1, tiles=[Tile(0, 0, WIDTH, HEIGHT, pack(pixels))]))
    return pixels


# --- beside a simple model -----------------------------------------------------------------------------


class Model:
    """For every pixel its colour and the newest exact message that was there."""

    def __init__(self):
        self.pixels = colour(0, WIDTH, HEIGHT)
        self.newest = np.zeros((HEIGHT, WIDTH), int)
        self.filmed = 0

    def apply(self, message):
        for one in message.copies:
            source, target = Rect(one.x, one.y, one.width, one.height), Rect(one.to_x, one.to_y, one.width, one.height)
            self.write(target, source.of(self.pixels).copy(), message.seq)
        for one in message.tiles:
            self.write(Rect(one.x, one.y, one.width, one.height), colours[one.data], message.seq)

    def write(self, rect, pixels, seq):
        rect.of(self.pixels)[:] = pixels
        rect.of(self.newest)[:] = np.maximum(rect.of(self.newest), seq)

    def paint(self, film):
        if film.number >= self.filmed:
            self.filmed = film.number
            older = film.place.of(self.newest) <= film.number
            film.place.of(self.pixels)[older] = colour(film.value)[0, 0]


@dataclass(frozen=True)
class Film:
    place: Rect
    number: int
    value: int


colours = {}  # what a tile's data stand for


@st.composite
def rects(draw):
    x, y = draw(st.integers(0, WIDTH - 1)), draw(st.integers(0, HEIGHT - 1))
    return Rect(x, y, draw(st.integers(1, WIDTH - x)), draw(st.integers(1, HEIGHT - y)))


@st.composite
def copies(draw):
    rect = draw(rects())
    return copy(rect, draw(st.integers(0, WIDTH - rect.width)), draw(st.integers(0, HEIGHT - rect.height)))


@st.composite
def tiles(draw):
    rect = draw(rects())
    seed = draw(st.integers(0, 1000))
    pixels = np.random.default_rng(seed).integers(0, 256, (rect.height, rect.width, 4), np.uint8) | colour(0)
    one = Tile(rect.x, rect.y, rect.width, rect.height, pack(pixels))
    colours[one.data] = pixels
    return one


def bounded(parts):
    return sum(part.width * part.height for part in parts) <= 2 * WIDTH * HEIGHT


messages = st.builds(
    lambda seq, copies, tiles: exact(seq, copies=copies, tiles=tiles),
    st.integers(1, 30),
    st.lists(copies(), max_size=3).filter(bounded),
    st.lists(tiles(), max_size=3).filter(bounded),
)
films = st.builds(Film, rects(), st.integers(0, 30), st.integers(0, 255))


@given(st.lists(st.one_of(messages, films), max_size=12))
def test_moves_tiles_and_video_in_any_order_are_as_in_the_model(steps):
    canvas, model = a_canvas(), Model()
    before = shown(canvas)
    for step in steps:
        if isinstance(step, Film):
            painted = film(canvas, step.value, step.place, step.number)
            assert painted == (step.number >= model.filmed)
            model.paint(step)
        else:
            assert canvas.apply(step)
            model.apply(step)
        now = shown(canvas)
        assert (now == model.pixels).all()
        assert_dirty_covers(canvas.take_dirty(), before, now)
        before = now


def assert_dirty_covers(dirty, before, now):
    untold = (before != now).any(axis=2)
    assert len(dirty) <= MOST_DIRTY
    for rect in dirty:
        assert WHOLE.covers(rect)
        untold[rect.y : rect.y + rect.height, rect.x : rect.x + rect.width] = False
    assert not untold.any()


# --- one after the other -------------------------------------------------------------------------------


def test_before_the_first_area_there_is_nothing():
    canvas = Canvas()
    assert canvas.size == (0, 0)
    assert canvas.take_dirty() == []
    assert shown(canvas).size == 0


def test_an_area_begins_black_and_all_of_it_is_new():
    canvas = Canvas()
    assert canvas.begin(1, WIDTH, HEIGHT)
    assert canvas.size == (WIDTH, HEIGHT)
    assert (shown(canvas) == BLACK).all()
    assert canvas.take_dirty() == [WHOLE]
    assert canvas.take_dirty() == []


def test_an_area_that_is_shown_goes_on():
    canvas = a_canvas()
    canvas.apply(exact(1, tiles=[tile(WHOLE, 7)]))
    assert canvas.begin(1, WIDTH, HEIGHT)
    assert (shown(canvas)[..., :3] == 7).all()


def test_a_newer_area_replaces_the_picture_and_an_older_one_is_dropped():
    canvas = a_canvas()
    canvas.apply(exact(1, tiles=[tile(WHOLE, 7)]))
    assert canvas.apply(exact(1, tiles=[tile(Rect(0, 0, 2, 2), 9)], area=3, size=(30, 40)))
    assert canvas.size == (30, 40)
    assert (shown(canvas)[:2, :2, :3] == 9).all()
    assert (shown(canvas)[2:] == BLACK).all()
    assert not canvas.apply(exact(2, tiles=[tile(WHOLE, 5)]))
    assert not film(canvas, 5, WHOLE, 9)
    assert not canvas.begin(2, 10, 10)
    assert canvas.size == (30, 40)
    assert not (shown(canvas) == 5).any()


def test_video_is_painted_once_its_area_has_begun():
    canvas = a_canvas()
    canvas.apply(exact(1, tiles=[tile(WHOLE, 7)]))
    assert not film(canvas, 5, Rect(1, 2, 3, 4), 0, area=2)
    assert (shown(canvas)[..., :3] == 7).all()
    canvas.begin(2, 30, 40)
    assert film(canvas, 5, Rect(1, 2, 3, 4), 0, area=2)
    now = shown(canvas)
    assert (Rect(1, 2, 3, 4).of(now)[..., :3] == 5).all()
    assert (now[..., 0] == 5).sum() == 3 * 4
    assert canvas.take_dirty() == [Rect(0, 0, 30, 40), Rect(1, 2, 3, 4)]


def test_video_does_not_cover_a_later_letter():
    canvas = a_canvas()
    letter = Rect(4, 4, 3, 2)
    canvas.apply(exact(5, tiles=[tile(letter, 200)]))
    film(canvas, 50, Rect(2, 3, 20, 10), 4)
    now = shown(canvas)
    assert (letter.of(now)[..., :3] == 200).all()
    assert (now[..., 0] == 50).sum() == 20 * 10 - 3 * 2
    film(canvas, 60, Rect(2, 3, 20, 10), 5)
    assert (Rect(2, 3, 20, 10).of(shown(canvas))[..., 0] == 60).all()


def test_a_new_area_forgets_what_video_was_to_leave_out():
    canvas = a_canvas()
    canvas.apply(exact(9, tiles=[tile(WHOLE, 1)]))
    film(canvas, 2, WHOLE, 20)
    canvas.begin(2, WIDTH, HEIGHT)
    assert film(canvas, 3, WHOLE, 0, area=2)
    assert (shown(canvas)[..., :3] == 3).all()


@pytest.mark.parametrize("down", [-7, -5, -4, -1, 0, 1, 4, 5, 7])
@pytest.mark.parametrize("right", [-2, 0, 3])
def test_an_overlapping_copy_reads_what_stood_there_before(right, down):
    canvas = a_canvas()
    pixels = gradient(canvas)
    source, target = Rect(5, 7, 14, 12), Rect(5 + right, 7 + down, 14, 12)
    canvas.apply(exact(2, copies=[copy(source, target.x, target.y)]))
    expected = pixels.copy()
    target.of(expected)[:] = source.of(pixels)
    assert (shown(canvas) == expected).all()


def test_copies_come_before_tiles_and_one_after_the_other():
    canvas = a_canvas()
    gradient(canvas)
    moves = [copy(Rect(0, 0, 2, 2), 4, 4), copy(Rect(4, 4, 2, 2), 8, 8)]
    canvas.apply(exact(2, copies=moves, tiles=[tile(Rect(0, 0, 2, 2), 99)]))
    now = shown(canvas)
    assert (now[8:10, 8:10] == now[4:6, 4:6]).all()
    assert now[9, 9].tolist() == [1, 1, 0, 255]
    assert (now[:2, :2, :3] == 99).all()


def test_many_changes_are_told_as_one_rectangle():
    canvas = a_canvas()
    canvas.apply(exact(1, tiles=[tile(Rect(x, 5, 1, 2), 9) for x in range(MOST_DIRTY)]))
    assert len(canvas.take_dirty()) == MOST_DIRTY
    canvas.apply(exact(2, tiles=[tile(Rect(x, 5, 1, 2), 9) for x in range(MOST_DIRTY + 1)]))
    assert canvas.take_dirty() == [Rect(0, 5, MOST_DIRTY + 1, 2)]


def test_what_is_remembered_for_video_does_not_grow():
    canvas = a_canvas()
    dot = tile(Rect(0, 0, 1, 1), 1)
    for seq in range(1, 2 * MOST_NEWER):
        canvas.apply(exact(seq, tiles=[dot] * 2))
    gc.collect()
    tracemalloc.start()
    try:
        for seq in range(2 * MOST_NEWER, 12 * MOST_NEWER):
            canvas.apply(exact(seq, tiles=[dot] * 2))
        assert tracemalloc.get_traced_memory()[0] < 200_000
    finally:
        tracemalloc.stop()


def test_video_spares_every_later_change_even_if_there_were_very_many():
    canvas = a_canvas()
    corner = Rect(0, 0, 1, 1)
    places = [corner] * 40 + [Rect(x, y, 1, 1) for y in range(2, HEIGHT, 2) for x in range(0, 12, 2)] * 10
    for seq, place in enumerate(places, start=1):
        canvas.apply(exact(seq, tiles=[tile(place, 200)]))
    assert len(places) > 2 * MOST_NEWER
    film(canvas, 50, WHOLE, 5)
    now = shown(canvas)
    assert all((place.of(now)[..., :3] == 200).all() for place in places)
    assert (now[:, 12:, 0] == 50).all()
    film(canvas, 60, WHOLE, len(places))
    assert (shown(canvas)[..., 0] == 60).all()


# --- several threads -----------------------------------------------------------------------------------


def sizes(area):
    return 300 + area % 50, 200 + area % 30


def tiles_of_the_whole(canvas, area, turn):
    width, height = sizes(area)
    tiles = [tile(Rect(0, 0, width, height - 60), turn % 256)]
    tiles += [tile(Rect(0, y, width, 1), turn % 256) for y in range(height - 60, height)]
    canvas.apply(exact(turn, tiles=tiles, area=area, size=(width, height)))


def video_of_the_whole(canvas, area, turn):
    size = sizes(area)
    canvas.begin(area, *size)
    film(canvas, turn % 256, Rect(0, 0, *size), 2**30, area=area)


@pytest.fixture
def restless():
    """Threads take turns all the time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("restless")
def test_the_window_reads_one_whole_picture_whatever_the_others_write():
    """Both writers go through ever newer areas of other sizes, each at its own pace."""
    canvas, stop = Canvas(), threading.Event()

    def write(change):
        turn = 0
        while not stop.is_set():
            turn += 1
            change(canvas, 1 + turn // 20, turn)

    writers = [threading.Thread(target=write, args=(change,)) for change in (tiles_of_the_whole, video_of_the_whole)]
    for writer in writers:
        writer.start()
    seen = set()
    deadline = time.monotonic() + 10
    try:
        while len(seen) < 30 and time.monotonic() < deadline:
            now = shown(canvas)
            assert (now == now[:1, :1]).all()
            seen.add(now.shape)
    finally:
        stop.set()
        for writer in writers:
            writer.join(10)
    assert len(seen) >= 30


@pytest.mark.parametrize(
    "change",
    [
        lambda canvas: canvas.apply(exact(1, tiles=[tile(WHOLE, 7)])),
        lambda canvas: film(canvas, 7, WHOLE, 0),
        lambda canvas: canvas.begin(2, 30, 40),
    ],
    ids=["tiles", "video", "a new area"],
)
def test_nothing_changes_while_the_window_reads(change):
    canvas = a_canvas()
    writer = threading.Thread(target=change, args=(canvas,))
    with canvas.reading() as now:
        writer.start()
        writer.join(0.05)
        assert writer.is_alive()
        assert canvas.size == (now.width, now.height) == (WIDTH, HEIGHT)
        assert (np.frombuffer(now.pixels, np.uint8).reshape(-1, 4) == BLACK).all()
    writer.join(10)
    assert canvas.take_dirty()


# --- what another program might send ---------------------------------------------------------------------

BOMB = b"\x02" + zstandard.ZstdCompressor(level=1).compress(bytes(100_000_000))
GOOD = tile(Rect(0, 0, 4, 4), 77)
OUTSIDE = [
    Rect(WIDTH - 3, 0, 4, 4),
    Rect(0, HEIGHT - 3, 4, 4),
    Rect(16000, 16000, 4, 4),
    Rect(0, 0, WIDTH + 1, 1),
    Rect(-1, 0, 4, 4),
    Rect(2, 2, 0, 4),
]


def assert_refused(act, canvas):
    before, size = shown(canvas), canvas.size
    with pytest.raises(RemoteProtocolError) as refused:
        act()
    assert refused.value.key in ("tile_refused", "picture_refused")
    assert canvas.size == size
    assert (shown(canvas) == before).all()
    assert canvas.take_dirty() == []


@pytest.mark.parametrize("rect", OUTSIDE, ids=str)
def test_nothing_outside_is_touched(rect):
    canvas = a_canvas()
    bad = Tile(rect.x, rect.y, rect.width, rect.height, GOOD.data)
    inside = Rect(0, 0, rect.width, rect.height)
    for message in (
        exact(1, tiles=[GOOD, bad]),
        exact(1, tiles=[GOOD], copies=[copy(rect, 0, 0)]),
        exact(1, tiles=[GOOD], copies=[copy(inside, rect.x, rect.y)]),
        exact(1, tiles=[GOOD, bad], area=2),
    ):
        assert_refused(lambda message=message: canvas.apply(message), canvas)
    pixels = np.zeros((rect.height, rect.width, 4), np.uint8)
    assert_refused(lambda: canvas.paint(pixels, 1, rect, 5), canvas)


@pytest.mark.parametrize("data", [BOMB, b"", b"\x01junk", GOOD.data[:-1], pack(colour(1, 4, 5))], ids=range(5))
@pytest.mark.parametrize("area", [1, 2])
def test_a_tile_that_does_not_unpack_leaves_everything_as_it_was(data, area):
    canvas = a_canvas()
    message = exact(1, copies=[copy(Rect(0, 0, 4, 4), 5, 5)], tiles=[GOOD, Tile(8, 8, 4, 4, data)], area=area)
    assert_refused(lambda: canvas.apply(message), canvas)


@pytest.mark.parametrize("size", [(0, 5), (5, 0), (-5, -5), (8193, 5), (5, 8193), (8192, 8192), (4200, 4200)])
def test_a_size_beyond_reason_is_refused(size):
    canvas = a_canvas()
    assert_refused(lambda: canvas.begin(2, *size), canvas)
    assert_refused(lambda: canvas.apply(exact(1, area=2, size=size)), canvas)


def test_one_area_has_one_size():
    canvas = a_canvas()
    assert_refused(lambda: canvas.begin(1, HEIGHT, WIDTH), canvas)
    assert_refused(lambda: canvas.apply(exact(1, size=(HEIGHT, WIDTH))), canvas)


@pytest.mark.parametrize("shape", [(4, 5, 4), (5, 4, 4), (4, 4, 3), (4, 4)])
def test_video_has_the_size_that_it_claims(shape):
    canvas = a_canvas()
    assert_refused(lambda: canvas.paint(np.zeros(shape, np.uint8), 1, Rect(0, 0, 4, 4), 1), canvas)


def test_no_message_makes_more_work_than_a_real_change():
    canvas = a_canvas()
    whole = tile(WHOLE, 1)
    assert canvas.apply(exact(1, tiles=[whole] * 2, copies=[copy(WHOLE, 0, 0)] * 2))
    canvas.take_dirty()
    assert_refused(lambda: canvas.apply(exact(2, tiles=[whole] * 3)), canvas)
    assert_refused(lambda: canvas.apply(exact(2, copies=[copy(WHOLE, 0, 0)] * 3)), canvas)


@given(st.data())
def test_a_spoilt_message_is_refused_whole_or_changes_what_it_may(data):
    canvas = a_canvas()
    wire = bytearray(encode(exact(1, copies=[copy(Rect(1, 1, 5, 5), 3, 3)], tiles=[GOOD, tile(Rect(9, 9, 5, 5), 3)])))
    for _ in range(data.draw(st.integers(1, 3))):
        wire[data.draw(st.integers(0, len(wire) - 1))] = data.draw(st.integers(0, 255))
    before = shown(canvas)
    try:
        canvas.apply(decode_exact(bytes(wire)))
    except RemoteProtocolError:
        assert (shown(canvas) == before).all()
    assert canvas.size == shown(canvas).shape[1::-1]

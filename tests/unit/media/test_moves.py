from itertools import combinations, cycle, islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from remotehelp.media.area import Rect, without
from remotehelp.media.moves import Move, find_moves

WORDS = ("the", "printer", "queue", "has", "stopped", "and", "three", "documents", "wait", "in", "it", "while")


def page(width, height, line=18, first=0):
    """A page of numbered lines of text with a margin."""
    image = Image.new("RGBX", (width, height), "white")
    draw, font, words = ImageDraw.Draw(image), ImageFont.load_default(12), cycle(WORDS)
    for number, y in enumerate(range(3, height, line), first):
        draw.text((12, y), f"{number} {' '.join(islice(words, 3 + number % 4))}", fill="black", font=font)
        draw.text((width // 2, y), f"{' '.join(islice(words, 2 + number % 3))}", fill="navy", font=font)
    return np.asarray(image).copy()


def noise(height, width, seed=1):
    return np.random.default_rng(seed).integers(0, 255, (height, width, 4), np.uint8)


def done(before, moves):
    """The moves as a viewer does them: one after the other, over one canvas."""
    canvas = before.copy()
    for move in moves:
        move.target.of(canvas)[...] = move.source.of(canvas).copy()
    return canvas


def checked(before, now, hint=None):
    """The moves from one picture to the other, found true; the old one is a part of a larger one."""
    larger = np.zeros((before.shape[0] + 7, before.shape[1] + 9, 4), np.uint8)
    part = larger[3:-4, 5:-4]
    part[...] = before
    moves = find_moves(part, now, hint)
    canvas, whole = done(before, moves), Rect(0, 0, now.shape[1], now.shape[0])
    assert len(moves) <= 4
    for move in moves:
        assert whole.covers(move.source)
        assert whole.covers(move.target)
        assert move.target.width * move.target.height >= 64 * 64
        assert np.array_equal(move.target.of(canvas), move.target.of(now))
        assert not np.array_equal(move.target.of(before), move.target.of(now))
    assert not any(one.target.overlap(other.target) for one, other in combinations(moves, 2))
    for rest in without(whole, [move.target for move in moves]):
        assert np.array_equal(rest.of(canvas), rest.of(before))
        rest.of(canvas)[...] = rest.of(now)
    assert np.array_equal(canvas, now)
    return moves


def moved(moves):
    return sum(move.target.width * move.target.height for move in moves)


def differing(before, now, moves):
    """How many pixels differ that no move brings."""
    return int((done(before, moves) != now).any(axis=2).sum())


@pytest.mark.parametrize("step", [1, 7, 18, 36, 40, 111, 200])
@pytest.mark.parametrize("up", [True, False])
def test_a_scrolled_page_is_one_move(step, up):
    text = page(640, 700)
    before, now = text[:480], text[step : 480 + step]
    if not up:
        before, now = now, before
    (move,) = checked(before, now)
    assert move.offset == (0, -step if up else step)
    assert move.target.height >= 480 - step - 18


@pytest.mark.parametrize("line", [8, 13, 15, 16, 20, 30])
def test_any_line_spacing(line):
    text = page(640, 700, line)
    (move,) = checked(text[:480], text[33:513])
    assert move.offset == (0, -33)


def test_thin_lines_as_far_apart_as_the_rows_that_are_looked_at():
    paper = np.full((600, 400, 4), 255, np.uint8)
    for y in range(6, 600, 15):
        paper[y : y + 3] = noise(3, 400, y)
    before, now = paper[:480].copy(), paper[40:520].copy()
    before[0], now[0], before[479], now[479] = 1, 2, 3, 4
    assert {move.offset for move in checked(before, now)} == {(0, -40)}


@pytest.mark.parametrize("step", [3, 64, -25])
def test_a_page_scrolled_sideways(step):
    text = page(900, 400)
    (move,) = checked(text[:, 100:700], text[:, 100 + step : 700 + step])
    assert move.offset == (-step, 0)


@pytest.mark.parametrize("offset", [(10, 5), (-10, 5), (0, -3), (1, 1), (-77, -130)])
@pytest.mark.parametrize("hinted", [True, False])
def test_a_dragged_window(offset, hinted):
    desk = np.full((600, 800, 4), 255, np.uint8)
    desk[..., 0] = np.arange(600)[:, None] // 8
    window = page(400, 300)
    before, now = desk.copy(), desk.copy()
    before[200:500, 200:600] = window
    now[200 + offset[1] : 500 + offset[1], 200 + offset[0] : 600 + offset[0]] = window
    (move,) = checked(before, now, offset if hinted else None)
    assert move.offset == offset
    assert move.target.covers(Rect(200 + offset[0], 200 + offset[1], 400, 300)) or moved([move]) > 0.9 * 400 * 300


def browser(top, film=None):
    """A page from ``top`` on under a head, beside a still column, with a scroll bar and a film that scrolls along."""
    text, side = page(800, 1400), page(140, 600, first=500)
    picture = text[top : top + 600].copy()
    if film is not None:
        picture[300 - top : 400 - top, 400:520] = noise(100, 120, film)
    picture[:80] = (200, 210, 220, 255)
    picture[80:, :140] = side[80:]
    picture[80:, -14:] = (230, 230, 230, 255)
    picture[80 + top // 3 : 160 + top // 3, -12:-2] = (120, 120, 120, 255)
    return picture


@pytest.mark.parametrize("step", [9, 40, 53, 120])
def test_a_page_scrolls_under_a_head_beside_a_column_and_a_scroll_bar(step):
    before, now = browser(20), browser(20 + step)
    moves = checked(before, now)
    assert {move.offset for move in moves} == {(0, -step)}
    body = Rect(140, 80, 800 - 140 - 14, 600 - 80 - step)
    assert np.array_equal(body.of(done(before, moves)), body.of(now))


@pytest.mark.parametrize("hint", [None, (0, -40), (0, 40), (10, 5), (0, -500), (-3000, 9)])
def test_a_film_in_a_page_leaves_what_is_around_it(hint):
    before, now = browser(20, film=1), browser(60, film=2)
    moves = checked(before, now, hint)
    assert {move.offset for move in moves} == {(0, -40)}
    assert len(moves) >= 2
    exposed = 40 * 646 + 80 * 10
    assert differing(before, now, moves) < 3 * 100 * 120 + exposed


def test_two_windows_that_move_differently_are_two_moves():
    before = np.zeros((500, 900, 4), np.uint8)
    now = before.copy()
    one, two = page(300, 300), page(300, 300, first=70)
    before[50:350, 50:350], before[50:350, 500:800] = one, two
    now[150:450, 60:360], now[20:320, 500:800] = one, two
    assert {move.offset for move in checked(before, now)} == {(10, 100), (0, -30)}


def test_two_things_that_change_places_are_not_copied_over_each_other():
    one, two = noise(100, 300, 1), noise(100, 300, 2)
    before, now = np.concatenate([one, two]), np.concatenate([two, one])
    moves = checked(before, now)
    assert len(moves) == 1


def test_things_that_follow_each_other_are_copied_in_that_order():
    first, second, third = (noise(120, 300, seed) for seed in range(3))
    gap = np.zeros((40, 300, 4), np.uint8)
    before = np.concatenate([first, second, third, gap, gap])
    now = np.concatenate([gap, first, gap, second, third])
    moves = checked(before, now)
    assert {move.offset for move in moves} == {(0, 40), (0, 80)}
    assert moved(moves) == 3 * 120 * 300


def test_a_right_hint_finds_what_marks_are_too_wide_for():
    narrow = noise(400, 28)
    before, now = narrow[:300], narrow[20:320]
    assert checked(before, now) == []
    wide = noise(400, 40)
    assert [move.offset for move in checked(wide[:300], wide[20:320], (0, -20))] == [(0, -20)]


@pytest.mark.parametrize("hint", [None, (0, -40), (0, 0)])
def test_nothing_moved_in_a_film(hint):
    assert checked(noise(360, 640, 1), noise(360, 640, 2), hint) == []


def test_nothing_moved_where_nothing_changed():
    text = page(300, 300)
    assert checked(text, text.copy(), (0, -40)) == []


def test_small_things_are_not_worth_a_move():
    before = np.zeros((300, 300, 4), np.uint8)
    now = before.copy()
    before[100:150, 100:150] = now[110:160, 100:150] = noise(50, 50)
    assert checked(before, now, (0, 10)) == []


def test_a_large_screen():
    text = page(2600, 800)
    (move,) = checked(text[:700], text[60:760])
    assert move.offset == (0, -60)
    assert np.array_equal(done(text[:700], [move])[:640], text[60:700])


def test_a_move_tells_its_target_and_offset():
    move = Move(Rect(10, 20, 300, 400), (4, 50))
    assert (move.target, move.offset) == (Rect(4, 50, 300, 400), (-6, 30))


@st.composite
def desktops(draw):
    """Two pictures: textured things at other places, still things, flat grounds, a few changes anywhere."""
    height, width = draw(st.integers(20, 260)), draw(st.integers(20, 260))
    flat = draw(st.booleans())
    before = np.zeros((height, width, 4), np.uint8) if flat else noise(height, width, 7) // 128
    now = before.copy()
    for seed in range(draw(st.integers(0, 3))):
        h, w = draw(st.integers(16, height)), draw(st.integers(16, width))
        colours = draw(st.sampled_from([1, 100, 254]))
        thing = noise(h, w, seed) // colours * colours
        for picture in (before, now):
            y, x = draw(st.integers(0, height - h)), draw(st.integers(0, width - w))
            picture[y : y + h, x : x + w] = thing
    for _ in range(draw(st.integers(0, 3))):
        y, x = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        now[y : y + draw(st.integers(1, 30)), x : x + draw(st.integers(1, 30))] ^= 9
    return before, now


@settings(max_examples=200, deadline=None)
@given(desktops(), st.none() | st.tuples(st.integers(-270, 270), st.integers(-270, 270)))
def test_moves_are_always_true(pictures, hint):
    checked(*pictures, hint)


@settings(max_examples=60, deadline=None)
@given(st.integers(-60, 60), st.integers(-60, 60), st.booleans())
def test_every_offset_of_a_large_thing_is_found(right, down, hinted):
    large = page(520, 520)
    before, now = large[60:460, 60:460], large[60 - down : 460 - down, 60 - right : 460 - right]
    moves = checked(before, now, (right, down) if hinted else None)
    assert {move.offset for move in moves} == ({(right, down)} if right or down else set())

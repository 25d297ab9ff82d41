"""What video painted, cell by cell."""

from hypothesis import given
from hypothesis import strategies as st

from remotehelp.media.area import Rect
from remotehelp.media.lossy import CELL, Lossy

WIDTH, HEIGHT = 300, 200
RECTS = st.builds(
    lambda x, y, w, h: Rect(x, y, min(w, WIDTH - x), min(h, HEIGHT - y)),
    *[st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1), st.integers(1, WIDTH), st.integers(1, HEIGHT)],
)


def test_all_is_exact_at_first():
    lossy = Lossy(WIDTH, HEIGHT)
    assert lossy.oldest() is None
    assert lossy.rested(1e9) is None
    assert not lossy.touches(Rect(0, 0, WIDTH, HEIGHT))


def test_a_painted_cell_touches_whatever_meets_it():
    lossy = Lossy(WIDTH, HEIGHT)
    lossy.mark(Rect(70, 70, 1, 1), 5.0)
    assert lossy.oldest() == 5.0
    assert lossy.touches(Rect(64, 64, 64, 64))
    assert lossy.touches(Rect(127, 127, 9, 9))
    assert not lossy.touches(Rect(128, 64, 64, 64))


def test_only_what_rests_is_refined():
    lossy = Lossy(WIDTH, HEIGHT)
    lossy.mark(Rect(0, 0, 100, 10), 5.0)
    lossy.mark(Rect(0, 0, 10, 10), 6.0)
    assert lossy.rested(4.9) is None
    assert lossy.rested(5.5) == Rect(64, 0, 64, 64)
    assert lossy.rested(6.0) == Rect(0, 0, 128, 64)


def test_the_last_cells_end_with_the_area():
    lossy = Lossy(WIDTH, HEIGHT)
    lossy.mark(Rect(WIDTH - 1, HEIGHT - 1, 1, 1), 1.0)
    rest = lossy.rested(1.0)
    assert rest == Rect(256, 192, 44, 8)
    lossy.clear(rest)
    assert lossy.oldest() is None


def test_a_part_of_a_cell_does_not_make_it_exact():
    lossy = Lossy(WIDTH, HEIGHT)
    lossy.mark(Rect(0, 0, CELL, CELL), 1.0)
    lossy.clear(Rect(1, 0, CELL, CELL))
    assert lossy.touches(Rect(0, 0, 1, 1))
    lossy.clear(Rect(0, 0, CELL, CELL))
    assert not lossy.touches(Rect(0, 0, CELL, CELL))


@given(st.lists(RECTS, min_size=1, max_size=8))
def test_refining_what_rests_ends_with_all_exact(rects):
    lossy = Lossy(WIDTH, HEIGHT)
    for number, rect in enumerate(rects):
        lossy.mark(rect, float(number))
    for _ in range(20):
        rest = lossy.rested(len(rects))
        if rest is None:
            break
        assert lossy.touches(rest)
        lossy.clear(rest)
    assert lossy.oldest() is None


def test_what_moves_takes_its_blur_along():
    lossy = Lossy(WIDTH, HEIGHT)
    lossy.mark(Rect(0, 0, 64, 64), 1.0)
    lossy.follow(Rect(0, 0, 128, 64), (130, 70), 2.0)
    assert lossy.touches(Rect(130, 70, 64, 64))
    assert not lossy.touches(Rect(256, 64, 8, 8))
    assert lossy.rested(1.5) == Rect(0, 0, 64, 64)

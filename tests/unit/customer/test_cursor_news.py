import numpy as np
import pytest

from remotehelp.customer.cursor_news import LONGEST_S, REPEATS_S, SAVED_S, SHAPES_S, CursorNews
from remotehelp.media.cursor import INVISIBLE, Shape, pack, unpack
from remotehelp.messages import CURSOR_SHAPES, CURSOR_SIDE, CursorPlace, CursorShape

LATER = 100.0


def shape(number: int = 0) -> Shape:
    return Shape(2, 2, 0, 1, bytes((number, 0, 0, 255)) * 4)


def heavy(seed: int) -> Shape:
    """A shape that can't be packed."""
    pixels = np.random.default_rng(seed).integers(0, 256, (CURSOR_SIDE, CURSOR_SIDE, 4), np.uint8)
    pixels[..., 3] = 255
    return Shape(CURSOR_SIDE, CURSOR_SIDE, 0, 0, pixels.tobytes())


@pytest.fixture
def news() -> CursorNews:
    return CursorNews()


def test_at_first_the_shape_and_the_place_are_told(news: CursorNews) -> None:
    assert news.tell(shape(), (3, 4), 0.0) == [pack(shape(), 0), CursorPlace(3, 4, True, 0, 1)]
    assert news.tell(shape(), (3, 4), 0.01) == []


def test_a_motion_is_a_place_alone_with_a_number_that_rises(news: CursorNews) -> None:
    news.tell(shape(), (3, 4), 0.0)
    assert news.tell(shape(), (5, 6), 0.02) == [CursorPlace(5, 6, True, 0, 2)]
    assert news.tell(shape(), None, 0.04) == [CursorPlace(0, 0, False, 0, 3)]


def test_a_shape_that_is_known_is_named_alone(news: CursorNews) -> None:
    for number in (0, 1):
        news.tell(shape(number), (3, 4), number)
    assert news.tell(shape(0), (3, 4), 5) == [CursorPlace(3, 4, True, 0, 3)]
    assert news.tell(INVISIBLE, (3, 4), 6)[0] == pack(INVISIBLE, 2)


def test_a_place_at_rest_is_told_three_times_more_and_then_nothing_at_all(news: CursorNews) -> None:
    news.tell(shape(), (3, 4), 0.0)
    for n, after in enumerate(REPEATS_S, start=2):
        assert news.due() == after
        assert news.tell(shape(), (3, 4), after - 0.001) == []
        assert news.tell(shape(), (3, 4), after) == [CursorPlace(3, 4, True, 0, n)]
    assert news.due() is None
    assert news.tell(shape(), (3, 4), LATER) == []


def test_a_new_motion_begins_the_repeats_anew(news: CursorNews) -> None:
    news.tell(shape(), (3, 4), 0.0)
    news.tell(shape(), (3, 4), REPEATS_S[0])
    news.tell(shape(), (5, 4), 0.2)
    assert news.due() == 0.2 + REPEATS_S[0]


def test_what_it_looks_like_beside_what_is_shown_is_not_told(news: CursorNews) -> None:
    assert news.tell(shape(0), None, 0.0) == [CursorPlace(0, 0, False, 0, 1)]
    news.tell(shape(1), (3, 4), 1.0)
    news.tell(shape(2), (3, 4), 2.0)
    for hidden in (1, 3):
        news.tell(shape(2), (3, 4), 2.5)
        assert [(m.on, m.shape) for m in news.tell(shape(hidden), None, 3.0)] == [(False, 1)]
    assert news.tell(shape(3), (3, 4), 4.0)[0] == pack(shape(3), 2)


def test_numbers_come_in_turn_and_name_one_shape_at_a_time(news: CursorNews) -> None:
    shown: dict[int, Shape] = {}
    for now, turn in enumerate([*range(3 * CURSOR_SHAPES), 5, 90, 70]):
        wanted = shape(turn)
        for message in news.tell(wanted, (turn, 0), now):
            if isinstance(message, CursorShape):
                shown[message.number] = unpack(message)
            else:
                assert shown[message.shape] == wanted
    assert len(shown) == CURSOR_SHAPES


def test_shapes_without_end_take_a_bounded_part_of_the_line_and_the_newest_comes(news: CursorNews) -> None:
    sent, now, last = 0, 0.0, None
    for seed in range(300):
        now = seed / 60
        for message in news.tell(heavy(seed % 40), (seed, 0), now):
            if isinstance(message, CursorShape):
                sent, last = sent + len(message.data), message
    heaviest = 4 * CURSOR_SIDE**2
    assert last is not None
    assert sent <= heaviest * (2 + now / LONGEST_S)
    due = news.due()
    assert due is not None
    while (due := news.due()) is not None:  # no motion any more: what waited is told
        for message in news.tell(heavy(299 % 40), (299, 0), due):
            if isinstance(message, CursorShape):
                last = message
    assert unpack(last) == heavy(299 % 40)


def test_a_busy_pointer_leaves_the_line_to_the_rest(news: CursorNews) -> None:
    """Ten minutes of an hourglass that turns: 60 shapes, more than have a number, 30 a second."""
    sent, seconds = 0, 600
    for picture in range(30 * seconds):
        for message in news.tell(shape(picture % 60), (3, 4), picture / 30):
            sent += len(message.data) if isinstance(message, CursorShape) else 0
    assert sent <= SHAPES_S * (seconds + SAVED_S) + len(pack(shape(0), 0).data)


def test_while_a_shape_waits_the_place_is_told_with_the_last_one(news: CursorNews) -> None:
    news.tell(heavy(1), (0, 0), 0.0)
    assert news.tell(heavy(2), (7, 7), 0.1) == [CursorPlace(7, 7, True, 0, 2)]


def test_after_a_new_beginning_everything_is_told_again_with_higher_numbers(news: CursorNews) -> None:
    news.tell(shape(), (3, 4), 0.0)
    news.begin()
    assert news.due() is None
    assert news.tell(shape(), (3, 4), 1.0) == [pack(shape(), 0), CursorPlace(3, 4, True, 0, 2)]

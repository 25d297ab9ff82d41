import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.desktop.curtain import GREY, MOST_BOXES, Curtain, Order, merged
from remotehelp.media.area import Rect, bounds
from tests.helpers.places import place_at

MONITOR = Rect(100, 0, 50, 40)
PLACE = place_at(MONITOR)
A, B = Rect(110, 5, 10, 10), Rect(125, 5, 10, 10)


@pytest.fixture
def woken():
    return []


@pytest.fixture
def curtain(woken):
    return Curtain(lambda: woken.append(True))


def order(curtain):
    with curtain.drawing() as now:
        return now


def drawn(curtain):
    with curtain.drawing():
        curtain.drawn()


def test_boxes_are_what_is_on_the_monitor():
    assert Order().boxes([Rect(90, 0, 20, 5), Rect(0, 0, 50, 50)], PLACE) == (Rect(100, 0, 10, 5),)
    assert Order(exposed=frozenset([A])).boxes([B], PLACE) == (B, A)
    assert Order(whole=True).boxes([], PLACE) == (MONITOR,)
    assert Order().boxes([], PLACE) == ()


def test_many_boxes_become_few():
    damage = [Rect(100 + 2 * place, place, 1, 1) for place in range(MOST_BOXES + 6)]
    boxes = Order().boxes(damage, PLACE)
    assert len(boxes) == MOST_BOXES
    assert bounds(boxes) == bounds(damage)
    assert all(any(box.covers(rect) for box in boxes) for rect in damage)
    assert Order().boxes(damage[:MOST_BOXES], PLACE) == tuple(damage[:MOST_BOXES])


def test_no_box_lies_on_a_gap():
    place = place_at(Rect(0, 0, 100, 100), Rect(101, 50, 100, 100), Rect(0, 0, 40, 20))
    assert place.area == Rect(0, 0, 201, 150)
    assert bounds(place.gaps) == place.area
    both_sides = [Rect(95, 60, 5, 5), Rect(101, 60, 5, 5), Rect(90, 90, 60, 60), Rect(0, 120, 80, 20)]
    for side in place.shown:
        assert bounds(box for box in Order().boxes(both_sides, place) if side.covers(box)) in (
            Rect(90, 60, 10, 40),
            Rect(101, 60, 49, 90),
        )
    assert all(any(side.covers(box) for side in place.shown) for box in Order().boxes(both_sides, place))
    for boxes in (Order().boxes([place.area], place), Order(whole=True).boxes([], place)):
        assert boxes == (Rect(0, 0, 100, 100), Rect(101, 50, 100, 100))


def test_a_whole_picture_blackens_the_gaps_and_others_leave_them():
    place = place_at(Rect(10, 0, 4, 4), Rect(14, 2, 4, 4))
    white = [np.full((4, 4, 4), 255, np.uint8)] * 2
    parts = Order(whole=True).parts(place.shown, white, place)
    assert [part.rect for part in parts[:2]] == [Rect(0, 0, 4, 4), Rect(4, 2, 4, 4)]
    assert {part.rect for part in parts[2:]} == {Rect(4, 0, 4, 2), Rect(0, 4, 4, 2)}
    assert not any(part.pixels.any() for part in parts[2:])
    assert len(Order().parts(place.shown, white, place)) == 2


def test_boxes_that_lie_close_become_one():
    window, strip = Rect(100, 0, 40, 30), Rect(100, 30, 40, 2)
    assert merged([window, strip, A, Rect(149, 39, 1, 1)]) == (Rect(100, 0, 40, 32), Rect(149, 39, 1, 1))


@given(st.lists(st.builds(Rect, *[st.integers(0, 90)] * 2, *[st.integers(1, 40)] * 2), max_size=12))
def test_merged_boxes_cover_all_and_nothing_outside_their_bounds(boxes):
    few = merged(boxes)
    assert len(few) <= MOST_BOXES
    assert all(any(box.covers(rect) for box in few) for rect in boxes)
    assert not boxes or bounds(few) == bounds(boxes)


def test_the_mask_is_painted_where_a_part_shows_it():
    pixels = np.zeros((40, 50, 4), np.uint8)
    pixels.flags.writeable = False
    [part] = Order((Rect(90, 30, 20, 20), Rect(0, 0, 5, 5))).parts([MONITOR], [pixels], PLACE)
    assert part.rect == Rect(0, 0, 50, 40)
    assert (part.pixels[30:, :10] == GREY).all()
    assert np.count_nonzero(part.pixels) == 10 * 10 * 4
    [part] = Order((Rect(0, 0, 5, 5),)).parts([MONITOR], [pixels], PLACE)
    assert part.pixels is pixels


def test_the_first_picture_is_whole_and_the_next_is_not(curtain):
    assert order(curtain).whole
    drawn(curtain)
    assert order(curtain) == Order()


def test_each_wish_wakes(curtain, woken):
    curtain.refresh()
    curtain.set_mask([A])
    curtain.hold()
    curtain.release()
    assert len(woken) == 4
    assert order(curtain) == Order((A,), True, frozenset([A]))


def test_a_changed_mask_exposes_where_it_changed(curtain):
    drawn(curtain)
    curtain.set_mask([A, B])
    drawn(curtain)
    curtain.set_mask([B])
    assert order(curtain) == Order((B,), exposed=frozenset([A]))
    curtain.set_mask([B])
    assert order(curtain).exposed == {A}


def test_what_is_exposed_does_not_pile_up(curtain):
    drawn(curtain)
    for place in range(50):
        curtain.set_mask([Rect(place, 0, 5, 5)])
    assert len(order(curtain).exposed) <= MOST_BOXES
    assert order(curtain).boxes([], place_at(Rect(0, 0, 200, 40)))[0].covers(Rect(0, 0, 5, 5))


def test_holds_nest_and_one_release_too_many_is_nothing(curtain):
    curtain.release()
    curtain.hold()
    curtain.hold()
    curtain.release()
    assert order(curtain) is None
    curtain.release()
    assert order(curtain)


def test_after_close_nothing_is_drawn_and_nobody_woken(curtain, woken):
    curtain.close()
    assert curtain.closed
    assert order(curtain) is None
    assert len(woken) == 1
    curtain.refresh()
    curtain.close()
    assert len(woken) == 1


def test_hold_waits_for_a_picture_under_way(curtain):
    with curtain.drawing():
        holder = threading.Thread(target=curtain.hold)
        holder.start()
        holder.join(0.05)
        assert holder.is_alive()
    holder.join(5)
    assert order(curtain) is None

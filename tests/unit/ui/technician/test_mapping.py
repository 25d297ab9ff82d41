from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from remotehelp.customer.injector import Injector
from remotehelp.desktop.fake import FakeHands
from remotehelp.media.area import Rect, bounds
from remotehelp.messages import Pointer
from tests.helpers.places import place_at
from ui.technician.mapping import Area, Mode, Placement, area, device_pixel, place, travel

RATIOS = [1.0, 1.25, 1.5, 1.75, 2.0]
sizes = st.tuples(st.integers(1, 8192), st.integers(1, 8192))
areas = st.builds(
    Area, st.integers(0, 4000), st.integers(0, 4000), width=st.integers(1, 6000), height=st.integers(1, 6000)
)
modes = st.sampled_from(Mode)
scrolls = st.tuples(st.integers(-100, 9000), st.integers(-100, 9000))


@st.composite
def pictures_with_a_pixel(draw: st.DrawFn) -> tuple[tuple[int, int], tuple[int, int]]:
    width, height = draw(sizes)
    return (width, height), (draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1)))


@given(pictures_with_a_pixel(), areas)
def test_every_pixel_of_her_screen_can_be_reached_at_one_to_one(
    picture_and_pixel: tuple[tuple[int, int], tuple[int, int]], on: Area
) -> None:
    picture, (x, y) = picture_and_pixel
    across, down = travel(picture, on)
    at = place(picture, on, Mode.ONE_TO_ONE, (min(x, across), min(y, down)))
    here = at.shows(x, y)
    assert on.left <= here[0] < on.left + on.width
    assert on.top <= here[1] < on.top + on.height
    assert at.holds(*here)
    assert at.at(*here) == (x, y)


@given(sizes, areas, modes, scrolls, st.integers(-9000, 20000), st.integers(-9000, 20000))
def test_a_place_is_always_inside_her_screen(
    picture: tuple[int, int], on: Area, mode: Mode, scroll: tuple[int, int], x: int, y: int
) -> None:
    there = place(picture, on, mode, scroll).at(x, y)
    assert 0 <= there[0] < picture[0]
    assert 0 <= there[1] < picture[1]


@given(pictures_with_a_pixel(), areas, modes, scrolls)
def test_pointing_is_the_inverse_of_painting(
    picture_and_pixel: tuple[tuple[int, int], tuple[int, int]], on: Area, mode: Mode, scroll: tuple[int, int]
) -> None:
    picture, pixel = picture_and_pixel
    at = place(picture, on, mode, scroll)
    back = at.at(*at.shows(*pixel))
    for found, wanted, length, painted in zip(back, pixel, picture, (at.width, at.height), strict=True):
        # where several of her pixels share one of ours, one of these; else exactly this
        assert abs(found - wanted) <= (0 if painted >= length else length // painted + 1)


@given(sizes, areas)
def test_a_fitted_picture_fills_its_room_and_keeps_its_shape(picture: tuple[int, int], on: Area) -> None:
    at = place(picture, on, Mode.FITTED)
    assert on.left <= at.left
    assert at.left + at.width <= on.left + on.width
    assert on.top <= at.top
    assert at.top + at.height <= on.top + on.height
    assert at.width == on.width or at.height == on.height
    scale = min(on.width / picture[0], on.height / picture[1])
    assert abs(at.width - max(picture[0] * scale, 1)) <= 1
    assert abs(at.height - max(picture[1] * scale, 1)) <= 1


@pytest.mark.parametrize("ratio", RATIOS)
@given(st.integers(0, 3000), st.integers(1, 3000), st.integers(0, 9000))
def test_a_pointer_stands_on_the_same_device_pixel_at_every_scale(
    ratio: float, origin: int, length: int, pixel: int
) -> None:
    assert device_pixel(pixel / ratio, ratio) == pixel
    assert device_pixel(origin + (pixel / ratio - origin), ratio) == pixel
    own = area((origin, 0), (length, length), ratio)
    assert own.left >= origin * ratio - 0.01
    assert own.left + own.width <= (origin + length) * ratio + 0.01 or own.width == 1


@pytest.mark.parametrize("ratio", RATIOS)
@given(
    pictures_with_a_pixel(),
    st.tuples(st.integers(0, 600), st.integers(0, 400)),
    st.tuples(st.integers(0, 16000), st.integers(0, 16000)),
)
def test_a_click_hits_exactly_her_pixel_at_every_scale_on_every_monitor(
    ratio: float,
    picture_and_pixel: tuple[tuple[int, int], tuple[int, int]],
    origin: tuple[int, int],
    corner: tuple[int, int],
) -> None:
    """From her pixel to ours, to Qt's coordinate under the pointer, and back, to the place that is injected."""
    (width, height), (x, y) = picture_and_pixel
    on = area(origin, (500, 400), ratio)
    across, down = travel((width, height), on)
    at = place((width, height), on, Mode.ONE_TO_ONE, (min(x, across), min(y, down)))
    painted = at.shows(x, y)
    local = [painted[axis] / ratio - origin[axis] for axis in (0, 1)]  # as a mouse event of the widget tells it
    under = [device_pixel(origin[axis] + local[axis], ratio) for axis in (0, 1)]
    hands = FakeHands(Rect(0, 0, 32767, 32767))
    injector = Injector(hands)
    injector.permit(True, 1)
    injector.inject(Pointer(*at.at(under[0], under[1]), 1, 1), place_at(Rect(*corner, width, height)))
    assert hands.pointer == (corner[0] + x, corner[1] + y)


@st.composite
def monitors_with_a_pixel(draw: st.DrawFn) -> tuple[list[Rect], tuple[int, int]]:
    """Several monitors, and a pixel of one."""
    sides, corners = st.integers(1, 4096), st.integers(0, 8000)
    made = draw(st.lists(st.builds(Rect, corners, corners, sides, sides), min_size=1, max_size=3))
    one = draw(st.sampled_from(made))
    return made, (
        one.x + draw(st.integers(0, one.width - 1)),
        one.y + draw(st.integers(0, one.height - 1)),
    )


@pytest.mark.parametrize("ratio", RATIOS)
@given(
    monitors_with_a_pixel(),
    st.tuples(st.integers(0, 600), st.integers(0, 400)),
    st.tuples(st.integers(50, 2600), st.integers(50, 1700)),
    modes,
)
def test_a_click_hits_her_pixel_on_any_of_several_monitors_whole_or_scrolled(
    ratio: float,
    monitors_and_pixel: tuple[list[Rect], tuple[int, int]],
    origin: tuple[int, int],
    room: tuple[int, int],
    mode: Mode,
) -> None:
    """From a pixel of her root window to ours, to Qt's coordinate under the pointer, and to where it is injected."""
    monitors, pixel = monitors_and_pixel
    shown = bounds(monitors)
    picture, wanted = (shown.width, shown.height), (pixel[0] - shown.x, pixel[1] - shown.y)
    on = area(origin, room, ratio)
    across, down = travel(picture, on)
    at = place(picture, on, mode, (min(wanted[0], across), min(wanted[1], down)))
    painted = at.shows(*wanted)
    local = [painted[axis] / ratio - origin[axis] for axis in (0, 1)]
    under = [device_pixel(origin[axis] + local[axis], ratio) for axis in (0, 1)]
    hands = FakeHands(Rect(0, 0, 32767, 32767))
    injector = Injector(hands)
    injector.permit(True, 1)
    smaller = at.width < shown.width or at.height < shown.height  # then its neighbour may lie between monitors
    there = place_at(shown) if smaller else place_at(*monitors)
    injector.inject(Pointer(*at.at(under[0], under[1]), 1, 1), there)
    for came, where, length, size in zip(hands.pointer, pixel, picture, (at.width, at.height), strict=True):
        # where several of her pixels share one of ours it is a pixel of these: up to half of them away
        assert abs(came - where) <= (0 if size >= length else math.ceil(length / size / 2))


@pytest.mark.parametrize("ratio", RATIOS)
@given(
    pictures_with_a_pixel(),
    st.tuples(st.integers(0, 600), st.integers(0, 400)),
    st.tuples(st.integers(50, 2600), st.integers(50, 1700)),
    scrolls,
)
def test_however_it_is_scrolled_each_pixel_in_sight_has_one_of_ours_alone(
    ratio: float,
    picture_and_pixel: tuple[tuple[int, int], tuple[int, int]],
    origin: tuple[int, int],
    room: tuple[int, int],
    scroll: tuple[int, int],
) -> None:
    picture, (x, y) = picture_and_pixel
    on = area(origin, room, ratio)
    at = place(picture, on, Mode.ONE_TO_ONE, scroll)
    here = at.shows(x, y)
    assert here == (at.left + x, at.top + y)
    in_sight = on.left <= here[0] < on.left + on.width and on.top <= here[1] < on.top + on.height
    assume(in_sight)
    assert at.at(*here) == (x, y)
    for near in ((here[0] - 1, here[1]), (here[0], here[1] + 1)):
        assert at.at(*near) != (x, y) or not at.holds(*near)


def test_a_smaller_picture_stands_in_the_middle() -> None:
    assert place((100, 50), Area(10, 20, 300, 250), Mode.ONE_TO_ONE) == Placement((100, 50), 110, 120, 100, 50)


def test_a_larger_picture_is_scrolled_to_its_edges_and_not_beyond() -> None:
    on = Area(0, 0, 300, 200)
    assert travel((1000, 150), on) == (700, 0)
    assert place((1000, 150), on, Mode.ONE_TO_ONE, (9999, 9999)).left == -700
    assert place((1000, 150), on, Mode.ONE_TO_ONE, (-5, 0)).left == 0


def test_a_rectangle_of_the_picture_takes_up_as_much_as_its_pixels_do() -> None:
    at = Placement((100, 50), 7, 9, 150, 75)
    assert at.room(Rect(10, 20, 4, 2)) == (22.0, 39.0, 6.0, 3.0)
    assert Placement((100, 50), 7, 9, 100, 50).room(Rect(10, 20, 4, 2)) == (17.0, 29.0, 4.0, 2.0)

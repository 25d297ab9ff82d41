"""What every backend's screens do, on a real X display and in memory."""

import resource
import threading
import time

import numpy as np
import pytest

from remotehelp.desktop.curtain import GREY
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect, bounds
from tests.helpers.assembled import Assembled
from tests.helpers.xdesk import MemoryDesk, wait_for, x_desk

RED, GREEN, BLACK = (0, 0, 255), (0, 255, 0), (0, 0, 0)
WHOLE = Rect(0, 0, 800, 600)
SOON, SHORTLY = 5.0, 0.07


@pytest.fixture(scope="module")
def x11():
    with x_desk() as desk:
        yield desk


@pytest.fixture(params=["fake", "x11"])
def desk(request):
    desk = MemoryDesk() if request.param == "fake" else request.getfixturevalue("x11")
    desk.paint(WHOLE, BLACK)
    return desk


@pytest.fixture(params=["fake", "x11"])
def own_desk(request):
    """A desk whose monitors a test may change."""
    if request.param == "fake":
        yield MemoryDesk()
        return
    with x_desk() as desk:
        yield desk


@pytest.fixture
def source(desk):
    source = Assembled(desk.screens.open([desk.screens.monitors()[0].name]))
    yield source
    source.close()


def settle(source):
    """Pull until nothing is left to pull; the last picture."""
    last = None
    while picture := source.next(SHORTLY):
        last = picture
    return last


def colour(picture, x, y):
    return tuple(int(value) for value in picture.pixels[y, x, :3])


def later(seconds, act):
    timer = threading.Timer(seconds, act)
    timer.start()
    return timer


def test_it_works_here(desk):
    assert desk.screens.self_test() is None


def test_monitors_have_names_and_the_primary_comes_first(own_desk):
    (only,) = own_desk.screens.monitors()
    assert only.rect == WHOLE
    left, right = own_desk.split()
    monitors = own_desk.screens.monitors()
    assert {monitor.name: monitor.rect for monitor in monitors} == {
        left: Rect(0, 0, 300, 600),
        right: Rect(300, 0, 500, 600),
    }
    assert [monitor.primary for monitor in monitors] == sorted((m.primary for m in monitors), reverse=True)


def test_a_monitor_that_is_not_there_says_so(desk):
    with pytest.raises(BackendError, match="monitor_gone") as caught:
        desk.screens.open(["no such monitor"])
    assert caught.value.values == {"monitor": "no such monitor"}


def test_the_first_picture_is_whole(desk, source):
    desk.paint(Rect(10, 20, 30, 40), RED)
    before = time.monotonic()
    picture = source.next(SOON)
    assert (picture.width, picture.height) == (800, 600)
    assert picture.pixels.shape == (600, 800, 4)
    assert picture.damage == (WHOLE,)
    assert before <= picture.captured_at <= time.monotonic()
    assert colour(picture, 10, 20) == colour(picture, 39, 59) == RED
    assert colour(picture, 9, 20) == colour(picture, 40, 59) == BLACK


def test_a_change_wakes_and_brings_its_box_alone(desk, source):
    settle(source)
    change = Rect(100, 50, 16, 12)
    timer = later(0.1, lambda: desk.paint(change, GREEN))
    picture = source.next(SOON)
    timer.join()
    assert bounds(picture.damage) == change
    assert colour(picture, 100, 50) == colour(picture, 115, 61) == GREEN
    assert colour(picture, 99, 50) == BLACK
    assert np.count_nonzero(picture.pixels[..., 1]) == 16 * 12


def test_many_changes_come_as_few_boxes(desk, source):
    settle(source)
    for place in range(20):
        desk.paint(Rect(30 * place, 20 * place, 5, 5), RED)
    damage = []
    while picture := source.next(SHORTLY):
        assert len(picture.damage) <= 4
        damage += picture.damage
        last = picture
    assert bounds(damage) == Rect(0, 0, 575, 385)
    assert all(colour(last, 30 * place, 20 * place) == RED for place in range(20))


def test_a_still_screen_costs_nothing(source):
    settle(source)
    used = {}

    def pull():
        before, cpu = resource.getrusage(resource.RUSAGE_THREAD).ru_nvcsw, time.thread_time()
        used["picture"] = source.next(1.0)
        used["sleeps"] = resource.getrusage(resource.RUSAGE_THREAD).ru_nvcsw - before
        used["cpu"] = time.thread_time() - cpu

    thread = threading.Thread(target=pull)
    started = time.monotonic()
    thread.start()
    thread.join()
    assert used["picture"] is None
    assert time.monotonic() - started >= 0.95
    assert used["sleeps"] <= 10  # a loop of 5 ms would sleep 200 times
    assert used["cpu"] < 0.02


def test_refresh_gives_the_whole_picture(source):
    settle(source)
    timer = later(0.1, source.refresh)
    assert source.next(SOON).damage == (WHOLE,)
    timer.join()
    assert source.next(SHORTLY) is None


def test_our_windows_are_painted_over(desk, source):
    mask = Rect(200, 200, 100, 50)
    desk.paint(mask, RED)
    source.set_mask([mask, Rect(-50, 590, 100, 100)])  # the second one is half outside
    picture = settle(source)
    assert (picture.pixels[200:250, 200:300] == GREY).all()
    assert (picture.pixels[590:, :50] == GREY).all()
    assert colour(picture, 199, 200) == colour(picture, 300, 249) == BLACK
    assert not (picture.pixels[..., 2] == 255).any()


def test_a_new_mask_hides_at_once_and_an_old_one_shows_again(desk, source):
    mask = Rect(200, 200, 100, 50)
    desk.paint(mask, RED)
    settle(source)
    source.set_mask([mask])
    hidden = source.next(SOON)
    assert hidden.damage == (mask,)
    assert colour(hidden, 250, 225) == GREY[:3]
    source.set_mask([])
    shown = source.next(SOON)
    assert shown.damage == (mask,)
    assert colour(shown, 250, 225) == RED


def test_what_our_windows_draw_wakes_nobody(desk, source):
    mask = Rect(200, 200, 100, 50)
    source.set_mask([mask])
    settle(source)
    desk.paint(Rect(210, 210, 20, 20), RED)
    assert source.next(SHORTLY) is None
    desk.paint(Rect(400, 400, 10, 10), RED)
    picture = source.next(SOON)
    assert bounds(picture.damage) == Rect(400, 400, 10, 10)
    assert colour(picture, 215, 215) == GREY[:3]


def test_a_change_half_under_our_window_shows_its_other_half(desk, source):
    source.set_mask([Rect(200, 200, 100, 50)])
    settle(source)
    desk.paint(Rect(290, 210, 20, 20), RED)
    picture = source.next(SOON)
    assert bounds(picture.damage).overlap(Rect(300, 210, 10, 20)) == Rect(300, 210, 10, 20)
    assert colour(picture, 300, 210) == RED
    assert colour(picture, 299, 210) == GREY[:3]


def test_nothing_leaves_while_held(desk, source):
    settle(source)
    source.hold()
    source.hold()
    desk.paint(Rect(5, 5, 10, 10), RED)
    source.refresh()
    assert source.next(SHORTLY) is None
    source.release()
    assert source.next(SHORTLY) is None
    timer = later(0.1, source.release)
    picture = source.next(SOON)
    timer.join()
    assert colour(picture, 5, 5) == RED


def test_a_change_while_held_is_not_lost(desk, source):
    settle(source)
    source.hold()
    desk.paint(Rect(5, 5, 10, 10), RED)
    assert source.next(SHORTLY) is None
    source.release()
    assert bounds(source.next(SOON).damage) == Rect(5, 5, 10, 10)


def test_hold_then_mask_then_map_shows_no_pixel_of_the_dialog(desk, source):
    settle(source)
    seen, stop = [], threading.Event()

    def pull():
        while not stop.is_set():
            if picture := source.next(SHORTLY):
                seen.append(bool((picture.pixels[..., 2] == 255).any()))

    thread = threading.Thread(target=pull)
    thread.start()
    for place in range(0, 400, 20):
        dialog = Rect(place, place, 60, 40)
        source.hold()
        source.set_mask([dialog])
        desk.paint(dialog, RED)
        source.release()
        count = len(seen)
        wait_for(lambda count=count: len(seen) > count)
        desk.paint(dialog, BLACK)
    stop.set()
    thread.join()
    assert len(seen) >= 20
    assert not any(seen)


def test_close_wakes_who_waits(source):
    settle(source)
    timer = later(0.1, source.close)
    started = time.monotonic()
    assert source.next(SOON) is None
    assert time.monotonic() - started < SOON / 2
    timer.join()
    assert source.next(SOON) is None
    source.close()
    source.refresh()
    source.set_mask([WHOLE])
    source.hold()
    source.release()


def test_a_resized_monitor_gives_a_whole_picture_of_its_new_size(own_desk):
    (monitor,) = own_desk.screens.monitors()
    source = Assembled(own_desk.screens.open([monitor.name]))
    settle(source)
    own_desk.resize(monitor, 640, 480)
    picture = wait_for(lambda: (found := source.next(SHORTLY)) and found.width == 640 and found)
    assert picture.pixels.shape == (480, 640, 4)
    assert picture.damage == (Rect(0, 0, 640, 480),)
    settle(source)
    own_desk.paint(Rect(600, 400, 10, 10), RED)
    assert colour(source.next(SOON), 600, 400) == RED
    own_desk.resize(monitor, 800, 600)
    picture = wait_for(lambda: (found := source.next(SHORTLY)) and found.width == 800 and found)
    assert picture.pixels.shape == (600, 800, 4)
    source.close()


def test_one_of_two_monitors_is_all_that_is_seen(own_desk):
    _, right = own_desk.split()
    source = Assembled(own_desk.screens.open([right]))
    picture = settle(source)
    assert (picture.width, picture.height) == (500, 600)
    own_desk.paint(Rect(10, 10, 200, 200), RED)
    assert source.next(SHORTLY) is None
    own_desk.paint(Rect(280, 30, 40, 10), RED)  # across the border
    picture = source.next(SOON)
    assert bounds(picture.damage) == Rect(0, 30, 20, 10)
    assert colour(picture, 0, 30) == RED
    own_desk.unplug_right()
    with pytest.raises(BackendError, match="monitor_gone"):
        wait_for(lambda: source.next(SHORTLY) and False)
    source.close()


def test_several_monitors_are_one_area_and_what_lies_between_them_is_never_seen(own_desk):
    names = own_desk.part()
    own_desk.paint(WHOLE, RED)
    source = Assembled(own_desk.screens.open(names))
    picture = settle(source)
    assert source.place.area == Rect(0, 0, 600, 550)
    assert (picture.width, picture.height) == (600, 550)
    left, right = picture.pixels[:400, :300], picture.pixels[250:, 400:]
    assert (left[..., 2] == 255).all()
    assert (right[..., 2] == 255).all()
    assert np.count_nonzero(picture.pixels[..., 2]) == 300 * 400 + 200 * 300
    own_desk.paint(Rect(310, 0, 80, 600), GREEN)  # between them
    assert source.next(SHORTLY) is None
    own_desk.paint(Rect(290, 300, 120, 10), GREEN)  # from one to the other
    picture = settle(source)
    assert colour(picture, 299, 300) == colour(picture, 400, 300) == GREEN
    assert not picture.pixels[:250, 300:].any()
    assert not picture.pixels[:, 300:400].any()
    source.close()


def test_places_count_from_the_corner_of_the_area(own_desk):
    _, right = own_desk.part()
    source = Assembled(own_desk.screens.open([right]))
    assert source.place.area == Rect(400, 250, 200, 300)
    own_desk.paint(Rect(403, 255, 1, 1), RED)
    picture = settle(source)
    assert (colour(picture, 3, 5), colour(picture, 2, 5), colour(picture, 4, 5)) == (RED, BLACK, BLACK)
    assert source.place.on_root(3, 5) == (403, 255)
    source.close()


def test_what_is_not_shown_any_more_becomes_black(own_desk):
    """The monitor grew and shrank again within the same bounds."""
    left, right = own_desk.part()
    own_desk.paint(WHOLE, RED)
    source = Assembled(own_desk.screens.open([left, right]))
    settle(source)
    own_desk.shrink_left()
    picture = wait_for(lambda: (found := source.next(SHORTLY)) and colour(found, 0, 399) == BLACK and found)
    assert (picture.width, picture.height) == (600, 550)
    assert np.count_nonzero(picture.pixels[..., 2]) == 300 * 200 + 200 * 300
    source.close()


def test_our_windows_are_painted_over_on_each_monitor(own_desk):
    source = Assembled(own_desk.screens.open(own_desk.part()))
    settle(source)
    source.set_mask([Rect(290, 290, 120, 20)])
    picture = source.next(SOON)
    assert colour(picture, 295, 300) == colour(picture, 405, 300) == GREY[:3]
    assert not picture.pixels[:, 300:400].any()
    source.close()


def test_one_of_several_that_is_gone_is_named(own_desk):
    source = own_desk.screens.open(own_desk.part())
    own_desk.unplug_right()
    with pytest.raises(BackendError, match="monitor_gone") as caught:
        wait_for(lambda: source.next(SHORTLY) and False)
    assert caught.value.values == {"monitor": "right"}
    source.close()


def test_each_change_of_the_monitors_is_told(own_desk):
    told = []
    watch = own_desk.screens.watch(told.append)
    own_desk.part()
    wait_for(lambda: told and [monitor.name for monitor in told[-1]] == ["left", "right"])
    own_desk.shrink_left()
    wait_for(lambda: Rect(0, 0, 300, 200) in [monitor.rect for monitor in told[-1]])
    watch.close()
    count = len(told)
    own_desk.unplug_right()
    wait_for(lambda: len(own_desk.screens.monitors()) == 1)
    assert len(told) == count


def test_a_still_list_of_monitors_is_not_told(own_desk):
    told = []
    watch = own_desk.screens.watch(told.append)
    own_desk.paint(WHOLE, RED)
    settle(source := Assembled(own_desk.screens.open([own_desk.screens.monitors()[0].name])))
    assert told == []
    source.close()
    watch.close()

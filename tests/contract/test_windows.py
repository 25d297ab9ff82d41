"""What every backend does where one window alone is shown: on real X displays, with and without openbox, in memory."""

import threading
import time

import pytest

from remotehelp.desktop.curtain import GREY
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from tests.helpers.assembled import Assembled
from tests.helpers.xdesk import MemoryDesk, wait_for, x_desk

RED, GREEN, BLUE = (0, 0, 255), (0, 255, 0), (255, 0, 0)
SIZE = Rect(0, 0, 300, 200)
SOON, SHORTLY = 5.0, 0.06


@pytest.fixture(scope="module")
def bare():
    with x_desk() as desk:
        yield desk


@pytest.fixture(scope="module")
def managed():
    with x_desk(managed=True) as desk:
        yield desk


@pytest.fixture(params=["fake", "x11 with openbox"])
def desk(request):
    if request.param == "fake":
        return MemoryDesk()
    return request.getfixturevalue("managed" if "openbox" in request.param else "bare")


with_and_without = pytest.mark.parametrize("desk", ["fake", "x11", "x11 with openbox"], indirect=True)


@pytest.fixture
def shown(desk):
    """A green window, half of it under a window of another program, which is black."""
    window = desk.titled(Rect(50, 60, 300, 200), "Printers")
    desk.draw(window, SIZE, GREEN)
    covering = desk.own_window(Rect(window.rect.x + 150, window.rect.y, 300, 200))
    yield window
    if window.id in [one.id for one in desk.screens.windows([covering.id])]:
        desk.close(window)


@pytest.fixture
def moved():
    return []


@pytest.fixture
def source(desk, shown, moved):
    source = Assembled(desk.screens.open_window(shown.id, moved.append))
    yield source
    source.close()


def settle(source):
    last = None
    while picture := source.next(SHORTLY):
        last = picture
    return last


def colours(picture, rect=None):
    """All colours in a part of it."""
    pixels = picture.pixels if rect is None else rect.of(picture.pixels)
    return {tuple(map(int, pixel)) for row in pixels[..., :3] for pixel in set(map(tuple, row))}


def drawn(desk, source, window, size=SIZE):
    """The picture, once the program has drawn all of its window as it was asked to."""
    settle(source)
    desk.draw(window, size, GREEN)
    return settle(source)


@with_and_without
def test_windows_of_other_programs_are_listed_with_their_titles(desk, shown):
    lower = desk.titled(Rect(10, 10, 50, 50), "  Two\nlines\t\u202e of it " + "x" * 200)
    listed = {one.id: one.title for one in desk.screens.windows(())}
    assert listed[shown.id] == "Printers"
    if not isinstance(desk, MemoryDesk):
        assert listed[lower.id].startswith("Two lines of it xxx")
        assert len(listed[lower.id]) == 80
    desk.close(lower)
    assert lower.id not in [one.id for one in desk.screens.windows(())]


def test_the_topmost_comes_first(desk, shown):
    top = desk.titled(Rect(60, 70, 40, 40), "Top")
    listed = [one.id for one in desk.screens.windows(())]
    assert listed.index(top.id) < listed.index(shown.id)
    desk.close(top)


@with_and_without
def test_our_own_windows_menus_and_minimised_ones_are_not_listed(desk, shown):
    own = desk.own_window(Rect(400, 300, 50, 50))
    menu = desk.menu(Rect(60, 70, 40, 40), shown)
    hidden = desk.titled(Rect(10, 10, 50, 50), "Hidden")
    desk.show(hidden, False)
    listed = {one.id for one in desk.screens.windows([own.id])}
    assert shown.id in listed
    assert listed.isdisjoint({own.id, menu.id, hidden.id})
    desk.close(menu)
    desk.close(hidden)


@with_and_without
def test_a_window_is_shown_and_nothing_of_what_covers_it(desk, shown, source):
    picture = settle(source)
    assert (picture.width, picture.height) == (300, 200)
    assert colours(picture) <= {GREEN, GREY[:3]}
    assert colours(drawn(desk, source, shown)) == {GREEN}
    assert source.place.area == shown.rect
    assert source.place.on_root(7, 8) == (shown.rect.x + 7, shown.rect.y + 8)


@with_and_without
def test_no_pixel_of_what_covers_it_is_in_any_picture(desk, shown):
    """Nor of the moment in which the X server begins to keep the window's pixels, gives it a new size or maps it."""
    red = desk.own_window(Rect(shown.rect.x, shown.rect.y, 320, 240))
    if not isinstance(desk, MemoryDesk):
        desk.ours.draw(red, Rect(0, 0, 320, 240), RED)
    source, seen, stop = desk.screens.open_window(shown.id, print), set(), threading.Event()
    assembled = Assembled(source)

    def pull():
        while not stop.is_set():
            if picture := assembled.next(SHORTLY):
                seen.update(colours(picture))

    thread = threading.Thread(target=pull)
    thread.start()
    place = shown.rect
    for step in range(1, 8):
        shown = desk.put(shown, Rect(place.x, place.y, 300 + 2 * step, 200 + 2 * step))
        desk.draw(shown, Rect(0, 0, 50, 50), BLUE)
        source.refresh()
        if step % 3 == 0:
            desk.show(shown, False)
            desk.show(shown, True)
    wait_for(lambda: desk.draw(shown, SIZE, BLUE) or BLUE in seen)
    stop.set()
    thread.join()
    source.close()
    assert seen <= {GREEN, BLUE, GREY[:3], (0, 0, 0)} if isinstance(desk, MemoryDesk) else seen <= {BLUE, GREY[:3]}


def test_what_the_program_draws_where_it_is_covered_wakes_and_is_seen(desk, shown, source):
    drawn(desk, source, shown)
    change = Rect(200, 50, 16, 12)
    timer = threading.Timer(0.1, lambda: desk.draw(shown, change, BLUE))
    timer.start()
    picture = source.next(SOON)
    timer.join()
    assert colours(picture, change) == {BLUE}
    assert colours(picture, Rect(150, 0, 40, 200)) == {GREEN}


def test_what_is_drawn_beside_it_or_over_it_wakes_nobody(desk, shown, source):
    drawn(desk, source, shown)
    desk.paint(Rect(0, 0, 800, 600), RED)
    other = desk.own_window(Rect(shown.rect.x + 10, shown.rect.y + 10, 100, 100))
    assert other.rect.overlap(shown.rect)
    assert source.next(SHORTLY) is None


def test_a_resized_window_is_another_area(desk, shown, source):
    drawn(desk, source, shown)
    now = desk.put(shown, Rect(shown.rect.x, shown.rect.y, 340, 260))
    picture = wait_for(lambda: (found := source.next(SHORTLY)) and found.width == 340 and found)
    assert picture.damage == (Rect(0, 0, 340, 260),)
    assert colours(drawn(desk, source, now, Rect(0, 0, 340, 260))) == {GREEN}
    assert source.place.area == now.rect


@with_and_without
def test_a_moved_window_is_the_same_picture_at_another_place(desk, shown, source, moved):
    drawn(desk, source, shown)
    place = shown.rect
    now = desk.put(shown, Rect(place.x + 40, place.y + 30, place.width, place.height))
    wait_for(lambda: source.next(SHORTLY) or source.place.area == now.rect)
    settle(source)
    assert source.place.area == now.rect
    assert set(moved) == {True}
    desk.draw(shown, Rect(5, 5, 10, 10), BLUE)
    picture = settle(source)
    assert colours(picture, Rect(5, 5, 10, 10)) == {BLUE}
    assert colours(picture, Rect(20, 0, 280, 200)) == {GREEN}


@with_and_without
def test_a_minimised_window_stays_as_it_was_last(desk, shown, source, moved):
    drawn(desk, source, shown)
    moved.clear()
    desk.show(shown, False)
    assert settle(source) is None
    assert moved[-1] is False
    source.refresh()
    if picture := settle(source):
        assert colours(picture) == {GREEN}
    desk.show(shown, True)
    assert colours(drawn(desk, source, shown)) == {GREEN}
    assert moved[-1] is True


@with_and_without
def test_a_window_that_is_closed_says_so(desk, shown, source):
    settle(source)
    desk.close(shown)
    with pytest.raises(BackendError, match="window_closed"):
        wait_for(lambda: source.next(SHORTLY) and False)


def test_a_window_that_is_gone_can_not_be_opened(desk, shown):
    desk.close(shown)
    with pytest.raises(BackendError, match="window_closed"):
        desk.screens.open_window(shown.id, print)


@with_and_without
def test_a_chosen_window_is_known_to_be_closed_though_it_is_not_shown(desk, shown):
    kept = desk.screens.keep_window(shown.id)
    desk.put(shown, Rect(60, 70, 310, 210))
    desk.show(shown, False)
    kept.check()
    desk.close(shown)
    with pytest.raises(BackendError, match="window_closed"):
        kept.check()
    with pytest.raises(BackendError, match="window_closed"):
        desk.screens.keep_window(shown.id)
    kept.close()


@with_and_without
def test_a_window_that_is_minimised_when_it_is_opened_is_shown_once_it_is_back(desk, shown, moved):
    desk.show(shown, False)
    source = Assembled(desk.screens.open_window(shown.id, moved.append))
    assert settle(source) is None
    assert moved == [False]
    assert (source.place.area.width, source.place.area.height) == (300, 200)
    desk.show(shown, True)
    assert colours(drawn(desk, source, shown)) == {GREEN}
    assert moved[-1] is True
    source.close()


@pytest.mark.parametrize("kind", ["menu", "dialog"])
def test_its_own_menus_and_dialogs_are_seen_where_they_lie_over_it(desk, shown, source, kind):
    drawn(desk, source, shown)
    place = Rect(shown.rect.x + 20, shown.rect.y + 30, 80, 60)
    over = getattr(desk, kind)(place, shown)
    settle(source)
    desk.draw(over, Rect(0, 0, 80, 60), BLUE)
    picture = wait_for(lambda: (found := settle(source)) and BLUE in colours(found) and found)
    there = over.rect.seen_from(shown.rect)
    assert colours(picture, there) == {BLUE}
    assert colours(picture, Rect(0, 0, 300, there.y)) == {GREEN}
    desk.draw(over, Rect(0, 0, 5, 5), RED)
    assert colours(settle(source), Rect(there.x, there.y, 5, 5)) == {RED}
    desk.close(over)
    assert colours(wait_for(lambda: settle(source)), there) == {GREEN}


def test_another_window_of_the_same_program_is_not_seen(desk, shown, source):
    drawn(desk, source, shown)
    other = desk.titled(Rect(shown.rect.x + 20, shown.rect.y + 30, 80, 60), "Other")
    desk.draw(other, Rect(0, 0, 80, 60), RED)
    source.refresh()
    assert colours(settle(source)) == {GREEN}
    desk.close(other)


def test_a_mask_hides_nothing_and_a_hold_holds(desk, shown, source):
    drawn(desk, source, shown)
    source.set_mask([shown.rect])
    source.hold()
    desk.draw(shown, Rect(5, 5, 10, 10), BLUE)
    source.refresh()
    assert source.next(SHORTLY) is None
    source.release()
    picture = source.next(SOON)
    assert colours(picture) == {GREEN, BLUE}


def test_close_wakes_who_waits(source):
    settle(source)
    timer = threading.Timer(0.1, source.close)
    timer.start()
    started = time.monotonic()
    assert source.next(SOON) is None
    assert time.monotonic() - started < SOON / 2
    timer.join()
    source.refresh()
    source.hold()
    source.close()

"""Showing a monitor: what is chosen, what is covered, what is held back, and where the monitors are now."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace

import numpy as np
import pytest

from remotehelp.customer.intents import OwnWindow
from remotehelp.customer.sharing import Sharing
from remotehelp.desktop.curtain import GREY
from remotehelp.desktop.fake_screens import FakeScreens, FakeShown
from remotehelp.desktop.screens import Monitor, SomeMonitors, Window
from remotehelp.errors import BackendError
from remotehelp.media.area import Pixels, Rect
from remotehelp.media.canvas import Canvas
from remotehelp.messages import decode_exact
from tests.helpers.screen_source import Plenty
from tests.helpers.waiting import until

LEFT, RIGHT = Monitor("left", Rect(0, 0, 64, 48), True), Monitor("right", Rect(64, 0, 80, 60), False)
RED = (0, 0, 255)
QUIET_S = 0.08


class TwoScreens(FakeScreens):
    """Two monitors that can get lost."""

    def __init__(self) -> None:
        super().__init__((LEFT, RIGHT))
        self.lost = False

    def monitors(self) -> tuple[Monitor, ...]:
        if self.lost:
            raise BackendError("display_lost")
        return super().monitors()


@pytest.fixture
def screens() -> TwoScreens:
    return TwoScreens()


class Viewer:
    """What the technician sees of it."""

    def __init__(self) -> None:
        self.canvas, self.came = Canvas(), 0

    def take(self, data: bytes) -> None:
        self.canvas.apply(decode_exact(data))
        self.came += 1

    async def picture(self) -> Pixels | None:
        """The picture once something new has come, and nothing more does; None if nothing comes."""
        before = self.came
        with contextlib.suppress(AssertionError):
            await until(lambda: self.came > before, QUIET_S)
        if self.came == before:
            return None
        while before < self.came:
            before = self.came
            await asyncio.sleep(QUIET_S / 2)
        with self.canvas.reading() as now:
            return np.frombuffer(now.pixels, np.uint8).reshape(now.height, now.width, 4).copy()


@pytest.fixture
def viewer() -> Viewer:
    return Viewer()


@pytest.fixture
async def sharing(screens: TwoScreens, viewer: Viewer) -> AsyncIterator[Sharing]:
    sharing = Sharing(screens, viewer.take, Plenty(), lambda width, height: None, lambda error: None)
    yield sharing
    sharing.close()


def start(sharing: Sharing) -> None:
    """Start, and have the window put its frame round the screen."""
    sharing.start()
    sharing.framed(sharing.showing)


async def test_the_primary_monitor_is_shown_unless_she_chooses(sharing: Sharing, viewer: Viewer) -> None:
    assert sharing.choice.names == ("left",)
    sharing.choose(["right"])
    assert not sharing.on
    start(sharing)
    shown = await viewer.picture()
    assert shown is not None
    assert shown.shape == (60, 80, 4)


async def test_choosing_while_it_is_shown_shows_the_other_at_once(sharing: Sharing, viewer: Viewer) -> None:
    start(sharing)
    sharing.choose(["right"])
    sharing.start()
    sharing.framed(sharing.showing)
    shown = await viewer.picture()
    assert sharing.on
    assert shown is not None
    assert shown.shape[1] == 80


WINDOW = FakeShown(Rect(10, 10, 30, 20), np.full((20, 30, 4), 9, np.uint8), "Printers")


async def test_one_window_alone_is_shown(sharing: Sharing, viewer: Viewer, screens: TwoScreens) -> None:
    screens.show_window(7, WINDOW)
    screens.paint(Rect(0, 0, 144, 60), RED)
    sharing.cover([OwnWindow(1, 10, 10, 5, 5)])
    sharing.choose_window(7)
    assert sharing.choice == Window(7, "Printers")
    assert sharing.only == 7
    start(sharing)
    shown = await viewer.picture()
    assert shown is not None
    assert shown.shape == (20, 30, 4)
    assert (shown[..., :3] == 9).all()
    place = sharing.place
    assert place is not None
    assert place.area == WINDOW.rect
    assert sharing.shown_at(20, 20) is None  # the pointer may be that of what covers the window
    sharing.choose(["left"])
    assert sharing.only is None


async def test_no_picture_of_a_window_leaves_before_it_is_framed(
    sharing: Sharing, viewer: Viewer, screens: TwoScreens
) -> None:
    screens.show_window(7, WINDOW)
    sharing.choose_window(7)
    sharing.start()
    assert sharing.in_reach is None
    assert await viewer.picture() is None
    sharing.framed(sharing.showing)
    assert sharing.in_reach is not None
    assert await viewer.picture() is not None


async def test_windows_are_listed_when_they_are_looked_for_and_ours_are_not(
    sharing: Sharing, screens: TwoScreens
) -> None:
    screens.show_window(7, WINDOW)
    screens.show_window(8, WINDOW)
    sharing.cover([OwnWindow(8, 10, 10, 5, 5)])
    assert sharing.windows == ()
    sharing.look_for_windows()
    assert (sharing.windows, sharing.no_windows) == ((Window(7, "Printers"),), "")
    with pytest.raises(BackendError, match="window_closed"):
        sharing.choose_window(8)
    screens.close_window(7)
    with pytest.raises(BackendError, match="window_closed"):
        sharing.choose_window(7)
    assert sharing.windows == ()
    assert sharing.choice == SomeMonitors(("left",))


async def test_why_no_window_can_be_shown_alone_is_told(
    sharing: Sharing, screens: TwoScreens, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(own: object) -> tuple[Window, ...]:
        raise BackendError("no_single_window")

    screens.show_window(7, WINDOW)
    sharing.look_for_windows()
    monkeypatch.setattr(screens, "windows", none)
    sharing.look_for_windows()
    assert (sharing.windows, sharing.no_windows) == ((), "no_single_window")


async def test_a_window_that_moves_is_told_and_stays_the_same_picture(screens: TwoScreens, viewer: Viewer) -> None:
    moved: list[bool] = []
    sharing = Sharing(
        screens,
        viewer.take,
        Plenty(),
        lambda width, height: None,
        lambda error: None,
        on_moved=lambda: moved.append(True),
    )
    screens.show_window(7, WINDOW)
    sharing.choose_window(7)
    start(sharing)
    assert await viewer.picture() is not None
    screens.show_window(7, replace(WINDOW, rect=Rect(40, 30, 30, 20)))
    await until(lambda: moved)
    place = sharing.place
    assert place is not None
    assert place.area == Rect(40, 30, 30, 20)
    assert sharing.on_screen
    screens.show_window(7, replace(WINDOW, seen=False))
    await until(lambda: not sharing.on_screen)
    sharing.close()


async def test_monitors_that_change_leave_the_window_alone(sharing: Sharing, screens: TwoScreens) -> None:
    screens.show_window(7, WINDOW)
    sharing.choose_window(7)
    start(sharing)
    screens.rearrange((RIGHT,))
    await until(lambda: sharing.monitors == (RIGHT,))
    assert sharing.on
    assert sharing.only == 7
    sharing.forget_window()
    assert sharing.choice == SomeMonitors(("right",))


async def test_a_monitor_that_is_gone_is_named(sharing: Sharing) -> None:
    with pytest.raises(BackendError) as caught:
        sharing.choose(["HDMI-9"])
    assert (caught.value.key, caught.value.values) == ("monitor_gone", {"monitor": "HDMI-9"})
    assert sharing.choice.names == ("left",)


async def test_our_own_windows_are_covered_whenever_they_were_told(
    sharing: Sharing, viewer: Viewer, screens: TwoScreens
) -> None:
    screens.paint(Rect(0, 0, 144, 60), RED)
    sharing.cover([OwnWindow(1, 4, 4, 10, 10)])
    start(sharing)
    first = await viewer.picture()
    assert first is not None
    assert tuple(first[5, 5]) == GREY
    assert tuple(first[20, 20, :3]) == RED
    sharing.cover([OwnWindow(1, 30, 30, 10, 10)])
    moved = await viewer.picture()
    assert moved is not None
    assert tuple(moved[5, 5, :3]) == RED
    assert tuple(moved[35, 35]) == GREY


async def test_nothing_leaves_while_a_question_is_not_covered_yet(
    sharing: Sharing, viewer: Viewer, screens: TwoScreens
) -> None:
    start(sharing)
    assert await viewer.picture() is not None
    sharing.hold()
    sharing.hold()
    screens.paint(Rect(0, 0, 10, 10), RED)
    assert await viewer.picture() is None
    sharing.release()
    assert await viewer.picture() is not None
    sharing.release()


async def test_what_is_started_while_held_is_held_too(sharing: Sharing, viewer: Viewer) -> None:
    sharing.hold()
    start(sharing)
    assert await viewer.picture() is None
    sharing.choose(["right"])
    sharing.start()
    sharing.framed(sharing.showing)
    assert await viewer.picture() is None
    sharing.release()
    assert await viewer.picture() is not None


async def test_no_picture_leaves_before_this_showing_is_framed(sharing: Sharing, viewer: Viewer) -> None:
    sharing.framed(0)
    sharing.start()
    assert await viewer.picture() is None
    before = sharing.showing
    sharing.choose(["right"])
    sharing.start()
    sharing.framed(before)  # told of the other monitor, too late
    assert await viewer.picture() is None
    sharing.hold()
    sharing.framed(sharing.showing)
    sharing.framed(sharing.showing)
    assert await viewer.picture() is None  # a question is not covered yet
    sharing.release()
    assert await viewer.picture() is not None
    sharing.stop()
    sharing.framed(sharing.showing)
    sharing.start()
    assert await viewer.picture() is None


async def test_stopping_closes_the_source_and_may_be_done_twice(sharing: Sharing) -> None:
    start(sharing)
    source = sharing._source
    assert source is not None
    sharing.stop()
    sharing.stop()
    assert source.next(1.0) is None
    assert not sharing.on


async def test_where_it_lies_is_known_while_it_is_shown(sharing: Sharing, viewer: Viewer, screens: TwoScreens) -> None:
    sharing.choose(["right"])
    assert sharing.place is None
    sharing.start()
    assert sharing.place is not None
    assert (sharing.place.area, sharing.in_reach) == (RIGHT.rect, None)
    sharing.framed(sharing.showing)
    assert await viewer.picture() is not None
    screens.rearrange((LEFT, Monitor("right", Rect(0, 48, 100, 90), False)))
    assert await viewer.picture() is not None
    assert sharing.in_reach is not None
    assert sharing.in_reach.area == Rect(0, 48, 100, 90)


async def test_the_list_follows_the_monitors(sharing: Sharing, screens: TwoScreens) -> None:
    screens.rearrange((LEFT,))
    await until(lambda: sharing.monitors == (LEFT,))


async def test_what_is_gone_ends_the_picture_though_nobody_pulls_it(sharing: Sharing, screens: TwoScreens) -> None:
    sharing.choose(["left", "right"])
    sharing.start()  # held: no picture is asked for
    screens.rearrange((LEFT,))
    await until(lambda: not sharing.on)
    assert sharing.left() == ("left",)


async def test_nothing_is_told_after_the_end(screens: TwoScreens) -> None:
    told: list[bool] = []
    sharing = Sharing(
        screens, lambda _: None, Plenty(), lambda *_: None, lambda _: told.append(True), lambda: told.append(True)
    )
    screens.rearrange((RIGHT,))
    sharing.close()
    screens.rearrange((LEFT,))
    await asyncio.sleep(0)
    assert told == []


async def test_a_choice_that_is_gone_gives_way_to_the_primary_one(sharing: Sharing, screens: TwoScreens) -> None:
    sharing.choose(["right"])
    screens.rearrange((LEFT,))
    assert sharing.left() == ("left",)


async def test_monitors_that_were_moved_too_far_apart_are_not_shown_together(
    sharing: Sharing, screens: TwoScreens
) -> None:
    sharing.choose(["right", "left"])
    screens.rearrange((LEFT, Monitor("right", Rect(9000, 0, 80, 60), False)))
    assert sharing.left() == ("right",)
    assert not sharing.offers(["left", "right"])
    with pytest.raises(BackendError, match="screens_too_large"):
        sharing.check(["left", "right"])


async def test_looking_at_a_display_that_is_lost_changes_nothing(sharing: Sharing, screens: TwoScreens) -> None:
    screens.lost = True
    assert sharing.left() == ("left",)
    assert sharing.monitors == (LEFT, RIGHT)


async def test_a_place_on_the_root_window_is_a_pixel_of_the_picture_unless_it_is_beside_it_or_covered(
    sharing: Sharing,
) -> None:
    sharing.choose(["right"])
    assert sharing.shown_at(64, 0) is None
    sharing.start()
    sharing.cover([OwnWindow(1, 70, 5, 10, 10)])
    places = [(64, 0), (143, 59), (69, 5), (80, 14), (63, 0), (144, 59), (64, 60), (70, 5), (79, 14)]
    assert [sharing.shown_at(*place) for place in places] == [(0, 0), (79, 59), (5, 5), (16, 14), *[None] * 5]


async def test_pictures_flow_while_they_are_shown_framed_and_not_held(sharing: Sharing) -> None:
    flows = [sharing.flows]
    for act in (
        sharing.start,
        lambda: sharing.framed(sharing.showing),
        sharing.hold,
        sharing.release,
        sharing.start,
        lambda: sharing.framed(sharing.showing),
        sharing.stop,
    ):
        act()
        flows.append(sharing.flows)
    assert flows == [False, False, True, False, True, False, True, False]


async def test_until_the_picture_has_followed_a_monitor_that_moved_nothing_is_in_reach(
    sharing: Sharing, screens: TwoScreens
) -> None:
    start(sharing)
    assert sharing.in_reach == sharing.place
    sharing.hold()  # the capture does not look
    screens.rearrange((Monitor("left", Rect(100, 0, 64, 48), True), Monitor("right", Rect(0, 0, 80, 60), False)))
    await until(lambda: sharing.monitors[0].rect.x == 100)
    assert sharing.in_reach is None
    assert sharing.shown_at(5, 5) is None
    sharing.release()
    await until(lambda: sharing.in_reach is not None)
    assert sharing.in_reach.area.x == 100

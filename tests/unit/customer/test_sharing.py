"""Showing a monitor: what is chosen, what is covered, what is held back, and where the monitors are now."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from remotehelp.customer.intents import OwnWindow
from remotehelp.customer.sharing import Sharing
from remotehelp.desktop.curtain import GREY
from remotehelp.desktop.fake import FakeScreens
from remotehelp.desktop.screens import Monitor
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from tests.helpers.assembled import Assembled, Whole

LEFT, RIGHT = Monitor("left", Rect(0, 0, 64, 48), True), Monitor("right", Rect(64, 0, 80, 60), False)
RED = (0, 0, 255)


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


@pytest.fixture
async def sharing(screens: TwoScreens) -> Iterator[Sharing]:
    sharing = Sharing(screens, lambda width, height: None, lambda error: None)
    yield sharing
    sharing.close()


def start(sharing: Sharing) -> None:
    """Start, and have the window put its frame round the screen."""
    sharing.start()
    sharing.framed(sharing.showing)


def picture(sharing: Sharing) -> Whole | None:
    """What would leave now."""
    assert sharing._source is not None
    return Assembled(sharing._source).next(0.05)


async def test_the_primary_monitor_is_shown_unless_she_chooses(sharing: Sharing) -> None:
    assert sharing.monitor == LEFT
    sharing.choose("right")
    assert not sharing.on
    start(sharing)
    shown = picture(sharing)
    assert shown is not None
    assert (shown.width, shown.height) == (80, 60)


async def test_choosing_while_it_is_shown_shows_the_other_at_once(sharing: Sharing) -> None:
    start(sharing)
    sharing.choose("right")
    sharing.framed(sharing.showing)
    shown = picture(sharing)
    assert sharing.on
    assert shown is not None
    assert shown.width == 80


async def test_a_monitor_that_is_gone_is_named(sharing: Sharing) -> None:
    with pytest.raises(BackendError) as caught:
        sharing.choose("HDMI-9")
    assert (caught.value.key, caught.value.values) == ("monitor_gone", {"monitor": "HDMI-9"})
    assert sharing.monitor == LEFT


async def test_our_own_windows_are_covered_whenever_they_were_told(sharing: Sharing, screens: TwoScreens) -> None:
    screens.paint(Rect(0, 0, 144, 60), RED)
    sharing.cover([OwnWindow(1, 4, 4, 10, 10)])
    start(sharing)
    first = picture(sharing)
    assert first is not None
    assert tuple(first.pixels[5, 5]) == GREY
    assert tuple(first.pixels[20, 20, :3]) == RED
    sharing.cover([OwnWindow(1, 30, 30, 10, 10)])
    moved = picture(sharing)
    assert moved is not None
    assert tuple(moved.pixels[5, 5, :3]) == RED
    assert tuple(moved.pixels[35, 35]) == GREY


async def test_nothing_leaves_while_a_question_is_not_covered_yet(sharing: Sharing, screens: TwoScreens) -> None:
    start(sharing)
    assert picture(sharing) is not None
    sharing.hold()
    sharing.hold()
    screens.paint(Rect(0, 0, 10, 10), RED)
    assert picture(sharing) is None
    sharing.release()
    assert picture(sharing) is not None
    sharing.release()


async def test_what_is_started_while_held_is_held_too(sharing: Sharing) -> None:
    sharing.hold()
    start(sharing)
    assert picture(sharing) is None
    sharing.choose("right")
    sharing.framed(sharing.showing)
    assert picture(sharing) is None
    sharing.release()
    assert picture(sharing) is not None


async def test_no_picture_leaves_before_this_showing_is_framed(sharing: Sharing) -> None:
    sharing.framed(0)
    sharing.start()
    assert picture(sharing) is None
    before = sharing.showing
    sharing.choose("right")
    sharing.framed(before)  # told of the other monitor, too late
    assert picture(sharing) is None
    sharing.hold()
    sharing.framed(sharing.showing)
    sharing.framed(sharing.showing)
    assert picture(sharing) is None  # a question is not covered yet
    sharing.release()
    assert picture(sharing) is not None
    sharing.stop()
    sharing.framed(sharing.showing)
    sharing.start()
    assert picture(sharing) is None


async def test_stopping_closes_the_source_and_may_be_done_twice(sharing: Sharing) -> None:
    start(sharing)
    source = sharing._source
    assert source is not None
    sharing.stop()
    sharing.stop()
    assert source.next(1.0) is None
    assert not sharing.on


async def test_a_monitor_that_moved_is_found_again(sharing: Sharing, screens: TwoScreens) -> None:
    sharing.choose("right")
    screens.rearrange((LEFT, Monitor("right", Rect(0, 48, 100, 90), False)))
    sharing.look_again()
    assert sharing.monitor.rect == Rect(0, 48, 100, 90)


async def test_a_monitor_that_is_gone_gives_way_to_the_primary_one(sharing: Sharing, screens: TwoScreens) -> None:
    sharing.choose("right")
    screens.rearrange((LEFT,))
    sharing.look_again()
    assert (sharing.monitor, sharing.monitors) == (LEFT, (LEFT,))


async def test_looking_again_on_a_display_that_is_lost_changes_nothing(sharing: Sharing, screens: TwoScreens) -> None:
    screens.lost = True
    sharing.look_again()
    assert sharing.monitors == (LEFT, RIGHT)

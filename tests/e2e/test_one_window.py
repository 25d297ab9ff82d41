"""One window of another program alone: chosen by her, seen and used by the technician, and nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from remotehelp.demo.box import Box
from remotehelp.demo.remote_hand import RemoteHand
from remotehelp.demo.waiting import wait_for
from remotehelp.demo.watch import Watch
from remotehelp.media.area import Rect
from tests.helpers.two_desks import WAIT_S, Pair, TwoDesks
from tests.helpers.xdesk import Program, Window, connected

pytestmark = pytest.mark.e2e

TITLE = "Printers at home"
PLACE = Rect(130, 250, 320, 240)
GREEN = (0, 160, 0)
AMBER = (240, 160, 0)  # of the frame while they can control
NEARLY = 40  # what scaling and video may make of a colour


@pytest.fixture
def program(desks: TwoDesks) -> Iterator[Program]:
    """Somebody's program on her display."""
    with connected(desks.customer.display) as connection:
        yield Program(connection)


@pytest.fixture
def secret(desks: TwoDesks) -> Iterator[Program]:
    """Another program, of which nothing may be seen."""
    with connected(desks.customer.display) as connection:
        yield Program(connection)


def choose(visit: Pair, words: str) -> None:
    """She chooses this line in the list of her help bar."""
    visit.hers.press("monitor")
    visit.hers.click(words)  # the list is made anew while it opens


def seen(visit: Pair, x: int, y: int) -> tuple[int, int, int]:
    """The colour that the technician sees at a place of the window."""
    place = RemoteHand(visit.technician, (PLACE.width, PLACE.height)).region(Box(x, y, 1, 1))
    watch = Watch(visit.technician.desk.display, Box(place.x, place.y, 1, 1))
    colour = watch.pixel(0, 0)
    watch.close()
    return colour


def about(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) <= NEARLY for a, b in zip(one, other, strict=True))


def heard(program: Program, window: Window) -> list[tuple[int, int]]:
    """Where a window was clicked, on the root window."""
    return [(what[3], what[4]) for what in program.heard(window) if what[:3] == ("button", 1, True)]


def framed(visit: Pair, window: Rect) -> bool:
    """Whether her frame stands just left of the window."""
    watch = Watch(visit.customer.desk.display, Box(window.x - 2, window.y + 100, 1, 1))
    colour = watch.pixel(0, 0)
    watch.close()
    return about(colour, AMBER)


def test_one_window_is_seen_and_used_and_nothing_that_covers_it_or_lies_beside_it(
    program: Program, secret: Program, controlled: Pair
) -> None:
    shown = program.window(PLACE, pixel=0x00A000, title=TITLE)
    x, y = shown.rect.x, shown.rect.y
    covering = secret.window(Rect(x + 160, y, 320, 240), override=True, pixel=0xFF0000)
    choose(controlled, f"Only this window: {TITLE}")
    controlled.theirs.wait_text("one-window", TITLE)
    controlled.hers.wait_text("they-see", "one window and nothing else")
    wait_for(lambda: all(about(seen(controlled, at, 200), GREEN) for at in (10, 150, 170, 310)), WAIT_S, "not shown")
    wait_for(lambda: framed(controlled, shown.rect), WAIT_S, "no frame")
    hand = RemoteHand(controlled.technician, (PLACE.width, PLACE.height))
    hand.click(240, 120)  # it is covered there
    hand.click(20, 30)
    wait_for(lambda: heard(program, shown), WAIT_S, "the window was not clicked")
    assert heard(program, shown) == [(x + 20, y + 30)]
    assert secret.heard(covering) == []
    moved = program.put(shown, Rect(PLACE.x + 40, PLACE.y + 50, PLACE.width, PLACE.height))
    wait_for(lambda: framed(controlled, program.place_of(moved.id)), WAIT_S, "the frame did not follow")
    program.close(shown)
    controlled.theirs.wait_gone("one-window")
    controlled.theirs.wait_text("notice", "was closed")
    controlled.hers.wait_text("notice", "not there any more")
    controlled.hers.wait_text("they-control", "Only you")

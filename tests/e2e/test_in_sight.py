"""Seen is shown: whatever covers or hides the frame and the help bar, they are back at once, or control ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from Xlib import X
from Xlib.display import Display

from remotehelp.demo.box import Box
from remotehelp.demo.waiting import wait_for
from remotehelp.demo.watch import Watch
from remotehelp.demo.windows import wait_window
from tests.helpers.attack import spot_of
from tests.helpers.two_desks import WAIT_S, Pair

pytestmark = pytest.mark.e2e

BAR = "your visit"
SHORTCUTS = ("Alt+F4", "Alt+Tab", "Super+d", "Alt+Esc", "Ctrl+Alt+d", "Alt+space")
CONTROLS, CONTROLS_NOT = "✓ Control mouse and keys: allowed", "– Control mouse and keys: not allowed"
SEES = "✓ See the screen: allowed"


@contextmanager
def covering(display: str, box: Box) -> Iterator[None]:
    """A window over everything there that no window manager touches, as a hostile program would open it."""
    connection = Display(display)
    root = connection.screen().root
    window = root.create_window(
        box.x, box.y, box.width, box.height, 0, X.CopyFromParent, background_pixel=0x101010, override_redirect=True
    )
    window.map()
    connection.sync()
    try:
        yield
    finally:
        window.destroy()
        connection.sync()
        connection.close()


def edges(visit: Pair) -> list[bytes]:
    """A pixel of each side of the frame on her screen."""
    width, height = visit.customer.desk.size
    seen = []
    for x, y in ((width // 2, 0), (width // 2, height - 1), (0, height // 2), (width - 1, height // 2)):
        watch = Watch(visit.customer.desk.display, Box(x, y, 1, 1))
        seen.append(watch.look())
        watch.close()
    return seen


def test_what_covers_the_screen_is_framed_at_once(visit: Pair) -> None:
    visit.allow("Ask to see the screen")
    visit.hand()
    blue = edges(visit)
    assert len(set(blue)) == 1
    with covering(visit.customer.desk.display, Box(0, 0, *visit.customer.desk.size)):
        wait_for(lambda: edges(visit) == blue, WAIT_S, "the frame stays covered")
    assert visit.theirs.exists(SEES)  # without control nothing ends


def test_a_help_bar_that_stays_covered_ends_control_and_both_are_told(controlled: Pair) -> None:
    with covering(controlled.customer.desk.display, Box(0, 0, *controlled.customer.desk.size)):
        controlled.theirs.find(CONTROLS_NOT)
        controlled.theirs.wait_text("notice", "covered")
    controlled.hers.wait_text("notice", "covered")
    assert controlled.theirs.exists(SEES)


def test_no_key_and_no_click_of_the_technician_takes_the_help_bar_away(controlled: Pair) -> None:
    hand, desk = controlled.hand(), controlled.customer.desk
    bar = wait_window(desk.display, BAR)
    title = Box(bar.place.x, bar.place.y - 12, bar.place.width, 1)  # where its window manager's buttons stand
    for combo in SHORTCUTS:
        controlled.hers.click("they-see")  # her own hand gives it the keyboard
        hand.key(combo)
    for part in (4, 20, 36, 52):
        controlled.technician.desk.hand.click_at(*spot_of(hand, Box(title.x + title.width - part, title.y, 1, 1)))
    controlled.technician.desk.hand.click_at(*spot_of(hand, title), 3)
    controlled.say_and_hear("Still there?")
    place = wait_window(desk.display, BAR).place  # it grows with what there is to say
    assert (place.x, place.y) == (bar.place.x, bar.place.y)
    assert controlled.hers.exists("Stop everything")
    assert controlled.theirs.exists(CONTROLS)
    controlled.technician.desk.hand.key("Escape")  # a menu of the technician's own desktop may be open

"""Several monitors on her computer: chosen, asked for, resized, unplugged, through to the technician's picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from remotehelp.demo.box import Box
from remotehelp.demo.remote_hand import RemoteHand
from remotehelp.demo.waiting import wait_for
from remotehelp.demo.watch import Watch
from remotehelp.media.area import Rect
from tests.helpers.two_desks import CUSTOMER_SIZE, WAIT_S, Pair, TwoDesks
from tests.helpers.xdesk import Program, Window, connected, xrandr

pytestmark = pytest.mark.e2e

LEFT, RIGHT = Rect(0, 0, 760, 768), Rect(866, 204, 500, 400)  # a gap between them, and an offset each way
WHOLE = Rect(0, 0, *CUSTOMER_SIZE)
RED, GREEN = (255, 0, 0), (0, 160, 0)
NEARLY = 40  # what scaling and video may make of a colour
BLACK = (0, 0, 0)
CONTROLS, CONTROLS_NOT = "✓ Control mouse and keys: allowed", "– Control mouse and keys: not allowed"


def plug(display: str, name: str, place: Rect, output: str = "none") -> None:
    """Make a monitor, as RandR 1.5 lets one."""
    size = f"{place.width}/300x{place.height}/200+{place.x}+{place.y}"
    xrandr(display, "--setmonitor", name, size, output)


def unplug(display: str, name: str) -> None:
    """Take a monitor away."""
    xrandr(display, "--delmonitor", name)


@pytest.fixture
def monitors(desks: TwoDesks) -> Iterator[str]:
    """Two monitors on her display, whose name it is."""
    display = desks.customer.display
    plug(display, "left", LEFT, "screen")
    plug(display, "right", RIGHT)
    yield display
    for name in ("left", "right"):
        unplug(display, name)


@pytest.fixture
def program(monitors: str) -> Iterator[Program]:
    """Somebody's program on her display."""
    with connected(monitors) as connection:
        yield Program(connection)


class Seen:
    """The technician's picture of an area of her root window."""

    def __init__(self, visit: Pair, area: Rect) -> None:
        self._visit, self._area = visit, area
        self.hand = RemoteHand(visit.technician, (area.width, area.height))

    def colour(self, x: int, y: int) -> tuple[int, int, int]:
        """Of a pixel of her root window."""
        place = self.hand.region(Box(x - self._area.x, y - self._area.y, 1, 1))
        watch = Watch(self._visit.technician.desk.display, Box(place.x, place.y, 1, 1))
        seen = watch.pixel(0, 0)
        watch.close()
        return seen

    def shows(self, x: int, y: int, colour: tuple[int, int, int]) -> bool:
        """Whether about this colour stands there."""
        return all(abs(one - other) <= NEARLY for one, other in zip(self.colour(x, y), colour, strict=True))

    def wait(self, window: Window, colour: tuple[int, int, int]) -> Seen:
        """Wait until this window stands in the picture exactly where it should, so that the size is right, too."""
        at = window.rect
        inside = [(at.x + 2, at.y + 2), (at.x + at.width - 3, at.y + at.height - 3)]
        outside = [(at.x - 3, at.y - 3), (at.x + at.width + 2, at.y + at.height + 2)]

        def there() -> bool:
            return all(self.shows(*at, colour) for at in inside) and not any(self.shows(*at, colour) for at in outside)

        wait_for(there, WAIT_S, f"{colour} is not at {at}")
        return self

    def click(self, x: int, y: int) -> None:
        """Click a pixel of her root window."""
        self.hand.click(x - self._area.x, y - self._area.y)


def ask_for(visit: Pair, downwards: int) -> None:
    """The technician chooses the screen so many lines below the present one."""
    visit.theirs.wait_enabled("their-screens")
    visit.theirs.click("their-screens")
    visit.theirs.find("All screens")  # the list is open
    for key in (*["Down"] * downwards, "Enter"):
        visit.technician.desk.hand.key(key)


def show_all(visit: Pair) -> None:
    """She chooses `All screens` in her help bar."""
    visit.hers.press("monitor")
    visit.hers.click("All screens")


def heard(program: Program, window: Window) -> list[tuple[int, int]]:
    """Where a window was clicked, on the root window."""
    return [(what[3], what[4]) for what in program.heard(window) if what[:3] == ("button", 1, True)]


def test_another_screen_is_asked_for_and_hit_to_the_pixel(program: Program, controlled: Pair) -> None:
    on_left = program.window(Rect(100, 300, 60, 40), override=True, pixel=0x00A000)
    on_right = program.window(Rect(1250, 300, 60, 40), override=True, pixel=0xFF0000)
    Seen(controlled, LEFT).wait(on_left, GREEN)
    ask_for(controlled, 1)
    controlled.hers.wait_text("what-they-ask", "asks to see and use your other screen, right")
    controlled.hers.press("Not now")
    controlled.hers.wait_gone("Not now")
    ask_for(controlled, 1)
    controlled.hers.press("Allow")
    seen = Seen(controlled, RIGHT).wait(on_right, RED)
    controlled.hers.wait_text("monitor", "right")
    controlled.theirs.wait_text("their-screens", "right")
    places = [(1250, 300), (1309, 339), (1277, 321)]  # its first pixel, its last one, and one between
    for place in places:
        seen.click(*place)
    wait_for(lambda: len(heard(program, on_right)) == len(places), WAIT_S, "a click got lost")
    assert heard(program, on_right) == places
    assert heard(program, on_left) == []


def test_screens_change_under_way_and_what_is_gone_takes_control_along(
    program: Program, controlled: Pair, monitors: str
) -> None:
    on_left = program.window(Rect(130, 300, 40, 30), override=True, pixel=0x00A000)
    on_right = program.window(Rect(1250, 300, 60, 40), override=True, pixel=0xFF0000)
    between = program.window(Rect(770, 300, 80, 40), override=True, pixel=0xFF0000)
    for place in (Rect(0, 0, 500, 700), Rect(120, 90, 640, 480)):  # resized, then moved as well
        unplug(monitors, "left")
        plug(monitors, "left", place, "screen")
        seen = Seen(controlled, place).wait(on_left, GREEN)
    seen.click(*on_left.middle)
    wait_for(lambda: heard(program, on_left) == [on_left.middle], WAIT_S, "it was not hit where it is")
    controlled.theirs.find(CONTROLS)  # she chose this screen, and it is still the one
    show_all(controlled)
    both = Rect(120, 90, 1246, 514)
    seen = Seen(controlled, both).wait(on_right, RED).wait(on_left, GREEN)
    assert seen.colour(*between.middle) == seen.colour(1000, 100) == BLACK
    unplug(monitors, "right")
    controlled.hers.wait_text("notice", "The screen right is gone, so left is shown instead")
    controlled.theirs.wait_text("notice", "The customer's screen right is gone")
    Seen(controlled, place).wait(on_left, GREEN)
    controlled.theirs.find(CONTROLS_NOT)
    plug(monitors, "right", RIGHT)
    controlled.hers.wait_text("monitor", "left")  # nothing is shown without her wish
    Seen(controlled, place).wait(on_left, GREEN)


@contextmanager
def mode(display: str, width: int, height: int) -> Iterator[None]:
    """Another mode of the only output."""
    name = f"{width}x{height}"
    timings = [width, width + 8, width + 16, width + 24, height, height + 8, height + 16, height + 24]
    xrandr(display, "--newmode", name, "25", *map(str, timings))
    xrandr(display, "--addmode", "screen", name)
    xrandr(display, "--output", "screen", "--mode", name)
    yield
    xrandr(display, "--output", "screen", "--mode", "{}x{}".format(*CUSTOMER_SIZE))


def test_another_resolution_of_her_only_screen_goes_on(controlled: Pair) -> None:
    display = controlled.customer.desk.display
    with connected(display) as connection:
        beside = 560 if controlled.hers.extents("Stop everything").x < 400 else 350  # her help bar, wherever it stands
        window = Program(connection).window(Rect(beside, 300, 40, 30), override=True, pixel=0x00A000)
        Seen(controlled, WHOLE).wait(window, GREEN)
        with mode(display, 1024, 600):
            Seen(controlled, Rect(0, 0, 1024, 600)).wait(window, GREEN)
            bar = controlled.hers.extents("Stop everything")
            assert Box(0, 0, 1024, 600).holds(bar)
        Seen(controlled, WHOLE).wait(window, GREEN)

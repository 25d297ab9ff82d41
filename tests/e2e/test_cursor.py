"""Her pointer, through both real programs: it is seen where it is, never twice, and no longer than her screen."""

from __future__ import annotations

from collections.abc import Iterator

import mss
import numpy as np
import pytest
from Xlib import X
from Xlib.ext import xfixes

from remotehelp.demo.box import Box
from remotehelp.demo.remote_hand import RemoteHand
from remotehelp.demo.waiting import wait_for
from tests.helpers.two_desks import WAIT_S, Pair, TwoDesks
from tests.helpers.xdesk import connected

pytestmark = pytest.mark.e2e

PAPER = Box(100, 300, 400, 300)
MAGENTA = (0xFFFF, 0, 0xFFFF)
SIDE, HOT = 16, (3, 5)
CONTROLS = "✓ Control mouse and keys: allowed"


@pytest.fixture(scope="module", autouse=True)
def paper(desks: TwoDesks) -> Iterator[None]:
    """A white window on her desk over which the pointer is a magenta square."""
    with connected(desks.customer.display) as connection:
        root = connection.screen().root
        window = root.create_window(
            *PAPER, 0, X.CopyFromParent, background_pixel=0xFFFFFF, override_redirect=True
        )  # fmt: skip
        square = window.create_pixmap(SIDE, SIDE, 1)
        context = square.create_gc(foreground=1)
        square.fill_rectangle(context, 0, 0, SIDE, SIDE)
        window.change_attributes(cursor=square.create_cursor(square, MAGENTA, MAGENTA, *HOT))
        window.map()
        connection.sync()
        yield
        window.destroy()
        connection.sync()


def magenta(pair: Pair) -> Box | None:
    """Where something is drawn on the technician's screen that is magenta by half; a real pointer is in no picture."""
    with mss.MSS(display=pair.technician.desk.display) as eye:
        grabbed = eye.grab(eye.monitors[0])
        pixels = np.frombuffer(grabbed.raw, np.uint8).reshape(grabbed.height, grabbed.width, 4)
    rows, columns = np.nonzero((pixels[..., 0] == 255) & (pixels[..., 1] < 128) & (pixels[..., 2] == 255))
    if not len(rows):
        return None
    left, top = int(columns.min()), int(rows.min())
    return Box(left, top, int(columns.max()) - left, int(rows.max()) - top)


def is_drawn(pair: Pair, hand: RemoteHand, x: int, y: int) -> bool:
    """Whether the square is where her screen would show it, to a pixel."""
    seen, expected = magenta(pair), hand.region(Box(x - HOT[0], y - HOT[1], SIDE, SIDE))
    return seen is not None and all(abs(a - b) <= 1 for a, b in zip(edges(seen), edges(expected), strict=True))


def edges(box: Box) -> tuple[int, int, int, int]:
    return box.x, box.y, box.x + box.width, box.y + box.height


def own_pointer(pair: Pair) -> tuple[int, int, tuple[int, int], set[int]]:
    """What the technician's own pointer looks like: width, height, hot spot and the colours in it."""
    with connected(pair.technician.desk.display) as connection:
        xfixes.query_version(connection)
        image = connection.xfixes_get_cursor_image(connection.screen().root)
        return image.width, image.height, (image.xhot, image.yhot), set(image.cursor_image)


def wears(pair: Pair) -> bool:
    return own_pointer(pair) == (SIDE, SIDE, HOT, {0xFFFF00FF})


def test_it_is_drawn_in_the_picture_and_goes_with_it(visit: Pair) -> None:
    visit.customer.desk.hand.move_to(250, 400)
    visit.allow("Ask to see the screen")
    hand = visit.hand()
    for place in ((250, 400), (260, 460), (473, 333)):
        visit.customer.desk.hand.move_to(*place)
        wait_for(lambda place=place: is_drawn(visit, hand, *place), WAIT_S, f"not drawn at {place}")
    visit.customer.desk.hand.move_to(60, 700)
    wait_for(lambda: magenta(visit) is None, WAIT_S, "the shape did not change")
    visit.customer.desk.hand.move_to(260, 460)
    wait_for(lambda: magenta(visit), WAIT_S, "not drawn again")
    visit.hers.press("Show my screen")
    wait_for(lambda: magenta(visit) is None, WAIT_S, "still drawn after the screen was taken back")
    visit.customer.desk.hand.move_to(300, 400)
    visit.say_and_hear("Nothing comes any more.")
    assert magenta(visit) is None


def test_the_technicians_own_pointer_wears_it_until_she_moves_it_away(controlled: Pair) -> None:
    hand = controlled.hand()
    hand.click(250, 400)
    wait_for(lambda: wears(controlled), WAIT_S, f"it looks as ever: {own_pointer(controlled)}")
    wait_for(lambda: magenta(controlled) is None, WAIT_S, "there are two")
    controlled.customer.desk.hand.move_to(350, 500)
    wait_for(lambda: is_drawn(controlled, hand, 350, 500), WAIT_S, "hers is not drawn")
    assert not wears(controlled)
    controlled.let_her_rest()
    hand.click(300, 420)
    wait_for(lambda: wears(controlled) and magenta(controlled) is None, WAIT_S, "ours did not take it back")

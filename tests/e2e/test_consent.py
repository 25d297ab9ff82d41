"""Consent is hers alone: what the technician does through the window never presses our own buttons, nor shows them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from Xlib.display import Display
from Xlib.ext import record

from remotehelp.demo.box import Box
from remotehelp.demo.desk import Desk
from remotehelp.demo.remote_hand import RemoteHand
from remotehelp.demo.waiting import wait_for
from remotehelp.demo.watch import Watch
from remotehelp.demo.windows import wait_active, wait_window
from tests.helpers.attack import Attack, spot_of
from tests.helpers.two_desks import CUSTOMER_SIZE, WAIT_S, Pair, Paper, paper, stories

pytestmark = pytest.mark.e2e

ROUNDS = int(os.environ.get("CONSENT_DIALOGS", "6"))  # `make test-consent` lets a thousand appear
EACH_VISIT = 200  # after half an hour of control she is asked something else
POINTS, POINTS_NOT = "✓ Point: allowed", "– Point: not allowed"
CONTROLS = "✓ Control mouse and keys: allowed"
GREY, NEARLY = 112, 16  # what stands in place of our own windows, and what a codec may make of it
EDGE = 6  # pixels at a mask's edge that scaling mixes with what lies beside it
GET_IMAGE, SHM_GET_IMAGE = 73, 4  # X11 protocol, appendix B; MIT-SHM 1.2
IDLE_S = 1.5
CORNER = Box(0, 0, 2, 2)  # of her screen: the coloured frame
SHOWINGS = 3
SETTLED_S = 0.6  # until a window that came is told as it is, and a little more


# --- the gate ------------------------------------------------------------------------------------------


@pytest.fixture
def under(pair: Pair) -> Iterator[Paper]:
    """A terminal over which every question will appear: what is pressed too early or too late lands there."""
    with paper(pair.customer.desk, pair.desks.folder, "110x36+40+60") as opened:
        yield opened


def place_of_allow(visit: Pair) -> Box:
    """Where `Allow` stands; she does not press it."""
    visit.theirs.press("Ask to point")
    place = visit.hers.extents("Allow")
    not_now(visit)
    return place


def not_now(visit: Pair) -> None:
    visit.hers.press("Not now")
    visit.hers.wait_gone("Not now")


def allow_for_a_moment(visit: Pair) -> None:
    """She allows it and takes it back, so that the next two questions may come at once."""
    visit.hers.press("Allow")
    visit.theirs.find(POINTS)
    visit.hers.press("Let them point")
    visit.theirs.find(POINTS_NOT)


def holds(box: Box, spot: tuple[int, int]) -> bool:
    return box.x <= spot[0] < box.x + box.width and box.y <= spot[1] < box.y + box.height


@pytest.mark.timeout(60 + 20 * EACH_VISIT if ROUNDS > EACH_VISIT else 300)
@pytest.mark.parametrize("rounds", [min(EACH_VISIT, ROUNDS - done) for done in range(0, ROUNDS, EACH_VISIT)])
def test_no_click_and_no_key_of_the_technician_ever_allows(under: Paper, controlled: Pair, rounds: int) -> None:
    hand, place = controlled.hand(), place_of_allow(controlled)
    assert under.place.x < place.x < under.place.x + under.place.width  # else nothing would arrive anywhere
    tries = 0
    for number in range(rounds):
        ready = number % 2 == 0  # `Allow` rests at first, and that alone is no proof of the gate
        with Attack(controlled.technician.desk, spot_of(hand, place)) as attack:
            under.wait_more()
            controlled.theirs.press("Ask to point")
            controlled.hers.find("Allow")
            attack.go_on(1)
            if ready:
                controlled.hers.wait_enabled("Allow")
            before = under.text()
            attack.go_on(2)
            assert under.text() == before
            tries += attack.tries
        assert holds(controlled.hers.find("Allow").box, place.centre)
        assert not controlled.hers.checked("Let them point")
        (allow_for_a_moment if ready else not_now)(controlled)
    under.wait_more(lambda: hand.type("z"))
    controlled.hers.press("Stop everything")
    controlled.hers.press("Close")
    controlled.theirs.press("Close case")
    [*_, story] = wait_for(lambda: stories(controlled.customer.home), WAIT_S, "no log was kept")
    points = [(who, what) for who, what, text in story if text == "point"]
    refused = [("technician", "asked"), ("customer", "not_now")]
    allowed = [("technician", "asked"), ("customer", "allowed"), ("customer", "took_back")]
    assert points == [*refused, *(allowed + refused) * (rounds // 2)]
    print(f"{rounds} dialogs, {tries} presses: 0 went through")


# --- our own windows -----------------------------------------------------------------------------------


def test_the_help_bar_can_not_be_used_by_the_technician(controlled: Pair, notes: Paper) -> None:
    hand = controlled.hand()
    for name in ("Let them point", "Show my screen", "Let them control", "Stop control", "Chat", "Stop everything"):
        controlled.technician.desk.hand.click_at(*spot_of(hand, controlled.hers.extents(name)))
    controlled.take(notes).type("a")
    notes.wait_text("a")  # so every click before it has been dealt with
    assert controlled.hers.checked("Show my screen")
    assert controlled.hers.checked("Let them control")
    assert not controlled.hers.checked("Let them point")
    assert not controlled.hers.checked("Chat")
    assert controlled.theirs.exists(CONTROLS)


def test_the_technician_can_not_type_into_the_help_bar(controlled: Pair, notes: Paper) -> None:
    hand = controlled.take(notes)
    controlled.hers.press("Chat")
    controlled.hers.click("Message")
    wait_active(controlled.customer.desk.display, wait_window(controlled.customer.desk.display, "your visit"))
    controlled.customer.desk.hand.type("mine")
    controlled.hers.wait_text("Message", "^mine$")
    controlled.let_her_rest()
    hand.type("never\n")
    controlled.take(notes).type("a")
    notes.wait_text("a")
    assert controlled.hers.text("Message") == "mine"


def test_the_goodbye_can_not_be_used_by_the_technician(controlled: Pair) -> None:
    hand = controlled.hand()
    controlled.hers.press("Stop everything")
    place = controlled.hers.extents("Keep this organisation")
    controlled.go_home()
    controlled.meet()
    controlled.accept()
    controlled.allow("Ask for control")
    controlled.hand()
    with Attack(controlled.technician.desk, spot_of(hand, place)) as attack:
        attack.go_on(3)
        controlled.hers.press("Stop everything")
        assert controlled.hers.extents("Keep this organisation") == place
        attack.go_on(5)
    assert controlled.hers.enabled("Keep this organisation")
    assert controlled.hers.exists("Close")


# --- what the technician sees --------------------------------------------------------------------------


def covered(visit: Pair, title: str, hand: RemoteHand) -> bool:
    """Whether nothing but the mask stands in the technician's picture where her window ``title`` is."""
    place = hand.region(wait_window(visit.customer.desk.display, title).place)
    inside = Box(place.x + EDGE, place.y + EDGE, place.width - 2 * EDGE, place.height - 2 * EDGE)
    pixels = colours(visit.technician.desk, inside)
    return bool((abs(pixels - GREY) <= NEARLY).all())


def frame_shows(visit: Pair, hand: RemoteHand) -> bool:
    """Whether anything of the coloured frame round her screen is in the technician's picture."""
    amber = colours(visit.customer.desk, CORNER)[0]
    assert abs(amber - GREY).max() > 3 * NEARLY  # it is there, on her screen
    picture = colours(visit.technician.desk, hand.region(Box(0, 0, *visit.customer.desk.size)))
    return bool((abs(picture - amber) <= NEARLY).all(axis=1).any())


def colours(desk: Desk, box: Box) -> Any:
    """The colours in a box of a desk's screen: one number a channel and pixel."""
    watch = Watch(desk.display, box)
    seen = np.frombuffer(watch.look(), np.uint8).reshape(-1, 4)[:, :3].astype(int)
    watch.close()
    return seen


def test_our_own_windows_are_painted_over_in_the_technicians_picture(controlled: Pair, notes: Paper) -> None:
    hand = controlled.hand()
    wait_for(lambda: covered(controlled, "your visit", hand), WAIT_S, "the help bar can be seen")
    wait_for(lambda: not frame_shows(controlled, hand), WAIT_S, "the frame can be seen")
    page = colours(controlled.technician.desk, hand.region(notes.place))
    assert (abs(page - GREY) > NEARLY).any()  # her own windows are there
    controlled.theirs.press("Ask to point")
    controlled.hers.find("Allow")
    wait_for(lambda: covered(controlled, "Request", hand), WAIT_S, "the question can be seen")
    assert covered(controlled, "your visit", hand)
    assert not frame_shows(controlled, hand)
    controlled.hers.press("Not now")


class FirstPictures:
    """The upper edge of her screen in the technician's picture, from before there was one, as often as it can be seen.

    ``corners``: a corner of her own screen at the moment each showing was first seen.
    """

    def __init__(self, visit: Pair) -> None:
        self._visit = visit
        self._edge = RemoteHand(visit.technician, CUSTOMER_SIZE).region(Box(0, 0, CUSTOMER_SIZE[0], 2 * EDGE))
        self._over, self._begun = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.seen: set[bytes] = set()
        self.corners: list[Any] = []
        self.there = False

    def __enter__(self) -> FirstPictures:
        self._thread.start()
        assert self._begun.wait(WAIT_S)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        watch = Watch(self._visit.technician.desk.display, self._edge)
        nothing = watch.look()
        self._begun.set()
        while not self._over.is_set():
            seen = watch.look()
            if seen != nothing and not self.there:
                self.corners.append(colours(self._visit.customer.desk, CORNER)[0])
            self.there = seen != nothing
            self.seen.add(seen)
        watch.close()

    def show(self, colour: Any) -> bool:
        """Whether any of them shows anything of this colour."""
        pictures = (np.frombuffer(seen, np.uint8).reshape(-1, 4)[:, :3].astype(int) for seen in self.seen)
        return any(bool((abs(picture - colour) <= NEARLY).all(axis=1).any()) for picture in pictures)


def test_no_picture_leaves_before_the_frame_is_up_and_painted_over(pair: Pair) -> None:
    pair.meet()
    pair.accept()
    with FirstPictures(pair) as pictures:
        for _ in range(SHOWINGS):
            pair.hers.press("Show my screen")
            wait_for(lambda: pictures.there, WAIT_S, "there is no picture")
            blue = colours(pair.customer.desk, CORNER)[0]
            time.sleep(SETTLED_S)
            pair.hers.press("Show my screen")
            wait_for(lambda: not pictures.there, WAIT_S, "the picture stays")
    assert abs(blue - GREY).max() > 3 * NEARLY
    assert [list(corner) for corner in pictures.corners] == [list(blue)] * SHOWINGS
    assert not pictures.show(blue)


class Captures:
    """Counts how often anybody takes a picture of a display: core GetImage and MIT-SHM's."""

    def __init__(self, display: str) -> None:
        self.count = 0
        self._control, self._data = Display(display), Display(display)
        shm = self._control.query_extension("MIT-SHM").major_opcode
        nothing = (0, 0)
        ranges = {
            "core_requests": (GET_IMAGE, GET_IMAGE),
            "core_replies": nothing,
            "ext_requests": (shm, shm, SHM_GET_IMAGE, SHM_GET_IMAGE),
            "ext_replies": (0, 0, 0, 0),
            "delivered_events": nothing,
            "device_events": nothing,
            "errors": nothing,
            "client_started": False,
            "client_died": False,
        }
        self._context = record.create_context(self._control, 0, [record.AllClients], [ranges])
        self._control.sync()
        self._begun = threading.Event()
        self._thread = threading.Thread(target=lambda: record.enable_context(self._data, self._context, self._hear))
        self._thread.start()
        assert self._begun.wait(WAIT_S)

    def _hear(self, reply: Any) -> None:
        self._begun.set()
        self.count += reply.category == record.FromClient

    def close(self) -> None:
        record.disable_context(self._control, self._context)
        self._control.sync()
        self._thread.join()
        record.free_context(self._control, self._context)
        self._control.close()
        self._data.close()


@contextmanager
def captures(display: str) -> Iterator[Captures]:
    counting = Captures(display)
    try:
        yield counting
    finally:
        counting.close()


def face_moves(visit: Pair) -> None:
    """The technician's live face moves on her screen."""
    watch = Watch(visit.customer.desk.display, visit.hers.extents("Technician's face"))
    watch.wait_change(WAIT_S)
    watch.close()


def test_a_live_face_in_an_idle_help_bar_makes_no_picture(controlled: Pair, notes: Paper) -> None:
    hand = controlled.take(notes)
    hand.type("a")
    notes.wait_text("a")
    face_moves(controlled)
    with captures(controlled.customer.desk.display) as counting:
        wait_for_rest(counting)
        before = counting.count
        time.sleep(IDLE_S)
        assert counting.count == before
        hand.type("b")
        wait_for(lambda: counting.count > before, WAIT_S, "a change makes no picture")
    face_moves(controlled)


def wait_for_rest(counting: Captures) -> None:
    """Until what was typed before has been shown."""

    def rests() -> bool:
        before = counting.count
        time.sleep(0.3)
        return counting.count == before

    wait_for(rests, WAIT_S, "pictures are taken all the time")

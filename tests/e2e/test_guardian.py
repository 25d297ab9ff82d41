"""The guardian and her own hand, with real programs: killed, hung, stopped by her keys, and nothing is left behind."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from remotehelp.demo.cast import Window
from remotehelp.demo.waiting import wait_for
from remotehelp.desktop.hands import Held
from remotehelp.desktop.keys import CODE, X11_OFFSET
from tests.helpers.halt import halted
from tests.helpers.her_hand import HerDevices, her_devices, her_tool
from tests.helpers.two_desks import WAIT_S, YOURS_WAIT, Pair, Paper
from tests.helpers.xdesk import connected

pytestmark = pytest.mark.e2e

PANIC = ("ControlLeft", "AltLeft", "End")


def family(program: psutil.Process) -> dict[str, psutil.Process]:
    """Her program and the small ones beside it, by what they are."""
    found = {"program": program}
    for child in program.children():
        words = child.cmdline()
        found[words[words.index("-m") + 1].rpartition(".")[2]] = child
    return found


def down(display: str) -> frozenset[Held]:
    """What the X server holds to be down: keys by code, the buttons 1 to 5."""
    with connected(display) as connection:
        keymap, mask = connection.query_keymap(), connection.screen().root.query_pointer().mask
    keys = {CODE[code - X11_OFFSET] for code in range(8, 256) if keymap[code // 8] >> (code % 8) & 1}
    return frozenset(keys | {number for number in range(1, 6) if mask >> (7 + number) & 1})


def press(hers: HerDevices, *codes: str) -> None:
    for is_down in (True, False):
        for code in codes:
            hers.key(code, is_down)


@pytest.fixture
def hers(controlled: Pair) -> Iterator[HerDevices]:
    """Her own keyboard and mouse."""
    with her_devices(controlled.customer.desk.display) as hers:
        yield hers


@contextmanager
def held(pair: Pair, notes: Paper) -> Iterator[None]:
    """The technician holds a key and a button over there."""
    pair.take(notes)
    with her_tool(pair.technician.desk.display) as his:  # a keyboard and a mouse on the other display
        his.key("KeyA", True)
        his.button(1, True)
        display = pair.customer.desk.display
        wait_for(lambda: down(display) == {"KeyA", 1}, WAIT_S, "nothing is held")
        yield
        his.key("KeyA", False)
        his.button(1, False)


def test_it_comes_with_the_first_control_and_esc_held_for_two_seconds_ends_the_visit_and_it(visit: Pair) -> None:
    program = psutil.Process(visit.customer.process.pid)
    visit.allow("Ask to see the screen")
    visit.hand()
    assert family(program).keys() == {"program", "apart"}
    visit.allow("Ask for control")
    guardian = family(program)["guardian"]
    with her_devices(visit.customer.desk.display) as hers:
        hers.key("Escape", True)
        visit.hers.find("Summary")
        hers.key("Escape", False)
    visit.theirs.find("What was wrong")
    wait_for(lambda: family(program).keys() == {"program", "apart"}, WAIT_S, "it lives on")
    assert not guardian.is_running()


def test_her_own_hand_wins_and_what_came_meanwhile_never_comes(controlled: Pair, notes: Paper) -> None:
    hand = controlled.take(notes)
    hand.type("before")
    notes.wait_text("before")
    with her_tool(controlled.customer.desk.display) as hers:  # which injects as our hands do
        hers.move(3, 2)
        controlled.theirs.wait_text("keyboard", YOURS_WAIT)
        controlled.hers.wait_text("they-control", "You have mouse and keys; they wait.")
        hand.type("never")
        hers.move(-3, -2)
    controlled.theirs.wait_text("keyboard", "keyboard: theirs")
    hand.type(" after")
    notes.wait_text("before after")


def test_a_window_that_hangs_does_not_keep_the_panic_key_from_working(
    controlled: Pair, notes: Paper, hers: HerDevices
) -> None:
    with held(controlled, notes):
        with halted(controlled.customer.process.pid):  # Qt's thread
            press(hers, *PANIC)
            controlled.theirs.find("What was wrong")
            assert down(controlled.customer.desk.display) == frozenset()
        controlled.hers.find("Summary")


class Doomed(Pair):
    """A visit in which the technician controls, whose customer's program the test ends."""

    def watch(self) -> dict[str, psutil.Process]:
        return family(psutil.Process(self.customer.process.pid))


@pytest.fixture
def doomed(both: Pair) -> Iterator[Doomed]:
    customer: Window = both.desks.open_customer("customer-doomed")
    pair = Doomed(both.desks, customer, both.technician)
    pair.meet()
    pair.accept()
    pair.allow("Ask for control")
    yield pair
    if pair.theirs.exists("End visit"):
        pair.theirs.press("End visit")
    pair.theirs.press("Close case")
    pair.theirs.find("Code")


def all_end(watched: dict[str, psutil.Process], display: str) -> None:
    """Nothing of her program lives, and nothing is down."""
    for name, one in watched.items():
        alive = lambda one=one: one.is_running() and one.status() != psutil.STATUS_ZOMBIE  # noqa: E731
        wait_for(lambda alive=alive: not alive(), WAIT_S, f"{name} lives on")
    assert down(display) == frozenset()


def test_when_her_program_is_killed_all_comes_up_and_nothing_is_left(doomed: Doomed, notes: Paper) -> None:
    watched, display = doomed.watch(), doomed.customer.desk.display
    assert watched.keys() == {"program", "apart", "guardian"}
    with held(doomed, notes):
        watched["program"].kill()
        wait_for(lambda: down(display) == frozenset(), WAIT_S, "something stays down")
        all_end(watched, display)


def test_when_her_program_hangs_the_panic_key_ends_it_and_nothing_is_left(doomed: Doomed, notes: Paper) -> None:
    watched, display = doomed.watch(), doomed.customer.desk.display
    with held(doomed, notes), her_devices(display) as hers:
        watched["program"].send_signal(signal.SIGSTOP)
        press(hers, *PANIC)
        all_end(watched, display)
    assert doomed.customer.process.wait(WAIT_S) == -signal.SIGKILL

"""The stage of the demonstration, whole: a customer's computer with a stopped queue, mended by pointer alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from remotehelp.demo import customer_desktop
from remotehelp.demo.desk import Desk
from remotehelp.demo.printer import JOBS, Printer
from remotehelp.demo.windows import wait_window

pytestmark = pytest.mark.e2e
SAMPLE = Path(__file__).parents[1] / "helpers" / "sample_window.py"


def test_a_stopped_queue_is_mended_by_the_pointer_alone(tmp_path: Path) -> None:
    with Printer(tmp_path / "printer") as printer, Desk(tmp_path / "desk", "Customer", env=printer.env) as desk:
        printer.stall("stopped")
        printer.mend_hardware()
        printer.mend_hardware()  # mending what works changes nothing
        stalled = printer.status()
        assert (stalled.state, stalled.waiting, stalled.message) == ("stopped", 3, "The printer is not responding.")
        assert printer.printed_pages() == 0
        customer = customer_desktop.furnish(desk, printer)
        for click in customer_desktop.MENDING:
            desk.hand.glide(*customer.place(click).centre, 0.1)
            desk.hand.click_at(*desk.hand.position())
        printer.wait_printed(len(JOBS), 15)
        assert printer.status().state == "idle"
        assert printer.printed_pages() == len(JOBS)
    assert desk.left_behind() == printer.left_behind() == []


def test_two_desks_know_nothing_of_each_other(tmp_path: Path) -> None:
    with Desk(tmp_path / "one", "One") as one, Desk(tmp_path / "two", "Two") as two:
        first = one.start([sys.executable, SAMPLE])
        second = two.start([sys.executable, SAMPLE])
        here, there = one.driver.wait_app(pid=first.pid), two.driver.wait_app(pid=second.pid)
        here.type_into("Code", "only here")
        here.wait_text("Code", "only here")
        assert there.text("Code") == ""
        assert one.env["DBUS_SESSION_BUS_ADDRESS"] != two.env["DBUS_SESSION_BUS_ADDRESS"]


def test_the_hand_outside_works_inside_a_desk_that_is_a_window(tmp_path: Path) -> None:
    """In a desk that is shown as a window, a hand on the outer display is the hand of a person at real devices."""
    with (
        Desk(tmp_path / "outer", "Room", (1000, 800)) as room,
        Desk(tmp_path / "inner", "Customer", (640, 480), shown_on=room.display) as desk,
    ):
        program = desk.start([sys.executable, SAMPLE])
        app = desk.driver.wait_app(pid=program.pid)
        window = wait_window(room.display, "Customer").place
        x, y = app.extents("Allow control").centre
        room.hand.click_at(window.x + x, window.y + y)
        app.wait_checked("Allow control")

from __future__ import annotations

from pathlib import Path

from remotehelp.demo import customer_desktop
from remotehelp.demo.desk import Desk
from remotehelp.demo.printer import JOBS, Printer
from remotehelp.demo.waiting import wait_for
from remotehelp.demo.windows import wait_active


def test_the_queue_can_be_mended_by_typing(tmp_path: Path) -> None:
    with Printer(tmp_path / "printer") as printer, Desk(tmp_path / "desk", "Customer", env=printer.env) as desk:
        customer = customer_desktop.furnish(desk, printer)
        printer.stall("paused")
        window, queue = customer.terminal_window(), customer.place(customer_desktop.MENDING[0])
        right, bottom = window.place.x + window.place.width, window.place.y + window.place.height
        assert right < queue.x or bottom < queue.y  # neither hides the other

        desk.hand.click_at(*window.place.centre)
        wait_active(desk.display, window)
        desk.hand.type(customer_desktop.RESUME_COMMAND)
        desk.hand.key("Enter")
        printer.wait_printed(len(JOBS), 10)
        wait_for(lambda: printer.status().state == "idle", 5, "the queue is not idle")

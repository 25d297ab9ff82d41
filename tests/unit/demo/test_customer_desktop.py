from __future__ import annotations

from pathlib import Path

from remotehelp.demo import customer_desktop
from remotehelp.demo.desk import Desk
from remotehelp.demo.printer import JOBS, Printer
from remotehelp.demo.waiting import wait_for


def test_the_queue_can_be_mended_by_typing(tmp_path: Path) -> None:
    with Printer(tmp_path / "printer") as printer, Desk(tmp_path / "desk", "Customer", env=printer.env) as desk:
        customer = customer_desktop.furnish(desk, printer)
        printer.stall("paused")
        terminal, queue = customer.terminal_place(), customer.place(customer_desktop.MENDING[0])
        assert terminal.x + terminal.width < queue.x < queue.x + queue.width < desk.size[0]  # side by side

        desk.hand.click_at(*terminal.centre)
        desk.hand.type(customer_desktop.RESUME_COMMAND)
        desk.hand.key("Enter")
        printer.wait_printed(len(JOBS), 10)
        wait_for(lambda: printer.status().state == "idle", 5, "the queue is not idle")

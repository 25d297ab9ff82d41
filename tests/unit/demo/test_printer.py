from __future__ import annotations

from pathlib import Path

import pytest

from remotehelp.demo.printer import JOBS, Printer
from remotehelp.demo.waiting import StageError, wait_for


def test_a_paused_queue_keeps_its_jobs_until_somebody_resumes_it(tmp_path: Path) -> None:
    with Printer(tmp_path) as printer:
        assert printer.status() == ("idle", True, 0, ("none",), "")
        printer.print("A first page")
        printer.wait_printed(1, 10)

        printer.stall("paused")
        assert printer.status() == ("stopped", True, len(JOBS), ("paused",), "Paused")
        with pytest.raises(StageError, match="fewer than 2 pages came out"):
            printer.wait_printed(2, 0.3)

        printer.resume()
        printer.wait_printed(1 + len(JOBS), 20)
        wait_for(lambda: printer.status().waiting == 0, 5, "jobs remain")
        assert printer.status().state == "idle"
        folder = printer.folder
    assert printer.left_behind() == []
    assert not folder.exists()


def test_says_which_command_failed(tmp_path: Path) -> None:
    with Printer(tmp_path) as printer, pytest.raises(StageError, match="lp failed"):
        printer._run("lp", "-d", "Nowhere", __file__)

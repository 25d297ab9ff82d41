from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from remotehelp.demo.processes import Processes, program
from remotehelp.demo.waiting import StageError, wait_for

ENV = {"PATH": os.environ["PATH"]}


def test_keeps_what_a_program_writes(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        process = processes.start(["bash", "-c", "echo hello; echo trouble >&2; exit 3"], ENV)
        assert process.wait(5) == 3
        assert not process.running()
        assert process.output() == "hello\ntrouble\n"


def test_ends_children_that_were_let_go_of(tmp_path: Path) -> None:
    """A session bus starts services in sessions of their own: no process group holds them."""
    with Processes(tmp_path) as processes:
        processes.start(["bash", "-c", "setsid --fork sleep 60; sleep 60"], ENV)
        wait_for(lambda: _names(processes.left_behind()).count("sleep") == 2, 5, "the children did not start")
    assert processes.left_behind() == []


def test_ends_a_program_that_does_not_listen(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes:
        process = processes.start(["bash", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"], ENV)
        wait_for(process.output, 5, "it did not start")
        assert process.end(grace=0.2) == -signal.SIGKILL
    assert processes.left_behind() == []


def test_never_touches_a_process_of_another_stage(tmp_path: Path) -> None:
    with Processes(tmp_path / "one") as one, Processes(tmp_path / "two") as two:
        other = two.start(["sleep", "60"], ENV)
        one.start(["sleep", "60"], ENV)
        one.stop()
        assert other.running()


def test_says_what_takes_too_long(tmp_path: Path) -> None:
    with Processes(tmp_path) as processes, pytest.raises(StageError, match=r"sleep did not end within 0\.05 s"):
        processes.start(["sleep", "60"], ENV).wait(0.05)


def test_names_a_missing_program() -> None:
    with pytest.raises(StageError, match="no-such-program is missing"):
        program("no-such-program")


def test_finds_programs_of_the_system_administrator() -> None:
    assert program("cupsd") == "/usr/sbin/cupsd"


def _names(pids: list[int]) -> list[str]:
    return [Path(f"/proc/{pid}/comm").read_text().strip() for pid in pids]

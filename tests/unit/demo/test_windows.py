from __future__ import annotations

import os
from pathlib import Path

import pytest

from remotehelp.demo.desk import Desk
from remotehelp.demo.driver import App
from remotehelp.demo.processes import Processes
from remotehelp.demo.waiting import StageError, read_line, wait_for
from remotehelp.demo.windows import Window, manages_windows, move_window, wait_active, wait_window, windows


def test_finds_a_window_where_accessibility_sees_it(desk: Desk, sample: App) -> None:
    window = wait_window(desk.display, "Sample")
    button = sample.extents("Connect")
    assert window.title == "Sample window"
    assert window.place.x <= button.x < button.x + button.width <= window.place.x + window.place.width
    assert window.place.y <= button.y < button.y + button.height <= window.place.y + window.place.height


def test_moves_a_window(desk: Desk, sample: App) -> None:
    window = wait_window(desk.display, "Sample")
    before = sample.extents("Connect")
    move_window(desk.display, window, 10, 20)
    moved = wait_window(desk.display, "Sample").place
    after = sample.extents("Connect")
    assert (after.x - moved.x, after.y - moved.y) == (before.x - window.place.x, before.y - window.place.y)
    assert 10 <= moved.x < 30
    assert 20 <= moved.y < 60


def test_sees_which_window_has_the_keyboard(desk: Desk, sample: App) -> None:
    window = wait_window(desk.display, "Sample")
    wait_active(desk.display, window)
    nobody = Window(1, "Nobody", window.place)
    with pytest.raises(StageError, match="the window 'Nobody' does not get the keyboard"):
        wait_active(desk.display, nobody, timeout=0)


def test_names_the_windows_that_are_there_instead(desk: Desk, sample: App) -> None:
    with pytest.raises(StageError, match=r"no window 'Nobody'.*there are \['Sample window'\]"):
        wait_window(desk.display, "Nobody", timeout=0.2)


def test_an_empty_desk_has_no_windows(desk: Desk) -> None:
    wait_for(lambda: not windows(desk.display), 5, "windows remain")


def test_knows_whether_somebody_manages_the_windows(desk: Desk, tmp_path: Path) -> None:
    assert manages_windows(desk.display)
    read_end, write_end = os.pipe()
    with Processes(tmp_path) as processes:
        processes.start(["Xvfb", "-displayfd", str(write_end), "-nolisten", "tcp"], os.environ, pass_fds=[write_end])
        bare = ":" + read_line(read_end, 10, "no screen")
        assert not manages_windows(bare)
    os.close(read_end)
    os.close(write_end)

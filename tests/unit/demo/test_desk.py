from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PIL import Image

from remotehelp.demo.desk import Desk
from remotehelp.demo.waiting import StageError


def test_programs_see_this_desk_and_not_the_persons_own(desk: Desk) -> None:
    process = desk.start([sys.executable, "-c", "import os; print(dict(os.environ), os.getcwd())"], EXTRA="yes")
    assert process.wait(10) == 0
    seen = process.output()
    assert f"'DISPLAY': '{desk.display}'" in seen
    assert "'LANGUAGE': 'en'" in seen
    assert "'EXTRA': 'yes'" in seen
    assert os.environ["HOME"] not in seen.split("'HOME': ")[1].split(",")[0]
    assert seen.rstrip().endswith(desk.env["HOME"])


def test_takes_a_picture_of_the_whole_screen(desk: Desk, tmp_path: Path) -> None:
    with Image.open(desk.shot(tmp_path / "pictures" / "one.png")) as picture:
        assert picture.size == (800, 600)
        assert picture.convert("RGB").getpixel((400, 300)) == (0x33, 0x53, 0x6F)


def test_says_what_failed(desk: Desk) -> None:
    with pytest.raises(StageError, match="xprop failed on A desk's screen"):
        desk.run("xprop", "-id", "1")


def test_leaves_no_process_no_socket_and_no_folder_behind(tmp_path: Path) -> None:
    with Desk(tmp_path, "Another desk") as other:
        process = other.start(["xterm"])
        socket = Path(f"/tmp/.X11-unix/X{other.display[1:]}")  # noqa: S108 - where X has it
        runtime = Path(other.env["XDG_RUNTIME_DIR"])
        assert socket.exists()
        assert len(other.left_behind()) > 4  # X server, window manager, session bus, accessibility bus, xterm
    assert not process.running()
    assert other.left_behind() == []
    assert not socket.exists()
    assert not runtime.exists()


def test_says_that_there_is_no_display_to_be_shown_on(tmp_path: Path) -> None:
    with (
        pytest.raises(StageError, match="the screen of A desk did not start"),
        Desk(tmp_path, "A desk", shown_on=":987"),
    ):
        pass


def test_stands_as_a_window_on_another_display(desk: Desk, tmp_path: Path) -> None:
    with Desk(tmp_path, "Shown desk", (300, 200), shown_on=desk.display) as shown:
        assert shown.display != desk.display
        assert 'WM_NAME(STRING) = "Shown desk"' in desk.run("xprop", "-name", "Shown desk", "WM_NAME")
        assert "Width: 300" in shown.run("xwininfo", "-root")

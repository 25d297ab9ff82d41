"""What only a real window manager and a real start of the program can show of the windows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from Xlib.display import Display

from remotehelp.demo.box import Box
from remotehelp.demo.cast import PROGRAM
from remotehelp.demo.desk import Desk
from remotehelp.demo.driver import App
from remotehelp.demo.processes import Process
from remotehelp.demo.waiting import wait_for
from remotehelp.demo.windows import move_window, wait_window
from tests.helpers.architecture import ROOT

pytestmark = pytest.mark.e2e

SMALL = (1366, 768)  # a small laptop
Start = Callable[..., App]


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(tmp_path_factory.mktemp("laptop"), "A small laptop", SMALL) as desk:
        yield desk


@pytest.fixture
def start(laptop: Desk) -> Iterator[Start]:
    """Start a program on the laptop; it is ended after the test."""
    started: list[Process] = []

    def begin(*words: str, **env: str) -> App:
        started.append(laptop.start([*words], "window", **env))
        return laptop.driver.wait_app(pid=started[-1].pid)

    yield begin
    for process in started:
        process.end()


def frame(display: str, title: str) -> Box:
    """The window with this title, its title bar included."""
    window = wait_window(display, title)
    server = Display(display)
    try:
        outer = server.create_resource_object("window", window.identifier)
        while (parent := outer.query_tree().parent).id != server.screen().root.id:
            outer = parent
        place = outer.get_geometry()
        return Box(place.x, place.y, place.width, place.height)
    finally:
        server.close()


def test_the_whole_frame_of_the_help_bar_is_on_a_small_screen(laptop: Desk, start: Start) -> None:
    bar = start(sys.executable, "-m", "tests.helpers.help_bar", PYTHONPATH=str(ROOT))
    screen = Box(0, 0, *SMALL)
    wait_for(lambda: screen.holds(frame(laptop.display, "your visit")), 5, "the frame stands out of the screen")
    before = frame(laptop.display, "your visit")
    assert SMALL[0] - before.x - before.width < 50
    move_window(
        laptop.display, wait_window(laptop.display, "your visit"), before.x + 30, 2
    )  # its title is out of sight
    bar.press("Chat")

    def grown() -> bool:
        place = frame(laptop.display, "your visit")
        return place.width > before.width and screen.holds(place)

    wait_for(grown, 5, "the frame stands out of the screen")


@pytest.mark.parametrize(
    ("language", "config"), [("de", ""), ("de_AT:en", ""), ("en", 'language = "de"')], ids=["de", "austria", "config"]
)
def test_the_windows_are_german_where_german_is_asked_for(
    start: Start, laptop: Desk, tmp_path: Path, language: str, config: str
) -> None:
    (tmp_path / "config.toml").write_text(config)
    window = start(*PROGRAM, REMOTEHELP_HOME=str(tmp_path), LANGUAGE=language)
    window.find("Einen Code zeigen")
    assert window.exists("Beschreiben Sie das Problem")
    assert not window.exists("Show me a code")
    laptop.shot(tmp_path / "german.png")


def test_the_technicians_window_is_german_too_and_wholly_on_a_small_screen(
    start: Start, laptop: Desk, tmp_path: Path
) -> None:
    window = start(*PROGRAM, "technician", REMOTEHELP_HOME=str(tmp_path), LANGUAGE="de")
    window.find("Meinen Ausweis erstellen")
    assert window.exists("Nachname")
    assert Box(0, 0, *SMALL).holds(frame(laptop.display, "RemoteHelp – Techniker"))
    laptop.shot(tmp_path / "german.png")

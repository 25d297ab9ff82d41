"""What only the X11 watch of the window in front can get wrong; the rest is in tests/contract/test_foreground.py."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from remotehelp.desktop.foreground import Front
from remotehelp.desktop.x11.foreground import XForegroundWatch
from remotehelp.errors import BackendError
from tests.helpers.xdesk import wait_for, x_server


def descriptors() -> list[Path]:
    return list(Path("/proc/self/fd").iterdir())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib leaves its sockets behind
def test_without_a_display_it_says_so() -> None:
    assert XForegroundWatch(":4711").self_test() == "no_display"
    with pytest.raises(BackendError, match="no_display"):
        XForegroundWatch(":4711").start((), print)


def test_the_end_of_the_display_ends_the_thread_and_tells_nothing() -> None:
    told: list[Front | None] = []
    with x_server() as display:
        watch = XForegroundWatch(display)
        watch.start((), told.append)
    wait_for(lambda: "foreground" not in {thread.name for thread in threading.enumerate()})
    watch.stop()
    assert told == [None]


def test_no_descriptor_and_no_thread_stays() -> None:
    with x_server() as display:
        before = len(descriptors())
        for _ in range(3):
            watch = XForegroundWatch(display)
            watch.start((), lambda _: None)
            watch.stop()
        wait_for(lambda: len(descriptors()) == before)
        wait_for(lambda: "foreground" not in {thread.name for thread in threading.enumerate()})

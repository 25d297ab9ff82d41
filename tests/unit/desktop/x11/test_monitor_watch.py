"""The watch over the monitors of a display that is not there, or goes away."""

import threading

import pytest

from remotehelp.desktop.x11.monitor_watch import XMonitorWatch
from remotehelp.errors import BackendError
from tests.helpers.xdesk import wait_for, x_server, xrandr


def threads() -> int:
    return sum(thread.name == "monitors" for thread in threading.enumerate())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib leaves sockets behind
def test_without_a_display_there_is_nothing_to_watch():
    with pytest.raises(BackendError, match="no_display"):
        XMonitorWatch(":987", lambda _: None)


def test_a_display_that_goes_ends_it_quietly():
    before, told = threads(), []
    with x_server() as display:
        watch = XMonitorWatch(display, told.append)
        assert threads() == before + 1
    wait_for(lambda: threads() == before)
    assert told == []
    watch.close()


def test_nothing_is_left_of_a_closed_one():
    before = threads()
    with x_server() as display:
        watch = XMonitorWatch(display, lambda _: None)
        watch.close()
        wait_for(lambda: threads() == before)


def test_what_changed_between_the_first_look_and_the_thread_is_not_lost(monkeypatch):
    told = []
    with x_server() as display:
        start = threading.Thread.start

        def late(thread):
            xrandr(display, "--setmonitor", "right", "100/10x100/10+0+0", "none")
            start(thread)

        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", late)
            watch = XMonitorWatch(display, told.append)
        wait_for(lambda: told and "right" in [monitor.name for monitor in told[-1]])
        watch.close()

"""Pulling, whatever is shown; what a whole source does is tested in tests/contract."""

from pathlib import Path

import pytest

from remotehelp.desktop.x11.connection import connect, disconnect
from remotehelp.desktop.x11.pulled import Pulled
from tests.helpers.xdesk import x_server


class Rest(Pulled):
    """Shows nothing, and counts how often it was asked."""

    def __init__(self, display, *, fails=False):
        super().__init__()
        self.looks = 0
        with self._opening():
            self._connection = connect(display)
            self._opened.callback(disconnect, self._connection)
            if fails:
                raise ValueError

    def _look(self):
        self.looks += 1


@pytest.fixture(scope="module")
def display():
    with x_server() as display:
        yield display


def test_whoever_rings_makes_it_look(display):
    source = Rest(display)
    assert source.next(0) is None
    assert source.looks == 1
    for ring in (source.refresh, source.hold, source.release):
        ring()
        source.next(0.05)
    assert source.looks >= 4
    source.close()
    looks = source.looks
    assert source.next(1) is None
    assert source.looks == looks


def test_what_was_opened_is_given_back_where_opening_fails(display):
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(ValueError):  # noqa: PT011 - the test's own
        Rest(display, fails=True)
    assert len(list(Path("/proc/self/fd").iterdir())) == before

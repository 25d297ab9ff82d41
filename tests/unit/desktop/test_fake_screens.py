"""Screens in memory do what the tests on top of them rely on; the contract suites hold them to the rest."""

from __future__ import annotations

import pytest

from remotehelp.desktop.fake_screens import ONE_MONITOR, FakeScreens
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect


def test_what_is_painted_is_in_the_next_picture() -> None:
    screens = FakeScreens(ONE_MONITOR)
    assert screens.monitors() == ONE_MONITOR
    source = screens.open([ONE_MONITOR[0].name])
    screens.paint(Rect(10, 20, 4, 4), (1, 2, 3))
    picture = source.next(1.0)
    assert picture is not None
    assert [int(value) for value in picture.parts[0].pixels[22, 12, :3]] == [1, 2, 3]
    source.close()
    assert source.next(0.01) is None


def test_a_monitor_that_is_not_there_can_not_be_shown() -> None:
    with pytest.raises(BackendError):
        FakeScreens(ONE_MONITOR).open(["another"])

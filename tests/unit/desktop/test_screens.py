"""Every backend's screens have the methods of the Protocol, with its parameters."""

import inspect

import pytest

from remotehelp.desktop.fake_screens import FakeScreens, FakeSource, FakeWindowSource
from remotehelp.desktop.screens import Screens, ScreenSource
from remotehelp.desktop.x11.screens import XScreens, XScreenSource
from remotehelp.desktop.x11.window_source import XWindowSource


def methods(protocol):
    return [name for name, value in vars(protocol).items() if inspect.isfunction(value) and not name.startswith("_")]


@pytest.mark.parametrize(
    ("backend", "protocol"),
    [
        (FakeScreens, Screens),
        (XScreens, Screens),
        (FakeSource, ScreenSource),
        (FakeWindowSource, ScreenSource),
        (XScreenSource, ScreenSource),
        (XWindowSource, ScreenSource),
    ],
)
def test_a_backend_has_what_the_protocol_says(backend, protocol):
    names = methods(protocol)
    assert len(names) >= 3
    for name in names:
        theirs, ours = (inspect.signature(getattr(kind, name)).parameters for kind in (backend, protocol))
        assert list(theirs) == list(ours), name

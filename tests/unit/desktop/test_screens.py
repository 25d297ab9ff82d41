"""Every backend's screens have the methods of the Protocol, with its parameters."""

import inspect

import pytest

from remotehelp.desktop.fake import FakeScreens, FakeSource
from remotehelp.desktop.screens import Screens, ScreenSource
from remotehelp.desktop.x11.screens import XScreens, XScreenSource


def methods(protocol):
    return [name for name, value in vars(protocol).items() if inspect.isfunction(value) and not name.startswith("_")]


@pytest.mark.parametrize(
    ("backend", "protocol"),
    [(FakeScreens, Screens), (XScreens, Screens), (FakeSource, ScreenSource), (XScreenSource, ScreenSource)],
)
def test_a_backend_has_what_the_protocol_says(backend, protocol):
    names = methods(protocol)
    assert len(names) >= 3
    for name in names:
        theirs, ours = (inspect.signature(getattr(kind, name)).parameters for kind in (backend, protocol))
        assert list(theirs) == list(ours), name

"""Pixels of a root window from shared memory."""

import mss
import numpy as np
import pytest

from remotehelp.desktop.x11.camera import Camera
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from tests.helpers.xdesk import said_by, x_desk, x_server

GRAB = """
import sys
from remotehelp.desktop.x11.camera import Camera
from remotehelp.media.area import Rect
print([pixels.shape for pixels in Camera(sys.argv[1]).grab([Rect(0, 0, 640, 480), Rect(0, 0, 3, 2)])])
"""


def test_several_boxes_at_once():
    with x_desk() as desk:
        desk.paint(Rect(0, 0, 10, 10), (1, 2, 3))
        desk.paint(Rect(50, 60, 7, 5), (4, 5, 6))
        camera = Camera(desk.display)
        first, second = camera.grab([Rect(0, 0, 10, 10), Rect(50, 60, 7, 5)])
        assert first.shape == (10, 10, 4)
        assert second.shape == (5, 7, 4)
        assert (first[..., :3] == (1, 2, 3)).all()
        assert (second[..., :3] == (4, 5, 6)).all()
        camera.close()


def test_the_memory_is_used_again():
    with x_desk() as desk:
        camera = Camera(desk.display)
        [before] = camera.grab([Rect(0, 0, 10, 10)])
        desk.paint(Rect(0, 0, 10, 10), (7, 7, 7))
        [now] = camera.grab([Rect(0, 0, 10, 10)])
        assert np.shares_memory(before, now)
        assert (before[..., :3] == 7).all()
        camera.close()
        assert (now[..., :3] == 7).all()  # it goes once nobody looks any more


def test_what_does_not_fit_into_the_memory_is_copied():
    with x_desk() as desk:
        camera = Camera(desk.display)
        whole = Rect(0, 0, 800, 600)
        assert [pixels.shape for pixels in camera.grab([whole, whole])] == [(600, 800, 4)] * 2
        camera.close()


def test_outside_of_the_root_window_there_is_nothing():
    with x_desk() as desk:
        camera = Camera(desk.display)
        with pytest.raises(mss.ScreenShotError):
            camera.grab([Rect(790, 0, 20, 20)])
        camera.close()


def test_without_shared_memory_they_are_sent():
    with x_server("640x480", "-extension", "MIT-SHM") as display:
        assert said_by(GRAB, display) == "[(480, 640, 4), (2, 3, 4)]"


def test_too_few_colours():
    with x_server("640x480", depth=16) as display, pytest.raises(BackendError, match="screen_not_readable"):
        Camera(display)

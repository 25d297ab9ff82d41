from __future__ import annotations

import threading
from dataclasses import replace

from av.video.reformatter import VideoReformatter
from pytestqt.qtbot import QtBot

from remotehelp.media.camera_frame import CameraFrame
from remotehelp.media.frame import Frame
from tests.helpers.technician_views import DESK
from ui.technician.own_face import OwnFace, OwnFaceView, to_bgrx


def grey(level: int, width: int = 64, height: int = 48, padding: int = 16) -> CameraFrame:
    strides = (width + padding, width // 2 + padding, width // 2 + padding)
    planes = (
        bytes([level]) * (strides[0] * height),
        bytes([128]) * (strides[1] * height // 2),
        bytes([128]) * (strides[2] * height // 2),
    )
    return CameraFrame(width, height, planes, strides)


def test_the_preview_has_the_colours_of_the_camera() -> None:
    frame = to_bgrx(grey(235), VideoReformatter(), 3)
    assert (frame.width, frame.height, frame.number) == (32, 24, 3)
    assert len(frame.pixels) == frame.stride * frame.height
    assert all(level >= 250 for level in bytes(frame.pixels[:3]))
    assert all(level <= 5 for level in bytes(to_bgrx(grey(16), VideoReformatter(), 1).pixels[:3]))


def test_frames_of_any_thread_arrive_on_this_one_newest_first(qtbot: QtBot) -> None:
    own, came, threads = OwnFace(), [], []

    def keep(frame: Frame) -> None:
        came.append(frame)
        threads.append(threading.current_thread())

    own.changed.connect(keep)
    other = threading.Thread(target=lambda: [own.put(grey(level)) for level in (16, 100, 235)])
    other.start()
    other.join()
    qtbot.waitUntil(lambda: bool(came))
    qtbot.wait(20)
    assert len(came) == 1  # the two older ones were overtaken
    assert bytes(came[0].pixels[:1]) >= bytes([250])
    assert threads == [threading.main_thread()]


def test_a_demonstration_is_marked(qtbot: QtBot) -> None:
    view = OwnFaceView()
    qtbot.addWidget(view)
    view.show_view(DESK)
    plain = view.grab().toImage()
    assert view.accessibleDescription() == ""
    view.show_frame(to_bgrx(grey(100), VideoReformatter(), 1))
    view.show_view(replace(DESK, demonstration=True))
    assert view.accessibleDescription() == "Demonstration"
    assert view.grab().toImage() != plain

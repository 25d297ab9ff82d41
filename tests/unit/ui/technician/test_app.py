from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from remotehelp.errors import BackendError
from remotehelp.media.camera_frame import CameraFrame
from remotehelp.media.cursor import INVISIBLE, Cursor, Shape
from remotehelp.technician.intents import Quit, ScreenShown
from tests.helpers.reading import by_id, by_name
from tests.helpers.stand_in_bridge import StandInBridge, plain_canvas
from tests.helpers.technician_views import DESK, FIRST_START, GOODBYE, SIGN_IN, VISIT
from ui.shared.picture import PictureView
from ui.technician.app import TechnicianApp
from ui.technician.camera import CameraSource

FRAME = CameraFrame(64, 48, (bytes([200]) * 3072, bytes([128]) * 768, bytes([128]) * 768), (64, 32, 32))


class HandFed:
    """A face source whose frames the test hands over; ``trouble`` is raised at the start."""

    demonstration = True

    def __init__(self, trouble: BackendError | None = None) -> None:
        self.trouble = trouble
        self.sink: Callable[[CameraFrame], None] | None = None
        self.starts = 0

    def check(self) -> None:
        if self.trouble:
            raise self.trouble

    def start(self, sink: Callable[[CameraFrame], None]) -> None:
        self.check()
        self.starts += 1
        self.sink = sink

    def stop(self) -> None:
        self.sink = None


class Stage:
    def __init__(self, qtbot: QtBot, camera: HandFed | CameraSource) -> None:
        self.bridge, self.camera = StandInBridge(), camera
        self.faces: list[CameraFrame] = []
        self.app = TechnicianApp(self.bridge, camera, self.faces.append)  # type: ignore[arg-type]
        qtbot.addWidget(self.app.window)
        self.app.show()


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot, HandFed())


def test_the_camera_runs_from_the_desk_on_to_the_goodbye(stage: Stage) -> None:
    assert isinstance(stage.camera, HandFed)
    for view in (FIRST_START, SIGN_IN):
        stage.bridge.view_changed.emit(view)
        assert stage.camera.sink is None
    for view in (DESK, VISIT, GOODBYE, DESK):
        stage.bridge.view_changed.emit(view)
        assert stage.camera.sink is not None
    assert stage.camera.starts == 1
    stage.bridge.view_changed.emit(SIGN_IN)
    assert stage.camera.sink is None


def test_each_frame_goes_to_the_engine_and_into_the_preview(stage: Stage, qtbot: QtBot) -> None:
    assert isinstance(stage.camera, HandFed)
    stage.bridge.view_changed.emit(DESK)
    assert stage.camera.sink is not None
    stage.camera.sink(FRAME)
    assert stage.faces == [FRAME]
    preview = by_name(stage.app.window, "Your camera")
    assert isinstance(preview, PictureView)
    qtbot.waitUntil(lambda: not preview.frame_size().isEmpty())


def test_without_a_camera_it_says_so_and_goes_on(qtbot: QtBot) -> None:
    stage = Stage(qtbot, HandFed(BackendError("camera_file_unreadable", file="face.mp4")))
    stage.bridge.view_changed.emit(DESK)
    told = by_id(stage.app.window, "notice")
    assert "face.mp4" in told.text()  # type: ignore[attr-defined]
    stage.bridge.view_changed.emit(VISIT)
    assert by_name(stage.app.window, "End visit").isEnabled()


def test_a_camera_that_stops_is_told(qtbot: QtBot) -> None:
    camera = CameraSource()
    stage = Stage(qtbot, camera)
    stage.bridge.view_changed.emit(SIGN_IN)
    camera.failed.emit(BackendError("camera_stopped"))
    assert "camera" in by_id(stage.app.window, "notice").text()  # type: ignore[attr-defined]


def test_her_screen_comes_through_the_bridge(stage: Stage, qtbot: QtBot) -> None:
    stage.bridge.view_changed.emit(replace(VISIT, sees=True))
    stage.bridge.bring("screen", plain_canvas())
    qtbot.waitUntil(lambda: stage.bridge.of(ScreenShown) == [ScreenShown()])


def test_her_pointer_comes_through_the_bridge(stage: Stage) -> None:
    stage.bridge.view_changed.emit(replace(VISIT, sees=True))
    stage.bridge.bring("screen", plain_canvas())
    before = stage.app.window.grab().toImage()
    stage.bridge.bring("cursor", Cursor(Shape(4, 4, 0, 0, bytes((0, 0, 255, 255)) * 16), (30, 20)))
    assert stage.app.window.grab().toImage() != before


def test_a_picture_that_comes_too_late_does_not_wait_for_the_next_visit(stage: Stage) -> None:
    stage.bridge.view_changed.emit(DESK)
    stage.bridge.bring("screen", plain_canvas())
    assert stage.bridge.take("screen") is None
    stage.bridge.bring("cursor", Cursor(INVISIBLE, None))
    assert stage.bridge.take("cursor") is None


def test_closing_the_window_stops_the_camera_and_ends_the_program(stage: Stage) -> None:
    assert isinstance(stage.camera, HandFed)
    stage.bridge.view_changed.emit(DESK)
    stage.app.window.close()
    assert stage.camera.sink is None
    assert stage.bridge.of(Quit) == [Quit()]


def test_stopping_stops_the_camera(stage: Stage) -> None:
    assert isinstance(stage.camera, HandFed)
    stage.bridge.view_changed.emit(DESK)
    stage.app.stop()
    assert stage.camera.sink is None

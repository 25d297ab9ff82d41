from __future__ import annotations

import threading
import time
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtMultimedia import QMediaDevices, QVideoFrame, QVideoFrameFormat

from remotehelp.errors import BackendError
from remotehelp.media.camera_frame import MAX_HEIGHT, MAX_WIDTH, CameraFrame
from ui.technician import camera
from ui.technician.camera import CameraSource, FileCamera, Pace, Shrink, small_size, taken_from


class Kept:
    """A sink that keeps what came and when, and lets one wait for it."""

    def __init__(self) -> None:
        self.frames: list[CameraFrame] = []
        self.times: list[float] = []
        self._more = threading.Condition()

    def __call__(self, frame: CameraFrame) -> None:
        with self._more:
            self.frames.append(frame)
            self.times.append(time.monotonic())
            self._more.notify_all()

    def wait_for(self, count: int, timeout: float = 10.0) -> bool:
        with self._more:
            return self._more.wait_for(lambda: len(self.frames) >= count, timeout)


def write_video(file: Path, *, frames: int = 5, rate: int = 25, size: tuple[int, int] = (320, 240)) -> Path:
    """A video whose frames grow brighter."""
    with av.open(str(file), "w") as container:
        stream = container.add_stream("mpeg4", rate=rate)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for number in range(frames):
            picture = np.full((size[1], size[0], 3), 40 * number + 20, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        container.mux(stream.encode())
    return file


def brightness(frame: CameraFrame) -> int:
    return frame.planes[0][frame.strides[0] * (frame.height // 2) + frame.width // 2]


def face_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "face file"]


def test_a_file_plays_again_and_again_until_it_is_stopped(tmp_path: Path) -> None:
    source, kept = FileCamera(write_video(tmp_path / "face.mp4", frames=3, rate=15)), Kept()
    assert source.demonstration
    source.start(kept)
    try:
        assert kept.wait_for(8)
    finally:
        source.stop()
    assert face_threads() == []
    came = len(kept.frames)
    assert {(frame.width, frame.height) for frame in kept.frames} == {(320, 240)}
    levels = [brightness(frame) for frame in kept.frames]
    assert levels[0] < levels[1] < levels[2]
    assert abs(levels[3] - levels[0]) < 10  # the second round
    assert len(kept.frames) == came


def test_a_file_plays_at_its_own_pace(tmp_path: Path) -> None:
    source, kept = FileCamera(write_video(tmp_path / "slow.mp4", frames=4, rate=5)), Kept()
    source.start(kept)
    try:
        assert kept.wait_for(4)
    finally:
        source.stop()
    assert min(later - earlier for earlier, later in pairwise(kept.times[:4])) > 0.1  # 0.2 s apart, less the jitter


def test_a_file_can_be_started_anew_after_a_stop(tmp_path: Path) -> None:
    source = FileCamera(write_video(tmp_path / "face.mp4"))
    source.stop()
    for _ in range(2):
        kept = Kept()
        source.start(kept)
        assert kept.wait_for(1)
        source.stop()
    assert face_threads() == []


def test_a_large_file_is_made_small(tmp_path: Path) -> None:
    source, kept = FileCamera(write_video(tmp_path / "hd.mp4", frames=1, size=(1280, 720))), Kept()
    source.start(kept)
    try:
        assert kept.wait_for(1)
    finally:
        source.stop()
    frame = kept.frames[0]
    assert (frame.width, frame.height) == (640, 360)
    assert [len(plane) for plane in frame.planes] == [
        frame.strides[0] * 360,
        frame.strides[1] * 180,
        frame.strides[2] * 180,
    ]


@pytest.mark.parametrize("content", [None, b"", b"this is no video"])
def test_a_file_that_is_missing_or_no_video_is_told_at_once(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "face.mp4"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BackendError) as told:
        FileCamera(file).start(Kept())
    assert told.value.key == "camera_file_unreadable"
    assert told.value.values == {"file": str(file)}
    assert face_threads() == []


def test_a_sound_is_no_face(tmp_path: Path) -> None:
    file = tmp_path / "voice.wav"
    with av.open(str(file), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8000, layout="mono")
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), layout="mono")
        silence.sample_rate = 8000
        container.mux(stream.encode(silence))
        container.mux(stream.encode())
    with pytest.raises(BackendError):
        FileCamera(file).check()


def test_a_file_that_goes_away_ends_the_play_quietly(tmp_path: Path) -> None:
    file = write_video(tmp_path / "face.mp4", frames=2)
    source, kept = FileCamera(file), Kept()
    source.start(kept)
    assert kept.wait_for(1)
    file.unlink()
    for thread in face_threads():
        thread.join(10)
        assert not thread.is_alive()
    source.stop()


@pytest.mark.parametrize(("rate", "passed"), [(5, 20), (15, 60), (24, 60), (30, 60), (60, 60)])
def test_at_most_fifteen_frames_a_second_pass(rate: int, passed: int) -> None:
    pace = Pace()
    came = sum(pace.passes(1000 + number / rate) for number in range(4 * rate))
    assert passed - 1 <= came <= passed + 1


def test_a_pause_does_not_bring_a_burst() -> None:
    pace = Pace()
    assert pace.passes(1.0)
    assert sum(pace.passes(60 + number / 100) for number in range(100)) <= 17


@pytest.mark.parametrize(
    ("size", "small"),
    [((640, 480), (640, 480)), ((1920, 1080), (640, 360)), ((480, 1920), (120, 480)), ((321, 241), (320, 240))],
)
def test_the_shape_is_kept(size: tuple[int, int], small: tuple[int, int]) -> None:
    assert small_size(*size) == small
    assert small[0] <= MAX_WIDTH
    assert small[1] <= MAX_HEIGHT


def test_no_camera_is_told() -> None:
    if not QMediaDevices.defaultVideoInput().isNull():
        pytest.skip("this computer has a camera")
    source = CameraSource()
    assert not source.demonstration
    with pytest.raises(BackendError) as told:
        source.start(Kept())
    assert told.value.key == "no_camera"
    source.stop()


def grey_frame(pixel_format: QVideoFrameFormat.PixelFormat, width: int = 322, height: int = 242) -> QVideoFrame:
    """A frame as a camera delivers it, light left and dark right."""
    source = av.VideoFrame.from_ndarray(
        np.repeat(np.linspace(230, 20, width).astype(np.uint8)[None, :, None], height, 0).repeat(3, 2), "rgb24"
    ).reformat(format=camera.FFMPEG_NAME[pixel_format])
    frame = QVideoFrame(QVideoFrameFormat(QSize(width, height), pixel_format))
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    for number, plane in enumerate(source.planes):
        theirs = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        ours = np.frombuffer(frame.bits(number), np.uint8)[: plane.height * frame.bytesPerLine(number)]
        rows = ours.reshape(plane.height, -1)
        length = min(rows.shape[1], theirs.shape[1])
        rows[:, :length] = theirs[: plane.height, :length]
    frame.unmap()
    return frame


@pytest.mark.parametrize("pixel_format", list(camera.FFMPEG_NAME))
def test_every_layout_of_a_camera_comes_out_the_same(pixel_format: QVideoFrameFormat.PixelFormat) -> None:
    taken = taken_from(grey_frame(pixel_format))
    assert taken is not None
    small = Shrink()(taken)
    luma = np.frombuffer(small.planes[0], np.uint8).reshape(-1, small.strides[0])[:, : small.width]
    assert (small.width, small.height) == (322, 242)
    assert luma[120, 10] > 180
    assert luma[120, 310] < 60
    assert abs(int(luma[5, 160]) - int(luma[235, 160])) < 4


def test_a_layout_that_is_not_known_is_left_out() -> None:
    frame = QVideoFrame(QVideoFrameFormat(QSize(64, 48), QVideoFrameFormat.PixelFormat.Format_Y16))
    assert taken_from(frame) is None


def test_what_the_camera_shows_reaches_the_sink_until_it_is_stopped() -> None:
    source, kept = CameraSource(), Kept()
    video = source.watch(kept)
    nv12 = QVideoFrameFormat.PixelFormat.Format_NV12
    video.setVideoFrame(grey_frame(nv12))
    assert [(frame.width, frame.height) for frame in kept.frames] == [(322, 242)]
    source.stop()
    video.setVideoFrame(grey_frame(nv12))
    assert len(kept.frames) == 1

"""The technician's face as plain frames, from a camera or from a file; no other module opens a camera.

Neither class lets anything of Qt out: a sink gets :class:`CameraFrame`, on whatever thread the picture came.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import av
import av.container
import av.error
import numpy as np
import structlog
from av.video.plane import VideoPlane
from av.video.reformatter import VideoReformatter
from PySide6.QtCore import QObject, Signal
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
    QVideoFrameFormat,
    QVideoSink,
)

from remotehelp.errors import BackendError
from remotehelp.media.camera_frame import MAX_FPS, MAX_HEIGHT, MAX_WIDTH, CameraFrame

log = structlog.get_logger("camera")

Sink = Callable[[CameraFrame], None]

_Format = QVideoFrameFormat.PixelFormat
# what cameras deliver -> FFmpeg's name for it; QtMultimedia unpacks MJPEG itself
FFMPEG_NAME = {
    _Format.Format_YUV420P: "yuv420p",
    _Format.Format_YUV422P: "yuv422p",
    _Format.Format_NV12: "nv12",
    _Format.Format_NV21: "nv21",
    _Format.Format_YUYV: "yuyv422",
    _Format.Format_UYVY: "uyvy422",
    _Format.Format_Y8: "gray",
    _Format.Format_P010: "p010le",
    _Format.Format_BGRA8888: "bgra",
    _Format.Format_BGRX8888: "bgr0",
    _Format.Format_RGBA8888: "rgba",
    _Format.Format_RGBX8888: "rgb0",
    _Format.Format_ARGB8888: "argb",
    _Format.Format_XRGB8888: "0rgb",
}


class FaceSource(Protocol):
    """Where the technician's face comes from."""

    @property
    def demonstration(self) -> bool:
        """Whether the face comes from a file, which both screens say."""

    def check(self) -> None:
        """Raises BackendError if there is no face to be had."""

    def start(self, sink: Sink) -> None:
        """Hand frames to ``sink`` until ``stop``; raises BackendError if there is no face to be had."""

    def stop(self) -> None:
        """No frame comes after this returned; without a start it does nothing."""


class Pace:
    """Lets at most ``MAX_FPS`` frames a second pass, evenly."""

    def __init__(self) -> None:
        self._next: float | None = None

    def passes(self, at: float) -> bool:
        """Whether the frame of the time ``at`` (seconds, any steady clock) goes on."""
        interval = 1 / MAX_FPS
        if self._next is not None and at < self._next - interval / 8:
            return False
        self._next = at + interval if self._next is None else max(self._next, at - interval) + interval
        return True


class Shrink:
    """Turns FFmpeg's frames into :class:`CameraFrame`: their shape kept, never enlarged. For one thread."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()

    def __call__(self, frame: av.VideoFrame) -> CameraFrame:
        width, height = small_size(frame.width, frame.height)
        small = self._reformatter.reformat(frame, width, height, "yuv420p", interpolation="AREA")
        y, u, v = small.planes
        return CameraFrame(width, height, (bytes(y), bytes(u), bytes(v)), (y.line_size, u.line_size, v.line_size))


def small_size(width: int, height: int) -> tuple[int, int]:
    """The size at which a picture travels: even, at most 640x480, its shape kept."""
    scale = min(MAX_WIDTH / width, MAX_HEIGHT / height, 1.0)
    return max(round(width * scale) & ~1, 2), max(round(height * scale) & ~1, 2)


class FileCamera:
    """Plays a video file as the face, at its own pace and again and again; always marked as a demonstration."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def demonstration(self) -> bool:
        """Always."""
        return True

    def start(self, sink: Sink) -> None:
        """Play into ``sink`` on a thread of its own; raises BackendError("camera_file_unreadable")."""
        if self._thread is None:
            self.check()
            self._stopping.clear()
            self._thread = threading.Thread(target=self._play, args=(sink,), name="face file", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread and join it."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def check(self) -> None:
        """Raises BackendError("camera_file_unreadable") if the file can't be played."""
        try:
            next(_decoded(self._file))
        except (OSError, av.error.FFmpegError, IndexError, StopIteration) as error:
            raise BackendError("camera_file_unreadable", file=str(self._file)) from error

    def _play(self, sink: Sink) -> None:
        pace, shrink, began = Pace(), Shrink(), time.monotonic()
        try:
            for at, frame in self._endless():
                if not pace.passes(at):
                    continue
                if self._stopping.wait(max(began + at - time.monotonic(), 0)):
                    return
                sink(shrink(frame))
        except (OSError, av.error.FFmpegError, IndexError) as error:
            log.warning("the face's file can't be read any more", file=str(self._file), error=str(error))

    def _endless(self) -> Iterator[tuple[float, av.VideoFrame]]:
        """Every frame with the second at which it is due, counted on from round to round."""
        before, at = 0.0, 0.0
        while not self._stopping.is_set():
            for at, frame in _decoded(self._file):
                yield before + at, frame
                if self._stopping.is_set():
                    return
            before += at + 1 / MAX_FPS


def _decoded(file: Path) -> Iterator[tuple[float, av.VideoFrame]]:
    """The frames of a file with their seconds from its start; only a plain file is ever opened."""
    if not file.is_file():
        raise FileNotFoundError(file)
    with av.open(str(file)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        first: float | None = None
        for frame in container.decode(stream):
            at = frame.time or 0.0
            first = at if first is None else first
            yield max(at - first, 0.0), frame


class CameraSource(QObject):
    """The first camera of this computer, through QtMultimedia; lives on the Qt thread.

    Signals: ``failed(error)`` with a BackendError if the camera stops working.
    """

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: QMediaCaptureSession | None = None
        self._camera: QCamera | None = None
        self._video: QVideoSink | None = None
        self._sink: Sink = _nowhere
        self._pace, self._shrink = Pace(), Shrink()

    @property
    def demonstration(self) -> bool:
        """Never: it is a camera."""
        return False

    def check(self) -> None:
        """Raises BackendError("no_camera") if this computer has none."""
        if QMediaDevices.defaultVideoInput().isNull():
            raise BackendError("no_camera")

    def start(self, sink: Sink) -> None:
        """Open the camera; raises BackendError("no_camera") if there is none."""
        self.check()
        self._open(QMediaDevices.defaultVideoInput(), self.watch(sink))

    def watch(self, sink: Sink) -> QVideoSink:
        """The Qt end of the road: what is put into the returned video sink comes out at ``sink`` as plain data."""
        self._sink, self._pace = sink, Pace()
        self._video = video = QVideoSink(self)
        video.videoFrameChanged.connect(self._came)
        return video

    def stop(self) -> None:
        """Close the camera."""
        if self._camera is not None:
            self._camera.stop()
        if self._video is not None:
            self._video.videoFrameChanged.disconnect(self._came)
        self._camera = self._session = self._video = None
        self._sink = _nowhere

    def _open(self, device: QCameraDevice, video: QVideoSink) -> None:
        self._camera = QCamera(device, self)
        wanted = best_format(device.videoFormats())
        if wanted is not None:
            self._camera.setCameraFormat(wanted)
        self._camera.errorOccurred.connect(lambda *_: self.failed.emit(BackendError("camera_stopped")))
        self._session = QMediaCaptureSession(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(video)
        self._camera.start()

    def _came(self, frame: QVideoFrame) -> None:
        if self._pace.passes(time.monotonic()):
            taken = taken_from(frame)
            if taken is not None:
                self._sink(self._shrink(taken))


def _nowhere(_frame: CameraFrame) -> None:
    """Where frames go before the start and after the stop."""


def best_format(formats: list[QCameraFormat]) -> QCameraFormat | None:
    """The format that needs least work: fast enough, then the smallest that fills 640x480, else the largest."""

    def rank(one: QCameraFormat) -> tuple[bool, bool, int]:
        size = one.resolution()
        fills = size.width() >= MAX_WIDTH and size.height() >= MAX_HEIGHT
        pixels = size.width() * size.height()
        return one.maxFrameRate() < MAX_FPS, not fills, pixels if fills else -pixels

    known = [one for one in formats if one.pixelFormat() in FFMPEG_NAME or one.pixelFormat() is _Format.Format_Jpeg]
    return min(known, key=rank, default=None)


def taken_from(frame: QVideoFrame) -> av.VideoFrame | None:
    """A copy of Qt's frame as FFmpeg's; None for a layout that no camera here delivers.

    By ``map`` and never by ``toImage``, which takes 146 to 290 ms (MEASURED.md).
    """
    name = FFMPEG_NAME.get(frame.pixelFormat())
    if name is None or not frame.map(QVideoFrame.MapMode.ReadOnly):
        return None
    try:
        copied = av.VideoFrame(frame.width(), frame.height(), name)
        for number, plane in enumerate(copied.planes):
            fill(plane, frame.bits(number), frame.bytesPerLine(number))
        return copied
    finally:
        frame.unmap()


def fill(plane: VideoPlane, rows: bytes | bytearray | memoryview, stride: int) -> None:
    """Copy ``rows`` of ``stride`` bytes into FFmpeg's plane, whose rows may be longer or shorter."""
    theirs = np.frombuffer(rows, np.uint8)[: plane.height * stride].reshape(-1, stride)
    ours = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    width = min(stride, plane.line_size)
    ours[: len(theirs), :width] = theirs[:, :width]

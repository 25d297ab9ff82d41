"""The technician's own camera, small: what the customer sees of you."""

from __future__ import annotations

import av
from av.video.reformatter import VideoReformatter
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from remotehelp.latest import Latest
from remotehelp.media.camera_frame import CameraFrame
from remotehelp.media.frame import Frame
from remotehelp.technician.view import TechnicianView
from ui.shared import theme
from ui.shared.picture import PictureView
from ui.technician.camera import fill


class OwnFace(QObject):
    """Brings camera frames from any thread to the Qt thread, newest wins.

    Signals, on the Qt thread: ``changed(frame)`` with a :class:`Frame`.
    """

    changed = Signal(object)
    _wake = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._box: Latest[CameraFrame] = Latest()
        self._reformatter = VideoReformatter()
        self._number = 0
        self._wake.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def put(self, frame: CameraFrame) -> None:
        """The newest picture of the camera; any thread."""
        if self._box.put(frame):
            self._wake.emit()

    def _drain(self) -> None:
        frame = self._box.take()
        if frame is not None:
            self._number += 1
            self.changed.emit(to_bgrx(frame, self._reformatter, self._number))


def to_bgrx(frame: CameraFrame, reformatter: VideoReformatter, number: int) -> Frame:
    """The camera's picture in the colours that windows paint, half its size: a preview needs no more."""
    picture = av.VideoFrame(frame.width, frame.height, "yuv420p")
    for plane, data, stride in zip(picture.planes, frame.planes, frame.strides, strict=True):
        fill(plane, data, stride)
    small = reformatter.reformat(picture, max(frame.width // 2, 2), max(frame.height // 2, 2), "bgra")
    plane = small.planes[0]
    return Frame(small.width, small.height, plane.line_size, bytes(plane), number)


class OwnFaceView(PictureView):
    """The image `Your camera`, marked when it is a demonstration."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, radius=theme.CONTROL_RADIUS)
        self.setAccessibleName(self.tr("Your camera"))
        self.setFixedSize(*theme.OWN_FACE)

    def show_view(self, view: TechnicianView) -> None:
        """Follow the state."""
        self.set_mark(self.tr("Demonstration") if view.demonstration else "")
        self.set_empty(self.tr("No camera: they can't see your face") if view.no_camera else self.tr("Your camera"))

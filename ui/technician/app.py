"""The technician's program: joins the window, the bridge and the camera."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from remotehelp.errors import BackendError
from remotehelp.media.camera_frame import CameraFrame
from remotehelp.media.canvas import Canvas
from remotehelp.media.cursor import Cursor
from remotehelp.technician.intents import Quit
from remotehelp.technician.view import Page, TechnicianView
from ui.bridge import Bridge
from ui.technician.camera import CameraSource, FaceSource
from ui.technician.own_face import OwnFace
from ui.technician.window import TechnicianWindow

WITH_FACE = frozenset({Page.DESK, Page.JOINING, Page.VISIT, Page.GOODBYE})


class TechnicianApp(QObject):
    """Owns the window; the camera runs from the desk on, so that a face is there the moment a customer is.

    ``face`` takes every frame of the camera, on any thread.
    """

    def __init__(
        self,
        bridge: Bridge,
        camera: FaceSource,
        face: Callable[[CameraFrame], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._camera, self._face = bridge, camera, face
        self._camera_wanted = False
        self.window = TechnicianWindow(bridge.submit)
        self._own_face = OwnFace(self)
        self._own_face.changed.connect(self.window.show_own_face)
        self.window.closed.connect(self._closed)
        bridge.view_changed.connect(self._show)
        bridge.frame_ready.connect(self._frame)
        if isinstance(camera, CameraSource):
            camera.failed.connect(self.window.show_trouble)

    def show(self) -> None:
        """Open the window."""
        self.window.show()

    def stop(self) -> None:
        """Close the camera; no frame goes to ``face`` after this returned."""
        self._camera.stop()

    def _show(self, view: TechnicianView) -> None:
        self._want_camera(view.page in WITH_FACE)
        self.window.show_view(view)

    def _frame(self, box: str) -> None:
        newest = self._bridge.take(box) if box in ("screen", "cursor") else None
        if isinstance(newest, Canvas):
            self.window.show_screen(newest)
        elif isinstance(newest, Cursor):
            self.window.show_cursor(newest)

    def _want_camera(self, wanted: bool) -> None:
        if wanted == self._camera_wanted:
            return
        self._camera_wanted = wanted
        if not wanted:
            self._camera.stop()
            return
        try:
            self._camera.start(self._came)
        except BackendError as error:
            self.window.show_trouble(error)

    def _came(self, frame: CameraFrame) -> None:
        self._face(frame)
        self._own_face.put(frame)

    def _closed(self) -> None:
        self._camera.stop()
        self._bridge.submit(Quit())

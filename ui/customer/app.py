"""The customer's program as she sees it: owns the windows and shows the one that the view names."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtWidgets import QApplication

from remotehelp.customer.intents import FaceShown, FrameShown, OwnWindows, QuestionGone, QuestionShown, Quit
from remotehelp.customer.view import CustomerView, Page
from remotehelp.media.frame import Frame
from ui.bridge import Bridge
from ui.customer.help_bar import HelpBar
from ui.customer.main_window import MainWindow
from ui.customer.pointing_arrow import PointingArrow
from ui.customer.report_dialog import ReportDialog
from ui.customer.request_dialog import RequestDialog
from ui.customer.screen_frame import ScreenFrame
from ui.customer.tray import Tray
from ui.customer.windows import OwnWindowsWatch
from ui.shared import resources, theme


class CustomerApp(QObject):
    """All windows of the customer's side on one bridge; ``theme.apply`` comes first."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._drawn: CustomerView | None = None
        self._face_told = False
        QApplication.setQuitOnLastWindowClosed(False)  # the main window hides during a visit
        QApplication.setWindowIcon(resources.icon("support_agent", theme.current().colours.see_frame))
        self.window = MainWindow(bridge.submit)
        self.bar = HelpBar(bridge.submit)
        self.request = RequestDialog(bridge.submit)
        self.report = ReportDialog(bridge.submit)
        self.frame = ScreenFrame(self)
        self.arrow = PointingArrow()
        self.tray = Tray(self)
        self._faces = (self.window.meeting.face, self.bar.face, self.window.goodbye.face)
        self._watch = OwnWindowsWatch(self)
        self._connect()

    def show_view(self, view: CustomerView) -> None:
        """Draw a whole state; what only moves the pointer is cheap."""
        self.arrow.point(view.pointer)
        still = replace(view, pointer=None)
        if still == self._drawn:
            return
        self._drawn = still
        if view.technician is None:
            self._forget_face()
        self.window.show_view(view)
        self.bar.show_view(view)
        self.tray.show_view(view)
        self._turn_to(view.page)
        self.frame.show_view(view)
        self.request.show_view(view)
        self.report.show_view(view)

    # --- windows -------------------------------------------------------------------------------------

    def _turn_to(self, page: Page) -> None:
        if page is Page.VISIT:
            if not self.bar.isVisible():
                self.bar.appear()
            self.window.hide()
        else:
            if not self.window.isVisible():
                self.window.show()
            self.bar.hide()

    def _connect(self) -> None:
        self._bridge.view_changed.connect(self.show_view)
        self._bridge.frame_ready.connect(self._frame_came)
        for face in self._faces:
            face.painted.connect(self._face_painted)
        self.window.closed.connect(self.quit)
        self.request.appeared.connect(lambda number: self._bridge.submit(QuestionShown(self._watch.now(), number)))
        self.request.vanished.connect(lambda: self._bridge.submit(QuestionGone()))
        self.frame.appeared.connect(lambda showing: self._bridge.submit(FrameShown(self._watch.now(), showing)))
        self._watch.set_passing(self.arrow)
        self._watch.changed.connect(lambda windows: self._bridge.submit(OwnWindows(windows)))

    def quit(self) -> None:
        """End the program; whatever runs is ended properly first."""
        self._bridge.submit(Quit())
        self.arrow.hide()
        self.frame.hide()
        QCoreApplication.exit(0)  # `quit` would ask the help bar, which refuses to be closed

    # --- the face ------------------------------------------------------------------------------------

    @Slot(str)
    def _frame_came(self, box: str) -> None:
        frame = self._bridge.take(box)
        if isinstance(frame, Frame) and self._somebody_here:  # not a late one of the last visit
            for face in self._faces:
                face.show_frame(frame)

    def _face_painted(self) -> None:
        if self._somebody_here and not self._face_told:
            self._face_told = True
            self._bridge.submit(FaceShown())

    @property
    def _somebody_here(self) -> bool:
        return self._drawn is not None and self._drawn.technician is not None

    def _forget_face(self) -> None:
        self._face_told = False
        for face in self._faces:
            face.clear_frame()

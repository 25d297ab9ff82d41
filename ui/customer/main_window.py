"""The customer's roomy window: start, code or list, meeting and goodbye, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from remotehelp.customer.intents import Cancel, DeclineVisit
from remotehelp.customer.view import CustomerView, Page
from ui.customer.code_page import CodePage
from ui.customer.goodbye_page import GoodbyePage
from ui.customer.meeting_page import MeetingPage
from ui.customer.start_page import StartPage
from ui.customer.waiting_page import WaitingPage
from ui.shared import controls, sentences, theme
from ui.shared.tall_scroll_area import TallScrollArea


class MainWindow(QWidget):
    """Shows the page that the view names.

    Signals: ``closed()`` when she closes the window.
    """

    closed = Signal()

    def __init__(self, submit: Callable[[object], None]) -> None:
        super().__init__()
        self._submit = submit
        self._page: Page | None = None
        self.setWindowTitle(self.tr("RemoteHelp"))
        self.notice = controls.narrow(controls.label(look="notice", identifier="notice"))
        self.start = StartPage(submit)
        self.code = CodePage(submit)
        self.waiting = WaitingPage(submit)
        self.meeting = MeetingPage(submit)
        self.goodbye = GoodbyePage(submit)
        self._areas: dict[Page, QWidget] = {
            Page.START: TallScrollArea(self.start, theme.WINDOW[0]),
            Page.CODE: TallScrollArea(self.code, theme.WINDOW[0]),
            Page.WAITING: TallScrollArea(self.waiting, theme.WINDOW[0]),
            Page.MEETING: self.meeting,  # these two keep their last buttons in sight
            Page.GOODBYE: self.goodbye,
        }
        self._arrange()

    def show_view(self, view: CustomerView) -> None:
        """Draw what the view says on the page that it names."""
        told = sentences.told(view.notice) if view.notice else ""
        if told and told != self.notice.text():
            controls.announce(self.notice, told)
        self.notice.setText(told)
        self._head.setVisible(bool(told))
        for drawn in (self.start, self.code, self.waiting, self.meeting, self.goodbye):
            drawn.show_view(view)
        if view.page is not self._page:
            self._turn_to(view.page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is the safe way back."""
        way_back = {Page.CODE: Cancel(), Page.WAITING: Cancel(), Page.MEETING: DeclineVisit()}
        if event.key() == Qt.Key.Key_Escape and self._page in way_back:
            self._submit(way_back[self._page])
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """She is done with the program."""
        super().closeEvent(event)
        self.closed.emit()

    def _turn_to(self, page: Page) -> None:
        self._page = page
        if page in self._areas:
            self._stack.setCurrentWidget(self._areas[page])
            self._first_control(page).setFocus()

    def _first_control(self, page: Page) -> QWidget:
        return {
            Page.START: self.start.problem,
            Page.CODE: self.code.cancel,
            Page.WAITING: self.waiting.cancel,
            Page.MEETING: self.meeting.decline,
            Page.GOODBYE: self.goodbye.close_visit,
        }[page]

    def _arrange(self) -> None:
        self._stack = QStackedWidget()
        for area in self._areas.values():
            self._stack.addWidget(area)
        column = QVBoxLayout(self)
        controls.spaced(column, margin=0, spacing=0)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        controls.spaced(head, margin=theme.STEP)
        head.addWidget(self.notice)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        self._head.hide()
        room = self.screen().availableGeometry().size() - QSize(0, theme.TITLE_BAR)
        self.resize(QSize(*theme.WINDOW).boundedTo(room))

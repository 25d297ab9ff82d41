"""The technician's one window: the page that the state names, and what the state has to tell above it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from remotehelp.errors import HelpError
from remotehelp.media.canvas import Canvas
from remotehelp.media.cursor import Cursor
from remotehelp.media.frame import Frame
from remotehelp.technician.intents import EndVisit, Intent
from remotehelp.technician.view import Ended, Page, TechnicianView
from remotehelp.visit.shown import Notice
from ui.shared import controls, resources, sentences, theme
from ui.technician import parts
from ui.technician.desk import DeskPage
from ui.technician.end_question import EndQuestion
from ui.technician.first_start import FirstStartPage
from ui.technician.goodbye import GoodbyePage
from ui.technician.key_list import KeyList
from ui.technician.keys_rest import KeysRest
from ui.technician.roomy import Roomy
from ui.technician.sign_in import SignInPage
from ui.technician.visit import VisitPage

AnyPage = FirstStartPage | SignInPage | DeskPage | VisitPage | GoodbyePage


@runtime_checkable
class ShowsOwnFace(Protocol):
    """A page with the preview of the own camera."""

    def show_own_face(self, frame: Frame) -> None:
        """The newest picture."""


class TechnicianWindow(QWidget):
    """Shows one page at a time; a page that is left is gone, so that no name is there twice.

    Signals: ``closed()`` when the person closed the window.
    """

    closed = Signal()

    def __init__(self, submit: Callable[[Intent], None], clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._submit, self._clock = submit, clock
        self._kind: type[AnyPage] | None = None
        self._page: AnyPage | None = None
        self._place: QWidget | None = None  # the page, with room round it
        self._in_visit = False
        self._end_question: EndQuestion | None = None
        self._rest = KeysRest(self)
        self._own_trouble: Notice | None = None
        self._notice = controls.narrow(controls.label(look="notice", identifier="notice"))
        self._strip = QWidget()
        self._strip.hide()
        strip = QVBoxLayout(self._strip)
        controls.spaced(strip, margin=theme.STEP)
        strip.addWidget(self._notice)
        self._whole = QVBoxLayout(self)
        controls.spaced(self._whole, margin=0, spacing=0)
        self._whole.addWidget(self._strip)
        self.setWindowTitle(self.tr("RemoteHelp – technician"))
        self.setWindowIcon(resources.icon("support_agent", theme.current().colours.see_frame))
        room = self.screen().availableGeometry().size() - QSize(0, theme.TITLE_BAR)
        self.resize(QSize(*theme.DESK).boundedTo(room))
        for key in ("F1", "?"):
            parts.on_key(self, key, self.tr("Show the keys"), self.show_keys)

    def show_view(self, view: TechnicianView) -> None:
        """Draw the whole state."""
        self._in_visit = view.page is Page.VISIT and view.accepted
        if not self._in_visit and self._end_question is not None:
            self._end_question.reject()
        left, kind = self._kind, KINDS[view.page]
        if kind is not left:
            self._open(kind)
        if self._page is not None:
            self._page.show_view(view)
            if kind is not left:
                ended_from_outside = left is VisitPage and view.ended is not Ended.BY_ME
                (self._rest if ended_from_outside else self._page.first).setFocus()
        self._tell(view.notice or self._own_trouble)

    def show_screen(self, canvas: Canvas) -> None:
        """Something changed on the picture of the customer's screen; outside a visit it is dropped."""
        if isinstance(self._page, VisitPage):
            self._page.show_screen(canvas)

    def show_cursor(self, cursor: Cursor) -> None:
        """The customer's pointer, as it is now; outside a visit it is dropped."""
        if isinstance(self._page, VisitPage):
            self._page.show_cursor(cursor)

    def show_own_face(self, frame: Frame) -> None:
        """The newest picture of the own camera."""
        if isinstance(self._page, ShowsOwnFace):
            self._page.show_own_face(frame)

    def show_trouble(self, error: HelpError) -> None:
        """Tell what this computer can't do, until a state has something else to tell."""
        self._own_trouble = Notice.of(error)
        self._tell(self._own_trouble)

    def show_keys(self) -> None:
        """Open the list of keys."""
        KeyList(self).show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The person is done, unless a visit is still going on: then a question comes first."""
        if self._in_visit:
            event.ignore()
            self._ask_for_the_end()
            return
        super().closeEvent(event)
        self.closed.emit()

    def _ask_for_the_end(self) -> None:
        if self._end_question is None:
            self._end_question = EndQuestion(self)
            self._end_question.finished.connect(self._end_answered)
            self._end_question.open()

    def _end_answered(self, answer: int) -> None:
        self._end_question = None
        if answer == EndQuestion.DialogCode.Accepted and self._in_visit:
            self._submit(EndVisit())

    def _open(self, kind: type[AnyPage]) -> None:
        if self._place is not None:
            self._whole.removeWidget(self._place)
            self._place.hide()
            self._place.deleteLater()
        self._kind = kind
        self._page = kind(self._submit, self._clock) if issubclass(kind, DeskPage | VisitPage) else kind(self._submit)
        self._place = self._page if isinstance(self._page, VisitPage) else Roomy(self._page)
        self._whole.addWidget(self._place, 1)
        self._place.show()

    def _tell(self, notice: Notice | None) -> None:
        words = sentences.told(notice) if notice else ""
        if words and words != self._notice.text():
            controls.announce(self._notice, words)
        self._notice.setText(words)
        self._strip.setVisible(bool(words))


KINDS: dict[Page, type[AnyPage]] = {
    Page.FIRST_START: FirstStartPage,
    Page.SIGN_IN: SignInPage,
    Page.DESK: DeskPage,
    Page.JOINING: DeskPage,
    Page.VISIT: VisitPage,
    Page.GOODBYE: GoodbyePage,
}

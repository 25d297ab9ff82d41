"""The technician's one window: the page that the state names, and what the state has to tell above it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from remotehelp.errors import HelpError
from remotehelp.media.frame import Frame
from remotehelp.technician.intents import Intent
from remotehelp.technician.view import Page, TechnicianView
from remotehelp.visit.shown import Notice
from ui.shared import controls, sentences, theme
from ui.technician import parts
from ui.technician.desk import DeskPage
from ui.technician.first_start import FirstStartPage
from ui.technician.goodbye import GoodbyePage
from ui.technician.key_list import KeyList
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
        self._own_trouble: Notice | None = None
        self._notice = controls.label(look="notice", identifier="notice")
        self._strip = QWidget()
        self._strip.hide()
        strip = QVBoxLayout(self._strip)
        controls.spaced(strip, margin=theme.STEP)
        strip.addWidget(self._notice)
        self._whole = QVBoxLayout(self)
        controls.spaced(self._whole, margin=0, spacing=0)
        self._whole.addWidget(self._strip)
        self.setWindowTitle(self.tr("RemoteHelp – technician"))
        room = self.screen().availableGeometry().size() - QSize(0, theme.TITLE_BAR)
        self.resize(QSize(*theme.DESK).boundedTo(room))
        for key in ("F1", "?"):
            parts.on_key(self, key, self.tr("Show the keys"), self.show_keys)

    def show_view(self, view: TechnicianView) -> None:
        """Draw the whole state."""
        self._open(KINDS[view.page])
        if self._page is not None:
            self._page.show_view(view)
        self._tell(view.notice or self._own_trouble)

    def show_screen(self, frame: Frame) -> None:
        """The newest picture of the customer's screen; outside a visit it is dropped."""
        if isinstance(self._page, VisitPage):
            self._page.show_screen(frame)

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
        """The person is done."""
        super().closeEvent(event)
        self.closed.emit()

    def _open(self, kind: type[AnyPage]) -> None:
        if kind is self._kind:
            return
        if self._page is not None:
            self._whole.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
        self._kind = kind
        self._page = VisitPage(self._submit, self._clock) if kind is VisitPage else kind(self._submit)
        self._whole.addWidget(self._page, 1)
        self._page.show()
        self._page.first.setFocus()

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

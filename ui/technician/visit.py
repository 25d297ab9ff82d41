"""A visit: the customer's screen in the middle, everything that can be done with it around it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from remotehelp.media.canvas import Canvas
from remotehelp.media.cursor import Cursor
from remotehelp.media.frame import Frame
from remotehelp.technician.intents import Intent
from remotehelp.technician.view import TechnicianView
from ui.shared import controls, tame, theme
from ui.shared.line_details import show_line_details
from ui.shared.short_label import ShortLabel
from ui.technician import words
from ui.technician.actions import Actions
from ui.technician.roomy import Roomy
from ui.technician.screen_view import ScreenView
from ui.technician.side import SideColumn


class VisitPage(QWidget):
    """Header, screen, actions and the right column; ``clock`` gives the seconds that ``began_at`` counts in."""

    def __init__(
        self,
        submit: Callable[[Intent], None],
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._began_at: float | None = None
        self._problem = ShortLabel(look="title", identifier="problem", lines=2)
        self._line = controls.label(identifier="line")
        self._timer = controls.label(identifier="timer")
        self.screen_view = ScreenView(submit, clock)
        self._actions = Actions(submit, clock=clock)
        self._side = SideColumn(submit)
        self._lay_out()
        ticks = QTimer(self, interval=1000)
        ticks.timeout.connect(self._tick)
        ticks.start()

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        controls.spaced(header, margin=0, spacing=2 * theme.STEP)
        header.addWidget(self._problem, 1)
        header.addWidget(self._line)
        header.addWidget(self._timer)
        for short in (self._line, self._timer):
            short.setWordWrap(False)
        left = QVBoxLayout()
        controls.spaced(left, margin=0)
        left.addLayout(header)
        left.addWidget(self.screen_view, 1)
        left.addWidget(self._actions)
        whole = QHBoxLayout(self)
        controls.spaced(whole, margin=theme.STEP)
        whole.addLayout(left, 1)
        side = Roomy(self._side)
        side.setFixedWidth(theme.SIDE_WIDTH)
        whole.addWidget(side)

    @property
    def first(self) -> QWidget:
        """What has the focus at first."""
        return self._side.first

    def show_view(self, view: TechnicianView) -> None:
        """Follow the state."""
        self._problem.setText(view.problem or self.tr("A visit"))
        self._problem.setToolTip(tame.tip(view.problem))
        if words.line(view.line) != self._line.text():
            self._line.setText(words.line(view.line))
            theme.look(self._line, words.LINE_LOOKS[view.line])
        show_line_details(self._line, view.quality)
        self._began_at = view.began_at
        self._tick()
        self.screen_view.show_view(view, self._why_no_picture(view))
        self._actions.show_view(view)
        self._side.show_view(view)

    def show_screen(self, canvas: Canvas) -> None:
        """Something changed on the picture of the customer's screen."""
        self.screen_view.show_canvas(canvas)

    def show_cursor(self, cursor: Cursor) -> None:
        """The customer's pointer, as it is now."""
        self.screen_view.picture.show_cursor(cursor)

    def show_own_face(self, frame: Frame) -> None:
        """The newest picture of the own camera."""
        self._side.show_own_face(frame)

    def _why_no_picture(self, view: TechnicianView) -> str:
        if view.she_left:
            return self.tr("The customer has left the visit.")
        if not view.accepted:
            return self.tr("The customer sees your face and your name now, and decides whether to let you in.")
        if view.sees:
            return self.tr("The picture is on its way …")
        return self.tr("You can't see the customer's screen. Ask to see it with Ctrl+1.")

    def _tick(self) -> None:
        self._timer.setText("" if self._began_at is None else words.clock(self._clock() - self._began_at))

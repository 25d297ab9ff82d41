"""The customer's screen with its scroll bars, and the line that tells where the keyboard is."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollBar, QVBoxLayout, QWidget

from remotehelp.media.canvas import Canvas
from remotehelp.technician.intents import Intent
from remotehelp.technician.view import TechnicianView
from ui.shared import controls, tame, theme
from ui.technician import parts
from ui.technician.keys_rest import KeysRest
from ui.technician.mapping import Mode
from ui.technician.screen_picture import ScreenPicture
from ui.technician.send_keys import SendKeysButton
from ui.technician.their_screens import TheirScreens

NOTCH = 120  # of the wheel


class ScreenView(QWidget):
    """The picture at 1:1 with scroll bars or fitted, switched by `Whole screen` (F5); F6 goes into the picture.

    `Send keys` (F7) has what the picture can't be given: keys that our own computer takes or our keyboard lacks.
    """

    def __init__(
        self,
        submit: Callable[[Intent], None],
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.picture = ScreenPicture(submit, clock)
        self.picture.setMinimumSize(32 * theme.STEP, 12 * theme.STEP)  # it never vanishes
        self._across, self._down = _bar(Qt.Orientation.Horizontal), _bar(Qt.Orientation.Vertical)
        self._rest = KeysRest(self)
        self._where = controls.label(identifier="keyboard")
        self._send_keys = SendKeysButton(submit)
        self._fit = parts.button(self.tr("Whole screen"), "F5", icon="open_in_full")
        self._fit.setCheckable(True)
        self._fit.setChecked(True)
        self._screens = TheirScreens(submit)
        self._alone = controls.label(look="small", identifier="one-window")
        self._alone.hide()
        self._controls = self._her_turn = False
        self._lay_out()
        self._connect()
        self._tell_keyboard()

    def _lay_out(self) -> None:
        self._framed = _Ringed(self.picture)
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.addWidget(self._framed, 0, 0)
        grid.addWidget(self._down, 0, 1)
        grid.addWidget(self._across, 1, 0)
        grid.setRowStretch(0, 1)
        grid.setColumnStretch(0, 1)
        row = QHBoxLayout()
        controls.spaced(row, margin=0)
        row.addWidget(self._where, 1)
        row.addWidget(self._send_keys)
        row.addWidget(self._screens)
        row.addWidget(self._fit)
        whole = QVBoxLayout(self)
        controls.spaced(whole, margin=0, spacing=theme.HALF)
        whole.addLayout(grid, 1)
        whole.addWidget(self._alone)
        whole.addLayout(row)

    def _connect(self) -> None:
        self._fit.toggled.connect(self._fit_toggled)
        self.picture.laid_out.connect(self._fit_bars)
        self.picture.holding.connect(self._tell_keyboard)
        self.picture.freed.connect(self._fit.setFocus)
        for bar in (self._across, self._down):
            bar.valueChanged.connect(self._scrolled)
        parts.on_key(self, "F6", self.tr("Type on the customer's computer"), self.picture.setFocus)
        back, on = QScrollBar.SliderAction.SliderSingleStepSub, QScrollBar.SliderAction.SliderSingleStepAdd
        for key, words, bar, step in (
            ("Alt+Left", self.tr("Move the view left"), self._across, back),
            ("Alt+Right", self.tr("Move the view right"), self._across, on),
            ("Alt+Up", self.tr("Move the view up"), self._down, back),
            ("Alt+Down", self.tr("Move the view down"), self._down, on),
        ):
            parts.on_key(self, key, words, lambda bar=bar, step=step: bar.triggerAction(step))

    def show_view(self, view: TechnicianView, words: str) -> None:
        """Follow the state; ``words`` stand there while there is no picture."""
        self._controls, self._her_turn = view.controls, view.her_turn
        held = self.picture.holds_keyboard
        self.picture.show_view(view, words)
        self._send_keys.show_view(view)
        if held and not self.picture.holds_keyboard:  # control ended in the middle of a word
            self._rest.setFocus()
        chose = self._screens.hasFocus()
        self._screens.show_view(view)
        if chose and not self._screens.isEnabled():  # asked: the keyboard must not fall to a button that asks, too
            self._rest.setFocus()
        controls.show_text(self._alone, self._one_window(view))
        self._tell_keyboard()

    def _one_window(self, view: TechnicianView) -> str:
        """In words that nothing but one window is shown; empty if it is not so."""
        if not view.screens.alone:
            return ""
        title = " ".join(map(tame.flat, view.screens.shown)) or self.tr("(without a title)")
        return self.tr("You see one window only, and only it can be used: {title}").format(title=title)

    def show_canvas(self, canvas: Canvas) -> None:
        """Show what changed on ``canvas``."""
        self.picture.show_canvas(canvas)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Without control the wheel moves the picture."""
        event.accept()
        turn = event.angleDelta()
        for bar, delta in ((self._across, turn.x()), (self._down, turn.y())):
            bar.setValue(bar.value() - delta * bar.singleStep() // NOTCH)

    def _fit_toggled(self, whole: bool) -> None:
        self.picture.set_mode(Mode.FITTED if whole else Mode.ONE_TO_ONE)

    def _fit_bars(self) -> None:
        for bar, length, page in zip(
            (self._across, self._down),
            self.picture.travel(),
            (self.picture.width(), self.picture.height()),
            strict=True,
        ):
            bar.setRange(0, length)
            bar.setPageStep(round(page * self.devicePixelRatioF()))
            bar.setSingleStep(max(bar.pageStep() // 10, 1))
        self._scrolled()
        for bar in (self._across, self._down):  # last: it changes the room and comes back here
            bar.setVisible(bar.maximum() > 0)

    def _scrolled(self) -> None:
        self.picture.set_scroll(self._across.value(), self._down.value())

    def _tell_keyboard(self) -> None:
        if self._her_turn:
            words = self.tr("The customer is using mouse and keyboard now: yours wait")
        elif self.picture.holds_keyboard:
            words = self.tr("keyboard: theirs – Esc Esc to free")
        elif self._controls:
            words = self.tr("keyboard: here – click into the picture to type there")
        else:
            words = self.tr("keyboard: here")
        if words != self._where.text():
            self._where.setText(words)
            theme.look(self._where, self._look_of_keyboard())
        self._framed.update()

    def _look_of_keyboard(self) -> str:
        if self._her_turn:
            return "strong"
        return "control" if self.picture.holds_keyboard else "quiet"


def _bar(orientation: Qt.Orientation) -> QScrollBar:
    bar = QScrollBar(orientation)
    bar.setVisible(False)
    return bar


class _Ringed(QWidget):
    """Holds the picture and shows a ring round it while it has the focus: nothing covers her screen."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        layout = QVBoxLayout(self)
        controls.spaced(layout, margin=theme.FOCUS_RING, spacing=0)
        layout.addWidget(inside)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring, or the surround."""
        colours = theme.current().colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.focus if self._inside.hasFocus() else colours.surround))
        painter.end()

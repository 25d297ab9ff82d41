"""The picture of the customer's screen: paints it pixel for pixel and sends what our mouse and keys do to it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QHideEvent,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
    QResizeEvent,
    QSinglePointEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from remotehelp.media.area import Rect
from remotehelp.media.canvas import Canvas
from remotehelp.media.cursor import Cursor
from remotehelp.technician.intents import (
    Intent,
    ReleaseKeys,
    ScreenShown,
    SendButton,
    SendKey,
    SendPointer,
    SendText,
    SendWheel,
)
from remotehelp.technician.view import TechnicianView
from remotehelp.visit.shown import Line
from ui.shared import theme
from ui.technician.her_pointer import HerPointer
from ui.technician.keyboard import SETTLE_MS, Keyboard
from ui.technician.mapping import Area, Mode, Placement, area, device_pixel, travel
from ui.technician.mapping import place as lay_out
from ui.technician.meaning import code_of, hers, printable, text_of
from ui.technician.own_trail import TRAIL_S

# Qt's buttons as X11 counts them
BUTTONS = {
    Qt.MouseButton.LeftButton: 1,
    Qt.MouseButton.MiddleButton: 2,
    Qt.MouseButton.RightButton: 3,
    Qt.MouseButton.BackButton: 8,
    Qt.MouseButton.ForwardButton: 9,
}
WHEEL_LIMIT = 12000  # of messages.Wheel
PER_PIXEL = 2  # 1/120 of a notch that a touchpad's pixel counts where it tells no angle; Qt reckons so on macOS
FAR = 16384  # device pixels beyond any window's edge


class ScreenPicture(QLabel):
    """Her screen, 1:1 or fitted; while it *holds* the keyboard every key goes to her computer by its physical place.

    ``submit`` takes the intents; ``clock`` gives steady seconds. Signals: ``holding(bool)`` when the keyboard changes
    sides, ``freed()`` after Esc Esc, ``laid_out()`` when the room for the picture or its size changed.
    """

    holding = Signal(bool)
    freed = Signal()
    laid_out = Signal()
    _painted = Signal()

    def __init__(
        self,
        submit: Callable[[Intent], None],
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._submit, self._clock = submit, clock
        self._canvas: Canvas | None = None
        self._size = (0, 0)  # of her screen, in her pixels
        self._words = self._old = ""  # instead of a picture, and over one that is not live any more
        self._mode, self._scroll = Mode.FITTED, (0, 0)
        self._sees = self._controls = self._points = self._shown = False
        self._her_turn = False
        self._keyboard, self._holds = Keyboard(), False
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settling.timeout.connect(lambda: self._send(self._keyboard.settle()))
        self._buttons: dict[int, tuple[int, int]] = {}  # down over there, and where they were last
        self._pointer, self._over = HerPointer(), False  # whether our mouse is on the picture
        self._wears: QCursor | None = None
        self._echo_ends = QTimer(self, singleShot=True, interval=round(TRAIL_S * 1000))
        self._echo_ends.timeout.connect(self._look_at_pointer)
        self.setAccessibleName(self.tr("Customer's screen"))
        self.setPixmap(QPixmap(1, 1))  # a QLabel with a pixmap has the accessible role of an image
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._painted.connect(self._say_shown, Qt.ConnectionType.QueuedConnection)  # after the paint has left

    # --- what is shown -------------------------------------------------------------------------------

    def show_view(self, view: TechnicianView, words: str) -> None:
        """Follow the state; ``words`` stand in the middle while there is no picture."""
        if self._sees and not view.sees:
            self._forget_picture()
        self._sees, self._controls, self._points = view.sees, view.controls, view.points or view.controls
        self._words, self._her_turn = words, view.her_turn
        self._mark_old(view.sees and view.line is Line.LOST)
        if not self._controls:
            self._buttons.clear()
            self._pointer.trail.forget()
            self._let_go()
        elif self.hasFocus() and QApplication.activePopupWidget() is None:  # a menu has the keyboard while it is open
            self._take()
        self._look_at_pointer()
        self.update()

    def _mark_old(self, old: bool) -> None:
        self._old = self.tr("Not live: the picture from before the line was lost") if old else ""
        if self._old != self.accessibleDescription():
            self.setAccessibleDescription(self._old)

    def show_canvas(self, canvas: Canvas) -> None:
        """Paint what changed on ``canvas`` since the last time; it is read where it lies, not copied."""
        dirty = canvas.take_dirty()
        if canvas is not self._canvas or canvas.size != self._size:
            self._canvas, self._size = canvas, canvas.size
            self.laid_out.emit()
            self.update()
            return
        placement = self.placement()
        if placement is not None and dirty:
            room = QRegion()
            for rect in dirty:
                room += self._room_of(rect, placement)
            self.repaint(room)  # at once: what update() asks for, Qt's X11 platform does 5 ms later

    def _room_of(self, rect: Rect, at: Placement) -> QRect:
        """The part of this widget on which her rectangle is painted, with what smoothing spreads beyond it."""
        origin, ratio = self._origin(), self.devicePixelRatioF()
        left, top, width, height = at.room(Rect(rect.x - 1, rect.y - 1, rect.width + 2, rect.height + 2))
        room = QRectF(left / ratio - origin.x(), top / ratio - origin.y(), width / ratio, height / ratio)
        return room.toAlignedRect()

    def show_cursor(self, cursor: Cursor) -> None:
        """Her pointer is like this now."""
        if self._sees:
            self._follow_pointer(cursor)

    def _follow_pointer(self, cursor: Cursor | None) -> None:
        before = self._pointer.drawn()
        self._pointer.show(cursor)
        self._decide_pointer()
        self._paint_pointer(before, self._pointer.drawn())
        self._echo_ends.start()

    def _look_at_pointer(self) -> None:
        """Something else has changed that decides who shows her pointer."""
        before = self._pointer.drawn()
        self._decide_pointer()
        if before != self._pointer.drawn():
            self._paint_pointer(before, self._pointer.drawn())

    def _decide_pointer(self) -> None:
        self._pointer.decide(self._clock(), ours=self._controls and self._over, hers=self._her_turn)
        worn = self._pointer.worn(self.devicePixelRatioF())
        if worn is self._wears:
            return
        self._wears = worn
        if worn is None:
            self.unsetCursor()
        else:
            self.setCursor(worn)

    def _paint_pointer(self, *rects: Rect | None) -> None:
        placement = self.placement()
        if placement is not None:
            for rect in filter(None, rects):
                self.update(self._room_of(rect, placement))

    def _lost_trail(self) -> None:
        """The picture moved under our mouse: it is no longer where it was sent from."""
        self._pointer.trail.forget()
        self._look_at_pointer()

    def _forget_picture(self) -> None:
        self._canvas, self._size, self._shown = None, (0, 0), False
        self._follow_pointer(None)
        self.laid_out.emit()

    @property
    def mode(self) -> Mode:
        """1:1 or fitted."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Show at 1:1 or fitted from now on."""
        self._mode = mode
        self._lost_trail()
        self.laid_out.emit()
        self.update()

    def set_scroll(self, x: int, y: int) -> None:
        """Which of her pixels stands at the top left, where the picture is larger than its room (device pixels)."""
        if (x, y) != self._scroll:
            self._scroll = (x, y)
            self._lost_trail()
        self.update()

    def travel(self) -> tuple[int, int]:
        """How far the picture can be scrolled now, device pixels."""
        if self._canvas is None or self._mode is Mode.FITTED:
            return 0, 0
        return travel(self._size, self._area())

    def placement(self) -> Placement | None:
        """Where the picture lies, device pixels of the window; None while none is shown."""
        if self._canvas is None or not self._sees:
            return None
        return lay_out(self._size, self._area(), self._mode, self._scroll)

    def _area(self) -> Area:
        origin = self._origin()
        return area((origin.x(), origin.y()), (self.width(), self.height()), self.devicePixelRatioF())

    def _origin(self) -> QPoint:
        return self.mapTo(self.window(), QPoint(0, 0))

    # --- painting ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture on its dark surround, or the words."""
        painter, surround = QPainter(self), QColor(theme.current().colours.surround)
        placement = self.placement()
        if placement is None or self._canvas is None:
            painter.fillRect(event.rect(), surround)
            self._paint_words(painter)
        else:
            self._paint_picture(painter, placement, surround, self._canvas)
        painter.end()
        if placement is not None and self._old:
            self._paint_old(event.rect())
        if placement is not None and not self._shown:
            self._shown = True
            self._painted.emit()

    def _paint_picture(self, painter: QPainter, at: Placement, surround: QColor, canvas: Canvas) -> None:
        """Draw in whole device pixels: a widget's own origin falls between two of them at 125 or 175 %.

        What the picture covers is not filled before: at 1080p that takes half as long as the picture itself.
        """
        device, origin, ratio = painter.deviceTransform(), self._origin(), self.devicePixelRatioF()
        left = at.left + round(device.dx() - origin.x() * ratio)
        top = at.top + round(device.dy() - origin.y() * ratio)
        painter.setWorldTransform(QTransform.fromTranslate(left, top) * device.inverted()[0])
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, (at.width, at.height) != at.picture)
        picture = QRect(0, 0, at.width, at.height)
        with canvas.reading() as now:
            if (now.width, now.height) == at.picture:
                image = QImage(now.pixels, now.width, now.height, now.stride, QImage.Format.Format_RGB32)
                painter.drawImage(picture, image)
        painter.setClipRect(picture)
        self._pointer.paint(painter, at)
        everywhere = picture.adjusted(-FAR, -FAR, FAR, FAR)
        painter.setClipRegion(QRegion(everywhere).subtracted(QRegion(picture)))
        painter.fillRect(everywhere, surround)

    def _paint_old(self, rect: QRect) -> None:
        """Fade what is not live any more, and say so in the middle of it."""
        colours = theme.current().colours
        veil, painter = QColor(colours.surround), QPainter(self)
        veil.setAlphaF(0.6)
        painter.fillRect(rect, veil)
        size = QFontMetrics(self.font()).size(0, self._old) + QSize(4 * theme.STEP, 2 * theme.STEP)
        plate = QRect(self.rect().center() - QPoint(size.width() // 2, size.height() // 2), size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.surround))
        painter.drawRoundedRect(plate, theme.HALF, theme.HALF)
        painter.setPen(QColor(colours.on_surround))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self._old)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        painter.setPen(QColor(theme.current().colours.on_surround))
        within = self.rect().adjusted(theme.MARGIN, theme.MARGIN, -theme.MARGIN, -theme.MARGIN)
        painter.drawText(within, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)

    def _say_shown(self) -> None:
        if self._shown:
            self._submit(ScreenShown())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that the room changed."""
        super().resizeEvent(event)
        self._lost_trail()
        self.laid_out.emit()

    # --- the mouse -----------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Send where we point."""
        spot = self._spot(event)
        if spot is not None and self._points:
            self._buttons = dict.fromkeys(self._buttons, spot[0])
            self._submit(SendPointer(*spot[0]))
            self._pointer.trail.sent(spot[0], self._clock())
        self._over = spot is not None and spot[1]
        self._look_at_pointer()

    def leaveEvent(self, event: QEvent) -> None:
        """Our mouse is elsewhere."""
        super().leaveEvent(event)
        self._over = False
        self._look_at_pointer()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the keyboard and send the button."""
        self._take()
        spot, button = self._spot(event), BUTTONS.get(event.button())
        if self._controls and button is not None and spot is not None and spot[1]:
            self._send(self._keyboard.settle())
            self._buttons[button] = spot[0]
            self._submit(SendButton(button, True, *spot[0]))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of two: her computer counts the clicks."""
        self.mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Send the release of a press that went across, wherever it is."""
        spot, button = self._spot(event), BUTTONS.get(event.button())
        if button is not None and button in self._buttons:
            last = self._buttons.pop(button)
            self._submit(SendButton(button, False, *(spot[0] if spot else last)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Send the turn over her screen; without control it scrolls our view."""
        spot = self._spot(event)
        if not self._controls or spot is None or not spot[1]:
            event.ignore()
            return
        event.accept()
        turn = event.angleDelta() or event.pixelDelta() * PER_PIXEL
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            turn = turn.transposed()  # Qt turns the wheel sideways under Alt; her computer shall see what was done
        if not turn.isNull():
            self._send(self._keyboard.settle())
            self._submit(SendWheel(_bounded(-turn.x()), _bounded(turn.y()), *spot[0]))

    def _spot(self, event: QSinglePointEvent) -> tuple[tuple[int, int], bool] | None:
        """Her pixel under the pointer, and whether the pointer really is on the picture."""
        placement = self.placement()
        if placement is None:
            return None
        origin, ratio, here = self._origin(), self.devicePixelRatioF(), event.position()
        x, y = device_pixel(origin.x() + here.x(), ratio), device_pixel(origin.y() + here.y(), ratio)
        return placement.at(x, y), placement.holds(x, y)

    # --- the keyboard --------------------------------------------------------------------------------

    @property
    def holds_keyboard(self) -> bool:
        """Whether our keys go to her computer."""
        return self._holds

    def event(self, event: QEvent) -> bool:
        """Catch every key, before Tab, shortcuts and Alt mean anything to our own window."""
        if self._holds and isinstance(event, QKeyEvent):
            if event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease) and not event.isAutoRepeat():
                self._key(event)
            event.accept()
            return True
        return super().event(event)

    def _key(self, event: QKeyEvent) -> None:
        place, text = code_of(event.nativeScanCode()), text_of(event)
        if event.type() == QEvent.Type.KeyRelease:
            if place is not None:
                self._send(self._keyboard.release(place, event.timestamp()))
                self._settling.start()
        elif place is None:
            self._write(text)  # a program of ours that types; no keyboard has such a key
        elif (code := hers(place, event.key())) is not None:
            self._press(place, event.timestamp(), SendKey(code, True, text))
        else:
            self._send(self._keyboard.settle())

    def _press(self, place: str, event_ms: int, key: SendKey) -> None:
        pressed = self._keyboard.press(place, event_ms, self._clock(), key)
        if pressed is not None:
            self._send(pressed)
        else:
            self._let_go()
            self.freed.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Send what dead keys, Compose or an input method of ours made of several keys."""
        if self._holds:
            self._write(printable(event.commitString()))
        event.accept()

    def _write(self, text: str) -> None:
        if text:
            self._send(self._keyboard.settle())
            self._submit(SendText(text))

    def _send(self, keys: list[SendKey]) -> None:
        for key in keys:
            self._submit(key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard."""
        super().focusInEvent(event)
        self._take()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give the keyboard back."""
        super().focusOutEvent(event)
        self._let_go()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keyboard back."""
        super().hideEvent(event)
        for button, at in self._buttons.items():
            self._submit(SendButton(button, False, *at))
        self._buttons.clear()
        self._let_go()

    def _take(self) -> None:
        if self._controls and not self._holds:
            self._holds = True
            self._keep_all_keys(True)
            self.holding.emit(True)

    def _let_go(self) -> None:
        if self._holds:
            self._holds = False
            self._keep_all_keys(False)
            self._send(self._keyboard.settle())
            self._keyboard.forget()
            self._submit(ReleaseKeys())
            self.holding.emit(False)

    def _keep_all_keys(self, on: bool) -> None:
        """Dead keys are composed here, and by an X11 grab no key goes to our window manager (Alt+Tab, Super).

        The X server ends the grab with our program; a click elsewhere or Esc Esc ends it by way of the focus.
        """
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on)
        window = self.window().windowHandle()
        if window is not None and QGuiApplication.platformName() == "xcb":
            window.setKeyboardGrabEnabled(on)


def _bounded(turn: int) -> int:
    return max(-WHEEL_LIMIT, min(turn, WHEEL_LIMIT))

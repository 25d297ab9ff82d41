"""Paints the newest frame of a stream and says when it was really on the screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from remotehelp.media.frame import Frame
from ui.shared import theme

LEAST_TYPE = 9  # pixels: of a mark over a very small face


class PictureView(QLabel):
    """One stream's newest frame, its aspect kept; reads as an image to a screen reader.

    ``name`` is its accessible name. ``radius`` rounds the picture's corners. Signals: ``painted(number)`` after the
    frame of that number was painted and given to the display for the first time.
    """

    painted = Signal(int)
    _drawn = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None, *, radius: int = 0) -> None:
        super().__init__(parent)
        self._frame: Frame | None = None
        self._image = QImage()
        self._radius = radius
        self._mark = self._still = ""
        self._empty = ""
        self._painted = -1
        self.setAccessibleName(name)
        self.setPixmap(QPixmap(1, 1))  # a QLabel with a pixmap has the accessible role of an image
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # queued: it comes after the paint has left for the display
        self._drawn.connect(self.painted, Qt.ConnectionType.QueuedConnection)

    def show_frame(self, frame: Frame) -> None:
        """Show ``frame`` from the next paint on; its buffer is kept, not copied."""
        self._frame = frame
        self._image = QImage(frame.pixels, frame.width, frame.height, frame.stride, QImage.Format.Format_RGB32)
        self.update()

    def clear_frame(self) -> None:
        """Show no picture; the next frame counts as a first one."""
        self._frame, self._image, self._painted = None, QImage(), -1
        self.update()

    def set_mark(self, words: str) -> None:
        """Write ``words`` over the picture ("Demonstration"); nothing if empty."""
        if words != self._mark:
            self._mark = words
            self._describe()

    def set_still(self, words: str) -> None:
        """The picture is an old one: paint it grey, with ``words`` over it. A live one if empty."""
        if words != self._still:
            self._still = words
            self._describe()

    def set_empty(self, words: str) -> None:
        """What stands there while there is no picture."""
        if words != self._empty:
            self._empty = words
            self.update()

    @property
    def empty(self) -> str:
        """What stands there while there is no picture."""
        return self._empty

    def frame_size(self) -> QSize:
        """The size of the frame in its own pixels; empty without one."""
        return self._image.size()

    def picture_rect(self) -> QRect:
        """Where the picture lies in this widget, logical pixels; empty without one."""
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        middle = self.rect().center() - QPoint((size.width() - 1) // 2, (size.height() - 1) // 2)
        return QRect(middle, size)

    def sizeHint(self) -> QSize:
        """Modest: a picture takes the room that is left over."""
        return QSize(32 * theme.STEP, 18 * theme.STEP)

    def minimumSizeHint(self) -> QSize:
        """Small enough to shrink with its window."""
        return QSize(16 * theme.STEP, 9 * theme.STEP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame into its place, then the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image.isNull():
            self._paint_empty(painter)
        else:
            self._paint_frame(painter)
        painter.end()

    def _describe(self) -> None:
        self.setAccessibleDescription(self._words_over_it())
        self.update()

    def _words_over_it(self) -> str:
        return " · ".join(words for words in (self._mark, self._still) if words)

    def _paint_frame(self, painter: QPainter) -> None:
        place = self.picture_rect()
        if self._radius:
            painter.setClipPath(self._rounded(place))
        painter.drawImage(place, self._grey() if self._still else self._image)
        if self._mark or self._still:
            self._paint_mark(painter, place)
        if self._frame is not None and self._frame.number != self._painted:
            self._painted = self._frame.number
            self._drawn.emit(self._painted)

    def _grey(self) -> QImage:
        """The picture without its colours and half gone."""
        grey = self._image.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(QImage.Format.Format_RGB32)
        painter = QPainter(grey)
        faded = QColor(theme.current().colours.surround)
        faded.setAlphaF(0.5)
        painter.fillRect(grey.rect(), faded)
        painter.end()
        return grey

    def _paint_empty(self, painter: QPainter) -> None:
        colours = theme.current().colours
        painter.fillPath(self._rounded(self.rect()), QColor(colours.surround))
        painter.setPen(QColor(colours.on_surround))
        within = self.rect().adjusted(theme.STEP, theme.STEP, -theme.STEP, -theme.STEP)
        painter.drawText(within, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)

    def _paint_mark(self, painter: QPainter, place: QRect) -> None:
        colours, flags = theme.current().colours, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        words, room = self._words_over_it(), place.adjusted(2 * theme.STEP, 0, -2 * theme.STEP, 0)
        font = _fitting(words, self.font(), room.width())
        size = QFontMetrics(font).boundingRect(room, flags, words).size() + QSize(2 * theme.STEP, theme.STEP)
        corner = place.bottomLeft() + QPoint(theme.STEP, 1 - theme.STEP)  # below: no face is there
        plate = QRect(corner - QPoint(0, size.height()), size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.surround))
        painter.drawRoundedRect(plate, theme.HALF, theme.HALF)
        painter.setPen(QColor(colours.on_surround))
        painter.setFont(font)
        painter.drawText(plate, flags, words)

    def _rounded(self, place: QRect) -> QPainterPath:
        path = QPainterPath()
        path.addRoundedRect(QRectF(place), self._radius, self._radius)
        return path


def _fitting(words: str, font: QFont, width: int) -> QFont:
    """The font as large as the longest word needs to fit into ``width`` pixels, within limits."""
    fitting, longest = QFont(font), max(words.split() or [""], key=len)
    for size in range(font.pixelSize(), LEAST_TYPE - 1, -1):
        fitting.setPixelSize(size)
        if QFontMetrics(fitting).horizontalAdvance(longest) <= width:
            break
    return fitting


class FaceView(PictureView):
    """A live face: round corners, and never taller than 16:9 of its width; ``full`` asks for just that height."""

    def __init__(self, name: str, parent: QWidget | None = None, *, full: bool = False) -> None:
        super().__init__(name, parent, radius=theme.CARD_RADIUS)
        self._full = full

    def sizeHint(self) -> QSize:
        """16:9 of the width at hand if ``full``, else modest."""
        return QSize(super().sizeHint().width(), wide_height(self.width())) if self._full else super().sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room above 16:9 to others."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setMaximumHeight(wide_height(event.size().width()))


def wide_height(width: int) -> int:
    """The height of a 16:9 picture of this width."""
    return round(width * 9 / 16)

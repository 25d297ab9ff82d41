"""The customer's pointer over the picture of her screen: drawn there, or worn by our own mouse."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QImage, QPainter, QPixmap

from remotehelp.media.area import Rect
from remotehelp.media.cursor import INVISIBLE, Cursor, Shape
from ui.shared import theme
from ui.technician.mapping import Placement
from ui.technician.own_trail import OwnTrail

DOT = 8  # logical pixels across
GHOSTLY = 0.4  # opacity


class HerPointer:
    """Where it is, what it looks like, and who shows it: never both, so that there are never two of one."""

    def __init__(self) -> None:
        self.trail = OwnTrail()
        self._cursor: Cursor | None = None
        self._image = QImage()
        self._worn = self._ghost = False
        self._made: tuple[tuple[Shape, float, bool], QCursor] | None = None

    def show(self, cursor: Cursor | None) -> None:
        """It is like this now; None: it is not known."""
        if cursor is None or self._cursor is None or cursor.shape != self._cursor.shape:
            self._image = _image(cursor.shape if cursor else INVISIBLE)
        self._cursor = cursor

    def decide(self, now: float, *, ours: bool, hers: bool = False) -> None:
        """Who shows it from now on; ``ours``: our mouse is over the picture and moves hers, unless it is ``hers``."""
        place = None if self._cursor is None else self._cursor.place
        self._ghost = ours and hers
        self._worn = ours and not hers and place is not None and self.trail.leads_to(place, now)

    def drawn(self) -> Rect | None:
        """The rectangle of her screen on which it is drawn; None where it is not."""
        if self._worn or self._cursor is None or self._cursor.place is None or not self._cursor.shape:
            return None
        shape, (x, y) = self._cursor.shape, self._cursor.place
        return Rect(x - shape.hot_x, y - shape.hot_y, shape.width, shape.height)

    def paint(self, painter: QPainter, at: Placement) -> None:
        """Draw it if it is to be drawn, as large as the picture is; the painter counts from the picture's corner."""
        rect = self.drawn()
        if rect is not None:
            left, top, width, height = at.room(rect)
            painter.drawImage(QRectF(left - at.left, top - at.top, width, height), self._image)

    def worn(self, ratio: float) -> QCursor | None:
        """What our mouse looks like, pixel for pixel at this device pixel ratio; None: as ever.

        It is a ghost of hers while she moves hers herself.

        The same object as long as nothing changed: each new one is a cursor of its own to the X server.
        """
        if not (self._worn or self._ghost) or self._cursor is None:
            return None
        look = self._cursor.shape, ratio, self._ghost
        if self._made is None or self._made[0] != look:
            self._made = look, self._make(*look)
        return self._made[1]

    def _make(self, shape: Shape, ratio: float, ghost: bool) -> QCursor:
        picture, hot = QPixmap.fromImage(self._image), (shape.hot_x, shape.hot_y)
        if not shape:
            picture, hot = _dot(ratio)
        return _cursor(_faded(picture) if ghost else picture, hot, ratio)


def _image(shape: Shape) -> QImage:
    if not shape:
        return QImage()
    made = QImage(shape.pixels, shape.width, shape.height, 4 * shape.width, QImage.Format.Format_ARGB32_Premultiplied)
    return made.copy()  # it would not keep the bytes


def _dot(ratio: float) -> tuple[QPixmap, tuple[int, int]]:
    """Where hers is invisible, ours is still to be seen, on light and on dark; with its hot spot."""
    colours, side = theme.current().colours, round(DOT * ratio)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setPen(QColor(colours.on_surround))
    painter.setBrush(QColor(colours.surround))
    painter.drawEllipse(0, 0, side - 1, side - 1)
    painter.end()
    return picture, (side // 2, side // 2)


def _faded(picture: QPixmap) -> QPixmap:
    faded = QPixmap(picture.size())
    faded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faded)
    painter.setOpacity(GHOSTLY)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return faded


def _cursor(picture: QPixmap, hot: tuple[int, int], ratio: float) -> QCursor:
    picture.setDevicePixelRatio(ratio)  # Qt's X11 platform counts the hot spot in device pixels, whatever the ratio
    return QCursor(picture, *hot)

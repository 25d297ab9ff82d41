"""The arrow with which the technician points: a small window on top of everything that lets every click through."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QRegion
from PySide6.QtWidgets import QWidget

from ui.customer.screen_frame import PASSIVE
from ui.customer.windows import to_logical
from ui.shared import theme

#: the outline of an arrow whose tip is the upper left corner, in parts of its window
SHAPE = ((0.0, 0.0), (0.0, 0.86), (0.22, 0.66), (0.38, 1.0), (0.55, 0.92), (0.39, 0.59), (0.68, 0.59))


class PointingArrow(QWidget):
    """Shows where the technician points; its shape is cut out, so that it needs no compositor."""

    def __init__(self) -> None:
        super().__init__(None, PASSIVE)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFixedSize(QSize(theme.ARROW, theme.ARROW))
        self.setMask(QRegion(self._outline().toPolygon()))

    def point(self, at: tuple[int, int] | None) -> None:
        """Put the tip on this device pixel of the root window; None takes the arrow away."""
        if at is None:
            self.hide()
            return
        self.move(to_logical(QPoint(*at)))
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the arrow with an edge that shows on any ground."""
        colours = theme.current().colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours.see_frame))
        painter.setPen(QPen(QColor(colours.on_surround), theme.HALF))
        painter.drawPolygon(self._outline())
        painter.end()

    def _outline(self) -> QPolygonF:
        return QPolygonF([QPointF(x * theme.ARROW, y * theme.ARROW) for x, y in SHAPE])

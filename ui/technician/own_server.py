"""What customers need to reach this technician: address, link and QR code of the server inside this program."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from remotehelp.technician.view import TechnicianView
from ui.shared import controls, theme
from ui.technician import parts

WIDTH = theme.SIDE_WIDTH - 5 * theme.STEP  # so that the desk fits on a small screen at 200 %


class OwnServer(QWidget):
    """Labels `broker-address` and `customer-link`, the button `Copy link` and the QR code; hidden without a server."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn, self._whole_link = b"", ""
        self.setMinimumWidth(WIDTH)
        self.setMaximumWidth(theme.SIDE_WIDTH)
        frame, inside = controls.card()
        inside.addWidget(controls.label(self.tr("Customers reach you here"), look="strong"))
        self._address = parts.ShortLabel("broker-address")
        self._link = parts.ShortLabel("customer-link")
        self._copy = parts.button(self.tr("Copy link"), "Ctrl+Shift+L", icon="link")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._whole_link))
        self._qr = QLabel()
        self._qr.setAccessibleName(self.tr("QR code of the link"))
        for part in (self._address, self._link):
            inside.addWidget(part)
        inside.addWidget(self._copy, alignment=Qt.AlignmentFlag.AlignLeading)
        inside.addWidget(self._qr, alignment=Qt.AlignmentFlag.AlignCenter)
        whole = QVBoxLayout(self)
        controls.spaced(whole, margin=0)
        whole.addWidget(frame)

    def show_view(self, view: TechnicianView) -> None:
        """Follow the state."""
        self.setVisible(view.own_broker and bool(view.customer_link))
        self._whole_link = view.customer_link
        self._address.show_text(view.customer_address)
        self._link.show_text(view.customer_link)
        if view.link_qr and view.link_qr != self._drawn:
            self._drawn = view.link_qr
            self._qr.setPixmap(drawn(view.link_qr, WIDTH - 4 * theme.STEP, self.devicePixelRatioF()))
        self._qr.setVisible(bool(view.link_qr))


def drawn(svg: bytes, widest: int, ratio: float) -> QPixmap:
    """The code as a square picture in its own size, always dark on light: scanners want it so."""
    code = QSvgRenderer(QByteArray(svg))
    width = min(code.defaultSize().width(), widest)
    pixmap = QPixmap(round(width * ratio), round(width * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(theme.COLOURS[theme.Scheme.LIGHT].card))
    painter = QPainter(pixmap)
    code.render(painter, QRectF(0, 0, width, width))
    painter.end()
    return pixmap

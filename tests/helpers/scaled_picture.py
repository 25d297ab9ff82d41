"""Shows a picture in a window of this process's scale (QT_SCALE_FACTOR) and proves that painting and pointing agree.

Run by tests as ``python -m tests.helpers.scaled_picture``; exit status 0 if every device pixel was right.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from remotehelp.media.cursor import Cursor, Shape
from remotehelp.technician.intents import Intent, SendPointer
from remotehelp.technician.view import Page, TechnicianView
from tests.helpers.stand_in_bridge import canvas_of, paint
from ui.shared import theme
from ui.technician.mapping import Mode, area
from ui.technician.screen_picture import ScreenPicture

ROUNDING = 8  # levels of 255: where Qt begins to scale noise in the middle, it rounds otherwise
VIEW = TechnicianView(page=Page.VISIT, accepted=True, sees=True, points=True)


def window_with(picture: ScreenPicture) -> QWidget:
    """The picture at an odd place of a window, which is no whole device pixel at 125 or 175 %."""
    window, left = QWidget(), QLabel("left")
    left.setFixedWidth(17)
    inner = QHBoxLayout()
    inner.setSpacing(0)
    inner.addWidget(left)
    inner.addWidget(picture, 1)
    outer = QVBoxLayout(window)
    outer.setContentsMargins(3, 5, 7, 9)
    outer.addLayout(inner)
    window.resize(411, 307)
    window.show()
    return window


def noise(width: int, height: int, seed: int = 7) -> np.ndarray:
    """Pixels of which none is like its neighbours."""
    pixels = np.random.default_rng(seed).integers(0, 255, (height, width, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    return pixels


def painted(window: QWidget) -> np.ndarray:
    """The device pixels of the window, B G R."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4)[..., :3].copy()


def check(size: tuple[int, int], scroll: tuple[int, int]) -> None:
    """At 1:1 every device pixel of the picture is hers, and pointing at it names the same pixel."""
    sent: list[Intent] = []
    picture = ScreenPicture(sent.append)
    window = window_with(picture)
    pixels = noise(*size)
    hers = pixels[..., :3]
    picture.set_mode(Mode.ONE_TO_ONE)
    picture.show_view(VIEW, "")
    picture.show_canvas(canvas_of(pixels))
    picture.set_scroll(*scroll)
    QApplication.processEvents()
    ratio, origin = picture.devicePixelRatioF(), picture.mapTo(window, QPointF(0, 0))
    own = area((int(origin.x()), int(origin.y())), (picture.width(), picture.height()), ratio)
    ours, at = painted(window), picture.placement()
    assert at is not None
    left, top = max(at.left, own.left), max(at.top, own.top)
    right = min(at.left + at.width, own.left + own.width)
    bottom = min(at.top + at.height, own.top + own.height)
    shown = ours[top:bottom, left:right]
    assert np.array_equal(shown, hers[top - at.top : bottom - at.top, left - at.left : right - at.left])
    around = np.ones(ours.shape[:2], np.bool_)
    around[top:bottom, left:right] = False
    own_rows, own_columns = slice(own.top, own.top + own.height), slice(own.left, own.left + own.width)
    surround = QColor(theme.current().colours.surround)
    dark = ours[own_rows, own_columns][around[own_rows, own_columns]]
    assert (dark == [surround.blue(), surround.green(), surround.red()]).all()
    for x, y in [(left, top), (right - 1, bottom - 1), *((left + 7 * n, top + 5 * n) for n in range(30))]:
        here = QPointF(x / ratio, y / ratio)
        nowhere = Qt.MouseButton.NoButton
        move = QMouseEvent(
            QEvent.Type.MouseMove, here - origin, here, here, nowhere, nowhere, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(picture, move)
        assert sent[-1] == SendPointer(x - at.left, y - at.top), (x, y, sent[-1])
        assert np.array_equal(ours[y, x], hers[y - at.top, x - at.left])
    window.close()


def check_parts(size: tuple[int, int], mode: Mode) -> None:
    """Where a part of the picture changes, what is painted of it fits to what stands around it."""
    picture = ScreenPicture(lambda _: None)
    window, canvas = window_with(picture), canvas_of(noise(*size))
    picture.set_mode(mode)
    picture.show_view(VIEW, "")
    picture.show_canvas(canvas)
    QApplication.processEvents()
    for number, (x, y) in enumerate([(0, 0), (33, 41), (100, 77), (size[0] - 23, size[1] - 17)]):
        paint(canvas, x, y, noise(23, 17, number))
        picture.show_canvas(canvas)
        QApplication.processEvents()
    in_parts = on_screen(window)
    picture.repaint()
    differs = abs(in_parts - on_screen(window)).max()
    assert differs <= (ROUNDING if mode is Mode.FITTED else 0), (size, mode, differs)
    window.close()


def check_pointer(size: tuple[int, int], mode: Mode) -> None:
    """Her pointer covers the very pixels of the picture that it covers on her screen, wherever it is."""
    picture = ScreenPicture(lambda _: None)
    window, pixels = window_with(picture), np.full((size[1], size[0], 4), 255, np.uint8)
    picture.set_mode(mode)
    picture.show_view(VIEW, "")
    picture.show_canvas(canvas_of(pixels))
    shape = Shape(12, 18, 4, 7, bytes((0, 0, 0, 255)) * 12 * 18)
    QApplication.processEvents()
    for place in ((4, 7), (33, 41), (size[0] // 2, size[1] // 2), (101, 66)):
        picture.show_cursor(Cursor(shape, place))
        QApplication.processEvents()
        with_pointer = on_screen(window)
        picture.repaint()
        assert abs(with_pointer - on_screen(window)).max() <= (ROUNDING if mode is Mode.FITTED else 0), (size, mode)
        black, at = painted(window), picture.placement()
        assert at is not None
        left, top = place[0] - 4, place[1] - 7
        expected = canvas_of(drawn_into(pixels, left, top, 12, 18))
        picture.show_cursor(Cursor(shape, None))
        picture.show_canvas(expected)
        QApplication.processEvents()
        edges = np.nonzero((painted(window) < 128).any(axis=2)), np.nonzero((black < 128).any(axis=2))
        for side in (0, 1):
            for end in (np.min, np.max):
                difference = abs(int(end(edges[0][side])) - int(end(edges[1][side])))
                assert difference <= (1 if mode is Mode.FITTED else 0), (size, mode, place, side, difference)
        picture.show_canvas(canvas_of(pixels))
    window.close()


def drawn_into(pixels: np.ndarray, x: int, y: int, width: int, height: int) -> np.ndarray:
    """The same with a black rectangle in it."""
    copy = pixels.copy()
    copy[y : y + height, x : x + width, :3] = 0
    return copy


def on_screen(window: QWidget) -> np.ndarray:
    """What was painted onto the screen so far."""
    image = window.screen().grabWindow(window.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).astype(np.int16)


def main() -> None:
    """All cases: a picture smaller and larger than its room, in the middle and scrolled."""
    app = QApplication([])
    theme.apply(app, theme.Face.TECHNICIAN)
    check((211, 157), (0, 0))
    check((1500, 1100), (0, 0))
    check((1500, 1100), (333, 217))
    check((1500, 1100), (9999, 9999))
    for mode in Mode:
        for size in ((211, 157), (1500, 1100), (640, 480)):
            check_parts(size, mode)
            check_pointer(size, mode)


if __name__ == "__main__":
    main()

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QRegion,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from remotehelp.media.cursor import INVISIBLE, Cursor, Shape
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
from remotehelp.technician.view import Page, TechnicianView
from remotehelp.visit.shown import Line
from tests.helpers.reading import role_of
from tests.helpers.stand_in_bridge import canvas_of, paint, plain, plain_canvas
from ui.technician.keyboard import SETTLE_MS
from ui.technician.mapping import Mode
from ui.technician.own_trail import TRAIL_S
from ui.technician.screen_picture import ScreenPicture

MEETING = TechnicianView(page=Page.VISIT)
SEES = replace(MEETING, accepted=True, sees=True)
POINTS = replace(SEES, points=True)
CONTROLS = replace(POINTS, controls=True)
ROUNDING = 8  # levels of 255: where Qt begins to scale noise in the middle, it rounds otherwise
LAST = np.uint8([0, 0, 0, 255])  # the byte of each pixel that is not used
ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
ESC, TAB, KEY_A, F1, CTRL, LEFT_ALT = 9, 23, 38, 67, 37, 64  # X keycodes


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Stage:
    """A window with the picture of a 200x100 screen at 1:1, a field beside it, and what was sent."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.sent: list[Intent] = []
        self.clock = Clock()
        self.window = QWidget()
        self.picture = ScreenPicture(self.sent.append, self.clock)
        self.field = QLineEdit()
        row = QHBoxLayout(self.window)
        row.addWidget(self.picture, 1)
        row.addWidget(self.field)
        self.picture.set_mode(Mode.ONE_TO_ONE)
        self.window.resize(600, 300)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.field.setFocus()
        self.picture.show_view(CONTROLS, "")
        self.canvas = plain_canvas(200, 100)
        self.picture.show_canvas(self.canvas)
        qtbot.waitUntil(lambda: ScreenShown() in self.sent)
        self.sent.clear()

    def key(self, scan_code: int, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, *, repeat: bool = False) -> bool:
        """Press and release as the platform does it: to whatever has the focus, shortcuts first."""
        target = QApplication.focusWidget()
        assert target is not None
        override = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, scan_code, 0, 0, "", repeat)
        override.ignore()
        QApplication.sendEvent(target, override)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, scan_code, 0, 0, "", repeat))
        self.qtbot.wait(2 * SETTLE_MS)
        return override.isAccepted()

    def raw(self, kind: QEvent.Type, scan_code: int, event_ms: int) -> None:
        """One event as X11 times it."""
        event = QKeyEvent(kind, Qt.Key.Key_A, NONE, scan_code, 0, 0)
        event.setTimestamp(event_ms)
        QApplication.sendEvent(self.picture, event)

    def at(self, x: int, y: int) -> QPointF:
        """The place in the picture's widget where her pixel stands (ratio 1)."""
        placement = self.picture.placement()
        assert placement is not None
        here = self.picture.mapFrom(self.window, QPoint(*placement.shows(x, y)))
        return QPointF(here)

    def mouse(self, kind: QEvent.Type, here: QPointF, button: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
        QApplication.sendEvent(self.picture, QMouseEvent(kind, here, here, here, button, button, NONE))

    def wheel(
        self,
        here: QPointF,
        turn: QPoint,
        modifiers: Qt.KeyboardModifier = NONE,
        *,
        pixels: QPoint = QPoint(),  # noqa: B008 - never changed
        phase: Qt.ScrollPhase = Qt.ScrollPhase.NoScrollPhase,
    ) -> bool:
        event = QWheelEvent(here, here, pixels, turn, Qt.MouseButton.NoButton, modifiers, phase, False)
        event.ignore()
        QApplication.sendEvent(self.picture, event)
        return event.isAccepted()


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


@pytest.mark.parametrize("ratio", ["1", "1.25", "1.5", "1.75", "2"])
def test_painting_and_pointing_agree_to_the_device_pixel(ratio: str) -> None:
    """In a process of its own: the scale belongs to a process."""
    environment = {**os.environ, "QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.helpers.scaled_picture"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


def test_it_reads_as_an_image_that_takes_the_keyboard(stage: Stage) -> None:
    assert role_of(stage.window, "Customer's screen") is QAccessible.Role.Graphic
    assert stage.picture.focusPolicy() & Qt.FocusPolicy.StrongFocus


# --- what is shown ---------------------------------------------------------------------------------------


def test_the_first_painted_picture_of_each_start_is_told_once(stage: Stage, qtbot: QtBot) -> None:
    stage.picture.show_canvas(plain_canvas(200, 100))
    qtbot.wait(20)
    assert stage.sent == []
    stage.picture.show_view(MEETING, "")
    assert stage.picture.placement() is None
    stage.picture.show_view(SEES, "")
    stage.picture.show_canvas(plain_canvas(200, 100))
    qtbot.waitUntil(lambda: stage.sent == [ScreenShown()])


def test_a_picture_that_comes_before_the_state_is_not_shown_but_kept(stage: Stage, qtbot: QtBot) -> None:
    stage.picture.show_view(MEETING, "")
    stage.picture.show_canvas(plain_canvas(200, 100))
    qtbot.wait(20)
    assert ScreenShown() not in stage.sent
    assert stage.picture.placement() is None
    stage.picture.show_view(SEES, "")
    qtbot.waitUntil(lambda: ScreenShown() in stage.sent)


def test_the_words_stand_there_without_a_picture(stage: Stage, qtbot: QtBot) -> None:
    stage.picture.show_view(MEETING, "")
    blank = stage.picture.grab().toImage()
    stage.picture.show_view(MEETING, "Not yet")
    assert stage.picture.grab().toImage() != blank


def test_the_picture_of_a_lost_line_is_faded_and_says_that_it_is_not_live(stage: Stage) -> None:
    stage.picture.show_view(replace(SEES, line=Line.GOOD), "")
    live = stage.picture.grab().toImage()
    assert stage.picture.accessibleDescription() == ""
    stage.picture.show_view(replace(SEES, line=Line.LOST), "")
    corner, faded = stage.at(2, 2).toPoint(), stage.picture.grab().toImage()
    assert live.pixelColor(corner).lightness() > 1.5 * faded.pixelColor(corner).lightness() > 0
    assert stage.picture.accessibleDescription().startswith("Not live")
    middle = QRect(stage.picture.rect().center() - QPoint(40, 6), QSize(80, 12))
    assert faded.copy(middle).pixelColor(0, 0) != faded.pixelColor(corner)  # words on a plate
    stage.picture.show_view(replace(SEES, line=Line.GOOD), "")
    assert stage.picture.grab().toImage() == live
    assert stage.picture.accessibleDescription() == ""


def test_without_a_picture_a_lost_line_shows_nothing_old(stage: Stage) -> None:
    stage.picture.show_view(replace(MEETING, line=Line.LOST), "Not yet")
    assert stage.picture.accessibleDescription() == ""


# --- her pointer -----------------------------------------------------------------------------------------

RED = (0, 0, 0xFF)
BLOCK = Shape(4, 6, 1, 2, bytes((*RED, 0xFF)) * 24)
GREY = 0x80


def pointer(stage: Stage, place: tuple[int, int] | None, shape: Shape = BLOCK) -> None:
    stage.picture.show_cursor(Cursor(shape, place))


def red_at(stage: Stage) -> tuple[int, int, int, int] | None:
    """Where on her screen the pointer is drawn: left, top, width, height; ratio 1."""
    QApplication.processEvents()
    at = stage.picture.placement()
    assert at is not None
    pixels = on_screen(stage).reshape(stage.window.height(), -1, 4)[at.top : at.top + at.height, at.left :]
    rows, columns = np.nonzero((pixels[:, : at.width, :3] == RED).all(axis=2))
    if not len(rows):
        return None
    left, top = columns.min(), rows.min()
    return int(left), int(top), int(columns.max() - left + 1), int(rows.max() - top + 1)


def move(stage: Stage, x: int, y: int) -> None:
    stage.mouse(QEvent.Type.MouseMove, stage.at(x, y))


def wears(stage: Stage) -> bool:
    """Whether our mouse looks like her pointer."""
    return stage.picture.cursor().pixmap().size().toTuple() == (4, 6)


@pytest.mark.parametrize("view", [SEES, POINTS, CONTROLS])
def test_her_pointer_is_drawn_with_its_hot_spot_where_it_is(stage: Stage, view: TechnicianView) -> None:
    stage.picture.show_view(view, "")
    pointer(stage, (50, 40))
    assert red_at(stage) == (49, 38, 4, 6)
    pointer(stage, (0, 0))
    assert red_at(stage) == (0, 0, 3, 4)
    pointer(stage, (199, 99))
    assert red_at(stage) == (198, 97, 2, 3)
    pointer(stage, None)
    assert red_at(stage) is None


def test_only_where_it_was_and_where_it_is_is_painted(stage: Stage) -> None:
    pointer(stage, (50, 40))
    painted = Painted(stage.picture).after(lambda: pointer(stage, (150, 80)))
    rects = [QRect(stage.at(x - 1, y - 2).toPoint(), QSize(4, 6)) for x, y in ((50, 40), (150, 80))]
    assert painted == QRegion(rects[0].adjusted(-1, -1, 1, 1)) | QRegion(rects[1].adjusted(-1, -1, 1, 1))
    assert np.array_equal(on_screen(stage), anew(stage))


def test_another_shape_of_the_same_size_is_painted(stage: Stage) -> None:
    pointer(stage, (50, 40))
    pointer(stage, (50, 40), Shape(4, 6, 1, 2, bytes((0xFF, 0, 0, 0xFF)) * 24))
    assert red_at(stage) is None
    assert np.array_equal(on_screen(stage), anew(stage))


def test_a_pointer_at_rest_paints_nothing(stage: Stage) -> None:
    pointer(stage, (50, 40))
    assert Painted(stage.picture).after(lambda: pointer(stage, (50, 40), BLOCK)).boundingRect().width() <= 6
    assert Painted(stage.picture).after(lambda: stage.qtbot.wait(30)).isEmpty()


def test_under_a_change_of_the_picture_it_stays(stage: Stage) -> None:
    pointer(stage, (50, 40))
    paint(stage.canvas, 45, 30, plain(20, 20, 0xFF))
    stage.picture.show_canvas(stage.canvas)
    assert red_at(stage) == (49, 38, 4, 6)


def test_our_own_mouse_wears_it_so_that_there_are_never_two(stage: Stage) -> None:
    move(stage, 60, 50)
    pointer(stage, (60, 50))
    assert wears(stage)
    assert red_at(stage) is None
    move(stage, 90, 50)  # hers comes after, by the round trip
    assert (wears(stage), red_at(stage)) == (True, None)
    pointer(stage, (90, 50))
    assert (wears(stage), red_at(stage)) == (True, None)


def test_as_soon_as_her_own_hand_moves_it_it_is_drawn(stage: Stage) -> None:
    move(stage, 60, 50)
    pointer(stage, (60, 50))
    pointer(stage, (120, 80))
    assert (wears(stage), red_at(stage)) == (False, (119, 78, 4, 6))
    move(stage, 61, 50)
    pointer(stage, (61, 50))
    assert (wears(stage), red_at(stage)) == (True, None)


def test_what_she_puts_back_to_where_our_mouse_was_is_drawn_after_a_while(stage: Stage) -> None:
    move(stage, 60, 50)
    move(stage, 90, 50)
    pointer(stage, (60, 50))
    assert red_at(stage) is None
    stage.clock.now += TRAIL_S + 0.1
    stage.picture._echo_ends.timeout.emit()
    assert red_at(stage) == (59, 48, 4, 6)


def test_without_control_it_is_drawn_though_our_mouse_is_there(stage: Stage) -> None:
    stage.picture.show_view(POINTS, "")
    move(stage, 60, 50)
    pointer(stage, (60, 50))
    assert (wears(stage), red_at(stage)) == (False, (59, 48, 4, 6))
    stage.picture.show_view(CONTROLS, "")
    move(stage, 60, 50)
    assert (wears(stage), red_at(stage)) == (True, None)
    stage.picture.show_view(POINTS, "")
    assert (wears(stage), red_at(stage)) == (False, (59, 48, 4, 6))


def test_when_our_mouse_leaves_the_picture_hers_is_drawn_where_we_left_it(stage: Stage) -> None:
    move(stage, 60, 50)
    pointer(stage, (60, 50))
    QApplication.sendEvent(stage.picture, QEvent(QEvent.Type.Leave))
    assert (wears(stage), red_at(stage)) == (False, (59, 48, 4, 6))
    move(stage, 60, 50)
    assert wears(stage)
    stage.mouse(QEvent.Type.MouseMove, stage.at(0, 0) - QPointF(5, 5))  # beside the picture
    assert not wears(stage)


def test_a_picture_that_moves_under_our_mouse_leaves_her_pointer_where_it_is(stage: Stage) -> None:
    move(stage, 60, 50)
    pointer(stage, (60, 50))
    stage.window.resize(700, 340)
    assert (wears(stage), red_at(stage)) == (False, (59, 48, 4, 6))
    move(stage, 60, 50)
    stage.picture.set_mode(Mode.FITTED)
    assert not wears(stage)


def test_an_invisible_pointer_draws_nothing_and_leaves_our_mouse_a_dot(stage: Stage) -> None:
    pointer(stage, (60, 50), INVISIBLE)
    assert red_at(stage) is None
    move(stage, 60, 50)
    assert not stage.picture.cursor().pixmap().isNull()


def test_with_the_picture_her_pointer_goes_and_a_late_one_is_not_shown(stage: Stage) -> None:
    move(stage, 60, 50)
    pointer(stage, (60, 50))
    stage.picture.show_view(MEETING, "")
    assert not wears(stage)
    pointer(stage, (70, 50))
    stage.picture.show_view(SEES, "")
    stage.picture.show_canvas(stage.canvas)
    assert red_at(stage) is None


def test_a_flood_of_places_is_painted_once_for_many(stage: Stage) -> None:
    painted: list[QRegion] = []

    class Count(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
            if isinstance(event, QPaintEvent):
                painted.append(event.region())
            return False

    count = Count()
    stage.picture.installEventFilter(count)
    for n in range(1000):
        pointer(stage, (n % 200, n % 100))
    QApplication.processEvents()
    assert len(painted) == 1


# --- what is painted anew --------------------------------------------------------------------------------


class Painted(QObject):
    """What of a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if isinstance(event, QPaintEvent):
            self.region |= event.region()
        return False

    def after(self, act: Callable[[], None]) -> QRegion:
        """The region that is painted because of ``act``."""
        QApplication.processEvents()
        self.region = QRegion()
        act()
        QApplication.processEvents()
        return self.region


def on_screen(stage: Stage) -> np.ndarray:
    """What the window shows, of which parts alone were painted."""
    image = stage.window.screen().grabWindow(stage.window.winId()).toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine()).copy()


def anew(stage: Stage) -> np.ndarray:
    """The same, painted as a whole."""
    stage.picture.repaint()
    return on_screen(stage)


def test_only_what_changed_is_painted(stage: Stage) -> None:
    def change() -> None:
        paint(stage.canvas, 150, 10, plain(8, 12, 0xFF))
        paint(stage.canvas, 20, 80, plain(3, 4, 0))
        stage.picture.show_canvas(stage.canvas)

    painted = Painted(stage.picture).after(change)
    one, other = stage.at(150, 10).toPoint(), stage.at(20, 80).toPoint()
    around = [QRect(one, QSize(8, 12)).adjusted(-1, -1, 1, 1), QRect(other, QSize(3, 4)).adjusted(-1, -1, 1, 1)]
    assert painted == QRegion(around[0]) | QRegion(around[1])
    seen = on_screen(stage)
    assert np.array_equal(seen, anew(stage))
    x, y = stage.picture.mapTo(stage.window, one).toTuple()
    assert seen[y, 4 * x] == 0xFF
    assert seen[y, 4 * (x - 1)] == 0x80


@pytest.mark.parametrize("size", [(1300, 900), (90, 70), (611, 409)])
def test_a_part_of_a_fitted_picture_is_painted_as_in_the_whole(stage: Stage, size: tuple[int, int]) -> None:
    stage.picture.set_mode(Mode.FITTED)
    canvas = canvas_of(np.random.default_rng(5).integers(0, 256, (size[1], size[0], 4), np.uint8) | LAST)
    stage.picture.show_canvas(canvas)

    def change() -> None:
        paint(canvas, 31, 17, plain(20, 13, 0xFF))
        stage.picture.show_canvas(canvas)

    painted = Painted(stage.picture).after(change).boundingRect()
    assert painted.width() * painted.height() < stage.picture.width() * stage.picture.height() / 4
    seen = on_screen(stage).astype(int)
    assert abs(seen - anew(stage)).max() <= ROUNDING


def test_what_did_not_change_is_not_painted_at_all(stage: Stage) -> None:
    assert Painted(stage.picture).after(lambda: stage.picture.show_canvas(stage.canvas)).isEmpty()


def test_another_canvas_or_another_size_is_painted_as_a_whole(stage: Stage) -> None:
    whole = QRegion(stage.picture.rect())
    painted = Painted(stage.picture)
    assert painted.after(lambda: stage.picture.show_canvas(plain_canvas(200, 100, 9))) == whole
    canvas = plain_canvas(200, 100, 9)
    stage.picture.show_canvas(canvas)
    canvas.begin(2, 210, 100)
    assert painted.after(lambda: stage.picture.show_canvas(canvas)) == whole
    placement = stage.picture.placement()
    assert placement is not None
    assert placement.picture == (210, 100)


def test_a_paint_between_a_new_size_and_its_news_does_no_harm(stage: Stage) -> None:
    stage.canvas.begin(2, 50, 300)  # on another thread, say
    stage.picture.repaint()
    stage.picture.show_canvas(stage.canvas)
    placement = stage.picture.placement()
    assert placement is not None
    assert placement.picture == (50, 300)


# --- the mouse -------------------------------------------------------------------------------------------


def test_every_move_goes_with_her_pixel(stage: Stage) -> None:
    stage.mouse(QEvent.Type.MouseMove, stage.at(0, 0))
    stage.mouse(QEvent.Type.MouseMove, stage.at(199, 99))
    stage.mouse(QEvent.Type.MouseMove, QPointF(0, 0))  # beside the picture: its nearest pixel
    assert stage.sent == [SendPointer(0, 0), SendPointer(199, 99), SendPointer(0, 0)]


def test_pointing_alone_sends_no_buttons(stage: Stage) -> None:
    stage.picture.show_view(POINTS, "")
    stage.sent.clear()
    stage.mouse(QEvent.Type.MouseMove, stage.at(10, 20))
    stage.mouse(QEvent.Type.MouseButtonPress, stage.at(10, 20), Qt.MouseButton.LeftButton)
    stage.mouse(QEvent.Type.MouseButtonRelease, stage.at(10, 20), Qt.MouseButton.LeftButton)
    assert stage.sent == [SendPointer(10, 20)]


def test_seeing_alone_sends_nothing(stage: Stage) -> None:
    stage.picture.show_view(SEES, "")
    stage.sent.clear()
    stage.mouse(QEvent.Type.MouseMove, stage.at(10, 20))
    stage.picture.setFocus()
    stage.key(KEY_A, Qt.Key.Key_A)
    assert stage.sent == []
    assert not stage.picture.holds_keyboard


@pytest.mark.parametrize(
    ("button", "number"),
    [
        (Qt.MouseButton.LeftButton, 1),
        (Qt.MouseButton.MiddleButton, 2),
        (Qt.MouseButton.RightButton, 3),
        (Qt.MouseButton.BackButton, 8),
        (Qt.MouseButton.ForwardButton, 9),
    ],
)
def test_each_button_goes_with_its_number(stage: Stage, button: Qt.MouseButton, number: int) -> None:
    stage.mouse(QEvent.Type.MouseButtonPress, stage.at(5, 6), button)
    stage.mouse(QEvent.Type.MouseButtonRelease, stage.at(7, 8), button)
    assert stage.sent == [SendButton(number, True, 5, 6), SendButton(number, False, 7, 8)]


def test_a_double_click_is_two_presses(stage: Stage) -> None:
    here, left = stage.at(5, 6), Qt.MouseButton.LeftButton
    for kind in (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseButtonRelease,
    ):
        stage.mouse(kind, here, left)
    assert [sent.down for sent in stage.sent if isinstance(sent, SendButton)] == [True, False, True, False]


def test_a_press_beside_the_picture_does_not_click_on_her_edge(stage: Stage) -> None:
    stage.mouse(QEvent.Type.MouseButtonPress, QPointF(0, 0), Qt.MouseButton.LeftButton)
    stage.mouse(QEvent.Type.MouseButtonRelease, QPointF(0, 0), Qt.MouseButton.LeftButton)
    assert [sent for sent in stage.sent if isinstance(sent, SendButton)] == []


def test_a_drag_that_ends_beside_the_picture_ends_over_there_too(stage: Stage) -> None:
    stage.mouse(QEvent.Type.MouseButtonPress, stage.at(5, 6), Qt.MouseButton.LeftButton)
    stage.mouse(QEvent.Type.MouseButtonRelease, QPointF(0, 0), Qt.MouseButton.LeftButton)
    assert stage.sent[-1] == SendButton(1, False, 0, 0)


def test_a_button_does_not_stay_down_when_the_picture_goes(stage: Stage) -> None:
    stage.mouse(QEvent.Type.MouseButtonPress, stage.at(5, 6), Qt.MouseButton.LeftButton)
    stage.mouse(QEvent.Type.MouseMove, stage.at(50, 60))
    stage.window.hide()
    assert SendButton(1, False, 50, 60) in stage.sent


@pytest.mark.parametrize(
    ("turn", "modifiers", "sent"),
    [
        (QPoint(0, 120), NONE, (0, 120)),
        (QPoint(0, -15), NONE, (0, -15)),  # a high-resolution wheel
        (QPoint(120, 0), NONE, (-120, 0)),  # Qt: positive to the left
        (QPoint(120, 0), ALT, (0, 120)),  # Qt turned it sideways
        (QPoint(0, 99999), NONE, (0, 12000)),
    ],
)
def test_the_wheel_goes_in_parts_of_a_notch(
    stage: Stage, turn: QPoint, modifiers: Qt.KeyboardModifier, sent: tuple[int, int]
) -> None:
    assert stage.wheel(stage.at(3, 4), turn, modifiers)
    assert stage.sent == [SendWheel(*sent, 3, 4)]


def test_a_touchpad_that_tells_pixels_alone_scrolls_too(stage: Stage) -> None:
    assert stage.wheel(stage.at(3, 4), QPoint(), pixels=QPoint(-3, 10))
    assert stage.sent == [SendWheel(6, 20, 3, 4)]
    stage.sent.clear()
    assert stage.wheel(stage.at(3, 4), QPoint(0, 12), pixels=QPoint(0, 10))
    assert stage.sent == [SendWheel(0, 12, 3, 4)]


def test_a_page_rolls_on_after_the_fingers_left_the_touchpad(stage: Stage) -> None:
    phases = Qt.ScrollPhase
    for phase, turn in (
        (phases.ScrollBegin, 0),
        (phases.ScrollUpdate, 40),
        (phases.ScrollEnd, 0),
        (phases.ScrollMomentum, 25),
        (phases.ScrollMomentum, 10),
        (phases.ScrollEnd, 0),
    ):
        assert stage.wheel(stage.at(3, 4), QPoint(0, turn), phase=phase)
    assert stage.sent == [SendWheel(0, turn, 3, 4) for turn in (40, 25, 10)]


def test_without_control_the_wheel_is_left_to_our_own_window(stage: Stage) -> None:
    stage.picture.show_view(POINTS, "")
    stage.sent.clear()
    assert not stage.wheel(stage.at(3, 4), QPoint(0, 120))
    assert stage.sent == []


# --- the keyboard ----------------------------------------------------------------------------------------


def test_a_click_takes_the_keyboard(stage: Stage, qtbot: QtBot) -> None:
    assert not stage.picture.holds_keyboard
    qtbot.mouseClick(stage.picture, Qt.MouseButton.LeftButton, pos=stage.at(5, 6).toPoint())
    assert stage.picture.hasFocus()
    assert stage.picture.holds_keyboard


def test_control_that_comes_while_the_picture_has_the_focus_takes_the_keyboard(stage: Stage) -> None:
    stage.picture.show_view(SEES, "")
    stage.picture.setFocus()
    stage.picture.show_view(CONTROLS, "")
    assert stage.picture.holds_keyboard


@pytest.mark.parametrize(
    ("scan_code", "key", "modifiers", "code", "text"),
    [
        (KEY_A, Qt.Key.Key_A, NONE, "KeyA", ""),
        (TAB, Qt.Key.Key_Tab, NONE, "Tab", ""),
        (TAB, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier, "Tab", ""),
        (ESC, Qt.Key.Key_Escape, NONE, "Escape", ""),
        (F1, Qt.Key.Key_F1, NONE, "F1", ""),
        (LEFT_ALT, Qt.Key.Key_Alt, NONE, "AltLeft", ""),
        (41, Qt.Key.Key_F, ALT, "KeyF", "f"),
        (KEY_A, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, "KeyA", "a"),
        (113, Qt.Key.Key_Left, ALT, "ArrowLeft", ""),
        (135, Qt.Key.Key_Menu, NONE, "ContextMenu", ""),
    ],
)
def test_every_key_goes_across(
    stage: Stage, scan_code: int, key: Qt.Key, modifiers: Qt.KeyboardModifier, code: str, text: str
) -> None:
    stage.picture.setFocus()
    assert stage.key(scan_code, key, modifiers)  # no shortcut of ours takes it
    assert stage.sent == [SendKey(code, True, text), SendKey(code, False)]
    assert stage.picture.hasFocus()


def test_our_shortcuts_sleep_while_the_keyboard_is_theirs(stage: Stage, qtbot: QtBot) -> None:
    fired: list[str] = []
    QShortcut("Ctrl+A", stage.window).activated.connect(lambda: fired.append("ours"))
    qtbot.keyClick(stage.field, Qt.Key.Key_Tab)
    stage.picture.setFocus()
    qtbot.keyClick(stage.window.windowHandle(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert fired == []
    stage.field.setFocus()
    stage.field.hide()
    stage.picture.show_view(SEES, "")
    qtbot.keyClick(stage.window.windowHandle(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert fired == ["ours"]


def test_what_an_input_method_makes_goes_across_as_text(stage: Stage) -> None:
    def commit(text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(stage.picture, event)

    commit("ê")
    assert stage.sent == []  # the keyboard is here
    stage.picture.setFocus()
    stage.raw(QEvent.Type.KeyPress, KEY_A, 1000)
    stage.raw(QEvent.Type.KeyRelease, KEY_A, 1010)
    for text in ("ê", "日本\n", "\n", ""):
        commit(text)
    assert stage.sent == [SendKey("KeyA", True), SendKey("KeyA", False), SendText("ê"), SendText("日本")]


def test_dead_keys_are_composed_only_while_the_keyboard_is_theirs(stage: Stage) -> None:
    composes = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert not stage.picture.testAttribute(composes)
    stage.picture.setFocus()
    assert stage.picture.testAttribute(composes)
    stage.field.setFocus()
    assert not stage.picture.testAttribute(composes)


def test_text_of_a_key_that_no_keyboard_has_goes_across(stage: Stage) -> None:
    stage.picture.setFocus()
    QApplication.sendEvent(stage.picture, QKeyEvent(QEvent.Type.KeyPress, 0, NONE, 248, 0, 0, "€"))
    assert stage.sent == [SendText("€")]


def test_repetitions_are_left_to_her_computer(stage: Stage) -> None:
    stage.picture.setFocus()
    stage.key(KEY_A, Qt.Key.Key_A, repeat=True)
    assert stage.sent == []


def test_repetitions_that_qt_did_not_see_are_left_out_too(stage: Stage, qtbot: QtBot) -> None:
    press, release = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
    stage.picture.setFocus()
    stage.raw(press, KEY_A, 1000)
    for time in (1500, 1530):
        stage.raw(release, KEY_A, time)
        stage.raw(press, KEY_A, time)
    qtbot.wait(2 * SETTLE_MS)
    assert stage.sent == [SendKey("KeyA", True)]
    stage.raw(release, KEY_A, 1600)
    qtbot.waitUntil(lambda: stage.sent == [SendKey("KeyA", True), SendKey("KeyA", False)])


def test_a_click_does_not_overtake_the_release_of_a_key(stage: Stage) -> None:
    stage.picture.setFocus()
    stage.raw(QEvent.Type.KeyPress, CTRL, 1000)
    stage.raw(QEvent.Type.KeyRelease, CTRL, 1100)
    stage.mouse(QEvent.Type.MouseButtonPress, stage.at(5, 6), Qt.MouseButton.LeftButton)
    assert stage.sent == [
        SendKey("ControlLeft", True),
        SendKey("ControlLeft", False),
        SendButton(1, True, 5, 6),
    ]


def test_a_key_without_a_place_is_swallowed(stage: Stage) -> None:
    stage.picture.setFocus()
    assert stage.key(0, Qt.Key.Key_A)
    assert stage.sent == []


def test_the_second_escape_in_time_frees_the_keyboard(stage: Stage, qtbot: QtBot) -> None:
    stage.picture.setFocus()
    stage.key(ESC, Qt.Key.Key_Escape)
    assert stage.sent == [SendKey("Escape", True), SendKey("Escape", False)]
    stage.clock.now += 0.39
    with qtbot.waitSignal(stage.picture.freed):
        stage.key(ESC, Qt.Key.Key_Escape)
    assert stage.sent == [SendKey("Escape", True), SendKey("Escape", False), ReleaseKeys()]
    assert not stage.picture.holds_keyboard
    assert not stage.key(TAB, Qt.Key.Key_Tab)  # Tab is ours again
    assert len(stage.sent) == 3


def test_a_late_second_escape_is_just_a_key(stage: Stage) -> None:
    stage.picture.setFocus()
    stage.key(ESC, Qt.Key.Key_Escape)
    stage.clock.now += 0.41
    stage.key(ESC, Qt.Key.Key_Escape)
    assert stage.sent == [SendKey("Escape", True), SendKey("Escape", False)] * 2


def test_a_click_takes_the_keyboard_back_after_freeing(stage: Stage) -> None:
    stage.picture.setFocus()
    stage.key(ESC, Qt.Key.Key_Escape)
    stage.key(ESC, Qt.Key.Key_Escape)
    assert not stage.picture.holds_keyboard
    stage.mouse(QEvent.Type.MouseButtonPress, stage.at(5, 6), Qt.MouseButton.LeftButton)
    assert stage.picture.holds_keyboard


def test_the_keyboard_goes_back_with_the_focus(stage: Stage) -> None:
    stage.picture.setFocus()
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Control, NONE, CTRL, 0, 0)
    QApplication.sendEvent(stage.picture, press)
    stage.field.setFocus()
    assert stage.sent == [SendKey("ControlLeft", True), ReleaseKeys()]
    assert not stage.picture.holds_keyboard


def test_the_keyboard_goes_back_when_the_window_goes(stage: Stage) -> None:
    stage.picture.setFocus()
    stage.window.hide()
    assert stage.sent == [ReleaseKeys()]


def test_the_keyboard_goes_back_with_control(stage: Stage) -> None:
    stage.picture.setFocus()
    stage.picture.show_view(SEES, "")
    assert stage.sent == [ReleaseKeys()]
    assert not stage.key(TAB, Qt.Key.Key_Tab)

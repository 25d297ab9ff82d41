from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QAccessible, QFont, QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.helpers.stand_in_bridge import plain_frame
from ui.shared.picture import FaceView, PictureView, _fitting, wide_height

pytestmark = pytest.mark.usefixtures("worn")


@pytest.fixture
def view(qtbot) -> PictureView:
    made = PictureView("Technician's face")
    qtbot.addWidget(made)
    made.resize(320, 240)
    return made


def _numbers(view: PictureView) -> list[int]:
    numbers: list[int] = []
    view.painted.connect(numbers.append)
    return numbers


def test_a_screen_reader_hears_an_image_and_its_name(view: PictureView) -> None:
    read = QAccessible.queryAccessibleInterface(view)
    assert read.role() == QAccessible.Role.Graphic
    assert read.text(QAccessible.Text.Name) == "Technician's face"


def test_a_picture_that_nobody_sees_is_not_called_painted(view: PictureView, qtbot) -> None:
    numbers = _numbers(view)
    view.show_frame(plain_frame(1))
    qtbot.wait(50)
    assert numbers == []
    view.show()
    qtbot.waitUntil(lambda: numbers == [1])


def test_each_frame_is_reported_once(view: PictureView, qtbot) -> None:
    numbers = _numbers(view)
    view.show()
    view.show_frame(plain_frame(1))
    qtbot.waitUntil(lambda: numbers == [1])
    view.repaint()
    view.show_frame(plain_frame(2))
    qtbot.waitUntil(lambda: numbers == [1, 2])


def test_after_it_was_cleared_the_same_number_is_a_first_frame_again(view: PictureView, qtbot) -> None:
    numbers = _numbers(view)
    view.show()
    view.show_frame(plain_frame(1))
    qtbot.waitUntil(lambda: numbers == [1])
    view.clear_frame()
    assert view.frame_size().isEmpty()
    view.show_frame(plain_frame(1))
    qtbot.waitUntil(lambda: numbers == [1, 1])


def test_the_aspect_is_kept_and_the_picture_stands_in_the_middle(view: PictureView) -> None:
    view.show_frame(plain_frame(width=64, height=36))
    assert view.picture_rect() == QRect(0, 30, 320, 180)
    assert view.frame_size() == QSize(64, 36)


def test_the_pixels_reach_the_screen(view: PictureView) -> None:
    view.show_frame(plain_frame(grey=0x40))
    assert view.grab().toImage().pixelColor(160, 120).name() == "#404040"


def test_a_demonstration_is_told_in_words(view: PictureView) -> None:
    view.show_frame(plain_frame())
    bare = view.grab().toImage()
    view.set_mark("Demonstration")
    assert view.grab().toImage() != bare
    read = QAccessible.queryAccessibleInterface(view)
    assert read.text(QAccessible.Text.Description) == "Demonstration"


def test_an_old_picture_is_grey_and_says_so_until_a_live_one_comes(view: PictureView) -> None:
    view.show_frame(plain_frame(grey=0x40))
    view.set_mark("Demonstration")
    live = view.grab().toImage()
    view.set_still("no longer live")
    still = view.grab().toImage()
    assert still.pixelColor(160, 60) != live.pixelColor(160, 60)
    read = QAccessible.queryAccessibleInterface(view)
    assert read.text(QAccessible.Text.Description) == "Demonstration · no longer live"
    view.set_still("")
    assert view.grab().toImage() == live


def test_without_a_picture_words_stand_there(view: PictureView) -> None:
    bare = view.grab().toImage()
    view.set_empty("Their picture is on its way.")
    assert view.grab().toImage() != bare


def test_a_face_has_round_corners_and_is_never_taller_than_16_to_9(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    face = FaceView("Technician's face", full=True)
    column.addWidget(face)
    window.resize(320, 600)
    window.show()
    qtbot.waitUntil(lambda: face.height() == wide_height(320))
    assert face.sizeHint().height() == 180
    face.show_frame(plain_frame(grey=0x40))
    drawn = face.grab().toImage()
    assert drawn.pixelColor(160, 1).name() == "#404040"
    assert drawn.pixelColor(0, 0).name() != "#404040"


@pytest.mark.parametrize("width", [70, 90, 120, 200])
def test_a_mark_is_whole_on_a_small_face(qtbot, width: int) -> None:
    font = QFont()
    font.setPixelSize(16)
    fitting = _fitting("Demonstration · no longer live", font, width)
    assert fitting.pixelSize() == 9 or QFontMetrics(fitting).horizontalAdvance("Demonstration") <= width
    assert width < 200 or fitting.pixelSize() == 16

"""The head of the help bar on a roomy and on a low screen."""

from __future__ import annotations

import pytest

from ui.customer.face_head import FaceHead
from ui.shared import theme
from ui.shared.picture import FaceView
from ui.shared.short_label import ShortLabel

WIDTH = 304


@pytest.fixture
def head(qtbot) -> FaceHead:
    who = ShortLabel(identifier="who", lines=2)
    who.setText("Technician A")
    made = FaceHead(FaceView("face", full=True), who)
    qtbot.addWidget(made)
    return made


def settle(head: FaceHead, qtbot) -> None:
    head.resize(head.sizeHint())
    head.show()
    qtbot.waitExposed(head)
    qtbot.wait(10)


@pytest.mark.parametrize(("most", "small"), [(400, False), (100, True), (10, True)])
def test_the_face_is_as_large_as_there_is_room(head: FaceHead, qtbot, most: int, small: bool) -> None:
    head.fit(WIDTH, most)
    settle(head, qtbot)
    face, who = head._face.geometry(), head._who.geometry()
    assert (face.width(), face.height()) == (theme.SMALL_FACE if small else (WIDTH, 171))
    assert who.left() > face.right() if small else who.top() > face.bottom()


def test_it_may_change_its_mind(head: FaceHead, qtbot) -> None:
    for most in (400, 10, 400):
        head.fit(WIDTH, most)
        settle(head, qtbot)
    assert head._face.width() == WIDTH

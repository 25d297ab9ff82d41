"""The remote hand: where a pixel of the customer's screen is shown in the technician's window."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from remotehelp.demo.box import Box
from remotehelp.demo.remote_hand import PICTURE, RemoteHand


class Desk:
    """A desk that notes where its hand goes."""

    def __init__(self) -> None:
        self.clicked: list[tuple[int, int]] = []
        self.hand = SimpleNamespace(glide=lambda x, y, seconds: None, click_at=lambda x, y: self.clicked.append((x, y)))


def remote_hand(place: Box, size: tuple[int, int]) -> tuple[RemoteHand, Desk]:
    desk = Desk()
    app = SimpleNamespace(extents={PICTURE: place}.__getitem__)
    return RemoteHand(SimpleNamespace(desk=desk, app=app), size), desk  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "corner"),
    [
        (Box(100, 50, 800, 600), (100, 50)),  # as large as the screen
        (Box(100, 50, 1000, 600), (200, 50)),  # wider: bars left and right
        (Box(100, 50, 800, 800), (100, 150)),  # taller: bars above and below
    ],
)
def test_the_picture_lies_fitted_in_the_middle(place: Box, corner: tuple[int, int]) -> None:
    hand, desk = remote_hand(place, (800, 600))
    hand.click(0, 0)
    hand.click(799, 599)
    assert desk.clicked == [corner, (corner[0] + 799, corner[1] + 599)]


def test_a_rectangle_of_her_screen_at_half_the_size() -> None:
    hand, _ = remote_hand(Box(0, 0, 400, 300), (800, 600))
    assert hand.region(Box(100, 100, 200, 100)) == Box(50, 50, 99, 49)

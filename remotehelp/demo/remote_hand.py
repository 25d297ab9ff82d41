"""The technician's hand on the customer's computer: through the picture in the technician's window alone."""

from __future__ import annotations

import time

from remotehelp.demo.box import Box
from remotehelp.demo.cast import Window

PICTURE = "Customer's screen"
GLIDE_S = 0.5
KEY_PAUSE_S = 0.03


class RemoteHand:
    """Points and types on the customer's screen of ``size`` pixels, as it is shown fitted and centred in the window."""

    def __init__(self, technician: Window, size: tuple[int, int]) -> None:
        self._desk = technician.desk
        self._place = _fitted(technician.app.extents(PICTURE), size)
        self._size = size

    def click(self, x: int, y: int) -> None:
        """Glide to a pixel of the customer's screen and click."""
        place = self._shown(x, y)
        self._desk.hand.glide(*place, GLIDE_S)
        self._desk.hand.click_at(*place)

    def type(self, text: str) -> None:
        """Type on the technician's keyboard."""
        self._desk.hand.type(text)

    def key(self, combo: str, times: int = 1) -> None:
        """Press a key of the technician's keyboard, no faster than a person does: Qt takes less for an auto-repeat."""
        for _ in range(times):
            self._desk.hand.key(combo)
            time.sleep(KEY_PAUSE_S)

    def region(self, box: Box) -> Box:
        """Where a rectangle of the customer's screen is shown on the technician's."""
        left, top = self._shown(box.x, box.y)
        right, bottom = self._shown(box.x + box.width - 1, box.y + box.height - 1)
        return Box(left, top, right - left, bottom - top)

    def _shown(self, x: int, y: int) -> tuple[int, int]:
        width, height = self._size
        left = self._place.x + (2 * x + 1) * self._place.width // (2 * width)
        return left, self._place.y + (2 * y + 1) * self._place.height // (2 * height)


def _fitted(box: Box, size: tuple[int, int]) -> Box:
    """The largest rectangle of the shape of ``size`` in the middle of ``box``."""
    width, height = box.width, box.width * size[1] // size[0]
    if height > box.height:
        width, height = box.height * size[0] // size[1], box.height
    return Box(box.x + (box.width - width) // 2, box.y + (box.height - height) // 2, width, height)

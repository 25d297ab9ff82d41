"""Pixels of an X root window, read where the X server wrote them: mss's shared memory without mss's copy of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from mss import ScreenShotError
from mss.linux import xcbgen
from mss.linux.base import ALL_PLANES
from mss.linux.xshmgetimage import MSSImplXShmGetImage, ShmStatus

from remotehelp.errors import BackendError
from remotehelp.media.area import Pixels, Rect

BYTES = 4  # a pixel


class Camera:
    """One connection to an X server and one segment of shared memory (MIT-SHM 1.2), as large as the root window.

    Raises BackendError("screen_not_readable") where the screen has not 24 bits of blue, green and red. The names of mss
    that are touched are held by tests/contract/test_mss_private.py.
    """

    def __init__(self, display: str | None) -> None:
        try:
            self._mss: Any = MSSImplXShmGetImage(display=display)
        except ScreenShotError as error:
            raise BackendError("screen_not_readable") from error

    def grab(self, boxes: Sequence[Rect]) -> list[Pixels]:
        """The pixels under each box, valid until the next call and not to be written to; raises ScreenShotError.

        Where the X server shares no memory with us (a remote display), they are sent and copied.
        """
        if self._mss.shm_status is ShmStatus.UNAVAILABLE or sum(_size(box) for box in boxes) > self._mss._bufsize:
            return [self._sent(box) for box in boxes]
        if self._mss.shm_status is ShmStatus.UNKNOWN:
            self._sent(Rect(0, 0, 1, 1))  # mss finds out whether it works
            return self.grab(boxes)
        offset, views = 0, []
        for box in boxes:
            views.append(self._shared(box, offset))
            offset += _size(box)
        return views

    def close(self) -> None:
        """Give the connection back; the memory goes once nobody looks at it any more."""
        self._mss._buf = None
        self._mss.close()

    def _shared(self, box: Rect, offset: int) -> Pixels:
        mss = self._mss
        shape = (box.x, box.y, box.width, box.height)
        image = xcbgen.ImageFormat.ZPixmap
        xcbgen.shm_get_image(mss.conn, mss.drawable, *shape, ALL_PLANES, image, mss._shmseg, offset)
        return np.frombuffer(mss._buf, np.uint8, _size(box), offset).reshape(box.height, box.width, BYTES)

    def _sent(self, box: Rect) -> Pixels:
        place = {"left": box.x, "top": box.y, "width": box.width, "height": box.height}
        return np.frombuffer(self._mss.grab(place), np.uint8).reshape(box.height, box.width, BYTES)


def _size(box: Rect) -> int:
    return box.width * box.height * BYTES

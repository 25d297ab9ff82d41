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

    It reads the root window, or any other drawable of 24 or 32 bits that it is told. Raises
    BackendError("screen_not_readable") where the screen has not 24 bits of blue, green and red. The names of mss that
    are touched are held by tests/contract/test_mss_private.py.
    """

    def __init__(self, display: str | None) -> None:
        try:
            self._mss: Any = MSSImplXShmGetImage(display=display)
        except ScreenShotError as error:
            raise BackendError("screen_not_readable") from error

    def grab(self, boxes: Sequence[Rect], drawable: int | None = None) -> list[Pixels]:
        """The pixels under each box, valid until the next call and not to be written to; raises ScreenShotError.

        ``drawable`` is an X id; None: the root window. Where the X server shares no memory with us (a remote display),
        they are sent and copied.
        """
        if self._mss.shm_status is ShmStatus.UNAVAILABLE or sum(_size(box) for box in boxes) > self._mss._bufsize:
            return [self._sent(box, drawable) for box in boxes]
        if self._mss.shm_status is ShmStatus.UNKNOWN:
            self._mss.grab({"left": 0, "top": 0, "width": 1, "height": 1})  # mss finds out whether it works
            return self.grab(boxes, drawable)
        offset, views = 0, []
        for box in boxes:
            views.append(self._shared(box, offset, drawable))
            offset += _size(box)
        return views

    def close(self) -> None:
        """Give the connection back; the memory goes once nobody looks at it any more."""
        self._mss._buf = None
        self._mss.close()

    def _shared(self, box: Rect, offset: int, drawable: int | None) -> Pixels:
        mss = self._mss
        shape = (box.x, box.y, box.width, box.height)
        image = xcbgen.ImageFormat.ZPixmap
        xcbgen.shm_get_image(mss.conn, self._named(drawable), *shape, ALL_PLANES, image, mss._shmseg, offset)
        return np.frombuffer(mss._buf, np.uint8, _size(box), offset).reshape(box.height, box.width, BYTES)

    def _sent(self, box: Rect, drawable: int | None) -> Pixels:
        shape = (box.x, box.y, box.width, box.height)
        image = xcbgen.ImageFormat.ZPixmap
        reply = xcbgen.get_image(self._mss.conn, image, self._named(drawable), *shape, ALL_PLANES)
        data = bytes(xcbgen.get_image_data(reply))
        return np.frombuffer(data, np.uint8).reshape(box.height, box.width, BYTES)

    def _named(self, drawable: int | None) -> Any:
        return self._mss.drawable if drawable is None else xcbgen.Drawable(drawable)


def _size(box: Rect) -> int:
    return box.width * box.height * BYTES

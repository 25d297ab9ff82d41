"""The names of mss that ``remotehelp.desktop.x11.camera`` touches beyond its documentation."""

import mmap

from mss import ScreenShotError
from mss.linux import xcbgen, xcbhelpers, xshmgetimage
from mss.linux.base import ALL_PLANES

from tests.helpers.xdesk import x_server


def test_the_names_are_there():
    with x_server("640x480") as display:
        camera = xshmgetimage.MSSImplXShmGetImage(display=display)
        assert isinstance(camera._buf, mmap.mmap)
        assert camera._bufsize == 640 * 480 * 4
        assert camera.shm_status is xshmgetimage.ShmStatus.UNKNOWN
        camera.grab({"left": 0, "top": 0, "width": 1, "height": 1})
        assert camera.shm_status is xshmgetimage.ShmStatus.AVAILABLE
        image = xcbgen.ImageFormat.ZPixmap
        xcbgen.shm_get_image(camera.conn, camera.drawable, 0, 0, 640, 480, ALL_PLANES, image, camera._shmseg, 0)
        named = xcbgen.Drawable(camera.drawable.value)
        reply = xcbgen.get_image(camera.conn, image, named, 0, 0, 3, 2, ALL_PLANES)
        assert len(bytes(xcbgen.get_image_data(reply))) == 3 * 2 * 4
        assert issubclass(xcbhelpers.XError, ScreenShotError)
        buffer = camera._buf
        camera._buf = None
        camera.close()
        assert not buffer.closed

"""The pixels of one window alone, which the X server keeps whatever covers it: the COMPOSITE extension, version 0.4.

What the X server puts into that memory at first is not the window: when it begins to keep it, and at each new size, it
copies what lay on the screen there, other windows included, and a program that paints no background leaves that as it
is. So each new memory is painted over before a pixel of it is read, and the program is asked to draw all of it again.
The memory that is read has a name of our own, and stays the same until we name the next one: whatever happens to the
window meanwhile, nothing that was not painted over comes into a picture. So no grab of the X server is needed, which a
process with Qt must not hold (``hands.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from Xlib import error
from Xlib.display import Display
from Xlib.ext import composite, damage
from Xlib.xobject.drawable import Pixmap, Window

from remotehelp.desktop.x11.regions import Region
from remotehelp.media.area import Rect

AUTOMATIC: Any = composite.RedirectAutomatic  # the X server goes on showing it; the stubs of python-xlib err here
GREY = 0xFF707070  # what is not drawn yet, as curtain.GREY


class Layer:
    """One window, redirected as long as this connection lives or until ``drop()``."""

    def __init__(self, connection: Display, window: int, parts: Region) -> None:
        """``parts``: a region that is used for a moment at each ``take()``."""
        self._connection, self._parts = connection, parts
        self._window: Window = connection.create_resource_object("window", window)
        self._pixmap: Pixmap | None = None
        self.dirty = True  # the X server has told of a change
        self.size = Rect(0, 0, 0, 0)  # of the memory that is read, without the window's border
        self.inset = 0  # pixels of the border around it
        composite.redirect_window(self._window, AUTOMATIC)
        self._damage = damage.damage_create(self._window, damage.DamageReportNonEmpty)

    @property
    def id(self) -> int:
        """The window's native id."""
        return self._window.id

    @property
    def pixmap(self) -> int | None:
        """The memory that may be read; None before the window has been on the screen."""
        return self._pixmap.id if self._pixmap else None

    def renew(self) -> bool:
        """Read the memory that the window has now, painted over; False, and the old one stays, if it has none."""
        fresh: Pixmap = composite.name_window_pixmap(self._window)
        try:
            geometry, border = fresh.get_geometry(), self._window.get_geometry().border_width
        except (error.BadDrawable, error.BadWindow):
            return False
        paint: Any = fresh.create_gc(foreground=GREY)
        fresh.fill_rectangle(paint, 0, 0, geometry.width, geometry.height)
        paint.free()
        for window in _with_inside(self._window):
            window.clear_area(exposures=True)
        self._connection.sync()
        if self._pixmap:
            self._pixmap.free()
        self._pixmap, self.inset = fresh, border
        self.size = Rect(0, 0, geometry.width - 2 * border, geometry.height - 2 * border)
        return True

    def take(self) -> tuple[Rect, ...]:
        """A few boxes around what was drawn since the last call, counted from the window's corner."""
        if not self.dirty:
            return ()
        self.dirty = False
        damage.damage_subtract(self._connection, self._damage, parts=self._parts.id)
        return self._parts.fetch()

    def hears(self, damaged: int) -> None:
        """The X server told that this damage, of whatever window, has begun."""
        self.dirty |= damaged == self._damage

    def drop(self) -> None:
        """Give everything back, whether the window is still there or not."""
        damage.damage_destroy(self._connection, self._damage)
        composite.unredirect_window(self._window, AUTOMATIC)
        if self._pixmap:
            self._pixmap.free()
            self._pixmap = None


def missing_composite(connection: Display) -> bool:
    """Whether the X server can't keep the pixels of one window; it is told our version else, as the protocol wants."""
    if not connection.has_extension(composite.extname):
        return True
    version = composite.query_version(connection)
    return bool((version.major_version, version.minor_version) < (0, 2))


def _with_inside(window: Window) -> Iterator[Window]:
    """The window and all windows in it."""
    yield window
    try:
        children = window.query_tree().children
    except error.BadWindow:
        return
    for child in children:
        yield from _with_inside(child)

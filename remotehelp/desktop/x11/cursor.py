"""The pointer by X11: XFIXES tells its shape, raw motion of the X Input Extension wakes to ask for its place.

A pointer that a program puts elsewhere (XWarpPointer) sends no raw motion: its place is told with the next one.
"""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable
from contextlib import suppress

from Xlib import error
from Xlib.display import Display
from Xlib.ext import ge, xfixes, xinput

from remotehelp.desktop.cursor import PERIOD_S, CursorWatch
from remotehelp.desktop.x11.connection import connect, disconnect, display_lost, why_not
from remotehelp.desktop.x11.raw_events import understand_raw_events
from remotehelp.errors import BackendError
from remotehelp.media.cursor import INVISIBLE, Cursor, Shape, shape_of

KEPT = 64  # shapes that the X server is not asked for again: an animated pointer has some dozens


class XCursorWatch(CursorWatch):
    """The pointer of one X display (None: the environment's)."""

    def __init__(self, display: str | None = None) -> None:
        self._display = display
        self._watcher: _Watcher | None = None

    def start(self, changed: Callable[[Cursor], None]) -> None:
        """Tell ``changed`` of each change."""
        if self._watcher is None:
            self._watcher = _Watcher(_prepared(self._display), changed)

    def stop(self) -> None:
        """Tell nothing any more."""
        watcher, self._watcher = self._watcher, None
        if watcher:
            watcher.stop()

    def self_test(self) -> str | None:
        """None, or why not: no display, or an extension is missing or too old."""
        return why_not(lambda: _prepared(self._display))


class _Watcher:
    """One thread that watches, until ``stop()`` or the end of the display."""

    def __init__(self, connection: Display, changed: Callable[[Cursor], None]) -> None:
        self._connection, self._changed = connection, changed
        self._shapes = _Shapes(connection)
        self._stopped = False
        self._telling = threading.RLock()  # held while ``changed`` runs, which may call stop()
        self._awake, self._wake = os.pipe()
        self._thread = threading.Thread(target=self._run, name="cursor", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Tell nothing any more; the thread ends by itself, also where the X server keeps it waiting."""
        with self._telling:
            self._stopped = True
        os.close(self._wake)

    def _run(self) -> None:
        try:
            with suppress(BackendError), display_lost():
                self._watch()
        finally:
            disconnect(self._connection)
            os.close(self._awake)

    def _watch(self) -> None:
        told: Cursor | None = None
        while not self._stopped:
            self._drain()
            now = Cursor(self._shapes.newest, self._place())
            if now != told:
                self._tell(now)
                told = now
            select.select([self._awake], [], [], PERIOD_S)
            if not self._connection.pending_events():
                select.select([self._awake, self._connection.fileno()], [], [])

    def _tell(self, now: Cursor) -> None:
        with self._telling:
            if not self._stopped:
                self._changed(now)

    def _drain(self) -> None:
        while self._connection.pending_events():
            if self._connection.next_event().type != ge.GenericEventCode:
                self._shapes.forget_newest()

    def _place(self) -> tuple[int, int]:
        pointer = self._connection.screen().root.query_pointer()
        return pointer.root_x, pointer.root_y


class _Shapes:
    """What the pointer looks like, asked of the X server once for each of its shapes."""

    def __init__(self, connection: Display) -> None:
        self._connection = connection
        self._kept: dict[int, Shape] = {}
        self._newest: Shape | None = None

    @property
    def newest(self) -> Shape:
        """As it is now."""
        if self._newest is None:
            self._newest = self._fetch()
        return self._newest

    def forget_newest(self) -> None:
        """It has become another one."""
        self._newest = None

    def _fetch(self) -> Shape:
        try:
            image = self._connection.xfixes_get_cursor_image(self._connection.screen().root)
        except error.BadCursor:
            return INVISIBLE  # there is none at all
        if image.cursor_serial not in self._kept:
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            size, hot = (image.width, image.height), (image.xhot, image.yhot)
            self._kept[image.cursor_serial] = shape_of(size, hot, image.cursor_image)
        return self._kept[image.cursor_serial]


def _prepared(display: str | None) -> Display:
    """A connection that is told of the pointer; raises BackendError("no_display") or ("no_screen_watch")."""
    connection = connect(display)
    with suppress(error.XError, error.ConnectionClosedError, OSError):
        if connection.has_extension(xfixes.extname) and understand_raw_events(connection, ()):
            root = connection.screen().root
            xfixes.query_version(connection)  # it refuses to work before it was asked its version
            connection.xfixes_select_cursor_input(root, xfixes.XFixesDisplayCursorNotifyMask)
            root.xinput_select_events([(xinput.AllMasterDevices, xinput.RawMotionMask)])
            connection.sync()
            return connection
    disconnect(connection)
    raise BackendError("no_screen_watch")

"""The window in front by X11: _NET_ACTIVE_WINDOW (EWMH 1.5), or the topmost one where that is ours or nobody tells.

Properties tell of changes, nothing is asked at intervals: those of the root window, and the names of the window in
front. Without a window manager the root window tells what is mapped, raised and gone instead.
"""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable, Collection
from contextlib import suppress

from Xlib import X, error
from Xlib.display import Display

from remotehelp.desktop.foreground import TITLE, ForegroundWatch, Front
from remotehelp.desktop.x11.clients import list_windows, managed, numbers, programs_of, title_of
from remotehelp.desktop.x11.connection import connect, disconnect, display_lost, why_not
from remotehelp.desktop.x11.kin import program_of
from remotehelp.errors import BackendError

ROOT = ("_NET_ACTIVE_WINDOW", "_NET_CLIENT_LIST_STACKING", "_NET_SUPPORTING_WM_CHECK")
NAMES = ("_NET_WM_NAME", "WM_NAME", "WM_CLASS")
STACKING = (X.MapNotify, X.UnmapNotify, X.ConfigureNotify, X.CirculateNotify, X.DestroyNotify)
Changed = Callable[[Front | None], None]


class XForegroundWatch(ForegroundWatch):
    """The window in front on one X display (None: the environment's)."""

    def __init__(self, display: str | None = None) -> None:
        self._display = display
        self._watcher: _Watcher | None = None

    def start(self, own: Collection[int], changed: Changed, only: int | None = None) -> None:
        """Tell ``changed`` of each change."""
        if self._watcher is None:
            self._watcher = _Watcher(connect(self._display), own, changed, only)
            try:
                self._watcher.begin()
            except BackendError:
                self.stop()
                raise

    def know_own(self, own: Collection[int]) -> None:
        """These are our windows from now on."""
        if self._watcher is not None:
            self._watcher.know_own(own)

    def stop(self) -> None:
        """Tell nothing any more."""
        watcher, self._watcher = self._watcher, None
        if watcher:
            watcher.stop()

    def self_test(self) -> str | None:
        """None, or ``no_display``."""
        return why_not(lambda: connect(self._display))


class _Watcher:
    """One connection that belongs to whoever calls ``begin`` first, and to a thread of its own from then on."""

    def __init__(self, connection: Display, own: Collection[int], changed: Changed, only: int | None) -> None:
        self._connection, self._own, self._changed = connection, tuple(own), changed
        self._finder = _Finder(connection, only)
        self._told: Front | None = None
        self._stopped = self._begun = False
        self._telling = threading.RLock()  # held while ``changed`` runs, which may call stop()
        self._awake, self._wake = os.pipe()

    def begin(self) -> None:
        """Tell what is in front now, and go on in a thread; raises BackendError."""
        with display_lost():
            self._told = self._finder.find(self._own)
        self._changed(self._told)
        self._begun = True
        threading.Thread(target=self._run, name="foreground", daemon=True).start()

    def know_own(self, own: Collection[int]) -> None:
        """Look again with these as ours."""
        with self._telling:
            if self._own != tuple(own) and not self._stopped:
                self._own = tuple(own)
                os.write(self._wake, b".")

    def stop(self) -> None:
        """Tell nothing any more; the thread ends by itself, also where the X server keeps it waiting."""
        with self._telling:
            self._stopped = True
            os.close(self._wake)
        if not self._begun:
            self._end()

    def _run(self) -> None:
        try:
            with suppress(BackendError), display_lost():
                while not self._stopped:
                    self._look()
                    self._sleep()
        finally:
            self._end()

    def _end(self) -> None:
        disconnect(self._connection)
        os.close(self._awake)

    def _look(self) -> None:
        now = self._finder.find(self._own)
        with self._telling:
            if now != self._told and not self._stopped:
                self._told = now
                self._changed(now)

    def _sleep(self) -> None:
        while not self._stopped:
            if self._finder.has_news():
                return
            ready, _, _ = select.select([self._awake, self._connection.fileno()], [], [])
            if self._awake in ready and os.read(self._awake, 4096):
                return


class _Finder:
    """Finds the window in front, and listens to all that may change the answer."""

    def __init__(self, connection: Display, only: int | None) -> None:
        self._connection, self._only = connection, only
        self._root = connection.screen().root
        self._atoms = {connection.intern_atom(name) for name in (*ROOT, *NAMES)}
        self._listened = 0
        self._managed: bool | None = None

    def find(self, own: Collection[int]) -> Front | None:
        """The one window that is looked for, or that in front that is none of ``own``, nor of who made them."""
        self._listen_to_root()
        window = self._only or self._foremost(own)
        self._listen_to(window or 0)
        if window is None:
            return None
        return Front(window, title_of(self._connection, window, TITLE), programs_of(self._connection, window))

    def _foremost(self, own: Collection[int]) -> int | None:
        """The active window, else the topmost one."""
        window = self._active(own)
        if window is None:
            others = list_windows(self._connection, own)
            window = others[0].id if others else None
        return window

    def has_news(self) -> bool:
        """Whether anything was told that may change the answer; never waits."""
        news = False
        while self._connection.pending_events():
            event = self._connection.next_event()
            news |= event.type in STACKING or (event.type == X.PropertyNotify and event.atom in self._atoms)
        return news

    def _active(self, own: Collection[int]) -> int | None:
        """The active window, if a window manager names one, it is seen and none of ours."""
        if not self._managed:
            return None
        [window, *_] = numbers(self._connection, self._root, "_NET_ACTIVE_WINDOW") or (X.NONE,)
        ours = {program_of(self._connection, one) for one in own}
        if window == X.NONE or program_of(self._connection, window) in ours or not self._is_seen(window):
            return None
        return int(window)

    def _is_seen(self, window: int) -> bool:
        """Openbox goes on naming the last window when that is gone."""
        try:
            made = self._connection.create_resource_object("window", window)
            return bool(made.get_attributes().map_state == X.IsViewable)
        except error.BadWindow:
            return False

    def _listen_to_root(self) -> None:
        """To its properties; to what happens to its children only where no window manager tells that in one."""
        there = managed(self._connection) is not None
        if there != self._managed:
            self._managed = there
            self._root.change_attributes(event_mask=X.PropertyChangeMask | (0 if there else X.SubstructureNotifyMask))

    def _listen_to(self, window: int) -> None:
        """To the names of this window, before they are read, and no more to those of the one before."""
        if window == self._listened:
            return
        gone = error.CatchError(error.BadWindow)
        for one, mask in ((self._listened, X.NoEventMask), (window, X.PropertyChangeMask)):
            if one:
                made = self._connection.create_resource_object("window", one)
                made.change_attributes(event_mask=mask, onerror=gone)
        self._listened = window

"""Keeping windows in sight by X11: VisibilityNotify tells that one is covered, and it is raised at once.

On a connection and a thread of its own, so that a window that hangs is kept in sight, too. One that a window manager
takes away (minimised, "show the desktop") is put back, and stands on all of its desktops. One that it has framed is
raised with its frame, which not every window manager lets through: then it stays covered, and that is told again.
Whoever hides a window of ours on purpose lets it be kept no more before that.
"""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Any

from Xlib import X, error
from Xlib.display import Display
from Xlib.protocol.event import ClientMessage

from remotehelp.desktop.in_sight import AGAIN_S, REST_S, InSight
from remotehelp.desktop.x11.connection import connect, disconnect, display_lost, why_not
from remotehelp.desktop.x11.kin import upwards
from remotehelp.errors import BackendError

MASK = X.VisibilityChangeMask | X.StructureNotifyMask
ALL_DESKTOPS, PAGER = 0xFFFFFFFF, 2  # EWMH 1.5, _NET_WM_DESKTOP: the number, and who asks for it


class XInSight(InSight):
    """Windows on one X display (None: the environment's)."""

    def __init__(self, display: str | None = None) -> None:
        self._display = display
        self._windows: tuple[int, ...] = ()
        self._keeper: _Keeper | None = None

    def start(self, covered: Callable[[], None]) -> None:
        """Keep in sight what ``keep`` named last."""
        if self._keeper is None:
            self._keeper = _Keeper(connect(self._display), self._windows, covered)

    def keep(self, windows: Collection[int]) -> None:
        """From now on these."""
        self._windows = tuple(windows)
        if self._keeper is not None:
            self._keeper.keep(self._windows)

    def stop(self) -> None:
        """Keep nothing any more."""
        keeper, self._keeper = self._keeper, None
        if keeper:
            keeper.stop()

    def self_test(self) -> str | None:
        """None, or ``no_display``."""
        return why_not(lambda: connect(self._display))


class _Keeper:
    """One thread that raises, until ``stop()`` or the end of the display."""

    def __init__(self, connection: Display, windows: tuple[int, ...], covered: Callable[[], None]) -> None:
        self._connection, self._covered = connection, covered
        self._wanted = windows
        self._kept: frozenset[int] = frozenset()
        self._hidden: set[int] = set()  # of the kept ones those that can't be seen at all
        self._unmapped: set[int] = set()  # of these those that a window manager took away
        self._told_at = -AGAIN_S
        self._stopped = False
        self._telling = threading.RLock()  # held while ``covered`` runs, which may call stop()
        self._awake, self._wake = os.pipe()
        threading.Thread(target=self._run, name="in sight", daemon=True).start()

    def keep(self, windows: tuple[int, ...]) -> None:
        """From now on these."""
        with self._telling:
            if windows != self._wanted and not self._stopped:
                self._wanted = windows
                os.write(self._wake, b".")

    def stop(self) -> None:
        """Raise nothing any more; the thread ends by itself, also where the X server keeps it waiting."""
        with self._telling:
            self._stopped = True
        os.close(self._wake)

    def _run(self) -> None:
        try:
            with suppress(BackendError), display_lost():
                while not self._stopped:
                    self._listen()
                    self._hear()
                    if self._hidden:
                        self._raise()
                        select.select([self._awake], [], [], REST_S)
                    self._sleep()
        finally:
            disconnect(self._connection)
            os.close(self._awake)

    def _listen(self) -> None:
        """To the windows that are wanted, and to no others; a window tells at once if it is mapped later."""
        wanted = frozenset(self._wanted)
        gone = error.CatchError(error.BadWindow)
        for windows, mask in ((self._kept - wanted, X.NoEventMask), (wanted - self._kept, MASK)):
            for window in windows:
                made = self._connection.create_resource_object("window", window)
                made.change_attributes(event_mask=mask, onerror=gone)
        for window in sorted(wanted - self._kept):
            self._put_on_all_desktops(window)
            self._bring_up(window)  # nobody tells whether it is covered already
        self._kept = wanted

    def _put_on_all_desktops(self, window: int) -> None:
        """So that it stays where somebody goes to another one."""
        self._ask_manager(window, "_NET_WM_DESKTOP", ALL_DESKTOPS, PAGER)

    def _ask_manager(self, window: int, kind: str, *data: int) -> None:
        """A request to the window manager, if there is one (EWMH 1.5, root window messages)."""
        message = ClientMessage(
            window=self._connection.create_resource_object("window", window),
            client_type=self._connection.intern_atom(kind),
            data=(32, [*data, *[0] * (5 - len(data))]),
        )
        mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
        self._connection.screen().root.send_event(message, event_mask=mask)

    def _hear(self) -> None:
        self._connection.sync()
        while self._connection.pending_events():
            event = self._connection.next_event()
            if event.type in (X.VisibilityNotify, X.UnmapNotify, X.DestroyNotify):
                self._note(event)
        self._hidden &= self._kept

    def _note(self, event: Any) -> None:
        """What has become of one window."""
        window, unmapped = event.window.id, event.type == X.UnmapNotify
        covered = event.type == X.VisibilityNotify and event.state == X.VisibilityFullyObscured
        (self._hidden.add if covered or unmapped else self._hidden.discard)(window)
        (self._unmapped.add if unmapped else self._unmapped.discard)(window)

    def _raise(self) -> None:
        """Bring what is hidden to the top, and tell that something was."""
        for window in sorted(self._hidden):
            if window in self._unmapped:
                self._ask_manager(self._connection.screen().root.id, "_NET_SHOWING_DESKTOP", False)
                self._connection.create_resource_object("window", window).map(onerror=error.CatchError(error.BadWindow))
            self._bring_up(window)
        self._connection.flush()
        if time.monotonic() - self._told_at >= AGAIN_S:
            self._told_at = time.monotonic()
            with self._telling:
                if not self._stopped:
                    self._covered()

    def _bring_up(self, window: int) -> None:
        for around in (*upwards(self._connection, window)[-1:], window):
            made = self._connection.create_resource_object("window", around)
            made.configure(stack_mode=X.Above, onerror=error.CatchError(error.BadWindow))

    def _sleep(self) -> None:
        if self._connection.pending_events():
            return
        patience = AGAIN_S if self._hidden else None
        ready, _, _ = select.select([self._awake, self._connection.fileno()], [], [], patience)
        if self._awake in ready:
            os.read(self._awake, 4096)

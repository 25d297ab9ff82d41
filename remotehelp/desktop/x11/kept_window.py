"""One window from when it was chosen until it is forgotten, whether it is shown meanwhile or not.

An id alone is not enough: the X server gives the ids of a program that has ended to the next one that comes (it takes
the lowest free client), so that the second window of one toolkit often has the id of the first.
"""

from __future__ import annotations

from Xlib import X, error

from remotehelp.desktop.x11.connection import connect, disconnect, display_lost
from remotehelp.errors import BackendError


class XKeptWindow:
    """A connection that is told when the window is destroyed, and looks when it is asked (a ``KeptWindow``)."""

    def __init__(self, display: str | None, window: int) -> None:
        self._window, self._destroyed = window, False
        self._connection = connect(display)
        try:
            with display_lost():
                self._listen()
        except BackendError:
            self.close()
            raise

    def check(self) -> None:
        """Raise BackendError("window_closed") if the window was destroyed since it was chosen."""
        with display_lost():
            self._connection.sync()
            while self._connection.pending_events():
                event = self._connection.next_event()
                self._destroyed |= event.type == X.DestroyNotify and event.window.id == self._window
        if self._destroyed:
            raise BackendError("window_closed")

    def close(self) -> None:
        """Forget the window."""
        disconnect(self._connection)

    def _listen(self) -> None:
        missing = error.CatchError(error.BadWindow)
        window = self._connection.create_resource_object("window", self._window)
        window.change_attributes(event_mask=X.StructureNotifyMask, onerror=missing)
        self._connection.sync()
        if missing.get_error() is not None:
            raise BackendError("window_closed")

"""Connections to an X server whose failures are our own errors."""

from __future__ import annotations

import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from Xlib import error
from Xlib.display import Display

from remotehelp.errors import BackendError


def connect(display: str | None) -> Display:
    """A connection of its own to ``display`` (None: the environment's); raises BackendError("no_display")."""
    try:
        connection = Display(display)
    except (error.DisplayError, error.ConnectionClosedError, error.XauthError, error.XNoAuthError, OSError) as reason:
        raise BackendError("no_display") from reason
    # an error that no request waits for concerns a window that is gone meanwhile: nothing to tell anybody
    connection.set_error_handler(lambda _error, _request: None)
    return connection


def why_not(connected: Callable[[], Display]) -> str | None:
    """The key of the reason why there is no such connection, which is closed at once; None if there is one."""
    try:
        disconnect(connected())
    except BackendError as reason:
        return reason.key
    return None


@contextmanager
def display_lost() -> Iterator[None]:
    """Turn the end of the connection inside the block into BackendError("display_lost")."""
    try:
        yield
    except (error.ConnectionClosedError, OSError) as reason:
        raise BackendError("display_lost") from reason


def wait(connection: Display, seconds: float, wake: int) -> None:
    """Sleep until the X server has something to tell, the descriptor ``wake`` is readable or time is up."""
    if not connection.pending_events():
        select.select([connection.fileno(), wake], [], [], seconds)


def disconnect(connection: Display) -> None:
    """Close the connection, whatever state it is in."""
    try:
        connection.close()
    except (error.ConnectionClosedError, OSError):
        return  # closed by the other end: that is all we wanted

"""The panic key by X11: the RECORD extension shows each key, whoever has the keyboard, menus that grab it included.

Not by pynput, whose X11 listener ends only with the next key after ``stop()``, waits for ever where RECORD is missing
and prints a traceback when the display ends (1.8.2).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from Xlib import X, error
from Xlib.display import Display
from Xlib.ext import record
from Xlib.protocol import rq

from remotehelp.desktop.keys import EVDEV, X11_OFFSET
from remotehelp.desktop.panic import Panic
from remotehelp.desktop.x11.connection import connect, disconnect
from remotehelp.errors import BackendError

KEYCODE = EVDEV["End"] + X11_OFFSET
TOGETHER = X.ControlMask | X.Mod1Mask
PATIENCE = 3.0  # seconds until the X server must have begun to tell
KEY_PRESSES: Any = {  # the fields of a RECORDRANGE
    "core_requests": (0, 0),
    "core_replies": (0, 0),
    "ext_requests": (0, 0, 0, 0),
    "ext_replies": (0, 0, 0, 0),
    "delivered_events": (0, 0),
    "device_events": (X.KeyPress, X.KeyPress),
    "errors": (0, 0),
    "client_started": False,
    "client_died": False,
}


class XPanicKey(Panic):
    """The panic key on one X display (None: the environment's)."""

    def __init__(self, display: str | None = None) -> None:
        self._display = display
        self._listener: _Listener | None = None

    def start(self, pressed: Callable[[], None]) -> None:
        """Call ``pressed`` on the listener's thread each time the combination goes down."""
        if self._listener is None:
            self._listener = _Listener(self._display, pressed)

    def stop(self) -> None:
        """Hear nothing any more."""
        listener, self._listener = self._listener, None
        if listener:
            listener.stop()

    def self_test(self) -> str | None:
        """None, or why not: no display, or no RECORD extension on it."""
        try:
            connection = connect(self._display)
        except BackendError as reason:
            return reason.key
        heard = connection.has_extension(record.extname)
        disconnect(connection)
        return None if heard else "no_panic_key"


class _Listener:
    """One thread that listens, with a second connection that ends it (RECORD protocol 1.13, section 2)."""

    def __init__(self, display: str | None, pressed: Callable[[], None]) -> None:
        self._pressed = pressed
        self._begun = threading.Event()
        self._control = connect(display)
        if not self._control.has_extension(record.extname):
            disconnect(self._control)
            raise BackendError("no_panic_key")
        self._context = record.create_context(self._control, 0, [record.AllClients], [KEY_PRESSES])
        self._control.sync()
        self._data = connect(display)
        self._thread = threading.Thread(target=self._listen, name="panic key", daemon=True)
        self._thread.start()
        if not self._begun.wait(PATIENCE):
            self.stop()
            raise BackendError("no_panic_key")

    def stop(self) -> None:
        """End the thread; the context goes with its connection."""
        disconnect(self._control)
        if self._thread is not threading.current_thread():
            self._thread.join(PATIENCE)

    def _listen(self) -> None:
        try:
            record.enable_context(self._data, self._context, self._hear)
        except (error.ConnectionClosedError, OSError):
            return  # the display ended: nothing is left that could be stopped
        finally:
            disconnect(self._data)

    def _hear(self, reply: Any) -> None:
        if reply.category == record.StartOfData:
            self._begun.set()
        if reply.category == record.FromServer and _holds_the_panic_key(reply.data, self._data):
            self._pressed()


def _holds_the_panic_key(data: Any, connection: Display) -> bool:
    """Whether one of these recorded key presses is End while Ctrl and Alt are down."""
    while data:
        event, data = rq.EventField("press").parse_binary_value(data, connection.display, None, 0)
        if event.detail == KEYCODE and event.state & TOGETHER == TOGETHER:
            return True
    return False

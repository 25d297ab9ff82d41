"""The panic key by X11: raw key events of the X Input Extension, whoever has the keyboard, menus that grab it included.

Each keyboard tells its own keys, the technician's included (XTEST's is a keyboard too). RECORD and core events tell
those of the joined keyboard, and there a key that is down already can't go down again: a technician who holds End
would make hers unheard. Not by pynput either, whose X11 listener ends only with the next key after ``stop()`` and
prints a traceback when the display ends (1.8.2).
"""

from __future__ import annotations

import os
import selectors
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from Xlib import X, error
from Xlib.display import Display
from Xlib.ext import ge, xinput

from remotehelp.desktop.keys import EVDEV, X11_OFFSET
from remotehelp.desktop.panic import Panic
from remotehelp.desktop.x11.connection import connect, disconnect, why_not
from remotehelp.desktop.x11.raw_events import understand_raw_events
from remotehelp.errors import BackendError

PATIENCE = 1.0  # seconds until listening must have begun, or have ended


def _keycodes(*codes: str) -> frozenset[int]:
    return frozenset(EVDEV[code] + X11_OFFSET for code in codes)


END = _keycodes("End")
CONTROL = _keycodes("ControlLeft", "ControlRight")
ALT = _keycodes("AltLeft", "AltRight")


class Chord:
    """Tells Ctrl+Alt+End from what single keyboards do; keys by X11 keycode."""

    def __init__(self, control: frozenset[int] = CONTROL, alt: frozenset[int] = ALT) -> None:
        self._control, self._alt = control, alt
        self._down: set[tuple[int, int]] = set()

    def pressed(self, keyboard: int, keycode: int) -> bool:
        """Whether this press is End while Ctrl and Alt are down, on whichever keyboards."""
        again = (keyboard, keycode) in self._down
        self._down.add((keyboard, keycode))
        down = {key for _, key in self._down}
        return keycode in END and not again and not (down.isdisjoint(self._control) or down.isdisjoint(self._alt))

    def released(self, keyboard: int, keycode: int) -> None:
        """This key is up again."""
        self._down.discard((keyboard, keycode))


def chord_of(connection: Display) -> Chord:
    """The combination on this display, whichever keys Ctrl and Alt are mapped to beside their own."""
    mapping = connection.get_modifier_mapping()
    return Chord(CONTROL.union(mapping[X.ControlMapIndex]), ALT.union(mapping[X.Mod1MapIndex]))


class XPanicKey(Panic):
    """The panic key on one X display (None: the environment's)."""

    def __init__(self, display: str | None = None) -> None:
        self._display = display
        self._listener: _Listener | None = None

    def start(self, pressed: Callable[[], None], lost: Callable[[], None]) -> None:
        """Call ``pressed`` each time the combination goes down, and ``lost`` once it can't be heard any more."""
        if self._listener and self._listener.listens:
            return
        self.stop()
        listener = self._listener = _Listener(self._display, pressed, lost)
        listener.begin()

    def stop(self) -> None:
        """Hear nothing any more."""
        listener, self._listener = self._listener, None
        if listener:
            listener.stop()

    def self_test(self) -> str | None:
        """None, or why not: no display, or an X Input Extension that is too old."""
        return why_not(lambda: _prepared(self._display))


class _Listener:
    """One thread that listens, until ``stop()`` or the end of the display."""

    def __init__(self, display: str | None, pressed: Callable[[], None], lost: Callable[[], None]) -> None:
        self._display, self._pressed, self._lost = display, pressed, lost
        self._begun = threading.Event()
        self._stopped = threading.Event()
        self._failed: str | None = None
        self._awake, self._wake = os.pipe()
        self._thread = threading.Thread(target=self._run, name="panic key", daemon=True)

    @property
    def listens(self) -> bool:
        """Whether keys are heard now."""
        return self._begun.is_set() and self._failed is None and self._thread.is_alive()

    def begin(self) -> None:
        """Listen; raises BackendError, after PATIENCE seconds at most."""
        self._thread.start()
        if not self._begun.wait(PATIENCE) or self._failed:
            self._end()
            raise BackendError(self._failed or "no_panic_key")

    def stop(self) -> None:
        """End the thread; where the X server does not answer, it ends later by itself and tells nobody."""
        self._end()
        if self._thread is not threading.current_thread():
            self._thread.join(PATIENCE)

    def _end(self) -> None:
        if not self._stopped.is_set():
            self._stopped.set()
            os.close(self._wake)

    def _run(self) -> None:
        try:
            connection = _prepared(self._display)
            try:
                self._listen(connection)
            finally:
                disconnect(connection)
        except BackendError as reason:
            self._failed = reason.key
        except (error.XError, error.ConnectionClosedError, OSError):
            self._failed = "no_panic_key"  # the display ended
        finally:
            os.close(self._awake)
            told = self._begun.is_set()
            self._begun.set()
            if told and not self._stopped.is_set():
                self._lost()

    def _listen(self, connection: Display) -> None:
        chord = chord_of(connection)
        mask = xinput.RawKeyPressMask | xinput.RawKeyReleaseMask
        connection.screen().root.xinput_select_events([(xinput.AllDevices, mask)])
        connection.sync()
        self._begun.set()
        with selectors.DefaultSelector() as either:
            either.register(connection, selectors.EVENT_READ)
            either.register(self._awake, selectors.EVENT_READ)
            while not self._stopped.is_set():
                while connection.pending_events():
                    self._hear(connection.next_event(), chord)
                either.select()

    def _hear(self, event: Any, chord: Chord) -> None:
        if event.type != ge.GenericEventCode:
            return
        key = (event.data.sourceid, event.data.detail)  # each comes twice: from the keyboard and from the joined one
        if event.evtype == xinput.RawKeyRelease:
            chord.released(*key)
        elif chord.pressed(*key) and not self._stopped.is_set():
            self._pressed()


def _prepared(display: str | None) -> Display:
    """A connection that understands raw key events; raises BackendError("no_display") or ("no_panic_key")."""
    connection = connect(display)
    with suppress(error.XError, error.ConnectionClosedError, OSError):
        if understand_raw_events(connection, (xinput.RawKeyPress, xinput.RawKeyRelease)):
            return connection
    disconnect(connection)
    raise BackendError("no_panic_key")

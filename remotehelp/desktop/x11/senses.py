"""The guardian's ears and free hand by X11: raw events of all devices, and XTEST to let go of what it holds.

Each event of XTEST's devices is compared with what our hands have noted in the fence; any other device is hers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from Xlib import X
from Xlib.ext import ge, xinput, xtest

from remotehelp.desktop.fence import Fence
from remotehelp.desktop.keys import EVDEV, X11_OFFSET
from remotehelp.desktop.long_press import LongPress
from remotehelp.desktop.senses import Heard, Senses
from remotehelp.desktop.whose import Whose
from remotehelp.desktop.x11.connection import connect, disconnect, display_lost
from remotehelp.desktop.x11.fingers import event_number
from remotehelp.desktop.x11.panic import Chord, chord_of
from remotehelp.desktop.x11.raw_events import understand_raw_events
from remotehelp.errors import BackendError

ESCAPE = EVDEV["Escape"] + X11_OFFSET
BUTTONS = range(1, 10)
KEYCODES = range(8, 256)
CORE = {  # the core protocol's number of each raw event: that is how XTEST names what it makes up
    xinput.RawKeyPress: X.KeyPress,
    xinput.RawKeyRelease: X.KeyRelease,
    xinput.RawButtonPress: X.ButtonPress,
    xinput.RawButtonRelease: X.ButtonRelease,
    xinput.RawMotion: X.MotionNotify,
}
MASK = (
    xinput.RawKeyPressMask
    | xinput.RawKeyReleaseMask
    | xinput.RawButtonPressMask
    | xinput.RawButtonReleaseMask
    | xinput.RawMotionMask
)


class XSenses(Senses):
    """On one X display (None: the environment's). Raises BackendError("no_display") or ("no_panic_key")."""

    def __init__(self, display: str | None, fence: Fence) -> None:
        self._fence = fence
        self._whose, self._noted = Whose(), fence.noted
        self._escape = LongPress()
        self._connection = connect(display)
        with display_lost():
            if not understand_raw_events(self._connection, CORE):
                self.close()
                raise BackendError("no_panic_key")
            self._chord: Chord = chord_of(self._connection)
            self._made_up = self._xtest_devices()
            self._repeats = self._connection.get_keyboard_control().auto_repeats
            # of the joined devices, so that each event comes once
            self._connection.screen().root.xinput_select_events([(xinput.AllMasterDevices, MASK)])
            self._connection.sync()

    def fileno(self) -> int:
        """The connection's descriptor."""
        number: int = self._connection.fileno()
        return number

    def hear(self, now: float) -> Iterator[Heard]:
        """What has been heard since the last time."""
        with display_lost():
            while self._connection.pending_events():
                event = self._connection.next_event()
                if event.type == ge.GenericEventCode:
                    yield from self._understand(CORE[event.evtype], event.data, now)
        if self._escape.due(now):
            yield Heard.PANIC

    def wait(self, now: float) -> float | None:
        """Seconds until Esc has been held for long."""
        return 0.0 if self._connection.pending_events() else self._escape.wait(now)

    def release_all(self) -> None:
        """Let go of what XTEST's devices hold, and let keys repeat that did so when we came."""
        with display_lost():
            self._read_notes(time.monotonic())  # what our hands did came before
            for keycode in KEYCODES:
                self._release(X.KeyRelease, keycode)
            for button in BUTTONS:
                self._release(X.ButtonRelease, button)
            self._let_keys_repeat()
            self._connection.sync()

    def close(self) -> None:
        """Give the connection back."""
        disconnect(self._connection)

    def _release(self, kind: int, detail: int) -> None:
        self._whose.note(event_number(kind, detail), time.monotonic())
        xtest.fake_input(self._connection, kind, detail)

    def _understand(self, kind: int, raw: Any, now: float) -> Iterator[Heard]:
        key, ours = (raw.sourceid, raw.detail), self._is_ours(kind, raw, now)
        if not ours:
            yield Heard.HER_HAND
        if kind == X.KeyRelease:
            self._chord.released(*key)
            self._escape.released(key)
        elif kind == X.KeyPress:
            if raw.detail == ESCAPE and not ours:
                self._escape.pressed(key, now)
            if self._chord.pressed(*key):
                yield Heard.PANIC

    def _is_ours(self, kind: int, raw: Any, now: float) -> bool:
        self._read_notes(now)
        return raw.sourceid in self._made_up and self._whose.is_ours(event_number(kind, raw.detail), now)

    def _read_notes(self, now: float) -> None:
        noted = self._fence.noted
        for note in self._fence.notes(self._noted, noted):
            self._whose.note(note, now)
        self._noted = noted

    def _xtest_devices(self) -> frozenset[int]:
        devices = self._connection.xinput_query_device(xinput.AllDevices).devices
        return frozenset(device.deviceid for device in devices if " XTEST " in device.name)

    def _let_keys_repeat(self) -> None:
        now = self._connection.get_keyboard_control().auto_repeats
        for keycode in KEYCODES:
            byte, bit = divmod(keycode, 8)
            if self._repeats[byte] & ~now[byte] & 1 << bit:
                self._connection.change_keyboard_control(key=keycode, auto_repeat_mode=X.AutoRepeatModeOn)

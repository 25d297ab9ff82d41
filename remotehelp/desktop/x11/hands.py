"""Hands by X11: the XTEST extension, behind a grab of the X server.

Between the question whose window an input would reach and the input itself nothing may move, or a rogue technician
could win that race in the end. So the X server is grabbed for both. **Never in a process that runs Qt**: a Qt call that
waits for the X server keeps Python's global lock, this code needs that lock to let go of the server, and the whole
desktop stands still for good. ``apart.XHandsApart`` is for such processes.

The same holds for each repetition of a held key. Hence the X server's own auto-repeat is off for the keys that we hold
(core protocol, ChangeKeyboardControl; it outlives us, so whoever lets go of a key switches it on again), and
``repeat.Repeater`` presses them again instead.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress

from Xlib import X
from Xlib.ext import xtest

from remotehelp.desktop.hands import Action, Hands, Held, Move, Press, Turn, Type, notches
from remotehelp.desktop.keys import EVDEV, X11_OFFSET
from remotehelp.desktop.x11.connection import connect, disconnect, display_lost
from remotehelp.desktop.x11.repeat import Repeater
from remotehelp.desktop.x11.windows import keyboard_hits, pointer_hits
from remotehelp.errors import BackendError, GateClosed

UP, DOWN, LEFT, RIGHT = 4, 5, 6, 7  # the wheel's buttons in X11
FURTHEST = 32767  # the protocol's largest coordinate; the X server itself keeps the pointer on the screen


class XHands(Hands):
    """Mouse and keyboard of one X display (None: the environment's).

    ``held`` was left down by hands before these, and is let go of by ``release_all()`` too; ``repeating`` are the keys
    that the X server repeated before those came.
    """

    def __init__(
        self, display: str | None = None, held: Collection[Held] = (), repeating: frozenset[str] | None = None
    ) -> None:
        self._lock = threading.Lock()
        self._connection = connect(display)
        with display_lost():
            self.repeating = self._repeated_by_the_server() if repeating is None else repeating
        self._repeater = Repeater(self._lock, self._again)
        self._own: Collection[int] = ()
        self._held = set(held)
        self._turned = (0, 0)  # rests of less than a notch
        self._closed = False

    def inject(self, action: Action, own: Collection[int]) -> None:
        """Do one action, unless it would reach a window of ours."""
        with self._lock, display_lost():
            self._own = own
            match action:
                case Move(x, y):
                    self._move(x, y)
                case Press():
                    self._press(action, own)
                case Turn():
                    self._turn(action, own)
                case Type():
                    self._type(action, own)
            self._connection.sync()  # done, not only sent: what is told to be up is up

    def release_all(self) -> None:
        """Let go of every key and button that we hold."""
        with self._lock, display_lost():
            self._let_go()

    def held(self) -> frozenset[Held]:
        """What we hold down now."""
        return frozenset(self._held)

    def close(self) -> None:
        """Let go of everything and give the connection back."""
        with self._lock, suppress(BackendError):  # a lost display holds nothing
            if not self._closed:
                self._closed = True
                self._repeater.end()
                with display_lost():
                    self._let_go()
        disconnect(self._connection)

    def self_test(self) -> str | None:
        """None, or ``no_remote_input`` where the X server has no XTEST."""
        with self._lock, display_lost():
            return None if self._connection.has_extension(xtest.extname) else "no_remote_input"

    def _press(self, action: Press, own: Collection[int]) -> None:
        if action.down == (action.button in self._held):
            return
        if not action.down:
            self._move(action.x, action.y)
            self._fake(action.button, down=False)
            return
        with self._still():
            self._move(action.x, action.y)
            self._refuse_if(pointer_hits(self._connection, own))
            self._fake(action.button, down=True)

    def _type(self, action: Type, own: Collection[int]) -> None:
        if action.code not in EVDEV:
            raise BackendError("key_not_known")
        if action.down == (action.code in self._held):
            return
        if not action.down:
            self._fake(action.code, down=False)
            return
        self._repeater.stop()  # also where this key is refused or is one that never repeats: Ctrl after W
        with self._still():
            self._refuse_if(keyboard_hits(self._connection, own))
            self._fake(action.code, down=True)
        if action.code in self.repeating and self._connection.get_keyboard_control().global_auto_repeat:
            self._repeater.pressed(action.code)

    def _again(self, code: str) -> bool:
        """Press a held key once more, unless it would reach a window of ours; whether it may go on so."""
        with suppress(GateClosed, BackendError), display_lost(), self._still():
            self._refuse_if(keyboard_hits(self._connection, self._own))
            self._key(code, down=False)
            self._key(code, down=True)
            return True
        return False

    def _turn(self, action: Turn, own: Collection[int]) -> None:
        across, rest_x = notches(self._turned[0] + action.dx)
        along, rest_y = notches(self._turned[1] + action.dy)
        self._turned = (rest_x, rest_y)
        if not across and not along:
            self._move(action.x, action.y)
            return
        with self._still():
            self._move(action.x, action.y)
            self._refuse_if(pointer_hits(self._connection, own))
            self._click(RIGHT if across > 0 else LEFT, abs(across))
            self._click(UP if along > 0 else DOWN, abs(along))

    def _refuse_if(self, ours: bool) -> None:
        if ours:
            raise GateClosed("own_window")

    @contextmanager
    def _still(self) -> Iterator[None]:
        """Nobody but us is served by the X server inside this block: no window and no focus moves."""
        self._connection.grab_server()
        try:
            yield
        finally:
            self._connection.ungrab_server()
            self._connection.sync()

    def _move(self, x: int, y: int) -> None:
        place = {"x": min(max(x, 0), FURTHEST), "y": min(max(y, 0), FURTHEST)}
        xtest.fake_input(self._connection, X.MotionNotify, **place)

    def _click(self, button: int, times: int) -> None:
        for _ in range(times):
            xtest.fake_input(self._connection, X.ButtonPress, button)
            xtest.fake_input(self._connection, X.ButtonRelease, button)

    def _fake(self, what: Held, *, down: bool) -> None:
        if not isinstance(what, str):
            xtest.fake_input(self._connection, X.ButtonPress if down else X.ButtonRelease, what)
        elif down:
            self._let_server_repeat(what, False)
            self._key(what, down=True)
        else:
            self._repeater.released(what)
            self._key(what, down=False)
            self._let_server_repeat(what, True)
        (self._held.add if down else self._held.discard)(what)

    def _key(self, code: str, *, down: bool) -> None:
        xtest.fake_input(self._connection, X.KeyPress if down else X.KeyRelease, EVDEV[code] + X11_OFFSET)

    def _let_server_repeat(self, code: str, repeat: bool) -> None:
        if code in self.repeating:
            mode = X.AutoRepeatModeOn if repeat else X.AutoRepeatModeOff
            self._connection.change_keyboard_control(key=EVDEV[code] + X11_OFFSET, auto_repeat_mode=mode)

    def _repeated_by_the_server(self) -> frozenset[str]:
        """The keys that the X server repeats: all but modifiers, unless the person chose otherwise."""
        bits = self._connection.get_keyboard_control().auto_repeats
        places = ((code, evdev + X11_OFFSET) for code, evdev in EVDEV.items())
        return frozenset(code for code, keycode in places if bits[keycode // 8] >> (keycode % 8) & 1)

    def _let_go(self) -> None:
        self._repeater.stop()
        for what in tuple(self._held):
            self._fake(what, down=False)
        self._turned = (0, 0)
        self._connection.sync()

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
from dataclasses import dataclass

from Xlib import X
from Xlib.ext import xtest
from Xlib.protocol import request

from remotehelp.desktop.fence import Fence, open_fence
from remotehelp.desktop.hands import Action, Hands, Held, Move, Press, Turn, Type, Write, notches
from remotehelp.desktop.keys import CODE, EVDEV, X11_OFFSET
from remotehelp.desktop.x11.connection import connect, disconnect, display_lost
from remotehelp.desktop.x11.fingers import Fingers
from remotehelp.desktop.x11.news import News
from remotehelp.desktop.x11.reach import Reach
from remotehelp.desktop.x11.repeat import Repeater
from remotehelp.desktop.x11.strokes import Stroke
from remotehelp.desktop.x11.typist import KEYCODES, Typist
from remotehelp.errors import BackendError, ConsentError

UP, DOWN, LEFT, RIGHT = 4, 5, 6, 7  # the wheel's buttons in X11
LOOKS = 5  # at a layout that goes on changing before it is typed by as it was
FURTHEST = 32767  # the protocol's largest coordinate; the X server itself keeps the pointer on the screen


@dataclass(frozen=True)
class Found:
    """What was so before any hands came: the keys that the X server repeats, the keycodes that nothing is mapped to."""

    repeating: frozenset[str]
    spare: tuple[int, ...]


class XHands(Hands):
    """Mouse and keyboard of one X display (None: the environment's).

    ``held`` was left down by hands before these, and is let go of by ``release_all()`` too; ``found`` is what those
    found when they came.
    """

    def __init__(
        self,
        display: str | None = None,
        held: Collection[Held] = (),
        found: Found | None = None,
        fence: Fence | None = None,
    ) -> None:
        self._lock = threading.Lock()
        self._fence = fence or open_fence()
        self._connection = connect(display)
        self._fingers = Fingers(self._connection, self._fence)
        with display_lost():
            news = News(self._connection)
            self._reach = Reach(self._connection, news)
            self._typist = Typist(self._fingers, self._connection, display, news, found.spare if found else None)
            self.found = found or Found(self._repeated_by_the_server(), self._typist.spare)
        self._repeater = Repeater(self._lock, self._again)
        self._inherited = bool(held)
        self._buttons = {what for what in held if not isinstance(what, str)}
        # the key that is down for a key of the technician's; none for what was typed at once and only repeats
        self._keys: dict[str, str | None] = {what: what for what in held if isinstance(what, str)}
        self._texts: dict[str, str] = {}
        self._turned = (0, 0)  # rests of less than a notch
        self._closed = False

    def inject(self, action: Action, own: Collection[int], only: int | None = None) -> None:
        """Do one action, unless it would reach a window of ours, or any other than ``only``."""
        with self._lock, display_lost():
            self._fence.check()
            self._reach.limit(own, only)
            match action:
                case Move(x, y):
                    self._move(x, y)
                case Press():
                    self._press(action)
                case Turn():
                    self._turn(action)
                case Type():
                    self._type(action)
                case Write(text):
                    self._write(text)
            self._connection.sync()  # done, not only sent: what is told to be up is up

    @property
    def fence(self) -> Fence:
        """What they ask before each thing they do."""
        return self._fence

    def release_all(self) -> None:
        """Let go of every key and button that we hold."""
        with self._lock, display_lost():
            self._let_go()

    def held(self) -> frozenset[Held]:
        """What we hold down now."""
        return frozenset(self._buttons).union(filter(None, self._keys.values()))

    def close(self) -> None:
        """Let go of everything and give the connection back."""
        with self._lock, suppress(BackendError):  # a lost display holds nothing
            if not self._closed:
                self._closed = True
                self._repeater.end()
                with display_lost():
                    self._let_go()
                self._typist.close()
        disconnect(self._connection)

    def self_test(self) -> str | None:
        """None, or ``no_remote_input`` where the X server has no XTEST."""
        with self._lock, display_lost():
            return None if self._connection.has_extension(xtest.extname) else "no_remote_input"

    def _press(self, action: Press) -> None:
        if action.down == (action.button in self._buttons):
            return
        if not action.down:
            with suppress(ConsentError):  # it is let go of where the pointer is then
                self._move(action.x, action.y)
            self._button(action.button, down=False)
            return
        with self._still():
            self._aim(action.x, action.y, (action.button,))
            self._button(action.button, down=True)

    def _aim(self, x: int, y: int, buttons: Collection[int]) -> None:
        """The pointer goes to where these buttons (the wheel's too) are about to be used, if that may be."""
        self._reach.place(x, y)
        self._point(x, y)
        self._reach.pointer(x, y, buttons, pressed=bool(self._buttons))

    def _type(self, action: Type) -> None:
        if action.code not in EVDEV:
            raise BackendError("key_not_known")
        if action.down == (action.code in self._keys):
            return
        if not action.down:
            self._up(action.code)
            return
        self._repeater.stop()  # also where this key is refused or is one that never repeats: Ctrl after W
        self._typist.wait(action.text)
        keyboard = request.GetKeyboardControl(
            display=self._connection.display, defer=True
        )  # comes with the next answer
        with self._still_keyboard() as state:
            self._down(action.code, action.text, state)
        keyboard.reply()
        if action.code in self.found.repeating and keyboard.global_auto_repeat:
            self._repeater.pressed(action.code)

    def _down(self, code: str, text: str, state: int) -> None:
        """Press the key that types ``text``: the one at this place if it does so, or if no other does."""
        place = EVDEV[code] + X11_OFFSET
        stroke = self._typist.find(text, place, self._keycodes(), state) if text else None
        if stroke is None or (stroke.keycode == place and stroke.plain):
            key: str | None = code
        else:
            key = CODE.get(stroke.keycode - X11_OFFSET) if stroke.plain else None
        if key in self._keys.values():
            key = None
        if key is None:
            self._spell(text)
            self._texts[code] = text
        else:
            self._check_key(EVDEV[key] + X11_OFFSET, stroke)
            if stroke:
                self._typist.switch(stroke)
            self._let_server_repeat(key, False)
            self._key(key, down=True)
        self._keys[code] = key

    def _up(self, code: str) -> None:
        """Let go of what is down for this key of the technician's."""
        self._repeater.released(code)
        self._texts.pop(code, None)
        key = self._keys.pop(code)
        if key is not None:
            self._key(key, down=False)
            self._let_server_repeat(key, True)

    def _write(self, text: str) -> None:
        for char in text:
            self._typist.wait(char)
            with self._still_keyboard():
                self._spell(char)

    def _spell(self, text: str) -> None:
        for char in text:
            held = self._keycodes()
            stroke = self._typist.find(char, None, held)
            if stroke is not None:
                self._check_key(stroke.keycode, stroke)
                self._typist.press(stroke, held)

    def _again(self, code: str) -> bool:
        """Press a held key once more, unless it would reach what it must not; whether it may go on so."""
        with suppress(ConsentError, BackendError), display_lost(), self._still_keyboard():
            key = self._keys[code]
            if key is None:
                self._spell(self._texts[code])
            else:
                self._check_key(EVDEV[key] + X11_OFFSET)
                self._key(key, down=False)
                self._key(key, down=True)
            return True
        return False

    def _turn(self, action: Turn) -> None:
        across, rest_x = notches(self._turned[0] + action.dx)
        along, rest_y = notches(self._turned[1] + action.dy)
        self._turned = (rest_x, rest_y)
        if not across and not along:
            self._move(action.x, action.y)
            return
        clicks = {RIGHT if across > 0 else LEFT: abs(across), UP if along > 0 else DOWN: abs(along)}
        with self._still():
            self._aim(action.x, action.y, [button for button, times in clicks.items() if times])
            for button, times in clicks.items():
                self._click(button, times)

    def _check_key(self, keycode: int, stroke: Stroke | None = None) -> None:
        """Refuse a key that somebody else would be given, or that hides our windows, pressed as ``stroke`` says."""
        if self._reach.minds(keycode):
            self._reach.key(keycode, self._typist.state(stroke))

    @contextmanager
    def _still(self) -> Iterator[None]:
        """Nobody but us is served by the X server inside this block: no window and no focus moves.

        Raises what the fence says.
        """
        self._connection.grab_server()
        try:
            self._fence.check()
            yield
        finally:
            self._connection.ungrab_server()
            self._connection.flush()

    @contextmanager
    def _still_keyboard(self) -> Iterator[int]:
        """The same, with the keyboard's layout known and who has it being allowed to; raises GateClosed.

        Gives the mask of what is down or locked.
        """
        for more in reversed(range(LOOKS)):
            self._typist.look()
            with self._still():
                state = self._reach.keyboard()
                if self._typist.outdated() and more:
                    continue
                yield state
                return

    def _move(self, x: int, y: int) -> None:
        """The pointer goes to (x, y), if that may be; what it only passes over notices it, too."""
        if self._reach.only is None:
            self._point(x, y)
            return
        with self._still():
            self._reach.place(x, y)
            self._point(x, y)

    def _point(self, x: int, y: int) -> None:
        place = {"x": min(max(x, 0), FURTHEST), "y": min(max(y, 0), FURTHEST)}
        self._fingers.fake(X.MotionNotify, **place)

    def _click(self, button: int, times: int) -> None:
        for _ in range(times):
            self._fingers.fake(X.ButtonPress, button)
            self._fingers.fake(X.ButtonRelease, button)

    def _button(self, number: int, *, down: bool) -> None:
        self._fingers.fake(X.ButtonPress if down else X.ButtonRelease, number)
        (self._buttons.add if down else self._buttons.discard)(number)

    def _keycodes(self) -> list[int]:
        """The keycodes that we hold down."""
        return [EVDEV[key] + X11_OFFSET for key in self._keys.values() if key is not None]

    def _key(self, code: str, *, down: bool) -> None:
        self._fingers.fake(X.KeyPress if down else X.KeyRelease, EVDEV[code] + X11_OFFSET)

    def _let_server_repeat(self, code: str, repeat: bool) -> None:
        if code in self.found.repeating:
            mode = X.AutoRepeatModeOn if repeat else X.AutoRepeatModeOff
            self._connection.change_keyboard_control(key=EVDEV[code] + X11_OFFSET, auto_repeat_mode=mode)

    def _repeated_by_the_server(self) -> frozenset[str]:
        """The keys that the X server repeats: all but modifiers, unless the person chose otherwise."""
        bits = self._connection.get_keyboard_control().auto_repeats
        places = ((code, evdev + X11_OFFSET) for code, evdev in EVDEV.items())
        return frozenset(code for code, keycode in places if bits[keycode // 8] >> (keycode % 8) & 1)

    def _let_go(self) -> None:
        self._repeater.stop()
        for number in tuple(self._buttons):
            self._button(number, down=False)
        for code in tuple(self._keys):
            self._up(code)
        if self._inherited:  # nobody knows in the middle of what they ended
            for keycode in KEYCODES:
                self._fingers.fake(X.KeyRelease, keycode)
            self._inherited = False
        self._typist.restore()
        self._turned = (0, 0)
        self._connection.sync()

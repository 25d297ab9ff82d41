"""A hand on one X display: pointer and keys by the XTEST extension, at a known time."""

from __future__ import annotations

import time
from contextlib import suppress

from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from remotehelp.demo.waiting import StageError

STEP_S = 0.016  # one movement a frame of a 60 Hz screen
MODIFIERS = {"Ctrl": "Control_L", "Alt": "Alt_L", "Shift": "Shift_L", "Super": "Super_L"}
KEYS = {"Enter": "Return", "Esc": "Escape", "Space": "space", "PageUp": "Prior", "PageDown": "Next"}
CONTROLS = {"\n": XK.XK_Return, "\t": XK.XK_Tab}
UNICODE = 0x01000000  # X11 protocol, appendix A: the keysym of a character beyond Latin-1


class Hand:
    """Moves, clicks and types on the display called ``name`` (":7"); coordinates in its device pixels."""

    def __init__(self, name: str) -> None:
        self._display = Display(name)
        self._added: dict[int, int] = {}

    def close(self) -> None:
        """Let go of everything that is still pressed, and of the display."""
        with suppress(OSError):
            self._display.close()

    def position(self) -> tuple[int, int]:
        """Where the pointer is."""
        answer = self._display.screen().root.query_pointer()
        return answer.root_x, answer.root_y

    def move_to(self, x: int, y: int) -> None:
        """Put the pointer there at once."""
        self._send(X.MotionNotify, x=x, y=y)

    def glide(self, x: int, y: int, seconds: float) -> None:
        """Move the pointer there in a straight line that takes about ``seconds``."""
        start_x, start_y = self.position()
        steps = max(1, round(seconds / STEP_S))
        for step in range(1, steps + 1):
            self.move_to(start_x + (x - start_x) * step // steps, start_y + (y - start_y) * step // steps)
            time.sleep(seconds / steps)

    def button(self, number: int, down: bool) -> None:
        """Press or let go of a mouse button: 1 left, 2 middle, 3 right."""
        self._send(X.ButtonPress if down else X.ButtonRelease, number)

    def click_at(self, x: int, y: int, button: int = 1) -> None:
        """Put the pointer there and click."""
        self.move_to(x, y)
        self.button(button, True)
        self.button(button, False)

    def key(self, combo: str) -> float:
        """Press and let go of a key, with modifiers in front: "a", "Enter", "F5", "Ctrl+Alt+End" (X11's names of keys).

        Returns the time.monotonic() at which the server had taken the press. Raises StageError for an unknown key.
        """
        codes = [self._keycode(part) for part in combo.split("+")]
        for code in codes:
            self._send(X.KeyPress, code)
        pressed = time.monotonic()
        for code in reversed(codes):
            self._send(X.KeyRelease, code)
        return pressed

    def type(self, text: str, pause: float = 0.01) -> None:
        """Type ``text``, whatever its letters, as real key events with ``pause`` seconds after each."""
        for letter in text:
            code, shifted = self._place(letter)
            held = [self._keycode("Shift")] if shifted else []
            for key in [*held, code]:
                self._send(X.KeyPress, key)
            for key in [code, *held]:
                self._send(X.KeyRelease, key)
            time.sleep(pause)

    def _place(self, letter: str) -> tuple[int, bool]:
        """The key that gives ``letter``, and whether Shift has to be held."""
        keysym = CONTROLS.get(letter) or (ord(letter) if ord(letter) < 0x100 else UNICODE + ord(letter))
        if keysym not in self._added:
            for code, level in self._display.keysym_to_keycodes(keysym):
                if level in (0, 1):
                    return code, level == 1
            self._added[keysym] = self._add_key(keysym)
        return self._added[keysym], False

    def _add_key(self, keysym: int) -> int:
        """Give a letter that the keyboard lacks a spare key, for good.

        A key that is given back at once is often read too late, by when it means nothing: so this one stays.
        """
        info = self._display.display.info
        for code in range(info.max_keycode, info.min_keycode, -1):
            spare = not any(self._display.keycode_to_keysym(code, level) for level in range(4))
            if spare and code not in self._added.values():
                self._display.change_keyboard_mapping(code, [[keysym, keysym]])
                self._display.sync()
                return code
        raise StageError("this keyboard has no spare key left")

    def _keycode(self, part: str) -> int:
        keysym = XK.string_to_keysym(MODIFIERS.get(part, KEYS.get(part, part)))
        code = self._display.keysym_to_keycode(keysym) if keysym else 0
        if not code:
            raise StageError(f"there is no key called {part!r} on this keyboard")
        return code

    def _send(self, kind: int, detail: int = 0, x: int = 0, y: int = 0) -> None:
        xtest.fake_input(self._display, kind, detail, x=x, y=y)
        self._display.sync()

"""Types characters on an X display: by the keys of its layout, else by spare keys that are lent to them.

Only ``hands.XHands`` calls this, with its lock held, and after it has asked whose window a key would reach.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence

from Xlib import X
from Xlib.display import Display

from remotehelp.desktop.x11.fingers import Fingers
from remotehelp.desktop.x11.layout import COMMANDS, LOCK, LayoutReader, group_of, keysym, xtest_keyboard
from remotehelp.desktop.x11.news import News
from remotehelp.desktop.x11.spare import Lent, Pauses, spare_keycodes
from remotehelp.desktop.x11.strokes import Stroke, stroke

KEYCODES = range(8, 256)


class Typist:
    """Knows the layout of one X display; ``held`` are always the keycodes that the hands hold down.

    ``spare``: the keys that can be lent, if hands before these have found them; they may have left something on them.
    """

    def __init__(
        self,
        fingers: Fingers,
        connection: Display,
        display: str | None,
        news: News,
        spare: tuple[int, ...] | None = None,
    ) -> None:
        self._fingers, self._connection, self._news = fingers, connection, news
        self._as_of = news.keyboards
        self._reader = LayoutReader(display, xtest_keyboard(connection))
        self._layout = self._reader.read()
        self.spare = spare_keycodes(self._keymap(), KEYCODES.start) if spare is None else spare
        self._lent = Lent(self.spare)
        self._pauses = Pauses()
        if spare is not None:
            self._clear(spare)

    def look(self) -> None:
        """Learn what became of the keyboard since the last time; not while the X server is grabbed.

        The layout is read on a connection of its own, which would wait for ever for the end of the grab.
        """
        if self.outdated():
            self._as_of = self._news.keyboards
            self._layout = self._reader.read()
            keymap = self._keymap()
            first = {keycode: next(iter(symbols), 0) for keycode, symbols in zip(KEYCODES, keymap, strict=True)}
            self._lent.check(lambda char, key: first[key] == keysym(char), lambda key: first[key] == X.NoSymbol)

    def outdated(self) -> bool:
        """Whether the keyboard has changed since ``look()``."""
        return self._as_of != self._news.keyboards

    def wait(self, text: str) -> None:
        """Sleep until a spare key can be lent to this character, if it needs one; not while the X server is grabbed.

        Behind the caller stands the panic key: who sends more than our program does is not waited for, and no key is
        lent then.
        """
        if len(text) == 1 and not self._layout.always(text) and not self._layout.ways(text, group_of(self._state())):
            now = time.monotonic()
            pause = self._lent.wait(text, now)
            if pause and self._pauses.passes(now, pause):
                self._fingers.rest(pause)

    def find(self, text: str, place: int | None, held: Collection[int], state: int | None = None) -> Stroke | None:
        """How to type one character, or what the key at ``place`` types; ``state`` is asked for unless it is known.

        None: it has no key, or is a shortcut that no key names. Then the place counts: Ctrl with a Cyrillic letter.
        """
        if state is None:
            state = self._state()
        found = stroke(self._layout, text, place, state, self._modifiers(held))
        if found is None and len(text) == 1 and (text.isascii() or not state & COMMANDS):
            return self._lend(text, state)
        return found

    def state(self, found: Stroke | None) -> int:
        """The mask while the key of a stroke is down; None: of a key that stands for itself."""
        mask = self._state()
        if found is not None:
            mask &= ~found.lift
            for key in found.press:
                mask |= self._layout.modifying.get(key, 0)
            for lock, key in self._layout.locking.items():
                mask ^= lock if key in found.switch else 0
        return mask

    def press(self, found: Stroke, held: Collection[int]) -> None:
        """Press and release the key of a stroke; all modifiers are as before afterwards."""
        lifted = [key for key in held if self._layout.modifying.get(key, 0) & found.lift]
        self.switch(found)
        for key in lifted:
            self._fake(key, down=False)
        for key in found.press:
            self._fake(key, down=True)
        if found.keycode in held:
            self._fake(found.keycode, down=False)
        self._fake(found.keycode, down=True)
        self._fake(found.keycode, down=False)
        for key in found.press:
            self._fake(key, down=False)
        for key in lifted:
            self._fake(key, down=True)

    def switch(self, found: Stroke) -> None:
        """Switch CapsLock or NumLock where the stroke asks for it."""
        for key in found.switch:
            self._fake(key, down=True)
            self._fake(key, down=False)

    def restore(self) -> None:
        """Leave the keymap as it was."""
        self._clear(self._lent.take_back())

    def close(self) -> None:
        """Give the connection back."""
        self._reader.close()

    def _lend(self, char: str, state: int) -> Stroke | None:
        now = time.monotonic()
        keycode = self._lent.find(char, now)
        if keycode is None:
            keycode = self._lent.lend(char, now)
            if keycode is None:
                return None
            self._map(keycode, keysym(char))
        return Stroke(keycode, switch=self._unlock(char) if state & LOCK else ())

    def _unlock(self, char: str) -> tuple[int, ...]:
        """The key of CapsLock for a letter, which programs make large by themselves while it is on."""
        key = self._layout.locking.get(LOCK)
        return () if key is None or char.upper() == char.lower() else (key,)

    def _map(self, keycode: int, symbol: int) -> None:
        """Put one symbol on the key, the same with and without Shift; what the X server tells us of it is no news."""
        outdated = self.outdated()
        self._connection.change_keyboard_mapping(keycode, [[symbol, symbol]])
        self._connection.sync()
        if not outdated:
            self._as_of = self._news.keyboards

    def _clear(self, keycodes: Collection[int]) -> None:
        for keycode in keycodes:
            self._map(keycode, X.NoSymbol)

    def _keymap(self) -> Sequence[Sequence[int]]:
        mapping: Sequence[Sequence[int]] = self._connection.get_keyboard_mapping(KEYCODES.start, len(KEYCODES))
        return mapping

    def _state(self) -> int:
        mask: int = self._connection.screen().root.query_pointer().mask
        return mask

    def _modifiers(self, held: Collection[int]) -> int:
        mask = 0
        for keycode in held:
            mask |= self._layout.modifying.get(keycode, 0)
        return mask

    def _fake(self, keycode: int, *, down: bool) -> None:
        self._fingers.fake(X.KeyPress if down else X.KeyRelease, keycode)

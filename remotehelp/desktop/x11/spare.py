"""Characters that no key of the layout types are lent to keys that no keyboard has, one after the other."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Sequence

from remotehelp.desktop.keys import CODE, X11_OFFSET

REST = 0.1  # seconds until a key that was pressed may stand for another character: a busy program asks late what it is
FIRST = 9  # keycode; 8 would be evdev's "reserved"
MOST = 24  # keys that are lent at once
PAUSES_S, WITHIN_S = 0.6, 1.0  # how long spare keys are waited for, of which time


def spare_keycodes(keymap: Sequence[Collection[int]], lowest: int = 8) -> tuple[int, ...]:
    """The keycodes to which nothing is mapped and which no technician can press, the highest first.

    ``keymap``: the keysyms of each keycode from ``lowest`` on (core protocol, GetKeyboardMapping).
    """
    empty = (lowest + place for place, symbols in enumerate(keymap) if not any(symbols))
    usable = [keycode for keycode in empty if keycode >= FIRST and keycode - X11_OFFSET not in CODE]
    return tuple(reversed(usable))[:MOST]


class Lent:
    """Which character stands on which spare key; times are seconds on a steady clock."""

    def __init__(self, keycodes: Collection[int]) -> None:
        self._keycodes = tuple(keycodes)
        self._free = list(keycodes)
        self._on: OrderedDict[str, tuple[int, float]] = OrderedDict()  # the one that was pressed longest ago first

    def find(self, char: str, now: float) -> int | None:
        """The key that stands for ``char`` and is about to be pressed; None if there is none yet."""
        if char not in self._on:
            return None
        keycode, _ = self._on[char]
        self._on[char] = (keycode, now)
        self._on.move_to_end(char)
        return keycode

    def wait(self, char: str, now: float) -> float:
        """Seconds until a key can be lent to ``char``."""
        if char in self._on or self._free or not self._on:
            return 0.0
        _, pressed = next(iter(self._on.values()))
        return max(0.0, pressed + REST - now)

    def lend(self, char: str, now: float) -> int | None:
        """A key for ``char``, which is about to be pressed: a free one or that which rested longest; None: no key."""
        if self._free:
            keycode = self._free.pop(0)
        elif self._on and not self.wait(char, now):
            _, (keycode, _) = self._on.popitem(last=False)
        else:
            return None
        self._on[char] = (keycode, now)
        return keycode

    def check(self, stands: Callable[[str, int], bool], empty: Callable[[int], bool]) -> None:
        """Another program changed the keymap: keep what still ``stands``, and of the others those that are empty."""
        for char, (keycode, _) in tuple(self._on.items()):
            if not stands(char, keycode):
                del self._on[char]
        lent = {keycode for keycode, _ in self._on.values()}
        self._free = [keycode for keycode in self._keycodes if keycode not in lent and empty(keycode)]

    def take_back(self) -> list[int]:
        """All keys are free again; those that stood for something."""
        lent = [keycode for keycode, _ in self._on.values()]
        self._on.clear()
        self._free += lent
        return lent


class Pauses:
    """Lets waiting take at most PAUSES_S seconds of any WITHIN_S."""

    def __init__(self) -> None:
        self._taken: deque[tuple[float, float]] = deque()

    def passes(self, now: float, pause: float) -> bool:
        """Whether one may wait for ``pause`` seconds at ``now``; what is refused does not count."""
        while self._taken and now - self._taken[0][0] >= WITHIN_S:
            self._taken.popleft()
        if sum(taken for _, taken in self._taken) + pause > PAUSES_S:
            return False
        self._taken.append((now, pause))
        return True

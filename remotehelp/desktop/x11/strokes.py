"""Which key to press so that a wanted character comes out, whatever the layout and the modifiers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from remotehelp.desktop.x11.layout import COMMANDS, LOCK, SHIFT, Way, group_of


class Types(Protocol):
    """What must be known of a keyboard's layout (``layout.Layout``)."""

    @property
    def holding(self) -> Mapping[int, int]:
        """Modifier mask -> the key that chooses a level while it is down."""

    @property
    def locking(self) -> Mapping[int, int]:
        """Modifier mask -> the key that switches it on and off."""

    @property
    def levels(self) -> int:
        """All masks of ``holding``."""

    def typed(self, keycode: int, state: int) -> str:
        """What a press of this key types in this state."""

    def ways(self, text: str, group: int) -> list[Way]:
        """The keys on which one character stands."""


@dataclass(frozen=True)
class Stroke:
    """Tap on ``switch``, then press ``keycode`` while ``press`` are down and the modifiers ``lift`` are up."""

    keycode: int
    switch: tuple[int, ...] = ()
    press: tuple[int, ...] = ()
    lift: int = 0

    @property
    def plain(self) -> bool:
        """Whether the key may stay down: nothing has to be put back right after it."""
        return not self.press and not self.lift


def stroke(layout: Types, text: str, place: int | None, state: int, ours: int) -> Stroke | None:
    """How ``text`` is typed; None where no key of this layout does it.

    ``place``: the keycode that the technician pressed, if any, which is taken wherever it types the same.
    ``state``: the mask now; ``ours``: those of its modifiers that are on because of us, and may be lifted.
    """
    command = state & COMMANDS
    plain = state & ~(COMMANDS | LOCK) if command else state
    if place is not None:
        if layout.typed(place, plain) == text:
            return Stroke(place)
        if not command and (switch := _unlocked(layout, text, place, plain)):
            return Stroke(place, switch=(switch,))
    for way in layout.ways(text, group_of(state)):
        for wanted in (way.mask, way.mask ^ SHIFT):  # CapsLock turns Shift round
            if found := _reached(layout, text, way.keycode, wanted, plain, ours):
                return found
    return None


def _unlocked(layout: Types, text: str, place: int, state: int) -> int | None:
    """The key of CapsLock or NumLock, if that is all that differs: the two sides' locks become the same so."""
    return next((key for lock, key in layout.locking.items() if layout.typed(place, state ^ lock) == text), None)


def _reached(layout: Types, text: str, keycode: int, wanted: int, state: int, ours: int) -> Stroke | None:
    down = state & layout.levels
    press, lift = wanted & ~down, down & ~wanted
    if lift & ~ours or layout.typed(keycode, state & ~lift | press) != text:
        return None
    keys = tuple(key for mask, key in layout.holding.items() if mask & press)
    return Stroke(keycode, press=keys, lift=lift)

"""Which of our keys go across, decided without Qt: by physical place, each press with its release, Esc Esc frees."""

from __future__ import annotations

from dataclasses import dataclass, field

from remotehelp.desktop.keys import CODE, X11_OFFSET
from remotehelp.technician.intents import SendKey

FREE_WITHIN_S = 0.4  # two presses of Esc within this free the keyboard (ARCHITECTURE.md)
ESCAPE = "Escape"
SETTLE_MS = 20  # a release waits so long for the press that makes it a repetition (mostly 1 ms apart, 9 under load)


def code_of(scan_code: int) -> str | None:
    """The W3C ``code`` of a native scan code (X11 and Wayland: evdev + 8); None for a key that never goes across."""
    return CODE.get(scan_code - X11_OFFSET)


@dataclass
class Keyboard:
    """The keys that are down on the customer's computer because of us, and when Esc was last pressed.

    Her computer repeats a held key by itself, so our repetitions are left out. X11 sends one as a release and a press
    of the same millisecond, and Qt sees that only if both lie in its queue already; hence a release waits for a moment
    (``settle``) in case that its press follows. Event times are milliseconds, 0 where the platform gives none.
    """

    down: set[str] = field(default_factory=set)
    escape_at: float | None = None
    waiting: tuple[str, int] | None = None  # a release: its code and its event time

    def press(self, code: str, event_ms: int, now: float) -> list[SendKey] | None:
        """What a press sends; None if it is the second Esc of two, which frees the keyboard.

        ``now``: seconds on a steady clock.
        """
        if event_ms and self.waiting == (code, event_ms):
            self.waiting = None
            return []
        sent = self.settle()
        if self._frees(code, now):
            return None
        if code not in self.down:
            self.down.add(code)
            sent.append(SendKey(code, down=True))
        return sent

    def release(self, code: str, event_ms: int) -> list[SendKey]:
        """What a release sends at once: only what waited before it."""
        sent = self.settle()
        if code in self.down:
            self.waiting = (code, event_ms)
        return sent

    def settle(self) -> list[SendKey]:
        """The release that waited: no press followed, so the key is really up."""
        if self.waiting is None:
            return []
        code, self.waiting = self.waiting[0], None
        self.down.discard(code)
        return [SendKey(code, down=False)]

    def forget(self) -> None:
        """All keys are up again over there."""
        self.down.clear()
        self.escape_at = self.waiting = None

    def _frees(self, code: str, now: float) -> bool:
        second = code == ESCAPE and self.escape_at is not None and now - self.escape_at <= FREE_WITHIN_S
        self.escape_at = now if code == ESCAPE and not second else None
        return second

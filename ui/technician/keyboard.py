"""Which of our keys go across, decided without Qt: each press once, with its release; Esc Esc frees the keyboard."""

from __future__ import annotations

from dataclasses import dataclass, field

from remotehelp.technician.intents import SendKey

FREE_WITHIN_S = 0.4  # two presses of Esc within this free the keyboard (ARCHITECTURE.md)
ESCAPE = "Escape"
SETTLE_MS = 20  # a release waits so long for the press that makes it a repetition (mostly 1 ms apart, 9 under load)


@dataclass
class Keyboard:
    """Our keys that are down, by their place, with what is down for them over there, and when Esc was last pressed.

    Her computer repeats a held key by itself, so our repetitions are left out. X11 sends one as a release and a press
    of the same millisecond, and Qt sees that only if both lie in its queue already; hence a release waits for a moment
    (``settle``) in case that its press follows. Event times are milliseconds, 0 where the platform gives none.
    """

    down: dict[str, str] = field(default_factory=dict)
    escape_at: float | None = None
    waiting: tuple[str, int] | None = None  # a release: its place and its event time

    def press(self, place: str, event_ms: int, now: float, key: SendKey | None = None) -> list[SendKey] | None:
        """What a press sends; None if it is the second Esc of two, which frees the keyboard.

        ``key`` is what the key at ``place`` stands for, if not for the same over there. ``now``: seconds on a steady
        clock.
        """
        key = key or SendKey(place, down=True)
        if event_ms and self.waiting == (place, event_ms):
            self.waiting = None
            return []
        sent = self.settle()
        if self._frees(key.code, now):
            return None
        if place not in self.down:
            self.down[place] = key.code
            sent.append(key)
        return sent

    def release(self, place: str, event_ms: int) -> list[SendKey]:
        """What a release sends at once: only what waited before it."""
        sent = self.settle()
        if place in self.down:
            self.waiting = (place, event_ms)
        return sent

    def settle(self) -> list[SendKey]:
        """The release that waited: no press followed, so the key is really up."""
        if self.waiting is None:
            return []
        place, self.waiting = self.waiting[0], None
        code = self.down.pop(place, None)
        return [] if code is None or code in self.down.values() else [SendKey(code, down=False)]

    def forget(self) -> None:
        """All keys are up again over there."""
        self.down.clear()
        self.escape_at = self.waiting = None

    def _frees(self, code: str, now: float) -> bool:
        second = code == ESCAPE and self.escape_at is not None and now - self.escape_at <= FREE_WITHIN_S
        self.escape_at = now if code == ESCAPE and not second else None
        return second

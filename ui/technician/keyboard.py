"""Which of our keys go across, decided without Qt: by physical place, each press with its release, Esc Esc frees."""

from __future__ import annotations

from dataclasses import dataclass, field

from remotehelp.desktop.keys import CODE, X11_OFFSET
from remotehelp.technician.intents import SendKey

FREE_WITHIN_S = 0.4  # two presses of Esc within this free the keyboard (CONTRACT.md)
ESCAPE = "Escape"


def code_of(scan_code: int) -> str | None:
    """The W3C ``code`` of a native scan code (X11 and Wayland: evdev + 8); None for a key that never goes across."""
    return CODE.get(scan_code - X11_OFFSET)


@dataclass
class Keyboard:
    """The keys that are down on the customer's computer because of us, and when Esc was last pressed."""

    down: set[str] = field(default_factory=set)
    escape_at: float | None = None

    def frees(self, code: str, now: float) -> bool:
        """Whether this press is the second Esc of two; ``now`` in seconds on a steady clock."""
        second = code == ESCAPE and self.escape_at is not None and now - self.escape_at <= FREE_WITHIN_S
        self.escape_at = now if code == ESCAPE and not second else None
        return second

    def press(self, code: str) -> SendKey | None:
        """What a press sends: nothing if the key is down already."""
        if code in self.down:
            return None
        self.down.add(code)
        return SendKey(code, down=True)

    def release(self, code: str) -> SendKey | None:
        """What a release sends: nothing if its press did not go across."""
        if code not in self.down:
            return None
        self.down.remove(code)
        return SendKey(code, down=False)

    def forget(self) -> None:
        """All keys are up again over there."""
        self.down.clear()
        self.escape_at = None

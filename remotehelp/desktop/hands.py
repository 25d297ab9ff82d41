"""Hands at this computer: what mouse and keyboard can be made to do, and by what rules."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from remotehelp.desktop.fence import Fence

NOTCH = 120  # one click of a wheel, as Windows, libinput and Qt count it


@dataclass(frozen=True)
class Move:
    """The pointer goes to (x, y): device pixels on the root window."""

    x: int
    y: int


@dataclass(frozen=True)
class Press:
    """A mouse button goes down or up at (x, y); buttons as X11 counts them: 1 left, 2 middle, 3 right, 8, 9."""

    button: int
    down: bool
    x: int
    y: int


@dataclass(frozen=True)
class Turn:
    """The wheel turns at (x, y) by 1/120 of a notch: positive to the right and away from the person."""

    dx: int
    dy: int
    x: int
    y: int


@dataclass(frozen=True)
class Type:
    """A key by its physical place goes down or up: W3C UI Events KeyboardEvent ``code``.

    Where this place types something else than ``text`` on this keyboard, that text is typed instead.
    """

    code: str
    down: bool
    text: str = ""


@dataclass(frozen=True)
class Write:
    """Any text, whatever the keyboard's layout; no control characters."""

    text: str


Action = Move | Press | Turn | Type | Write
Held = str | int  # a key's code or a button's number


class Hands(Protocol):
    """Mouse and keyboard of this computer; any thread may call, one action happens at a time."""

    @property
    def fence(self) -> Fence:
        """What they ask before each thing they do; letting go of everything is always possible."""

    def inject(self, action: Action, own: Collection[int], only: int | None = None) -> None:
        """Do one action, unless it would reach a window of ours: ``own`` holds their native ids.

        ``only``: the native id of the one window that is shown. Then what would reach any other window than this one
        and the menus and dialogs that its program opened for it raises GateClosed("other_window") and is not done, and
        the pointer stays where it is.

        A button or wheel over such a window (its frame included), or a key while one has the keyboard, raises
        GateClosed("own_window") and is not done. The release of what we hold always passes; the release of what we
        do not hold and the second press of what we do hold are nothing. Places outside the root window are moved to
        its edge. A code that is not in ``keys.EVDEV`` raises BackendError("key_not_known"): nothing is done, the
        visit goes on. BackendError("display_lost") and ("hands_lost"): control is over.

        While the fence is shut nothing at all is done, and what ``Fence.check`` says is raised, also where it is shut
        in the middle of a text; a held key repeats no more then.
        """

    def release_all(self) -> None:
        """Let go of every key and button that we hold."""

    def held(self) -> frozenset[Held]:
        """What we hold down now."""

    def close(self) -> None:
        """Let go of everything and give the connection back; may be called twice."""

    def self_test(self) -> str | None:
        """None, or the key of the sentence that says why input can't be given here."""


def notches(turned: int) -> tuple[int, int]:
    """Whole notches in ``turned`` (1/120 of a notch), and the rest that is kept for the next turn."""
    whole = int(turned / NOTCH)
    return whole, turned - whole * NOTCH

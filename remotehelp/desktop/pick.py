"""Which backend serves this computer: the first that proves itself, and why not the others."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from remotehelp.desktop.cursor import CursorWatch
from remotehelp.desktop.foreground import ForegroundWatch
from remotehelp.desktop.guard import Guard
from remotehelp.desktop.hands import Hands
from remotehelp.desktop.in_sight import InSight
from remotehelp.desktop.panic import Panic
from remotehelp.desktop.screens import Screens
from remotehelp.errors import BackendError


class Candidate(Protocol):
    """Something that may turn out not to work on this computer."""

    def self_test(self) -> str | None:
        """None, or the key of the sentence that says why not."""

    def close(self) -> None:
        """Give back what the test took."""


C = TypeVar("C", bound=Candidate)


@dataclass(frozen=True)
class Picked(Generic[C]):
    """The backend that is used, and the key of the reason for each one tried before it."""

    name: str
    backend: C
    passed_over: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Desktop:
    """This computer as a visit uses it."""

    screens: Screens
    hands: Hands
    panic: Panic
    cursor: CursorWatch
    foreground: ForegroundWatch
    guard: Guard
    in_sight: InSight

    def self_test(self) -> str | None:
        """None, or the first reason why a visit can't use this computer."""
        first = (self.screens, self.hands, self.panic, self.cursor)
        parts = (*first, self.foreground, self.guard, self.in_sight)
        return next((reason for part in parts if (reason := part.self_test())), None)

    def close(self) -> None:
        """Let go of everything."""
        self.panic.stop()
        self.cursor.stop()
        self.foreground.stop()
        self.guard.stop()
        self.in_sight.stop()
        self.hands.close()


def pick(candidates: Sequence[tuple[str, Callable[[], C]]]) -> Picked[C]:
    """The first of the named candidates (at least one) that works; raises the first one's BackendError if none does."""
    reasons: dict[str, str] = {}
    for name, make in candidates:
        try:
            backend = make()
            reason = backend.self_test()
        except BackendError as error:
            reasons[name] = error.key
            continue
        if reason is None:
            return Picked(name, backend, reasons)
        reasons[name] = reason
        backend.close()
    raise BackendError(next(iter(reasons.values())))


def this_desktop(environ: Mapping[str, str]) -> Desktop:
    """The desktop that the environment names.

    Raises BackendError("wayland_not_yet"), ("no_display"), or whatever the only backend's self-test says.
    """
    if environ.get("WAYLAND_DISPLAY") or environ.get("XDG_SESSION_TYPE") == "wayland":
        raise BackendError("wayland_not_yet")
    display = environ.get("DISPLAY")
    if not display:
        raise BackendError("no_display")
    return pick([("x11", lambda: _x11(display))]).backend


def has_screen(environ: Mapping[str, str]) -> bool:
    """Whether a window can be opened here: a Wayland compositor or an X server answers."""
    wayland, display = environ.get("WAYLAND_DISPLAY"), environ.get("DISPLAY")
    return bool(
        (wayland and _wayland_answers(Path(environ.get("XDG_RUNTIME_DIR", "/"), wayland)))
        or (display and _x11_answers(display))
    )


def _wayland_answers(place: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as trial, suppress(OSError):
        trial.connect(str(place))
        return True
    return False


def _x11_answers(display: str) -> bool:
    from remotehelp.desktop.x11.connection import connect, disconnect  # X11 libraries are installed on Linux only

    with suppress(BackendError):
        disconnect(connect(display))
        return True
    return False


def _x11(display: str) -> Desktop:
    from remotehelp.desktop.x11.apart import XHandsApart  # X11 libraries are installed on Linux only
    from remotehelp.desktop.x11.cursor import XCursorWatch
    from remotehelp.desktop.x11.foreground import XForegroundWatch
    from remotehelp.desktop.x11.guard import XGuard
    from remotehelp.desktop.x11.in_sight import XInSight
    from remotehelp.desktop.x11.panic import XPanicKey
    from remotehelp.desktop.x11.screens import XScreens
    from remotehelp.desktop.x11.shared_fence import SharedFence

    fence = SharedFence()
    hands = XHandsApart(display, fence)
    guard = XGuard(display, fence, hands)
    panic, cursor, foreground = XPanicKey(display), XCursorWatch(display), XForegroundWatch(display)
    return Desktop(XScreens(display), hands, panic, cursor, foreground, guard, XInSight(display))

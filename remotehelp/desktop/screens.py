"""Screens of this computer: what a monitor is, what a picture of it is, and how pictures are pulled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from remotehelp.media.area import Pixels, Rect


@dataclass(frozen=True)
class Monitor:
    """One monitor: its name, stable while it stays plugged in, and its place on the root window."""

    name: str
    rect: Rect
    primary: bool


@dataclass(frozen=True)
class Part:
    """The pixels of one rectangle, counted from the monitor's top left corner; not to be written to."""

    rect: Rect
    pixels: Pixels


@dataclass(frozen=True)
class Picture:
    """What changed on a monitor of ``width`` x ``height`` pixels since the picture before.

    The pixels of the parts lie in a buffer that is used again: valid until the next call of ``next()``.
    ``captured_at`` is ``time.monotonic()`` in seconds.
    """

    width: int
    height: int
    parts: tuple[Part, ...]
    captured_at: float


class ScreenSource(Protocol):
    """The pictures of one monitor, pulled by one thread; the other methods may be called from any thread.

    The first ``next()`` gives the whole monitor in one part. Where the monitor was resized, the next picture is whole
    and has the new size.
    """

    def next(self, timeout: float) -> Picture | None:
        """What changed, as soon as something did; None after ``timeout`` seconds or once closed.

        Raises BackendError("display_lost"), ("monitor_gone"), ("screen_not_readable").
        """

    def refresh(self) -> None:
        """Make the next ``next()`` give the whole monitor."""

    def set_mask(self, rects: Sequence[Rect]) -> None:
        """Paint these rectangles of the root window over before a picture leaves: our own windows.

        What changes inside the mask alone wakes nobody; a change of the mask does.
        """

    def hold(self) -> None:
        """Let no picture leave that is captured after this returns, until ``release()``; calls nest."""

    def release(self) -> None:
        """Undo one ``hold()``; what changed meanwhile comes with the next picture."""

    def close(self) -> None:
        """Give everything back; a waiting ``next()`` returns None at once, later ones too."""


class Screens(Protocol):
    """The monitors of this computer."""

    def monitors(self) -> tuple[Monitor, ...]:
        """All monitors, at least one, the primary first; raises BackendError."""

    def open(self, monitor: str) -> ScreenSource:
        """The pictures of the monitor with this name; raises BackendError("monitor_gone")."""

    def self_test(self) -> str | None:
        """None, or the key of the sentence that says why screens can't be captured here."""

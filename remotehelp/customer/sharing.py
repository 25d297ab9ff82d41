"""Showing one monitor: the only road by which a picture of this computer leaves it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence

from remotehelp.customer.intents import OwnWindow
from remotehelp.desktop.screens import Monitor, Screens, ScreenSource
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from remotehelp.media.capture import Budget
from remotehelp.media.screen_stream import ScreenStream


class Sharing:
    """The chosen monitor's pictures, while she shows them; our own windows are painted over.

    Each start is a ``showing`` with a number of its own, and no picture of it leaves before ``framed``.
    """

    def __init__(
        self,
        screens: Screens,
        send: Callable[[bytes], None],
        budget: Budget,
        on_size: Callable[[int, int], None],
        on_trouble: Callable[[BackendError], None],
    ) -> None:
        """``send`` takes what is to be sent on `exact`; called on the loop.
        ``on_size(width, height)``: a picture of a new size is about to leave; called on the capture thread.
        ``on_trouble``: the monitor can't be captured any more; called on the loop.
        """
        self._screens = screens
        self.monitors: tuple[Monitor, ...] = screens.monitors()
        self.monitor = self.monitors[0]
        self.stream = ScreenStream(send, budget, on_size, on_trouble)
        self._source: ScreenSource | None = None
        self._mask: tuple[Rect, ...] = ()
        self._held = False
        self.showing = 0
        self._framed = False

    @property
    def on(self) -> bool:
        """Whether a picture goes out."""
        return self._source is not None

    @property
    def flows(self) -> bool:
        """Whether pictures leave now: shown, framed and not held."""
        return self.on and self._framed and not self._held

    def place_of(self, x: int, y: int) -> tuple[int, int] | None:
        """The pixel of the picture on which a place of the root window is shown; None where it is not, or covered."""
        here = Rect(x, y, 1, 1)
        if not self.monitor.rect.covers(here) or any(window.covers(here) for window in self._mask):
            return None
        shown = here.seen_from(self.monitor.rect)
        return shown.x, shown.y

    def start(self) -> None:
        """Show the chosen monitor from now on, once it is framed; raises BackendError."""
        self.stop()
        source = self._screens.open(self.monitor.name)
        source.set_mask(self._mask)
        source.hold()
        self.showing, self._framed = self.showing + 1, False
        if self._held:
            source.hold()
        self._source = source
        self.stream.show(source)

    def stop(self) -> None:
        """No picture goes out any more."""
        self.stream.hide()
        if self._source is not None:
            self._source.close()
            self._source = None

    def choose(self, name: str) -> None:
        """Show the monitor called ``name`` instead; raises BackendError("monitor_gone")."""
        self.monitors = self._screens.monitors()
        found = [monitor for monitor in self.monitors if monitor.name == name]
        if not found:
            raise BackendError("monitor_gone", monitor=name)
        self.monitor = found[0]
        if self.on:
            self.start()

    def look_again(self) -> None:
        """The monitors as they are now; the chosen one where it is now, or the primary one if it is gone."""
        with contextlib.suppress(BackendError):  # the picture's source tells that itself
            self.monitors = self._screens.monitors()
            same = [monitor for monitor in self.monitors if monitor.name == self.monitor.name]
            self.monitor = (same or self.monitors)[0]

    def cover(self, windows: Sequence[OwnWindow]) -> None:
        """Paint these windows over before a picture leaves."""
        self._mask = tuple(Rect(w.x, w.y, w.width, w.height) for w in windows)
        if self._source is not None:
            self._source.set_mask(self._mask)

    def framed(self, showing: int) -> None:
        """The frame round the monitor is up, and covered like all our windows: pictures of this showing may leave."""
        if self._source is not None and showing == self.showing and not self._framed:
            self._framed = True
            self._source.release()

    def hold(self) -> None:
        """Let no picture leave until ``release``: a question is about to be shown and is not covered yet."""
        if not self._held and self._source is not None:
            self._source.hold()
        self._held = True

    def release(self) -> None:
        """Pictures may leave again."""
        if self._held and self._source is not None:
            self._source.release()
        self._held = False

    def close(self) -> None:
        """Stop, and end the capture thread."""
        self.stop()
        self.stream.stop()

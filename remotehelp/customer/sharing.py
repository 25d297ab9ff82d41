"""Showing what she chose: the only road by which a picture of this computer leaves it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from enum import Enum

from remotehelp.customer.intents import OwnWindow
from remotehelp.desktop.screens import (
    Choice,
    KeptWindow,
    Monitor,
    Place,
    Screens,
    ScreenSource,
    SomeMonitors,
    Window,
    place_of,
)
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from remotehelp.media.capture import Budget
from remotehelp.media.screen_stream import ScreenStream


class Hold(Enum):
    """Why no picture leaves."""

    QUESTION = 1  # one is about to be shown, and is not covered yet
    PRIVATE = 2  # a private window is in front


class Sharing:
    """The pictures of what is chosen, while she shows them; our own windows are painted over.

    Each start is a ``showing`` with a number of its own, and no picture of it leaves before ``framed``.
    """

    def __init__(
        self,
        screens: Screens,
        send: Callable[[bytes], None],
        budget: Budget,
        on_size: Callable[[int, int], None],
        on_trouble: Callable[[BackendError], None],
        on_monitors: Callable[[], None] = lambda: None,
        on_moved: Callable[[], None] = lambda: None,
        on_dark: Callable[[], None] = lambda: None,
    ) -> None:
        """``send`` takes what is to be sent on `exact`; called on the loop.
        ``on_size(width, height)``: a picture of a new size is about to leave; called on the capture thread.
        ``on_trouble``: what is chosen can't be shown any more, and no picture goes out; called on the loop.
        ``on_monitors``: the monitors of this computer have changed; called on the loop.
        ``on_moved``: the window that is shown alone lies elsewhere, or is minimised; called on the capture thread.
        ``on_dark``: it has become ``dark``; called on the loop.
        """
        self._screens = screens
        self._loop = asyncio.get_running_loop()
        self._on_trouble, self._on_monitors, self._on_moved = on_trouble, on_monitors, on_moved
        self.on_screen = True  # of the window that is shown alone: it is not minimised
        self._watch = screens.watch(self._monitors_changed)
        try:
            self.monitors: tuple[Monitor, ...] = screens.monitors()
        except BackendError:
            self._watch.close()
            raise
        self.choice: Choice = SomeMonitors((self.monitors[0].name,))
        self._kept: KeptWindow | None = None  # the chosen window, while one is
        self.windows: tuple[Window, ...] = ()  # that could be shown alone when it was looked last
        self.no_windows = ""  # the key of the sentence that says why none can
        self._own: tuple[int, ...] = ()
        self.stream = ScreenStream(send, budget, on_size, self._failed, on_dark)
        self._source: ScreenSource | None = None
        self._mask: tuple[Rect, ...] = ()
        self._held: set[Hold] = set()
        self.showing = 0
        self._framed = self._closed = False
        self._moved_to: Place | None = None  # where what is shown lies since monitors have changed

    @property
    def on(self) -> bool:
        """Whether a picture goes out."""
        return self._source is not None

    @property
    def dark(self) -> bool:
        """Whether nothing of this computer can be seen: no source is open, and no thread captures any more."""
        return self._source is None and self.stream.dark

    @property
    def place(self) -> Place | None:
        """Where what goes out lies on the root window now; None while nothing does."""
        return None if self._source is None else self._source.place

    @property
    def in_reach(self) -> Place | None:
        """The same for the technician's hands: None as well until her frame shows what they would work on."""
        return self._true_place if self._framed else None

    @property
    def _true_place(self) -> Place | None:
        """The place, unless monitors were moved and the picture has not followed yet: then nothing is known of it."""
        return self.place if self._moved_to in (None, self.place) else None

    @property
    def flows(self) -> bool:
        """Whether pictures leave now: shown, framed and not held."""
        return self.on and self._framed and not self._held

    def shown_at(self, x: int, y: int) -> tuple[int, int] | None:
        """The pixel of the picture on which a place of the root window is shown; None where it is not, or covered.

        None as well where one window alone is shown: nobody knows here what covers it.
        """
        place, here = self._true_place, Rect(x, y, 1, 1)
        if place is None or self.only is not None or not any(shown.covers(here) for shown in place.shown):
            return None
        if any(window.covers(here) for window in self._mask):
            return None
        shown = here.seen_from(place.area)
        return shown.x, shown.y

    @property
    def only(self) -> int | None:
        """The native id of the one window that is shown alone; None: monitors are shown."""
        return self.choice.id if isinstance(self.choice, Window) else None

    def start(self) -> None:
        """Show what is chosen from now on, once it is framed; raises BackendError."""
        self.stop()
        self._moved_to = None
        source = self._open()
        source.set_mask(self._mask)
        source.hold()
        self.showing += 1
        for _ in self._held:
            source.hold()
        self._source = source
        self.stream.show(source)

    def _open(self) -> ScreenSource:
        match self.choice:
            case Window(window):
                return self._open_window(window)
            case SomeMonitors(names):
                return self._screens.open(names)

    def _open_window(self, window: int) -> ScreenSource:
        self.on_screen = True
        self._check_window()
        source = self._screens.open_window(window, self._window_moved)
        try:
            self._check_window()  # again: from now on the source hears itself what becomes of it
        except BackendError:
            source.close()
            raise
        return source

    def _check_window(self) -> None:
        """Raises BackendError("window_closed") if the window with the chosen id is not the one that she chose."""
        if self._kept is not None:
            self._kept.check()

    def stop(self) -> None:
        """No picture goes out any more."""
        self.stream.hide()
        self._framed = False
        if self._source is not None:
            self._source.close()
            self._source = None

    def offers(self, names: Sequence[str]) -> bool:
        """Whether these monitors can be shown and are not what is shown already."""
        with contextlib.suppress(BackendError):
            place_of(names, self.monitors)
            return SomeMonitors(tuple(names)) != self.choice and len(set(names)) == len(names)
        return False

    def check(self, names: Sequence[str]) -> None:
        """Look at the monitors as they are now; raises BackendError if those with these names can't be shown."""
        self.monitors = self._screens.monitors()
        place_of(names, self.monitors)

    def choose(self, names: Sequence[str]) -> None:
        """The next start shows the monitors with these names; raises BackendError, and then nothing has changed."""
        self.check(names)
        self._choose(SomeMonitors(tuple(names)))

    def look_for_windows(self) -> None:
        """Which windows can be shown alone now, or why none can."""
        try:
            self.windows, self.no_windows = self._screens.windows(self._own), ""
        except BackendError as error:
            self.windows, self.no_windows = (), error.key

    def window(self, number: int) -> Window:
        """The window with this native id, if it can be shown alone now; raises BackendError("window_closed")."""
        self.look_for_windows()
        for window in self.windows:
            if window.id == number:
                return window
        raise BackendError("window_closed")

    def keep(self, names: Sequence[str]) -> None:
        """Of the chosen monitors only these are left: the next start shows them."""
        self._choose(SomeMonitors(tuple(names)))

    def choose_window(self, number: int) -> Window:
        """The next start shows this window alone; raises BackendError, and then nothing has changed."""
        try:
            kept = self._screens.keep_window(number)
        except BackendError:
            self.look_for_windows()
            raise
        try:
            window = self.window(number)
            kept.check()
        except BackendError:
            kept.close()
            raise
        self._choose(window, kept)
        return window

    def forget_window(self) -> None:
        """The window is gone: what is chosen is the primary monitor, which nobody sees before she allows it."""
        self._choose(SomeMonitors((self.monitors[0].name,)))

    def _choose(self, choice: Choice, kept: KeptWindow | None = None) -> None:
        if self._kept is not None:
            self._kept.close()
        self.choice, self._kept = choice, kept

    def left(self) -> tuple[str, ...]:
        """The names of what can be shown of the choice: those that are there, or the primary monitor if none is."""
        with contextlib.suppress(BackendError):  # the picture's source tells that itself
            self.monitors = self._screens.monitors()
        there = [monitor.name for monitor in self.monitors]
        chosen = self.choice.names if isinstance(self.choice, SomeMonitors) else ()
        names = tuple(name for name in chosen if name in there) or (there[0],)
        try:
            place_of(names, self.monitors)
        except BackendError:  # too large together, since they were moved
            return names[:1]
        return names

    def cover(self, windows: Sequence[OwnWindow]) -> None:
        """Paint these windows over before a picture leaves."""
        self._own = tuple(window.native_id for window in windows)
        self._mask = tuple(Rect(w.x, w.y, w.width, w.height) for w in windows)
        if self._source is not None:
            self._source.set_mask(self._mask)

    def framed(self, showing: int) -> None:
        """The frame round what is shown is up, and covered like all our windows: pictures of this showing may leave."""
        if self._source is not None and showing == self.showing and not self._framed:
            self._framed = True
            self._source.release()

    def hold(self, why: Hold = Hold.QUESTION) -> None:
        """Let no picture leave until ``release`` for the same reason."""
        if why not in self._held and self._source is not None:
            self._source.hold()
        self._held.add(why)

    def release(self, why: Hold = Hold.QUESTION) -> None:
        """Pictures may leave again, if nothing else holds them."""
        if why in self._held and self._source is not None:
            self._source.release()
        self._held.discard(why)

    def close(self) -> None:
        """Stop, and end the threads."""
        self._closed = True
        self._watch.close()
        self.stop()
        self.stream.stop()
        if self._kept is not None:
            self._kept.close()

    def _window_moved(self, on_screen: bool) -> None:
        self.on_screen = on_screen
        self._on_moved()

    def _monitors_changed(self, monitors: tuple[Monitor, ...]) -> None:
        """On the watch's thread: hand it to the loop."""
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._follow, monitors)

    def _follow(self, monitors: tuple[Monitor, ...]) -> None:
        if self._closed:
            return
        self.monitors = monitors
        if self.on and isinstance(self.choice, SomeMonitors):
            try:
                self._moved_to = place_of(self.choice.names, monitors)
            except BackendError as error:
                self._failed(error)
        self._on_monitors()

    def _failed(self, error: BackendError) -> None:
        self.stop()
        self._on_trouble(error)

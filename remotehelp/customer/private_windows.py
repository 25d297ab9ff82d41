"""Watches for private windows while a picture goes out, and lets `Host` know of each that comes to the front."""

from __future__ import annotations

from collections.abc import Callable, Collection

from remotehelp.customer.brake import Rules
from remotehelp.customer.sharing import Sharing
from remotehelp.desktop.foreground import ForegroundWatch, Front
from remotehelp.engine import Engine
from remotehelp.latest import Latest
from remotehelp.visit import events as on


class PrivateWindows:
    """What is in front is judged by the rules; nobody is told of it but `Host`."""

    def __init__(
        self, engine: Engine, watch: ForegroundWatch, sharing: Sharing, feed: Callable[[on.Event], None]
    ) -> None:
        self._engine, self._watch, self._sharing, self._feed = engine, watch, sharing, feed
        self.rules = Rules()
        self._own: Collection[int] = ()
        self._watches = False
        self._only: int | None = None  # the window that is shown alone, since the watch began
        self._came: Latest[tuple[Front | None]] = Latest()
        self._front: Front | None = None

    def start(self) -> None:
        """Judge what is in front, before any picture of it can leave, and whatever comes; raises BackendError.

        Where one window alone is shown now, that one instead: it is seen wherever it lies.
        """
        if self._only != self._sharing.only:
            self.stop()
        if not self._watches:
            self._only = self._sharing.only
            self._watch.start(self._own, self._changed, self._only)
            self._watches = True
        self.judge()

    def stop(self) -> None:
        """Nothing is watched any more."""
        if self._watches:  # else another visit may have begun with the same desktop
            self._watch.stop()
            self._watches = False
        self._came.take()
        self._front = None

    def know_own(self, own: Collection[int]) -> None:
        """These are our windows; none of them is ever private."""
        self._own = own
        if self._watches:
            self._watch.know_own(own)

    def judge(self) -> None:
        """Let `Host` know if what is watched is private."""
        self._take_in()
        front = self._front
        if front is None:
            return
        signs = self.rules.signs_of(front)
        if signs:
            self._feed(on.PrivateSeen(front.window, signs))

    def _changed(self, front: Front | None) -> None:
        """Any thread."""
        if self._came.put((front,)):
            self._engine.call(self._look)

    def _look(self) -> None:
        if self._watches:
            self.judge()

    def _take_in(self) -> None:
        """What came last."""
        came = self._came.take()
        if came is not None:
            (self._front,) = came

"""What has changed on an X screen, told by the DAMAGE extension, without asking again and again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from Xlib.display import Display
from Xlib.ext import damage, xfixes

from remotehelp.desktop.x11.connection import connect, disconnect
from remotehelp.desktop.x11.monitors import watch_changes
from remotehelp.desktop.x11.regions import Region
from remotehelp.media.area import Rect


class DamageWatch:
    """The changes on the root window, for one thread.

    Report level NonEmpty: one event after each ``take()``, however much is drawn (DAMAGE protocol 1.1, section 4); a
    screen at rest sends nothing at all.
    """

    def __init__(self, display: str | None) -> None:
        self.connection = connect(display)
        xfixes.query_version(self.connection)  # both extensions refuse to work before they were asked their version
        damage.query_version(self.connection)
        self._parts, self._visible, self._masked = (Region(self.connection) for _ in range(3))
        self._damage = damage.damage_create(self.connection.screen().root, damage.DamageReportNonEmpty)
        watch_changes(self.connection)
        self._dirty = True  # the whole window counts as damaged at first
        self._moved = False

    def look_at(self, shown: Sequence[Rect], mask: Iterable[Rect]) -> None:
        """Only what changes on ``shown`` and outside ``mask`` counts from now on."""
        self._masked.set([part for rect in mask for one in shown if (part := rect.overlap(one))])
        self._visible.set(shown)
        self._visible.subtract(self._masked)

    def monitors_moved(self) -> bool:
        """Whether RandR told of a change since the last call."""
        self._drain()
        moved, self._moved = self._moved, False
        return moved

    def take(self) -> tuple[Rect, ...]:
        """A few boxes around all that has changed since the last call, on the root window; often empty."""
        self._drain()
        if not self._dirty:
            return ()
        self._dirty = False
        damage.damage_subtract(self.connection, self._damage, parts=self._parts.id)
        self._parts.intersect(self._visible)
        return self._parts.fetch()

    def close(self) -> None:
        """Give the connection back."""
        disconnect(self.connection)

    def _drain(self) -> None:
        while self.connection.pending_events():
            if self.connection.next_event().type == self.connection.extension_event.DamageNotify:
                self._dirty = True
            else:
                self._moved = True


def missing_extension(connection: Display) -> str | None:
    """The name of the first extension that watching needs and the X server lacks, or None."""
    return next((name for name in (damage.extname, xfixes.extname) if not connection.has_extension(name)), None)

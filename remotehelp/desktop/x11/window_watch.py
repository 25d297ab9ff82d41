"""What becomes of one window and of the menus and dialogs that its program opens over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from Xlib import X, error
from Xlib.display import Display
from Xlib.ext import damage, xfixes

from remotehelp.desktop.x11.clients import DEPTHS, managed
from remotehelp.desktop.x11.kin import belongs, program_of, upwards
from remotehelp.desktop.x11.layer import Layer
from remotehelp.desktop.x11.regions import Region
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect

HAPPENS = frozenset(
    {
        X.CreateNotify,
        X.MapNotify,
        X.UnmapNotify,
        X.ConfigureNotify,
        X.CirculateNotify,
        X.ReparentNotify,
        X.DestroyNotify,
    }
)
RENEWS = frozenset({X.UnmapNotify, X.ReparentNotify})  # after these a window has other memory once it is seen again
NOWHERE = Rect(0, 0, 0, 0)


@dataclass(eq=False)
class Followed:
    """A window that is shown: its pixels, the windows around it (itself first), its place on the root window."""

    layer: Layer
    chain: list[int] = field(default_factory=list)
    place: Rect = NOWHERE
    renew: bool = True

    @property
    def top(self) -> int:
        """The top-level window around it."""
        return self.chain[-1]


class WindowWatch:
    """Follows the window ``main`` on a connection of its own, for one thread.

    Where it can't be seen (minimised, on another workspace) everything stays as it was last: no pixels, if it could
    not be seen yet. Raises BackendError("window_closed") once it is gone.
    """

    def __init__(self, connection: Display, main: int) -> None:
        self._connection = connection
        xfixes.query_version(connection)  # both refuse to work before they were asked their version
        damage.query_version(connection)
        self._region = Region(connection)
        self._program = program_of(connection, main)
        self._known: set[int] = set()  # windows of the same program, whether shown or not
        self._main = self._follow(main)
        self._over: list[Followed] = []  # what lies over it, the topmost last
        self._around: dict[int, int] = {}  # what belongs to it, and the top-level window around each
        self._stale = True
        self.on_screen = False  # not minimised, nor on another workspace
        connection.screen().root.change_attributes(event_mask=X.SubstructureNotifyMask)
        self._main.place = self._where(main) or _closed()
        self.look()

    @property
    def place(self) -> Rect:
        """Where the inside of the window is on the root window, or was when it could be seen last."""
        return self._main.place

    @property
    def has_pixels(self) -> bool:
        """Whether the window could be seen since it is followed."""
        return self._main.layer.pixmap is not None

    def look(self) -> bool:
        """Take in what happened; whether all of the window has to be shown anew."""
        while self._connection.pending_events():
            self._hear(self._connection.next_event())
        stale, self._stale = self._stale, False
        return stale and self._arrange()

    def take(self) -> tuple[Rect, ...]:
        """A few boxes of the root window around what was drawn since the last call."""
        return tuple(box for one in self._shown() for box in _on_root(one.layer.take(), one.place))

    def over(self, box: Rect) -> Iterator[tuple[int, Rect, Rect]]:
        """What is to be read for ``box`` of the root window, the lowest first: the memory, where in it, where that is.

        The first one covers ``box`` as far as it lies on the window.
        """
        for one in self._shown():
            if (part := box.overlap(one.place)) and one.layer.pixmap is not None:
                inset, seen = one.layer.inset, part.seen_from(one.place)
                yield one.layer.pixmap, Rect(seen.x + inset, seen.y + inset, seen.width, seen.height), part

    def _shown(self) -> list[Followed]:
        return [self._main, *self._over]

    def _follow(self, window: int) -> Followed:
        return Followed(Layer(self._connection, window, self._region))

    def _hear(self, event: Any) -> None:
        if event.type == self._connection.extension_event.DamageNotify:
            for one in self._shown():
                one.layer.hears(event.damage)
        elif event.type in HAPPENS:
            self._heard(event)

    def _heard(self, event: Any) -> None:
        window = event.window.id
        if event.type == X.DestroyNotify:
            self._known.discard(window)
            if window == self._main.layer.id:
                raise BackendError("window_closed")
        concerned = [one for one in self._shown() if window in one.chain]
        for one in concerned:
            one.renew |= event.type in RENEWS or _has_resized(one.layer, event)
        near = window in self._around.values() or program_of(self._connection, window) == self._program
        self._stale |= near or bool(concerned)

    # --- how things lie now --------------------------------------------------------------------------

    def _arrange(self) -> bool:
        self._listen(self._main)
        self.on_screen = self._is_seen(self._main.layer.id)
        if not self.on_screen:
            return False
        before = self._lie()
        fresh = self._place(self._main)
        fresh |= self._arrange_over()
        return fresh or before != self._lie()

    def _lie(self) -> list[tuple[int, Rect]]:
        """What lies where, seen from the window's corner."""
        return [(one.layer.id, one.place.seen_from(self._main.place)) for one in self._shown()]

    def _arrange_over(self) -> bool:
        order = [child.id for child in self._connection.screen().root.query_tree().children]
        self._around = self._kin(order)
        above = order[order.index(self._main.top) + 1 :] if self._main.top in order else []
        wanted = [window for window, top in self._around.items() if top in above and self._lies_over(window)]
        for one in self._over:
            if one.layer.id not in wanted:
                one.layer.drop()
        there = {one.layer.id: one for one in self._over if one.layer.id in wanted}
        found = [there.get(window) or self._follow(window) for window in wanted]
        for one in found:
            self._listen(one)
        fresh = [self._place(one) for one in found]
        self._over = [one for one in found if one.layer.pixmap is not None and one.top in above]
        self._over.sort(key=lambda one: above.index(one.top))
        for one in found:
            if one not in self._over:  # it left the screen meanwhile
                one.layer.drop()
        return any(fresh)

    def _kin(self, order: list[int]) -> dict[int, int]:
        """The windows of the same program that belong to it, and the top-level window around each."""
        listed = {*order, *(managed(self._connection) or ())}
        self._known |= {window for window in listed if program_of(self._connection, window) == self._program}
        self._known.discard(self._main.layer.id)
        for window in self._known:
            self._watch(window)
        kin = [window for window in sorted(self._known) if belongs(self._connection, window, self._main.layer.id)]
        return {window: chain[-1] for window in kin if (chain := upwards(self._connection, window))}

    def _lies_over(self, window: int) -> bool:
        if not self._is_seen(window):
            return False
        place = self._where(window)
        return place is not None and place.overlap(self._main.place) is not None

    def _place(self, one: Followed) -> bool:
        """Bring what is known of a window up to date; whether its memory is another one now."""
        place = self._where(one.layer.id)
        if place is None:
            return one is self._main and _closed()
        sized = (place.width, place.height) != (one.layer.size.width, one.layer.size.height)
        fresh = (one.renew or sized) and one.layer.renew()
        one.renew &= not fresh
        size = one.layer.size if one.layer.pixmap is not None else place
        one.place = Rect(place.x, place.y, size.width, size.height)
        return fresh

    def _listen(self, one: Followed) -> None:
        """Hear from now on what becomes of a window and of those around it."""
        one.chain = upwards(self._connection, one.layer.id) or [one.layer.id]
        for window in one.chain:
            self._watch(window)

    def _watch(self, window: int) -> None:
        made = self._connection.create_resource_object("window", window)
        made.change_attributes(event_mask=X.StructureNotifyMask)

    def _is_seen(self, window: int) -> bool:
        try:
            seen = self._connection.create_resource_object("window", window).get_attributes()
        except error.BadWindow:
            return False
        return bool(seen.map_state == X.IsViewable and seen.win_class == X.InputOutput)

    def _where(self, window: int) -> Rect | None:
        """Where the inside of a window is on the root window; None if it is gone, or its pixels can't be read."""
        made = self._connection.create_resource_object("window", window)
        try:
            geometry, corner = made.get_geometry(), self._connection.screen().root.translate_coords(made, 0, 0)
        except (error.BadWindow, error.BadDrawable):
            return None
        if geometry.depth not in DEPTHS:
            return None
        return Rect(corner.x, corner.y, geometry.width, geometry.height)


def _closed() -> NoReturn:
    raise BackendError("window_closed")


def _has_resized(layer: Layer, event: Any) -> bool:
    """Whether a window had another size for a moment at least, which gave it other memory."""
    told = event.type == X.ConfigureNotify and event.window.id == layer.id
    return told and (event.width, event.height) != (layer.size.width, layer.size.height)


def _on_root(boxes: tuple[Rect, ...], place: Rect) -> list[Rect]:
    moved = (Rect(box.x + place.x, box.y + place.y, box.width, box.height) for box in boxes)
    return [part for box in moved if (part := box.overlap(place))]

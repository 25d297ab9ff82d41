"""The windows on an X display as its window manager lists them (EWMH, _NET_CLIENT_LIST)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from Xlib import X
from Xlib.display import Display
from Xlib.error import BadWindow

from remotehelp.demo.box import Box
from remotehelp.demo.waiting import StageError, wait_for


class Window(NamedTuple):
    """One window: its X identifier, its title, and where its content stands."""

    identifier: int
    title: str
    place: Box


def windows(display: str) -> list[Window]:
    """All windows that the window manager of ``display`` takes care of."""
    with _connected(display) as server:
        root = server.screen().root
        listed = root.get_full_property(server.intern_atom("_NET_CLIENT_LIST"), X.AnyPropertyType)
        identifiers = listed.value if listed else []
        found = [_describe(server, root, int(identifier)) for identifier in identifiers]
    return [window for window in found if window is not None]


def manages_windows(display: str, patience: float = 0.3) -> bool:
    """Whether a window manager takes care of a new window here, proved with one of a pixel.

    Openbox says that it is there (_NET_SUPPORTING_WM_CHECK) long before it listens: windows opened between are lost.
    """
    with _connected(display) as server:
        screen = server.screen()
        probe = screen.root.create_window(0, 0, 1, 1, 0, screen.root_depth)
        probe.map()
        state = server.intern_atom("WM_STATE")  # ICCCM §4.1.3.1: set by the manager alone
        with suppress(StageError):
            wait_for(lambda: probe.get_full_property(state, X.AnyPropertyType), patience, "not managed")
            return True
    return False


def wait_window(display: str, title: str, timeout: float = 15.0) -> Window:
    """The first window with ``title`` in its title, once it stands still.

    Raises StageError with the titles that are there instead.
    """
    seen: list[Window] = []

    def settled() -> Window | None:
        before = list(seen)
        seen[:] = [window for window in windows(display) if title in window.title]
        return seen[0] if seen and seen == before else None

    try:
        return wait_for(settled, timeout, f"no window {title!r}", poll=0.05)
    except StageError as error:
        raise StageError(f"{error}; there are {[window.title for window in windows(display)]}") from error


def wait_active(display: str, window: Window, timeout: float = 5.0) -> None:
    """Wait until ``window`` has the keyboard: a click gives it a moment later; raises StageError."""

    def active() -> bool:
        with _connected(display) as server:
            found = server.screen().root.get_full_property(server.intern_atom("_NET_ACTIVE_WINDOW"), X.AnyPropertyType)
        return bool(found and found.value[0] == window.identifier)

    wait_for(active, timeout, f"the window {window.title!r} does not get the keyboard")


def move_window(display: str, window: Window, x: int, y: int) -> None:
    """Ask the window manager to put the window at ``x``, ``y`` (its frame or its content, as the window wants it)."""
    with _connected(display) as server:
        server.create_resource_object("window", window.identifier).configure(x=x, y=y)
        server.sync()

    def moved() -> bool:
        place = next((one.place for one in windows(display) if one.identifier == window.identifier), window.place)
        return abs(place.x - x) < 50 and abs(place.y - y) < 50  # the frame's border and title

    wait_for(moved, 5.0, f"the window {window.title!r} did not move")


def _describe(server: Any, root: Any, identifier: int) -> Window | None:
    try:
        window = server.create_resource_object("window", identifier)
        name = window.get_full_text_property(server.intern_atom("_NET_WM_NAME")) or window.get_wm_name() or ""
        size = window.get_geometry()
        corner = root.translate_coords(window, 0, 0)
    except BadWindow:  # closed in this very moment
        return None
    return Window(identifier, str(name), Box(corner.x, corner.y, size.width, size.height))


@contextmanager
def _connected(display: str) -> Iterator[Any]:
    server = Display(display)
    try:
        yield server
    finally:
        server.close()

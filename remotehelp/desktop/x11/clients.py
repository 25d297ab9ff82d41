"""The windows of other programs that can be shown alone: by the window manager (EWMH 1.5), else by the X server."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from typing import Any

from Xlib import X, Xatom, error
from Xlib.display import Display

from remotehelp.desktop.screens import Window
from remotehelp.desktop.x11.kin import program_of

TITLE = 80  # characters of a title that are kept
READ = 1024  # of them that are read, in units of four bytes
DEPTHS = (24, 32)  # of the windows whose pixels are blue, green, red and one more byte
NOT_ALONE = ("DESKTOP", "DOCK", "TOOLBAR", "MENU", "SPLASH", "NOTIFICATION", "TOOLTIP", "DND")


def list_windows(connection: Display, own: Collection[int]) -> tuple[Window, ...]:
    """Those that can be seen now, the topmost first; none of the programs that made one of the windows ``own``."""
    programs = {program_of(connection, window) for window in own}
    others = (window for window in _top_level(connection) if program_of(connection, window) not in programs)
    return tuple(Window(window, title_of(connection, window)) for window in others if _can_be_shown(connection, window))


def title_of(connection: Display, window: int, longest: int = TITLE) -> str:
    """What the window calls itself, else the kind of program that it is; may be empty."""
    made = connection.create_resource_object("window", window)
    for name in ("_NET_WM_NAME", "WM_NAME", "WM_CLASS"):
        if title := clean_title(_text(connection, made, name), longest):
            return title
    return ""


def programs_of(connection: Display, window: int) -> tuple[str, ...]:
    """What its program calls itself: the instance and the class of ICCCM's WM_CLASS."""
    made = connection.create_resource_object("window", window)
    return tuple(filter(None, map(clean_title, _texts(connection, made, "WM_CLASS"))))


def clean_title(text: str, longest: int = TITLE) -> str:
    """One line of at most ``longest`` characters, without those that draw nothing or turn the direction of the text."""
    spaced = "".join(" " if sign.isspace() else sign for sign in text)
    plain = "".join(sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    words = " ".join(unicodedata.normalize("NFC", plain).split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def managed(connection: Display) -> list[int] | None:
    """The windows of all programs from the lowest to the topmost; None where no window manager lists them."""
    root = connection.screen().root
    if not numbers(connection, root, "_NET_SUPPORTING_WM_CHECK"):
        return None
    listed = numbers(connection, root, "_NET_CLIENT_LIST_STACKING")
    return list(listed) if listed is not None else None


def is_kind(connection: Display, window: int, kinds: Collection[str]) -> bool:
    """Whether a window says that it is of one of these kinds (EWMH 1.5, _NET_WM_WINDOW_TYPE)."""
    said = numbers(connection, connection.create_resource_object("window", window), "_NET_WM_WINDOW_TYPE") or ()
    return not {connection.intern_atom(f"_NET_WM_WINDOW_TYPE_{kind}") for kind in kinds}.isdisjoint(said)


def _top_level(connection: Display) -> Iterator[int]:
    """The topmost first."""
    windows = managed(connection)
    if windows is not None:
        yield from reversed(windows)
        return
    for child in reversed(connection.screen().root.query_tree().children):
        try:
            if not child.get_attributes().override_redirect:
                yield child.id
        except error.BadWindow:
            continue


def _can_be_shown(connection: Display, window: int) -> bool:
    made = connection.create_resource_object("window", window)
    try:
        seen = made.get_attributes()
        if seen.map_state != X.IsViewable or seen.win_class != X.InputOutput or made.get_geometry().depth not in DEPTHS:
            return False
        states = numbers(connection, made, "_NET_WM_STATE") or ()
    except (error.BadWindow, error.BadDrawable):
        return False
    hidden = connection.intern_atom("_NET_WM_STATE_HIDDEN") in states
    return not hidden and not is_kind(connection, window, NOT_ALONE)


def numbers(connection: Display, window: Any, name: str) -> Collection[int] | None:
    """The 32-bit values of a property; None where there is none, or no such window."""
    try:
        found = window.get_full_property(connection.intern_atom(name), X.AnyPropertyType)
    except error.BadWindow:
        return None
    return found.value if found is not None and found.format == 32 else None


def _text(connection: Display, window: Any, name: str) -> str:
    """The last one: of WM_CLASS that is the class."""
    return next(reversed(_texts(connection, window, name)), "")


def _texts(connection: Display, window: Any, name: str) -> list[str]:
    try:
        found = window.get_property(connection.intern_atom(name), X.AnyPropertyType, 0, READ)
    except error.BadWindow:
        return []
    if found is None or found.format != 8:
        return []
    coding = "latin-1" if found.property_type == Xatom.STRING else "utf-8"
    return [part.decode(coding, "replace") for part in bytes(found.value).rstrip(b"\0").split(b"\0")]

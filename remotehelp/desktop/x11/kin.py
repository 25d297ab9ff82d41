"""Which windows belong to one window: the menus, hints and dialogs that its own program opens for it."""

from __future__ import annotations

from collections.abc import Sequence

from Xlib import X, error
from Xlib.display import Display

CHAIN = 8  # dialogs of dialogs, menus of menus


def program_of(connection: Display, window: int) -> int:
    """The program that made a window: the upper bits of the id; X11 gives each a range of its own (section 1.2)."""
    mask: int = ~connection.display.info.resource_id_mask
    return window & mask


def belongs(connection: Display, window: int, main: int) -> bool:
    """Whether ``window``, a top-level window, is ``main`` or was opened for it by the same program.

    WM_TRANSIENT_FOR (ICCCM section 4.1.2.6) says so. A menu without it counts too: what no window manager touches is no
    window of its own. Another program's word that it belongs here counts for nothing.
    """
    here = program_of(connection, main)
    for _ in range(CHAIN):
        if window == main:
            return True
        if program_of(connection, window) != here:
            return False
        made = connection.create_resource_object("window", window)
        try:
            opener = made.get_wm_transient_for()
            if opener is None:
                return bool(made.get_attributes().override_redirect)
        except error.BadWindow:
            return False
        window = opener.id
    return False


def upwards(connection: Display, window: int) -> list[int]:
    """The window and those around it, up to the top-level one; empty if it is gone."""
    chain, root = [], connection.screen().root.id
    try:
        while window not in (root, X.NONE):
            chain.append(window)
            parent = connection.create_resource_object("window", window).query_tree().parent
            window = parent.id if parent else X.NONE
    except error.BadWindow:
        return []
    return chain


def holds(connection: Display, chain: Sequence[int], main: int) -> bool:
    """Whether ``chain``, windows from a top-level one inwards, leads into ``main`` or what belongs to it.

    Around a program's own window there may be the frame of a window manager: another program's.
    """
    here = program_of(connection, main)
    outermost = next((window for window in chain if program_of(connection, window) == here), None)
    return outermost is not None and belongs(connection, outermost, main)

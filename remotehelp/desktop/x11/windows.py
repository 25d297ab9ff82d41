"""Whose window an X event would reach: the answer holds only while the X server is grabbed."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from Xlib import X, error
from Xlib.display import Display
from Xlib.xobject.drawable import Window


def pointer_hits(connection: Display, own: Collection[int]) -> bool:
    """Whether a button or the wheel would now reach one of the windows ``own``."""
    return _is_own(connection, list(_under_pointer(connection)), own)


def keyboard_hits(connection: Display, own: Collection[int]) -> bool:
    """Whether a key would now reach one of the windows ``own``.

    Where the root window has the keyboard, or nobody in particular (PointerRoot), the key goes to the window under the
    pointer (X11 protocol, section 11, "KeyPress"). Where none has it, it goes nowhere.
    """
    focus = connection.get_input_focus().focus
    if focus == X.NONE:
        return False
    if focus == X.PointerRoot or focus.id == connection.screen().root.id:
        return pointer_hits(connection, own)
    return _is_own(connection, _upwards(connection, focus.id), own)


def _is_own(connection: Display, hit: list[int], own: Collection[int]) -> bool:
    """Whether ``hit``, a chain of windows from a top-level window down or up, belongs to ``own``.

    It does if it holds the frame that a window manager put around one of them, or any window that their program made:
    menus and hints too, which nobody listed. X11 gives each program a range of ids of its own (section 1.2, resource
    ids), so that the upper bits name it.
    """
    program = ~connection.display.info.resource_id_mask
    programs = {window & program for window in own}
    if any(window & program in programs for window in hit):
        return True
    frames = {chain[-1] for window in own if (chain := _upwards(connection, window))}
    return not frames.isdisjoint(hit)


def _under_pointer(connection: Display) -> Iterator[int]:
    """The windows under the pointer, from the top-level one to the innermost."""
    window: Window = connection.screen().root
    while (child := window.query_pointer().child) != X.NONE:
        yield child.id
        window = child


def _upwards(connection: Display, window: int) -> list[int]:
    """The window and those around it, up to the top-level one; empty if it is gone."""
    chain = []
    root = connection.screen().root.id
    try:
        while window not in (root, X.NONE):
            chain.append(window)
            parent = connection.create_resource_object("window", window).query_tree().parent
            window = parent.id if parent else X.NONE
    except error.BadWindow:
        return []
    return chain

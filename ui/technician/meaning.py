"""What a key of ours means, in Qt's words: which of her keys stands for it, and which text it types."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from remotehelp.desktop.keys import CODE, X11_OFFSET
from remotehelp.messages import PRINTABLE

K, M = Qt.Key, Qt.KeyboardModifier
COMMANDS = M.ControlModifier | M.AltModifier | M.MetaModifier
LONGEST = 4  # of messages.KeyText

# keys that go across by what they mean; a place of ours that is not listed goes as the first one
_BY_MEANING: Mapping[Qt.Key, tuple[str, ...]] = {
    K.Key_Shift: ("ShiftLeft", "ShiftRight"),
    K.Key_Control: ("ControlLeft", "ControlRight"),
    K.Key_Alt: ("AltLeft",),  # the right one is AltGr on most keyboards
    K.Key_Meta: ("MetaLeft", "MetaRight"),
    K.Key_Super_L: ("MetaLeft", "MetaRight"),
    K.Key_Super_R: ("MetaRight", "MetaLeft"),
    K.Key_Escape: ("Escape",),
    K.Key_Tab: ("Tab",),
    K.Key_Backtab: ("Tab",),
    K.Key_Backspace: ("Backspace",),
    K.Key_Return: ("Enter",),
    K.Key_Enter: ("NumpadEnter", "Enter"),
    K.Key_CapsLock: ("CapsLock",),
    K.Key_NumLock: ("NumLock",),
    K.Key_Menu: ("ContextMenu",),
    K.Key_Insert: ("Insert",),
    K.Key_Delete: ("Delete",),
    K.Key_Home: ("Home",),
    K.Key_End: ("End",),
    K.Key_PageUp: ("PageUp",),
    K.Key_PageDown: ("PageDown",),
    K.Key_Left: ("ArrowLeft",),
    K.Key_Right: ("ArrowRight",),
    K.Key_Up: ("ArrowUp",),
    K.Key_Down: ("ArrowDown",),
}
# what they choose is in the text already, or will be
_CHOOSING = {K.Key_AltGr, K.Key_Mode_switch, K.Key_Multi_key}
# a key here that means nothing to Qt chooses a level or switches our layout
_CHOOSING_PLACES = {
    "ShiftLeft", "ShiftRight", "ControlLeft", "ControlRight", "AltLeft", "AltRight", "MetaLeft", "MetaRight",
    "CapsLock", "IntlBackslash", "Backslash",
}  # fmt: skip


def code_of(scan_code: int) -> str | None:
    """The W3C ``code`` of a native scan code (X11 and Wayland: evdev + 8); None for a key that never goes across."""
    return CODE.get(scan_code - X11_OFFSET)


def hers(place: str, key: int) -> str | None:
    """The key of hers that stands for ours at ``place`` with Qt's number ``key``; None: it goes across as text only."""
    if key in _CHOOSING or (key == K.Key_unknown and place in _CHOOSING_PLACES):
        return None
    listed = _BY_MEANING.get(K(key), (place,)) if _is_named(key) else (place,)
    return place if place in listed else listed[0]


def text_of(event: QKeyEvent) -> str:
    """What this key types here; with Ctrl, Alt or Super the character that names the shortcut; else empty."""
    if _is_named(event.key()) and K(event.key()) in _BY_MEANING:
        return ""
    if event.modifiers() & COMMANDS:
        return _shortcut(event.key(), bool(event.modifiers() & M.ShiftModifier))
    return event.text() if len(event.text()) <= LONGEST and re.match(PRINTABLE, event.text()) else ""


def printable(text: str) -> str:
    """``text`` without control characters."""
    return "".join(char for char in text if re.match(PRINTABLE, char))


def _shortcut(key: int, shift: bool) -> str:
    """Qt names a letter's key by its capital, and others by what they type."""
    if not 0x20 < key < K.Key_Escape or not chr(key).isprintable():
        return ""
    return chr(key) if shift else chr(key).lower()


def _is_named(key: int) -> bool:
    return key >= K.Key_Escape

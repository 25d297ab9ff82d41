"""What each key of an X display types now, told by libxkbcommon, through which most programs read their keys too.

The keymap is that of the keyboard by which we type, XTEST's: each keyboard of an X server has its own. Qt needs the
same three libraries. Masks are those of the core protocol: the eight modifiers in bits 0 to 7, the group in 13 and 14.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from ctypes import POINTER, byref, c_char_p, c_int, c_int32, c_size_t, c_uint16, c_uint32, c_void_p
from dataclasses import dataclass
from typing import Any, Final

from Xlib.display import Display
from Xlib.ext import xinput

from remotehelp.errors import BackendError

SHIFT, LOCK, CONTROL, ALT, SUPER = 1, 2, 4, 8, 64
COMMANDS = CONTROL | ALT | SUPER  # with one of these a key is a shortcut
MODIFIERS = 0xFF
GROUPS = range(4)  # those that a mask can name
XTEST_KEYBOARD = "XTEST keyboard"  # the end of its name; the server puts its master's before it

_HOLDING = (0xFFE1, 0xFFE2, 0xFE03, 0xFE11)  # Shift_L, Shift_R, ISO_Level3_Shift, ISO_Level5_Shift
_LOCKING = (0xFFE5, 0xFF7F)  # Caps_Lock, Num_Lock
_MODIFYING = range(0xFFE1, 0xFFEF)  # Shift_L to Hyper_R
_EFFECTIVE = 1 << 3  # enum xkb_state_component: XKB_STATE_MODS_EFFECTIVE
_LOCKED = 1 << 2
_DOWN, _UP = 1, 0
_MASKS = 16  # ways of reaching one level that are looked at


def group_of(state: int) -> int:
    """The group (0 to 3) of a mask."""
    return state >> 13 & 3


@dataclass(frozen=True)
class Way:
    """A character is typed by this key while exactly these of the modifiers that choose a level are down."""

    keycode: int
    mask: int


class Layout:
    """One keymap; ``holding`` are keys that choose a level while they are down, ``locking`` those that switch.

    Both: modifier mask -> keycode. ``modifying``: keycode -> the modifiers that are on while it is down.
    """

    def __init__(self, keymap: int) -> None:
        self._keymap = keymap
        self._state = _xkb().xkb_state_new(keymap)
        self._ways: dict[int, dict[str, list[Way]]] = {}
        self.holding: dict[int, int] = {}
        self.locking: dict[int, int] = {}
        self.modifying: dict[int, int] = {}
        self._find_modifiers()

    def __del__(self) -> None:
        _xkb().xkb_state_unref(self._state)
        _xkb().xkb_keymap_unref(self._keymap)

    @property
    def levels(self) -> int:
        """The modifiers that we can press to choose a level."""
        mask = 0
        for modifier in self.holding:
            mask |= modifier
        return mask

    def typed(self, keycode: int, state: int) -> str:
        """What a press of this key types in this state; empty for none."""
        _xkb().xkb_state_update_mask(self._state, state & MODIFIERS, 0, 0, 0, 0, group_of(state))
        room = ctypes.create_string_buffer(64)
        _xkb().xkb_state_key_get_utf8(self._state, keycode, room, len(room))
        return room.value.decode(errors="replace")

    def ways(self, text: str, group: int) -> list[Way]:
        """The keys on which one character stands, in the order of the keyboard's rows."""
        if group not in self._ways:
            found: dict[str, list[Way]] = {}
            for char, way in self._all_ways(group):
                found.setdefault(char, []).append(way)
            self._ways[group] = found
        return self._ways[group].get(text, [])

    def always(self, text: str) -> bool:
        """Whether one character stands on a key in every group."""
        return all(self.ways(text, group) for group in GROUPS)

    def _keycodes(self) -> range:
        return range(_xkb().xkb_keymap_min_keycode(self._keymap), _xkb().xkb_keymap_max_keycode(self._keymap) + 1)

    def _symbol(self, keycode: int, layout: int, level: int) -> int:
        symbols = POINTER(c_uint32)()
        number = _xkb().xkb_keymap_key_get_syms_by_level(self._keymap, keycode, layout, level, byref(symbols))
        return int(symbols[0]) if number == 1 else 0

    def _all_ways(self, group: int) -> Iterator[tuple[str, Way]]:
        masks, reachable = (c_uint32 * _MASKS)(), self.levels
        for keycode in self._keycodes():
            layouts = _xkb().xkb_keymap_num_layouts_for_key(self._keymap, keycode)
            layout = group % layouts if layouts else 0
            for level in range(_xkb().xkb_keymap_num_levels_for_key(self._keymap, keycode, layout)):
                char = _xkb().xkb_keysym_to_utf32(self._symbol(keycode, layout, level))
                if char < 0x20:
                    continue
                number = _xkb().xkb_keymap_key_get_mods_for_level(
                    self._keymap, keycode, layout, level, masks, len(masks)
                )
                for mask in masks[:number]:
                    if not mask & ~reachable:
                        yield chr(char), Way(keycode, mask)

    def _find_modifiers(self) -> None:
        for keycode in self._keycodes():
            symbol = self._symbol(keycode, 0, 0)
            if symbol not in _MODIFYING and symbol not in _HOLDING + _LOCKING:
                continue
            down, locked = self._switches(keycode)
            if symbol in _LOCKING:
                self.locking.setdefault(locked, keycode)
            elif down:
                self.modifying[keycode] = down
                if symbol in _HOLDING:
                    self.holding.setdefault(down, keycode)
        self.locking.pop(0, None)

    def _switches(self, keycode: int) -> tuple[int, int]:
        """The modifiers that are on while this key is down, and those still on after its release."""
        state = _xkb().xkb_state_new(self._keymap)
        _xkb().xkb_state_update_key(state, keycode, _DOWN)
        down = _xkb().xkb_state_serialize_mods(state, _EFFECTIVE) & MODIFIERS
        _xkb().xkb_state_update_key(state, keycode, _UP)
        locked = _xkb().xkb_state_serialize_mods(state, _LOCKED) & MODIFIERS
        _xkb().xkb_state_unref(state)
        return down, locked


class LayoutReader:
    """Reads the layout of one X display (None: the environment's), on a connection of its own.

    ``keyboard`` is the device number of XTEST's keyboard. Raises BackendError("no_display").
    """

    def __init__(self, display: str | None, keyboard: int | None) -> None:
        self._connection = _xcb().xcb_connect(display.encode() if display else None, None)
        self._context = _xkb().xkb_context_new(0)
        if not _x11().xkb_x11_setup_xkb_extension(self._connection, 1, 0, 0, None, None, None, None):
            self.close()
            raise BackendError("no_display")
        self._keyboard = keyboard or _x11().xkb_x11_get_core_keyboard_device_id(self._connection)

    def read(self) -> Layout:
        """The layout as it is now; raises BackendError("display_lost")."""
        while event := _xcb().xcb_poll_for_event(self._connection):  # what every program is told; nobody reads it here
            _c().free(event)
        keymap = _x11().xkb_x11_keymap_new_from_device(self._context, self._connection, self._keyboard, 0)
        if not keymap:
            raise BackendError("display_lost")
        return Layout(keymap)

    def close(self) -> None:
        """Give the connection back; may be called twice."""
        if self._connection:
            _xkb().xkb_context_unref(self._context)
            _xcb().xcb_disconnect(self._connection)
            self._connection = None


def keysym(char: str) -> int:
    """The X11 keysym of a character."""
    return int(_xkb().xkb_utf32_to_keysym(ord(char)))


def xtest_keyboard(connection: Display) -> int | None:
    """The device number of XTEST's keyboard; None where the X server does not tell."""
    if not connection.has_extension(xinput.extname):
        return None
    devices = connection.xinput_query_device(xinput.AllDevices).devices
    return next((device.deviceid for device in devices if device.name.endswith(XTEST_KEYBOARD)), None)


# --- the libraries ---------------------------------------------------------------------------------

_POINTER: Final = c_void_p
_SIGNATURES: Mapping[str, Mapping[str, tuple[Any, list[Any]]]] = {
    "libxcb.so.1": {
        "xcb_connect": (_POINTER, [c_char_p, _POINTER]),
        "xcb_disconnect": (None, [_POINTER]),
        "xcb_poll_for_event": (_POINTER, [_POINTER]),
    },
    "libc.so.6": {
        "free": (None, [_POINTER]),
    },
    "libxkbcommon-x11.so.0": {
        "xkb_x11_setup_xkb_extension": (c_int, [_POINTER, c_uint16, c_uint16, c_int, *[_POINTER] * 4]),
        "xkb_x11_get_core_keyboard_device_id": (c_int32, [_POINTER]),
        "xkb_x11_keymap_new_from_device": (_POINTER, [_POINTER, _POINTER, c_int32, c_int]),
    },
    "libxkbcommon.so.0": {
        "xkb_context_new": (_POINTER, [c_int]),
        "xkb_context_unref": (None, [_POINTER]),
        "xkb_keymap_unref": (None, [_POINTER]),
        "xkb_keymap_min_keycode": (c_uint32, [_POINTER]),
        "xkb_keymap_max_keycode": (c_uint32, [_POINTER]),
        "xkb_keymap_num_layouts_for_key": (c_uint32, [_POINTER, c_uint32]),
        "xkb_keymap_num_levels_for_key": (c_uint32, [_POINTER, c_uint32, c_uint32]),
        "xkb_keymap_key_get_syms_by_level": (c_int, [_POINTER, c_uint32, c_uint32, c_uint32, _POINTER]),
        "xkb_keymap_key_get_mods_for_level": (c_size_t, [_POINTER, c_uint32, c_uint32, c_uint32, _POINTER, c_size_t]),
        "xkb_state_new": (_POINTER, [_POINTER]),
        "xkb_state_unref": (None, [_POINTER]),
        "xkb_state_update_key": (c_int, [_POINTER, c_uint32, c_int]),
        "xkb_state_update_mask": (c_int, [_POINTER, *[c_uint32] * 6]),
        "xkb_state_serialize_mods": (c_uint32, [_POINTER, c_int]),
        "xkb_state_key_get_utf8": (c_int, [_POINTER, c_uint32, c_char_p, c_size_t]),
        "xkb_keysym_to_utf32": (c_uint32, [c_uint32]),
        "xkb_utf32_to_keysym": (c_uint32, [c_uint32]),
    },
}
_loaded: dict[str, Any] = {}


def _library(name: str) -> Any:
    if name not in _loaded:
        try:
            library = ctypes.CDLL(name)
        except OSError as reason:
            raise BackendError("no_remote_input") from reason
        for function, (result, arguments) in _SIGNATURES[name].items():
            getattr(library, function).restype = result
            getattr(library, function).argtypes = arguments
        _loaded[name] = library
    return _loaded[name]


def _c() -> Any:
    return _library("libc.so.6")


def _xcb() -> Any:
    return _library("libxcb.so.1")


def _x11() -> Any:
    return _library("libxkbcommon-x11.so.0")


def _xkb() -> Any:
    return _library("libxkbcommon.so.0")

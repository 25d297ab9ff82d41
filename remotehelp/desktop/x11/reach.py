"""What input may reach: never our own windows, and where one window alone is shown, nothing else at all.

Each answer holds only while the X server is grabbed. Whoever has grabbed the pointer, the keyboard or one key or button
gets the input instead of the window that it seems to go to, so that is asked too (core protocol, GrabPointer and
GrabKeyboard): by asking for the same grab, in a way that can't succeed.
"""

from __future__ import annotations

from collections.abc import Collection

from Xlib import X, error
from Xlib.display import Display

from remotehelp.desktop.keys import EVDEV, X11_OFFSET
from remotehelp.desktop.x11.clients import is_kind
from remotehelp.desktop.x11.kin import belongs, holds, program_of
from remotehelp.desktop.x11.news import News
from remotehelp.desktop.x11.passive_grabs import PassiveGrabs
from remotehelp.desktop.x11.windows import Aim
from remotehelp.errors import GateClosed

MODIFIERS = 0xFF  # of a state, without the pointer's buttons and the keyboard's group
OF_DESKTOPS = X.Mod1Mask | X.Mod4Mask  # Alt and Super: with these the mouse works on windows, not in them
MENUS = ("POPUP_MENU", "DROPDOWN_MENU", "COMBO")
CHORDS = X.ControlMask | X.Mod1Mask | X.Mod4Mask  # the modifiers of a shortcut, without Shift and locks
#: what takes all windows out of sight, ours included, where a desktop has it as a shortcut: key and modifiers
HIDES_ALL = frozenset(
    (EVDEV[code] + X11_OFFSET, modifiers)
    for code, modifiers in (
        ("KeyD", X.Mod4Mask),
        ("KeyM", X.Mod4Mask),
        ("KeyH", X.Mod4Mask),
        ("Home", X.Mod4Mask),
        ("KeyD", X.ControlMask | X.Mod1Mask),
    )
)
HIDING_KEYS = frozenset(keycode for keycode, _ in HIDES_ALL)


class Reach:
    """The bounds of one pair of hands; the methods raise GateClosed("own_window") and ("other_window")."""

    def __init__(self, connection: Display, news: News) -> None:
        self._connection, self._aim = connection, Aim(connection, news)
        self._root = connection.screen().root
        self._unseen = self._root.create_window(0, 0, 1, 1, 0, X.CopyFromParent, X.InputOnly, override_redirect=True)
        self._grabs = PassiveGrabs(connection)
        self._own: Collection[int] = ()
        self.only: int | None = None

    def limit(self, own: Collection[int], only: int | None) -> None:
        """From now on not the windows ``own``, and ``only`` this one with its menus and dialogs, if it is given."""
        self._own, self.only = own, only

    def place(self, x: int, y: int) -> None:
        """The pointer is about to go to this pixel of the root window."""
        if self.only is not None:
            geometry = self._root.get_geometry()
            there = 0 <= x < geometry.width and 0 <= y < geometry.height
            _refuse_if(not there or not holds(self._connection, self._aim.under(x, y), self.only))

    def pointer(self, x: int, y: int, buttons: Collection[int], *, pressed: bool) -> None:
        """These buttons (the wheel's too) are about to be used where the pointer is; it was sent to (x, y).

        ``pressed``: we hold a button already, so that who got it has the pointer until we let go.
        """
        hit = self._aim.under_pointer()
        self._refuse_own(hit)
        if self.only is not None:
            now = self._root.query_pointer()
            _refuse_if((now.root_x, now.root_y) != (x, y) or not holds(self._connection, hit, self.only))
            if not pressed:
                _refuse_if(self._pointer_is_grabbed() and not self._has_menu())
                _refuse_if(self._are_shortcuts(hit, buttons, now.mask & MODIFIERS))

    def keyboard(self) -> int:
        """A key is about to be pressed; the mask of what is down or locked now."""
        hit, state = self._aim.with_keyboard()
        self._refuse_own(hit)
        if self.only is not None:
            _refuse_if(not holds(self._connection, hit, self.only) or self._keyboard_is_taken())
        return state

    def minds(self, keycode: int) -> bool:
        """Whether ``key()`` may refuse this one."""
        return self.only is not None or keycode in HIDING_KEYS

    def key(self, keycode: int, state: int) -> None:
        """After ``keyboard()``: it is this key, while these modifiers are on; a desktop's shortcuts are taken.

        Where whole screens are shown they are the technician's to use, but for those that would hide our windows.
        """
        if self.only is not None:
            hit, _ = self._aim.with_keyboard()
            _refuse_if(self._grabs.has_key((self._root.id, *hit), keycode, state & MODIFIERS))
        elif self._own and self._would_hide_all(keycode, state):
            raise GateClosed("own_window")

    def _would_hide_all(self, keycode: int, state: int) -> bool:
        known = (keycode, state & CHORDS) in HIDES_ALL
        return known and self._grabs.has_key((self._root.id,), keycode, state & MODIFIERS)

    def _refuse_own(self, hit: list[int]) -> None:
        if self._aim.is_own(hit, self._own):
            raise GateClosed("own_window")

    # --- grabs of others -----------------------------------------------------------------------------

    def _are_shortcuts(self, hit: Collection[int], buttons: Collection[int], state: int) -> bool:
        """Whether another program would be given one of these buttons.

        Only asked with Alt or Super: without them a window manager grabs a button to choose who has the keyboard.
        """
        windows = (self._root.id, *hit)
        return bool(state & OF_DESKTOPS) and any(self._grabs.has_button(windows, one, state) for one in buttons)

    def _keyboard_is_taken(self) -> bool:
        """Whether another program than the one that is shown may have grabbed the keyboard.

        Nobody tells whose a grab is. A program grabs keyboard and pointer for a menu that it opens: if one is open
        here and both are grabbed, it is that.
        """
        status = self._unseen.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)
        return status == X.AlreadyGrabbed and not (self._pointer_is_grabbed() and self._has_menu())

    def _pointer_is_grabbed(self) -> bool:
        """By whomever; a window that can't be seen can't grab it, so that it is refused one way or another."""
        mode = X.GrabModeAsync
        status: int = self._unseen.grab_pointer(False, 0, mode, mode, X.NONE, X.NONE, X.CurrentTime)
        return status == X.AlreadyGrabbed

    def _has_menu(self) -> bool:
        """Whether a menu is open, and says that it is one: hints and bubbles are no window manager's either."""
        return any(self._is_menu(child.id) for child in self._root.query_tree().children)

    def _is_menu(self, window: int) -> bool:
        only = self.only
        if only is None or window == only or program_of(self._connection, window) != program_of(self._connection, only):
            return False
        try:
            seen = self._connection.create_resource_object("window", window).get_attributes()
        except error.BadWindow:
            return False
        own = seen.map_state == X.IsViewable and seen.override_redirect
        return bool(own and is_kind(self._connection, window, MENUS) and belongs(self._connection, window, only))


def _refuse_if(elsewhere: bool) -> None:
    if elsewhere:
        raise GateClosed("other_window")

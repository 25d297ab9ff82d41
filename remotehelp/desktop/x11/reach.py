"""What input may reach: never our own windows, and where one window alone is shown, nothing else at all.

Each answer holds only while the X server is grabbed. Whoever has grabbed the pointer, the keyboard or one key of it
gets the input instead of the window that it seems to go to, so that is asked too (core protocol, GrabPointer,
GrabKeyboard, GrabKey): by asking for the same grab, in a way that can't succeed or is undone at once.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from Xlib import X, error
from Xlib.display import Display
from Xlib.ext import xinput
from Xlib.xobject.drawable import Window

from remotehelp.desktop.x11.kin import belongs, holds, program_of
from remotehelp.desktop.x11.news import News
from remotehelp.desktop.x11.windows import Aim
from remotehelp.errors import GateClosed

MODIFIERS = 0xFF  # of a state, without the pointer's buttons and the keyboard's group
MASTERS = 1  # XIAllMasterDevices
NOTHING: Any = 0  # the mask of the events that are wanted; the stubs of python-xlib know only lists


class Reach:
    """The bounds of one pair of hands; the methods raise GateClosed("own_window") and ("other_window")."""

    def __init__(self, connection: Display, news: News) -> None:
        self._connection, self._aim = connection, Aim(connection, news)
        self._root = connection.screen().root
        self._unseen = self._root.create_window(0, 0, 1, 1, 0, X.CopyFromParent, X.InputOnly, override_redirect=True)
        self._newer = connection.has_extension(xinput.extname)
        if self._newer:
            xinput.query_version(connection)
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

    def pointer(self, x: int, y: int, *, pressed: bool) -> None:
        """A button or the wheel is about to be used where the pointer is; it was sent to (x, y).

        ``pressed``: we hold a button already, so that who got it has the pointer until we let go.
        """
        hit = self._aim.under_pointer()
        self._refuse_own(hit)
        if self.only is not None:
            now = self._root.query_pointer()
            _refuse_if((now.root_x, now.root_y) != (x, y) or not holds(self._connection, hit, self.only))
            _refuse_if(not pressed and self._is_taken(self._ask_for_pointer()))

    def keyboard(self) -> int:
        """A key is about to be pressed; the mask of what is down or locked now."""
        hit, state = self._aim.with_keyboard()
        self._refuse_own(hit)
        if self.only is not None:
            _refuse_if(not holds(self._connection, hit, self.only) or self._is_taken(self._ask_for_keyboard()))
        return state

    def key(self, keycode: int, state: int) -> None:
        """After ``keyboard()``: it is this key, while these modifiers are on; a desktop's shortcuts are taken."""
        if self.only is not None:
            program, (hit, _) = program_of(self._connection, self.only), self._aim.with_keyboard()
            outside = [window for window in hit if program_of(self._connection, window) != program]
            for window in (self._root.id, *outside):
                _refuse_if(self._is_shortcut(window, keycode, state & MODIFIERS))

    def _refuse_own(self, hit: list[int]) -> None:
        if self._aim.is_own(hit, self._own):
            raise GateClosed("own_window")

    # --- grabs of others -----------------------------------------------------------------------------

    def _is_taken(self, status: int) -> bool:
        """Whether another program than the one that is shown has grabbed it.

        Nobody tells whose a grab is. Programs grab for the menus that they open: if one is open here, it is that.
        """
        return status == X.AlreadyGrabbed and not self._has_menu()

    def _ask_for_pointer(self) -> int:
        """X.AlreadyGrabbed or another refusal: a window that can't be seen can't grab."""
        mode = X.GrabModeAsync
        status: int = self._unseen.grab_pointer(False, 0, mode, mode, X.NONE, X.NONE, X.CurrentTime)
        return status

    def _ask_for_keyboard(self) -> int:
        """The same for the keyboard."""
        status: int = self._unseen.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)
        return status

    def _has_menu(self) -> bool:
        return any(self._is_menu(child.id) for child in self._root.query_tree().children)

    def _is_menu(self, window: int) -> bool:
        only = self.only
        if only is None or window == only or program_of(self._connection, window) != program_of(self._connection, only):
            return False
        try:
            seen = self._connection.create_resource_object("window", window).get_attributes()
        except error.BadWindow:
            return False
        return seen.map_state == X.IsViewable and seen.override_redirect and belongs(self._connection, window, only)

    def _is_shortcut(self, window: int, keycode: int, state: int) -> bool:
        """Whether another program wants to be given this key before the windows inside ``window`` get it."""
        grabbed, mode = self._connection.create_resource_object("window", window), X.GrabModeAsync
        refused = error.CatchError(error.BadAccess)
        grabbed.grab_key(keycode, state, False, mode, mode, onerror=refused)
        grabbed.ungrab_key(keycode, state, onerror=error.CatchError())
        self._connection.sync()
        return refused.get_error() is not None or (self._newer and self._is_newer_shortcut(grabbed, keycode, state))

    def _is_newer_shortcut(self, window: Window, keycode: int, state: int) -> bool:
        """The same for grabs of XInput 2, which those of the core protocol know nothing of."""
        mode = xinput.GrabModeAsync
        reply = xinput.grab_keycode(window, MASTERS, X.CurrentTime, keycode, mode, mode, False, NOTHING, [state])
        xinput.ungrab_keycode(window, MASTERS, keycode, [state])
        return bool(reply.modifiers)  # those that could not be grabbed


def _refuse_if(elsewhere: bool) -> None:
    if elsewhere:
        raise GateClosed("other_window")

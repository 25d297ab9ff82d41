"""Which keys and buttons other programs want to be given before a window gets them: the shortcuts of a desktop.

Nobody tells them (core protocol, GrabKey and GrabButton), so the same grab is asked for: it is refused where another
program has it, and undone at once. Those of XInput 2 are asked for apart, the core protocol knows nothing of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from Xlib import X, error
from Xlib.display import Display
from Xlib.ext import xinput
from Xlib.xobject.drawable import Window

MASTERS = 1  # XIAllMasterDevices
NOTHING: Any = 0  # the mask of the events that are wanted; the stubs of python-xlib know only lists
ASYNC = X.GrabModeAsync
Ask = Callable[[Window, "error.CatchError"], None]


class PassiveGrabs:
    """Those of all other programs; the answers hold only while the X server is grabbed.

    ``windows``: the root window and those from the top-level one inwards that the input would go through. ``state``:
    the mask of the modifiers that are on. A grab of the program that is meant can't be told from another's.
    """

    def __init__(self, connection: Display) -> None:
        self._connection = connection
        self._newer = connection.has_extension(xinput.extname)
        if self._newer:
            xinput.query_version(connection)

    def has_key(self, windows: Iterable[int], keycode: int, state: int) -> bool:
        """Whether another program would be given this key."""

        def ask(window: Window, refused: error.CatchError) -> None:
            window.grab_key(keycode, state, False, ASYNC, ASYNC, onerror=refused)
            window.ungrab_key(keycode, state, onerror=error.CatchError())

        return self._is_one(windows, ask, xinput.GrabtypeKeycode, keycode, state)

    def has_button(self, windows: Iterable[int], button: int, state: int) -> bool:
        """Whether another program would be given this button."""

        def ask(window: Window, refused: error.CatchError) -> None:
            window.grab_button(button, state, False, 0, ASYNC, ASYNC, X.NONE, X.NONE, onerror=refused)
            window.ungrab_button(button, state, onerror=error.CatchError())

        return self._is_one(windows, ask, xinput.GrabtypeButton, button, state)

    def _is_one(self, windows: Iterable[int], ask: Ask, kind: int, detail: int, state: int) -> bool:
        made = [self._connection.create_resource_object("window", window) for window in windows]
        return self._has_core(made, ask) or (
            self._newer and any(self._has_newer(window, kind, detail, state) for window in made)
        )

    def _has_core(self, windows: Iterable[Window], ask: Ask) -> bool:
        refused = error.CatchError(error.BadAccess)
        for window in windows:
            ask(window, refused)
        self._connection.sync()
        return refused.get_error() is not None

    def _has_newer(self, window: Window, kind: int, detail: int, state: int) -> bool:
        mode, now = xinput.GrabModeAsync, X.CurrentTime
        reply = xinput.passive_grab_device(window, MASTERS, now, detail, kind, mode, mode, False, NOTHING, [state])
        xinput.passive_ungrab_device(window, MASTERS, detail, kind, [state])
        self._connection.flush()
        return bool(reply.modifiers)  # those that could not be grabbed

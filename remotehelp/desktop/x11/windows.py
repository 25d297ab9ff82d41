"""Whose window an X event would reach: the answer holds only while the X server is grabbed."""

from __future__ import annotations

from collections.abc import Collection

from Xlib import X, error
from Xlib.display import Display
from Xlib.protocol import request
from Xlib.xobject.drawable import Window

from remotehelp.desktop.x11.kin import program_of
from remotehelp.desktop.x11.news import News

REMEMBERED = 64  # windows with what is around them


class Aim:
    """Where input would go now, on one connection, whose ``news`` tell when a window is put elsewhere."""

    def __init__(self, connection: Display, news: News) -> None:
        self._connection = connection
        self._around = Surroundings(connection, news)

    def with_keyboard(self) -> tuple[list[int], int]:
        """The windows that a key would go through, the top-level one first, and the mask of what is down or locked now.

        Where the root window has the keyboard, or nobody in particular (PointerRoot), the key goes to the window under
        the pointer (X11 protocol, section 11, "KeyPress"). Where none has it, it goes nowhere.
        """
        asked = request.GetInputFocus(display=self._connection.display, defer=True)
        root = self._connection.screen().root
        state: int = root.query_pointer().mask  # both in one round trip
        asked.reply()
        if asked.focus == X.NONE:
            return [], state
        if asked.focus in (X.PointerRoot, root):
            return self.under_pointer(), state
        return self._around.of([asked.focus.id])[0][::-1], state

    def is_own(self, hit: list[int], own: Collection[int]) -> bool:
        """Whether ``hit``, a chain of windows from a top-level one inwards, belongs to ``own``.

        It does if it holds the frame that a window manager put around one of them, or any window that their program
        made: menus and hints too, which nobody listed. X11 gives each program a range of ids of its own (section 1.2,
        resource ids), so that the upper bits name it.
        """
        programs = {program_of(self._connection, window) for window in own}
        if any(program_of(self._connection, window) in programs for window in hit):
            return True
        frames = {chain[-1] for chain in self._around.of(own) if chain}
        return not frames.isdisjoint(hit)

    def under_pointer(self) -> list[int]:
        """The windows under the pointer, the top-level one first."""
        chain: list[int] = []
        window: Window = self._connection.screen().root
        while (child := window.query_pointer().child) != X.NONE:
            chain.append(child.id)
            window = child
        return chain

    def under(self, x: int, y: int) -> list[int]:
        """The windows under a pixel of the root window, the top-level one first."""
        chain: list[int] = []
        root: Window = self._connection.screen().root
        window = root
        while (child := window.translate_coords(root.id, x, y).child) != X.NONE:
            chain.append(child.id)
            window = child
        return chain


class Surroundings:
    """The windows around others, asked for once and then remembered until one of them is put elsewhere or destroyed.

    A key takes one round trip to the X server then, where asking each time took ten. What the server told before the
    last answer has been read, so that nothing is outdated while the server is grabbed and was asked something since.
    """

    def __init__(self, connection: Display, news: News) -> None:
        self._connection, self._news = connection, news
        self._chains: dict[int, list[int]] = {}
        self._as_of = news.moves

    def of(self, windows: Collection[int]) -> list[list[int]]:
        """For each the window itself and those around it, up to the top-level one; empty if it is gone."""
        moves = self._news.moves
        if moves != self._as_of or len(self._chains) > REMEMBERED:
            self._chains.clear()
        self._as_of = moves
        new = {window: [window] for window in windows if window not in self._chains}
        self._grow(new)
        self._chains.update({window: chain for window, chain in new.items() if chain})
        return [self._chains.get(window, []) for window in windows]

    def _grow(self, chains: dict[int, list[int]]) -> None:
        """All together: a round trip for each level, not for each window."""
        while chains:
            asked = {window: self._ask(chain[-1]) for window, chain in chains.items()}
            chains = {window: chains[window] for window, tree in asked.items() if self._grows(chains[window], tree)}

    def _ask(self, window: int) -> request.QueryTree:
        """What is around a window, which is listened to from now on: whatever becomes of it later is told."""
        display = self._connection.display
        request.ChangeWindowAttributes(display=display, window=window, event_mask=X.StructureNotifyMask)
        return request.QueryTree(display=display, window=window, defer=True)

    def _grows(self, chain: list[int], tree: request.QueryTree) -> bool:
        """Whether there is a window around the last one of ``chain``, which holds it then."""
        try:
            tree.reply()
        except error.BadWindow:
            chain.clear()
            return False
        if tree.parent == X.NONE or tree.parent == self._connection.screen().root:
            return False
        chain.append(tree.parent.id)
        return True

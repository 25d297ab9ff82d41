"""Desks for tests: real X displays of their own, with other programs' windows on them, and the same in memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np
from Xlib import X, Xatom, Xutil
from Xlib.display import Display

from remotehelp.desktop.fake import FakeHands, FakeWindow
from remotehelp.desktop.fake_screens import FakeScreens, FakeShown
from remotehelp.desktop.hands import Action, Hands, Held, Press, Turn, Type
from remotehelp.desktop.keys import CODE, EVDEV, X11_OFFSET
from remotehelp.desktop.screens import Monitor, Screens
from remotehelp.desktop.x11.screens import XScreens
from remotehelp.media.area import Rect

PATIENCE = 5.0  # seconds that anything here may take
Heard = tuple[Any, ...]  # ("key", code, down) or ("button", number, down, x, y)


def wait_for(what: Callable[[], Any], why: str = "it did not come") -> Any:
    """The first true answer of ``what``; fails after PATIENCE seconds."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := what()):
        assert time.monotonic() < deadline, why
        time.sleep(0.005)
    return answer


@contextmanager
def x_server(size: str = "800x600", *options: str, depth: int = 24) -> Iterator[str]:
    """An Xvfb on a free display; its name (":7"). ``options`` are Xvfb's own."""
    reader, writer = os.pipe()
    with open(reader) as answer:  # noqa: PTH123 - a pipe
        server = subprocess.Popen(
            [
                "Xvfb",
                "-displayfd",
                str(writer),
                "-noreset",
                "-nolisten",
                "tcp",
                "-screen",
                "0",
                f"{size}x{depth}",
                *options,
            ],
            pass_fds=[writer],
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        try:
            yield f":{int(answer.readline())}"
        finally:
            stop(server)


@contextmanager
def window_manager(display: str, patience: float = PATIENCE) -> Iterator[None]:
    """Openbox on the display: it puts a frame around windows and lets clicks choose who has the keyboard."""
    openbox = subprocess.Popen(["openbox", "--sm-disable"], env={**os.environ, "DISPLAY": display}, **_QUIET)
    try:
        with connected(display) as connection:
            wait_for(lambda: _is_framed(connection), "no openbox")
        yield
    finally:
        stop(openbox, patience)


def _is_framed(connection: Display) -> bool:
    """Whether a new window gets a frame at once: openbox announces itself before it is ready for windows."""
    root = connection.screen().root
    probe = root.create_window(0, 0, 20, 20, 0, X.CopyFromParent)
    probe.map()
    connection.sync()
    try:
        deadline = time.monotonic() + 0.2
        while probe.query_tree().parent == root and time.monotonic() < deadline:
            time.sleep(0.005)
        return bool(probe.query_tree().parent != root)
    finally:
        probe.destroy()
        connection.sync()


_QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def stop(process: subprocess.Popen[Any], patience: float = PATIENCE) -> None:
    """End a process that a test started."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def said_by(code: str, *arguments: str) -> str:
    """What a Python process of its own prints.

    python-xlib keeps one table of event numbers for the whole process, so that a display with fewer extensions than
    the others must not be opened in this one.
    """
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


@contextmanager
def connected(display: str) -> Iterator[Display]:
    """A connection of its own, closed at the end."""
    connection = Display(display)
    connection.set_error_handler(lambda _error, _request: None)
    try:
        yield connection
    finally:
        connection.close()


def xrandr(display: str, *arguments: str) -> None:
    """Rearrange the monitors of a display."""
    subprocess.run(["xrandr", "-display", display, *arguments], check=True, **_QUIET)


@dataclass(frozen=True)
class Window:
    """A window of some program: its native id and where its inside is on the root window."""

    id: int
    rect: Rect

    @property
    def middle(self) -> tuple[int, int]:
        """A place inside."""
        return self.rect.x + self.rect.width // 2, self.rect.y + self.rect.height // 2


class Program:
    """One X client with windows, which hears keys and buttons."""

    def __init__(self, connection: Display) -> None:
        self.connection = connection
        self._windows: dict[int, Any] = {}
        self._heard: list[tuple[int, Heard]] = []

    def window(
        self,
        rect: Rect,
        *,
        override: bool = False,
        pixel: int | None = 0x304050,
        of: Window | None = None,
        title: str = "",
        kind: str = "",
    ) -> Window:
        """A mapped window at ``rect``, opened for another one; with ``override`` no window manager touches it.

        ``kind``: what it says that it is (EWMH 1.5, _NET_WM_WINDOW_TYPE), as "POPUP_MENU".
        ``pixel``: what the X server paints where nothing is drawn; None: it leaves what was on the screen.
        """
        background = {"background_pixmap": X.NONE} if pixel is None else {"background_pixel": pixel}
        made = self.connection.screen().root.create_window(
            rect.x, rect.y, rect.width, rect.height, 0, X.CopyFromParent, X.InputOutput, X.CopyFromParent,
            override_redirect=override, **background,
            event_mask=X.KeyPressMask | X.KeyReleaseMask | X.ButtonPressMask | X.ButtonReleaseMask | X.ExposureMask,
        )  # fmt: skip
        made.set_wm_normal_hints(flags=Xutil.USPosition | Xutil.USSize, min_width=rect.width, min_height=rect.height)
        utf8 = self.connection.intern_atom("UTF8_STRING")
        made.change_property(self.connection.intern_atom("_NET_WM_NAME"), utf8, 8, title.encode())
        if kind:
            kinds = self.connection.intern_atom("_NET_WM_WINDOW_TYPE")
            made.change_property(kinds, Xatom.ATOM, 32, [self.connection.intern_atom(f"_NET_WM_WINDOW_TYPE_{kind}")])
        if of is not None:
            made.set_wm_transient_for(self._windows[of.id])
        made.map()
        self.connection.sync()
        self._windows[made.id] = made
        exposed: set[int] = set()
        wait_for(lambda: self._drain(exposed) or made.id in exposed, "not mapped")
        if not override:
            wait_for(lambda: self._is_managed(made.id), "openbox has not finished with it")
        return Window(made.id, self.place_of(made.id))

    def place_of(self, window: int) -> Rect:
        """Where the inside of a window is now."""
        geometry = self._windows[window].get_geometry()
        place = self._windows[window].translate_coords(self.connection.screen().root, 0, 0)
        # translate_coords answers how the root's corner is seen from the window
        return Rect(-place.x, -place.y, geometry.width, geometry.height)

    def draw(self, window: Window, rect: Rect, colour: tuple[int, int, int]) -> None:
        """Fill ``rect`` of a window with (blue, green, red)."""
        blue, green, red = colour
        context = self._windows[window.id].create_gc(foreground=red << 16 | green << 8 | blue)
        self._windows[window.id].fill_rectangle(context, rect.x, rect.y, rect.width, rect.height)
        context.free()
        self.connection.sync()

    def put(self, window: Window, rect: Rect) -> Window:
        """Move and resize a window; where it is then."""
        self._windows[window.id].configure(x=rect.x, y=rect.y, width=rect.width, height=rect.height)
        self.connection.sync()
        wait_for(lambda: self._has_size(window.id, rect), "not resized")
        return Window(window.id, self.place_of(window.id))

    def show(self, window: Window, shown: bool) -> None:
        """Minimise a window or bring it back."""
        made = self._windows[window.id]
        (made.map if shown else made.unmap)()
        self.connection.sync()
        wait_for(lambda: (made.get_attributes().map_state == X.IsViewable) == shown)

    def _has_size(self, window: int, rect: Rect) -> bool:
        geometry = self._windows[window].get_geometry()
        return (geometry.width, geometry.height) == (rect.width, rect.height)

    def raise_(self, window: Window) -> None:
        """Bring a window to the top."""
        self._windows[window.id].configure(stack_mode=X.Above)
        self.connection.sync()

    def lower(self, window: Window) -> None:
        """Send a window to the bottom."""
        self._windows[window.id].configure(stack_mode=X.Below)
        self.connection.sync()

    def close(self, window: Window) -> None:
        """Take a window away for good; its id may be given to another one."""
        self._windows.pop(window.id).destroy()
        self.connection.sync()
        self._drain(set())
        self._heard = [heard for heard in self._heard if heard[0] != window.id]

    def take_keyboard(self, window: Window) -> None:
        """Give the keyboard to a window."""
        self._windows[window.id].set_input_focus(X.RevertToParent, X.CurrentTime)
        self.connection.sync()

    def heard(self, window: Window) -> list[Heard]:
        """All that a window heard so far."""
        self.connection.sync()
        self._drain(set())
        return [what for where, what in self._heard if where == window.id]

    def _is_managed(self, window: int) -> bool:
        """Whether openbox has done all that it does with a new window, giving it the keyboard included."""
        root = self.connection.screen().root
        if not root.get_full_property(self.connection.intern_atom("_NET_SUPPORTING_WM_CHECK"), X.AnyPropertyType):
            return True
        known = root.get_full_property(self.connection.intern_atom("_NET_CLIENT_LIST"), X.AnyPropertyType)
        return known is not None and window in known.value

    def _drain(self, exposed: set[int]) -> None:
        while self.connection.pending_events():
            event = self.connection.next_event()
            if event.type == X.Expose:
                exposed.add(event.window.id)
            elif event.type in (X.KeyPress, X.KeyRelease):
                down = event.type == X.KeyPress
                self._heard.append((event.window.id, ("key", CODE[event.detail - X11_OFFSET], down)))
            elif event.type in (X.ButtonPress, X.ButtonRelease):
                down = event.type == X.ButtonPress
                self._heard.append((event.window.id, ("button", event.detail, down, event.root_x, event.root_y)))


class XDesk:
    """A real X display with two programs on it: somebody's, and ours."""

    def __init__(self, display: str, connections: ExitStack) -> None:
        self.display = display
        self.screens: Screens = XScreens(display)
        self.theirs = Program(connections.enter_context(connected(display)))
        self.ours = Program(connections.enter_context(connected(display)))
        self._brush = connections.enter_context(connected(display))

    def paint(self, rect: Rect, colour: tuple[int, int, int]) -> None:
        """Fill ``rect`` of the root window with (blue, green, red)."""
        blue, green, red = colour
        root = self._brush.screen().root
        context = root.create_gc(foreground=red << 16 | green << 8 | blue, subwindow_mode=X.IncludeInferiors)
        root.fill_rectangle(context, rect.x, rect.y, rect.width, rect.height)
        context.free()
        self._brush.sync()

    def resize(self, monitor: Monitor, width: int, height: int) -> None:
        """Give the only monitor another mode: Xvfb has one until it is told more (timings are empty talk)."""
        mode = f"{width}x{height}"
        with suppress(subprocess.CalledProcessError):  # known already
            timings = [width, width + 8, width + 16, width + 24, height, height + 8, height + 16, height + 24]
            xrandr(self.display, "--newmode", mode, "25", *map(str, timings))
            xrandr(self.display, "--addmode", monitor.name, mode)
        xrandr(self.display, "--output", monitor.name, "--mode", mode)

    def split(self) -> tuple[str, str]:
        """Make two monitors of one, side by side, 300 pixels wide the left one."""
        xrandr(self.display, "--setmonitor", "left", "300/80x600/160+0+0", "screen")
        xrandr(self.display, "--setmonitor", "right", "500/130x600/160+300+0", "none")
        return "left", "right"

    def part(self) -> tuple[str, str]:
        """Make two monitors with a gap between them: 300x400 at 0, 0 and 200x300 at 400, 250."""
        xrandr(self.display, "--setmonitor", "left", "300/80x400/100+0+0", "screen")
        xrandr(self.display, "--setmonitor", "right", "200/50x300/80+400+250", "none")
        return "left", "right"

    def shrink_left(self) -> None:
        """Make the left one 300x200: a monitor of one's own making can't be changed, only made anew."""
        xrandr(self.display, "--delmonitor", "left", "--setmonitor", "left", "300/80x200/50+0+0", "screen")

    def unplug_right(self) -> None:
        """Take the right monitor away."""
        xrandr(self.display, "--delmonitor", "right")

    def window(self, rect: Rect) -> Window:
        """A window of somebody's program."""
        return self.theirs.window(rect)

    def own_window(self, rect: Rect) -> Window:
        """A window of our program."""
        return self.ours.window(rect)

    def titled(self, rect: Rect, title: str) -> Window:
        """A window of somebody's program that draws all of itself."""
        return self.theirs.window(rect, pixel=None, title=title)

    def draw(self, window: Window, rect: Rect, colour: tuple[int, int, int]) -> None:
        """Fill ``rect`` of a window of somebody's program with (blue, green, red)."""
        self.theirs.draw(window, rect, colour)

    def put(self, window: Window, rect: Rect) -> Window:
        """Move and resize a window of somebody's program."""
        return self.theirs.put(window, rect)

    def show(self, window: Window, shown: bool) -> None:
        """Minimise a window of somebody's program or bring it back."""
        self.theirs.show(window, shown)

    def menu(self, rect: Rect, of: Window) -> Window:
        """A menu that somebody's program opens over its window."""
        return self.theirs.window(rect, override=True, kind="POPUP_MENU")

    def dialog(self, rect: Rect, of: Window) -> Window:
        """A dialog that somebody's program opens for its window."""
        return self.theirs.window(rect, of=of)

    def close(self, window: Window) -> None:
        """Somebody closes their window."""
        self.theirs.close(window)

    def focus(self, window: Window) -> None:
        """Give the keyboard to a window."""
        self._brush.set_input_focus(window.id, X.RevertToParent, X.CurrentTime)
        wait_for(lambda: self._focused() == window.id, "the keyboard did not go there")

    def heard(self, window: Window) -> list[Heard]:
        """All that a window heard so far."""
        return self.theirs.heard(window) + self.ours.heard(window)

    def down(self) -> frozenset[Held]:
        """What the X server holds to be down: keys by code, the buttons 1 to 5."""
        keymap = self._brush.query_keymap()
        keys = {CODE[code - X11_OFFSET] for code in range(8, 256) if keymap[code // 8] >> (code % 8) & 1}
        mask = self._brush.screen().root.query_pointer().mask
        return frozenset(keys | {number for number in range(1, 6) if mask >> (7 + number) & 1})

    def pointer(self) -> tuple[int, int]:
        """Where the pointer is."""
        place = self._brush.screen().root.query_pointer()
        return place.root_x, place.root_y

    def _focused(self) -> int:
        focus = self._brush.get_input_focus().focus
        return focus if isinstance(focus, int) else focus.id


def repeats(desk: XDesk, code: str) -> bool:
    """Whether the X server would repeat this key while it is held."""
    keycode = EVDEV[code] + X11_OFFSET
    with connected(desk.display) as connection:
        return bool(connection.get_keyboard_control().auto_repeats[keycode // 8] >> (keycode % 8) & 1)


@contextmanager
def x_desk(size: str = "800x600", *, managed: bool = False) -> Iterator[XDesk]:
    """An ``XDesk`` on an X server of its own, with or without a window manager."""
    with ExitStack() as stack:
        display = stack.enter_context(x_server(size))
        if managed:
            stack.enter_context(window_manager(display))
        yield XDesk(display, stack)


class MemoryDesk:
    """The same desk in memory; ``hands`` are its only hands."""

    def __init__(self) -> None:
        self._screens = FakeScreens((Monitor("fake", Rect(0, 0, 800, 600), True),))
        self.screens: Screens = self._screens
        self._ids = count(100)
        self.hands = FakeHands(Rect(0, 0, 800, 600))

    def paint(self, rect: Rect, colour: tuple[int, int, int]) -> None:
        """Fill ``rect`` of the root window with (blue, green, red)."""
        self._screens.paint(rect, colour)

    def resize(self, monitor: Monitor, width: int, height: int) -> None:
        """Give the only monitor another mode."""
        self._screens.rearrange((Monitor(monitor.name, Rect(0, 0, width, height), True),))

    def split(self) -> tuple[str, str]:
        """Make two monitors of one."""
        left, right = Rect(0, 0, 300, 600), Rect(300, 0, 500, 600)
        self._screens.rearrange((Monitor("left", left, True), Monitor("right", right, False)))
        return "left", "right"

    def part(self) -> tuple[str, str]:
        """Make two monitors with a gap between them."""
        left, right = Rect(0, 0, 300, 400), Rect(400, 250, 200, 300)
        self._screens.rearrange((Monitor("left", left, True), Monitor("right", right, False)))
        return "left", "right"

    def shrink_left(self) -> None:
        """Make the left one 300x200."""
        left, right = Rect(0, 0, 300, 200), Rect(400, 250, 200, 300)
        root = self._screens.root.copy()
        self._screens.rearrange((Monitor("left", left, True), Monitor("right", right, False)))
        self._screens.root[:] = root

    def unplug_right(self) -> None:
        """Take the right monitor away."""
        self._screens.rearrange((Monitor("left", Rect(0, 0, 300, 600), True),))

    def window(self, rect: Rect, of: Window | None = None, title: str = "") -> Window:
        """A window on top of the others."""
        window, belongs_to = Window(next(self._ids), rect), of.id if of else None
        self.hands.windows.append(FakeWindow(window.id, rect, belongs_to))
        pixels = np.zeros((rect.height, rect.width, 4), np.uint8)
        self._screens.show_window(window.id, FakeShown(rect, pixels, title, belongs_to))
        return window

    own_window = window

    def titled(self, rect: Rect, title: str) -> Window:
        """A window with a title."""
        return self.window(rect, title=title)

    def menu(self, rect: Rect, of: Window) -> Window:
        """A menu or dialog of a window."""
        return self.window(rect, of)

    dialog = menu

    def draw(self, window: Window, rect: Rect, colour: tuple[int, int, int]) -> None:
        """Fill ``rect`` of a window with (blue, green, red)."""
        shown = self._screens.shown(window.id)
        rect.of(shown.pixels)[..., :3] = colour
        self._screens.show_window(window.id, shown)

    def put(self, window: Window, rect: Rect) -> Window:
        """Move and resize a window; what was drawn is gone if it has another size."""
        shown = self._screens.shown(window.id)
        same = (rect.width, rect.height) == (shown.rect.width, shown.rect.height)
        pixels = shown.pixels if same else np.zeros((rect.height, rect.width, 4), np.uint8)
        self._screens.show_window(window.id, replace(shown, rect=rect, pixels=pixels))
        return replace(window, rect=rect)

    def show(self, window: Window, shown: bool) -> None:
        """Minimise a window or bring it back."""
        self._screens.show_window(window.id, replace(self._screens.shown(window.id), seen=shown))

    def close(self, window: Window) -> None:
        """Take a window away."""
        self.hands.windows = [one for one in self.hands.windows if one.id != window.id]
        self._screens.close_window(window.id)

    def focus(self, window: Window) -> None:
        """Give the keyboard to a window."""
        self.hands.focus = window.id

    def heard(self, window: Window) -> list[Heard]:
        """All that a window heard so far."""
        return [heard for target, action in self.hands.done if target == window.id for heard in _as_heard(action)]

    def down(self) -> frozenset[Held]:
        """What is down now."""
        return self.hands.held()

    def pointer(self) -> tuple[int, int]:
        """Where the pointer is."""
        return self.hands.pointer


def _as_heard(action: Action) -> Iterator[Heard]:
    match action:
        case Type(code, down):
            yield "key", code, down
        case Press(button, down, x, y):
            yield "button", button, down, x, y
        case Turn(dx, dy, x, y):
            for button, times in ((7, dx), (6, -dx), (4, dy), (5, -dy)):
                for _ in range(times):
                    yield "button", button, True, x, y
                    yield "button", button, False, x, y


@dataclass(frozen=True)
class Helped:
    """A desk, and hands that work on it."""

    desk: XDesk | MemoryDesk
    hands: Hands

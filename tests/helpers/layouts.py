"""A technician's keyboard and a program on the customer's display, each with a layout of its own, joined for tests.

What is typed takes the whole way: X keyboard -> the technician's picture (a process) -> ``Sending`` -> bytes of
`input` -> ``Injector`` -> the hands (a process) -> her X server -> a program (a process).
"""

from __future__ import annotations

import ctypes
import json
import os
import queue
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from Xlib import X
from Xlib.display import Display
from Xlib.ext import xtest

from remotehelp import messages
from remotehelp.customer.injector import Injector
from remotehelp.desktop.screens import Place
from remotehelp.desktop.x11 import apart
from remotehelp.media.area import Rect
from remotehelp.messages import Right
from remotehelp.technician.intents import SendKey, SendText
from remotehelp.technician.sending import Sending
from remotehelp.visit import events as on
from remotehelp.visit.guest import Guest
from tests.helpers import typing_program, typing_technician
from tests.helpers.places import place_at
from tests.helpers.xdesk import connected, stop, wait_for, window_manager, x_server

LAYOUTS = ("us", "de", "fr", "it", "nl", "es", "ru", "gr")
PATIENCE = 10.0
EACH_S = 0.01  # seconds a character: what an input method makes is sent no faster (Sending.text)
CHUNK = 8  # strokes, after which the program has to have caught up: nobody types faster
SHIFT, LEVEL3, SPACE = 50, 108, 65  # keycodes: ShiftLeft, AltRight, Space
LETTERS = range(10, 62)  # keycodes of the letters' block, without Enter and Backspace
LEVEL3_SHIFT = 0xFE03
SCREEN = place_at(Rect(0, 0, 800, 600))
MARKS = {  # dead keys and what they put on a letter
    0xFE50: "\u0300", 0xFE51: "\u0301", 0xFE52: "\u0302", 0xFE53: "\u0303", 0xFE54: "\u0304", 0xFE55: "\u0306",
    0xFE56: "\u0307", 0xFE57: "\u0308", 0xFE58: "\u030a", 0xFE59: "\u030b", 0xFE5A: "\u030c", 0xFE5B: "\u0327",
    0xFE5C: "\u0328",
}  # fmt: skip
ALONE = {0xFE50: "`", 0xFE52: "^", 0xFE53: "~"}  # with Space
UNICODE = ctypes.CDLL("libxkbcommon.so.0").xkb_keysym_to_utf32


@dataclass(frozen=True)
class Stroke:
    """Keys to press one after the other, each with modifiers, and the text that they stand for."""

    keys: tuple[tuple[int, tuple[int, ...]], ...]
    text: str


def set_layout(display: str, layout: str, *options: str) -> None:
    """Give a display another layout; all is done once this returns."""
    subprocess.run(["setxkbmap", "-display", display, "-layout", layout, *options], check=True)


def strokes(connection: Display) -> list[Stroke]:
    """Every printable character of the layout's letter block, by single keys and by dead keys."""
    single: dict[str, tuple[int, tuple[int, ...]]] = {}
    dead: dict[int, tuple[int, tuple[int, ...]]] = {}
    mapping = connection.get_keyboard_mapping(8, 248)
    third = LEVEL3 if mapping[LEVEL3 - 8][0] == LEVEL3_SHIFT else None
    for keycode in (*LETTERS, SPACE, 94):
        for column, level in ((0, ()), (1, (SHIFT,)), (4, (third,)), (5, (SHIFT, third))):
            symbol = mapping[keycode - 8][column]
            if (column > 1 and not third) or not symbol:
                continue
            char = chr(UNICODE(symbol))
            if symbol in MARKS:
                dead.setdefault(symbol, (keycode, level))
            elif char >= " " and char != "\x7f":
                single.setdefault(char, (keycode, level))
    found = [Stroke((key,), char) for char, key in single.items()]
    for symbol, key in dead.items():
        found += [Stroke((key, single[base]), whole) for base, whole in _composed(symbol, single)]
        if symbol in ALONE:
            found.append(Stroke((key, (SPACE, ())), ALONE[symbol]))
    return found


def _composed(symbol: int, bases: Sequence[str] | dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Letters that the mark of a dead key makes one character of: those of ISO 8859-1, -7 and Latin Extended-A."""
    for base in bases:
        whole = unicodedata.normalize("NFC", base + MARKS[symbol])
        if base.isalpha() and len(whole) == 1 and (ord(whole) < 0x180 or 0x386 <= ord(whole) <= 0x3CE):
            yield base, whole


class Lines:
    """What a process prints, line by line, read as JSON on a thread."""

    def __init__(self, process: subprocess.Popen[str], take: Callable[[Any], None]) -> None:
        self._process, self._take = process, take
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._take(json.loads(line))


class Keyboard:
    """The technician's display, and the picture that has its keyboard."""

    def __init__(self, display: str, stack: ExitStack) -> None:
        self.display = display
        self.connection = stack.enter_context(connected(display))
        self.intents: queue.Queue[list[Any]] = queue.Queue()
        self.process = stack.enter_context(started(display, typing_technician.__name__))
        Lines(self.process, self.intents.put)
        while self.intents.get(timeout=PATIENCE) != ["holds", True]:
            pass

    def press(self, stroke: Stroke) -> None:
        """Type a stroke."""
        for keycode, modifiers in stroke.keys:
            for key in modifiers:
                self.fake(key, True)
            self.fake(keycode, True)
            self.fake(keycode, False)
            for key in reversed(modifiers):
                self.fake(key, False)
        self.connection.sync()

    def fake(self, keycode: int, down: bool) -> None:
        """One key down or up."""
        xtest.fake_input(self.connection, X.KeyPress if down else X.KeyRelease, keycode)
        self.connection.flush()

    def compose(self, text: str) -> None:
        """Let an input method make this."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(text) + "\n")
        self.process.stdin.flush()


class Wire:
    """Where the connection would be: each message is coded, decoded and injected."""

    def __init__(self, injector: Injector, shown: Place = SCREEN) -> None:
        self._injector, self._shown = injector, shown
        self.sent: list[messages.Message] = []

    def send(self, message: messages.Message) -> None:
        """Bring a message over."""
        self.sent.append(message)
        self._injector.inject(messages.decode_input(messages.encode(message)), self._shown)


class QtProgram:
    """A field of text in Qt."""

    def __init__(self, display: str, stack: ExitStack, folder: Path) -> None:
        self.text = ""
        process = stack.enter_context(started(display, typing_program.__name__))
        Lines(process, self._take)

    def _take(self, text: str) -> None:
        self.text = text


class XtermProgram:
    """A terminal in UTF-8, and what arrives in it."""

    def __init__(self, display: str, stack: ExitStack, folder: Path) -> None:
        self._file = folder / "typed"
        self._file.write_bytes(b"")
        take = ["bash", "-c", 'stty raw -echo; exec cat >"$0"', str(self._file)]
        command = ["xterm", "-u8", "-T", typing_program.TITLE, "-e", *take]
        process = subprocess.Popen(command, env=_environ(display), stderr=subprocess.DEVNULL)
        stack.callback(stop, process)

    @property
    def text(self) -> str:
        """What arrived up to now."""
        return self._file.read_bytes().decode(errors="replace")


class Joined:
    """Both sides."""

    def __init__(self, stack: ExitStack, folder: Path, program: Callable[[str, ExitStack, Path], Any]) -> None:
        technicians, self.customers = (stack.enter_context(x_server()) for _ in range(2))
        for display in (technicians, self.customers):
            # openbox looks at its keys anew after each change of a keymap and lags some seconds behind in the end
            stack.enter_context(window_manager(display, patience=0.1))
        self.keyboard = Keyboard(technicians, stack)
        self.connection = stack.enter_context(connected(self.customers))
        self.program = program(self.customers, stack, folder)
        self.hands = stack.enter_context(patient_hands(self.customers))
        self.injector = Injector(self.hands)
        self.injector.permit(True, 4)
        self.wire = Wire(self.injector)
        guest = Guest()
        for event in (on.PeerVerified(), on.Accepted(), on.RightsCame(frozenset({Right.VIEW, Right.CONTROL}), 4)):
            guest.handle(event, 0)
        self.sending = Sending(None, self.wire, guest)  # type: ignore[arg-type]
        wait_for(lambda: _has_keyboard(self.connection), "the program has no keyboard")
        self.settle()

    def settle(self) -> None:
        """Type until the first letter arrives: a terminal starts its shell late."""
        deadline = time.monotonic() + PATIENCE
        while not self.program.text and time.monotonic() < deadline:
            self.wire.send(messages.Typed("-", 4))
            time.sleep(0.1)
        before = None
        while before != self.program.text:
            before = self.program.text
            time.sleep(0.3)

    def carry(self, until: Callable[[], bool]) -> None:
        """Bring over what the technician's picture sends, until something has come."""
        deadline = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > deadline:
                return
            try:
                intent = self.keyboard.intents.get(timeout=0.005)
            except queue.Empty:
                continue
            self._over(*intent)

    def _over(self, kind: str, *values: Any) -> None:
        if kind == "key":
            self.sending.key(SendKey(*values))
        elif kind == "text":
            self.sending.text(SendText(*values))
        elif kind == "release":
            self.sending.release_keys()

    def arrives(self, act: Callable[[], None], wanted: str) -> str:
        """What arrives in the program after ``act``, once it is as long as ``wanted``."""
        start = len(self.program.text)
        act()
        self.carry(lambda: len(self.program.text) >= start + len(wanted))
        return self.program.text[start:]

    def wrong(self, technicians: str, customers: str) -> tuple[int, list[str]]:
        """Type all characters of both layouts: how many, and what arrived otherwise."""
        set_layout(self.keyboard.display, technicians)
        set_layout(self.customers, customers)
        mine = strokes(self.keyboard.connection)
        known = {stroke.text for stroke in mine}
        others = [stroke.text for stroke in strokes(self.connection) if stroke.text not in known]
        found: list[str] = []
        for chunk in _chunks(mine):
            self._compare("".join(stroke.text for stroke in chunk), lambda some=chunk: self._press(some), found)
        for start in range(0, len(others), CHUNK):
            text = "".join(others[start : start + CHUNK])
            self._compare(text, lambda text=text: self.keyboard.compose(text), found)
        return len(mine) + len(others), found

    def _press(self, some: list[Stroke]) -> None:
        for stroke in some:
            self.keyboard.press(stroke)

    def _compare(self, wanted: str, act: Callable[[], None], found: list[str]) -> None:
        soonest = time.monotonic() + len(wanted) * EACH_S
        got = self.arrives(act, wanted)
        time.sleep(max(0.0, soonest - time.monotonic()))
        if got != wanted:
            found.append(f"{wanted!r} arrived as {got!r}")


def _chunks(some: list[Stroke]) -> Iterator[list[Stroke]]:
    """A few at a time; not with dead keys among them: Qt lets what it composes overtake keys that wait in its queue."""
    for part in ([one for one in some if len(one.keys) == 1], [one for one in some if len(one.keys) > 1]):
        for start in range(0, len(part), CHUNK):
            yield part[start : start + CHUNK]


@contextmanager
def patient_hands(display: str) -> Iterator[apart.XHandsApart]:
    """Hands that are not given up on a busy machine: that is no finding here, and test_apart.py is about it."""
    patience = {"PATIENCE": 3.0, "TYPES_WITHIN": 3.0}
    with mock.patch.multiple(apart, **patience), closing(apart.XHandsApart(display)) as hands:
        yield hands


@contextmanager
def joined(folder: Path, program: Callable[[str, ExitStack, Path], Any] = QtProgram) -> Iterator[Joined]:
    """Two displays with a technician's picture and a program."""
    with ExitStack() as stack:
        yield Joined(stack, folder, program)


@contextmanager
def started(display: str, module: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """One of the helpers that are processes, on a display."""
    command = [sys.executable, "-m", module]
    process = subprocess.Popen(
        command,
        env=_environ(display) | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        stop(process)
        for stream in (process.stdin, process.stdout):
            assert stream is not None
            stream.close()


def _environ(display: str) -> dict[str, str]:
    root = str(Path(__file__).parents[2])
    taken = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8", "PYTHONPATH": root}
    return {**os.environ, **taken, "QT_IM_MODULE": "compose", "XMODIFIERS": "@im=none"}


def _has_keyboard(connection: Display) -> bool:
    focus = connection.get_input_focus().focus
    return not isinstance(focus, int) and focus.id != connection.screen().root.id

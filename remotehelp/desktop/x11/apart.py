"""Hands by X11 in a small process of their own.

Two reasons. The X server is grabbed for each press, and a process with Qt in it must never do that (``hands.py``). And
a process of its own outlives ours: when ours dies, by whatever cause, it lets go of all keys and buttons.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Collection
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any

from remotehelp.desktop.fence import Fence
from remotehelp.desktop.hands import Action, Hands, Held, Press, Type, Write
from remotehelp.desktop.x11.child import start_child
from remotehelp.desktop.x11.hands import Found, XHands
from remotehelp.desktop.x11.shared_fence import SharedFence, inherited_fence
from remotehelp.errors import BackendError, HelpError

PATIENCE = 0.15  # seconds that the caller waits for one action; then the process is ended, which frees the X server
TYPES_WITHIN = 0.4  # the same for text: each program asks for the whole keymap once a key was lent
STARTS_WITHIN = 10.0  # seconds that the first start is waited for: Python has to start and its libraries to load
LEAVES_WITHIN = 3.0  # seconds that the end is waited for

Failure = tuple[type[HelpError], str, dict[str, str | int]]
Reply = tuple[Failure | None, frozenset[Held], Any]


class XHandsApart(Hands):
    """Mouse and keyboard of one X display (None: the environment's), served by a process that starts with this.

    ``inject`` and ``release_all`` answer within about PATIENCE seconds, TYPES_WITHIN for text. Where the process does
    not, or ends by itself, they raise BackendError("hands_lost"), and go on doing so until another one, started beside
    the caller, has let go of everything that may be down. Where another program keeps the X server for itself, that is
    as soon as it ends. Without a ``fence`` to share they have one of their own, which is open.
    """

    def __init__(self, display: str | None = None, fence: SharedFence | None = None) -> None:
        self._display = display
        self._fence = SharedFence() if fence is None else fence
        if fence is None:
            self._fence.open()
        self._lock = threading.Lock()
        self._held: frozenset[Held] = frozenset()
        self._found: Found | None = None
        self._trouble: str | None = "hands_lost"  # why nothing can be asked now
        self._process: _Process | None = None
        self._closed = False
        self._starting = self._start()
        self._starting.join(STARTS_WITHIN)

    @property
    def pid(self) -> int | None:
        """The process id of the hands, if there are any."""
        return self._process.pid if self._process else None

    @property
    def fence(self) -> Fence:
        """What the hands ask before each thing they do."""
        return self._fence

    def inject(self, action: Action, own: Collection[int], only: int | None = None) -> None:
        """Do one action, unless it would reach a window of ours, or any other than ``only``."""
        self._ask("inject", action, frozenset(own), only)

    def release_all(self) -> None:
        """Let go of every key and button that we hold."""
        self._ask("release_all")

    def held(self) -> frozenset[Held]:
        """What we hold down now."""
        return self._held

    def close(self) -> None:
        """Let go of everything and end the process."""
        with self._lock:
            self._closed = True
        self._starting.join(LEAVES_WITHIN)
        if self._process:
            self._process.leave()

    def self_test(self) -> str | None:
        """None, or why not."""
        try:
            answer: str | None = self._ask("self_test")
        except BackendError as error:
            return error.key
        return answer

    def _ask(self, method: str, *arguments: Any) -> Any:
        patience = TYPES_WITHIN if _has_text(arguments) else PATIENCE
        until = time.monotonic() + patience
        if not self._lock.acquire(timeout=patience):
            raise BackendError("hands_lost")
        try:
            failure, self._held, value = self._exchange(until, method, *arguments)
        finally:
            self._lock.release()
        if failure:
            kind, key, values = failure
            raise kind(key, **values)
        return value

    def _exchange(self, until: float, *request: Any) -> Reply:
        if self._closed or self._process is None or self._trouble:
            self._start_again()
            raise BackendError(self._trouble or "hands_lost")
        try:
            return self._process.ask(request, until - time.monotonic())
        except (EOFError, OSError) as reason:
            self._process.kill()
            self._trouble = "hands_lost"
            self._held |= _pressed_by(request)  # nobody knows whether that was done
            self._start_again()
            raise BackendError("hands_lost") from reason

    def _start_again(self) -> None:
        if self._trouble == "hands_lost" and not self._closed and not self._starting.is_alive():
            self._starting = self._start()

    def _start(self) -> threading.Thread:
        starting = threading.Thread(target=self._renew, name="hands", daemon=True)
        starting.start()
        return starting

    def _renew(self) -> None:
        """A new process, which lets go of what the lost one held."""
        if self._process:
            self._process.leave()
        with suppress(EOFError, OSError):  # else it stays lost, and the next call tries again
            process = self._process = _Process(self._display, self._fence, self._held, self._found)
            while not process.has_answered(PATIENCE):
                if self._closed:
                    return
            self._welcome(*process.answer())

    def _welcome(self, failure: Failure | None, held: frozenset[Held], found: Found | None) -> None:
        with self._lock:
            self._held, self._found = held, found
            self._trouble = failure[1] if failure else None


class _Process:
    """One process with hands, which first answers that it is ready; EOFError or OSError: it is lost."""

    def __init__(self, display: str | None, fence: SharedFence, held: frozenset[Held], found: Found | None) -> None:
        self._line, theirs = Pipe()
        with theirs:
            self._process = start_child("remotehelp.desktop.x11.apart", (theirs.fileno(), fence.fd))
        self.pid = self._process.pid
        self._line.send((display, held, found))

    def ask(self, request: tuple[Any, ...], seconds: float) -> Reply:
        """The answer to ``request``; TimeoutError if it takes longer."""
        self._line.send(request)
        if not self.has_answered(seconds):
            raise TimeoutError
        return self.answer()

    def has_answered(self, seconds: float) -> bool:
        """Whether there is an answer within that time."""
        return self._line.poll(max(0.0, seconds))

    def answer(self) -> Reply:
        """The next answer."""
        reply: Reply = self._line.recv()
        return reply

    def kill(self) -> None:
        """End it at once, whatever it holds."""
        self._process.kill()
        self._await_end()

    def leave(self) -> None:
        """Let it end by itself: where the X server serves it only later, it lets go of everything then."""
        self._line.close()
        try:
            self._process.wait(LEAVES_WITHIN)
        except subprocess.TimeoutExpired:
            self._await_end()

    def _await_end(self) -> None:
        """Nobody waits here, and yet no dead process is left behind."""
        threading.Thread(target=self._process.wait, name="end of hands", daemon=True).start()


def _has_text(arguments: tuple[Any, ...]) -> bool:
    match arguments:
        case (Write(), *_):
            return True
        case (Type(_, _, text), *_):
            return bool(text)
    return False


def _pressed_by(request: tuple[Any, ...]) -> frozenset[Held]:
    """What may be down after this request."""
    match request:
        case ("inject", Press(button, True), *_):
            return frozenset({button})
        case ("inject", Type(code, True), *_):
            return frozenset({code})
    return frozenset()


def serve(line: Connection[Any, Any], fence: Fence) -> None:
    """Let go of what was left down, say so, and do what comes along ``line`` until its other end is closed."""
    with suppress(EOFError, OSError):  # our program is gone
        try:
            display, held, found = line.recv()
            hands = XHands(display, held, found, fence)
        except BackendError as error:
            line.send(((type(error), error.key, error.values), frozenset(), None))
            return
        try:
            failure, held, _ = _answer(hands, "release_all")
            line.send((failure, held, hands.found))
            while True:
                line.send(_answer(hands, *line.recv()))
        finally:
            hands.close()


def _answer(hands: Hands, method: str, *arguments: Any) -> Reply:
    try:
        value = getattr(hands, method)(*arguments)
    except HelpError as error:
        return (type(error), error.key, error.values), hands.held(), None
    return None, hands.held(), value


def main() -> None:
    """The process: its arguments are the numbers of the inherited descriptors of line and fence."""
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit())  # by the `finally` above
    serve(Connection(int(sys.argv[1])), inherited_fence(int(sys.argv[2])))


if __name__ == "__main__":
    main()

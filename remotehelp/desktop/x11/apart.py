"""Hands by X11 in a small process of their own.

Two reasons. The X server is grabbed for each press, and a process with Qt in it must never do that (``hands.py``). And
a process of its own outlives ours: when ours dies, by whatever cause, it lets go of all keys and buttons.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Collection
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

import remotehelp
from remotehelp.desktop.hands import Action, Hands, Held
from remotehelp.desktop.x11.hands import XHands
from remotehelp.errors import BackendError, HelpError

PATIENCE = 3.0  # seconds that the process may take for one action; then it is ended, which frees the X server

Failure = tuple[type[HelpError], str, dict[str, str | int]]
Reply = tuple[Failure | None, frozenset[Held], Any]


class XHandsApart(Hands):
    """Mouse and keyboard of one X display (None: the environment's), served by a process that starts with this.

    Where that process ends by itself, the next call raises BackendError("hands_lost") after everything that was held
    has been let go of; the call after that works again.
    """

    def __init__(self, display: str | None = None) -> None:
        self._display = display
        self._lock = threading.Lock()
        self._held: frozenset[Held] = frozenset()
        self._closed = False
        self._start()

    @property
    def pid(self) -> int:
        """The process id of the hands."""
        return self._process.pid

    def inject(self, action: Action, own: Collection[int]) -> None:
        """Do one action, unless it would reach a window of ours."""
        self._ask("inject", action, frozenset(own))

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
            self._end()

    def self_test(self) -> str | None:
        """None, or why not."""
        try:
            answer: str | None = self._ask("self_test")
        except BackendError as error:
            return error.key
        return answer

    def _ask(self, method: str, *arguments: Any) -> Any:
        with self._lock:
            if self._closed:
                raise BackendError("hands_lost")
            try:
                failure, self._held, value = self._exchange(method, *arguments)
            except (EOFError, OSError) as reason:
                self._begin_again()
                raise BackendError("hands_lost") from reason
        if failure:
            kind, key, values = failure
            raise kind(key, **values)
        return value

    def _exchange(self, *request: Any) -> Reply:
        self._line.send(request)
        if not self._line.poll(PATIENCE):
            raise TimeoutError
        reply: Reply = self._line.recv()
        return reply

    def _start(self) -> None:
        self._line, theirs = Pipe()
        places = [str(Path(remotehelp.__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-P", "-m", "remotehelp.desktop.x11.apart", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl+C in our terminal is for us
                env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
            )
        self._line.send((self._display, self._held))

    def _begin_again(self) -> None:
        """A new process, which lets go of what the lost one held."""
        self._process.kill()
        self._end()
        self._start()
        try:
            _, self._held, _ = self._exchange("release_all")
        except (EOFError, OSError):
            self._held = frozenset()  # no display to hold anything on

    def _end(self) -> None:
        self._line.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def serve(line: Connection[Any, Any]) -> None:
    """Do what comes along ``line`` until its other end is closed; then let go of everything."""
    with suppress(EOFError, OSError):  # our program is gone
        display, held = line.recv()
        try:
            hands = XHands(display, held)
        except BackendError as error:
            line.recv()
            line.send(((type(error), error.key, error.values), frozenset(), None))
            return
        try:
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
    """The process: its one argument is the number of the inherited descriptor."""
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit())  # by the `finally` above
    serve(Connection(int(sys.argv[1])))


if __name__ == "__main__":
    main()

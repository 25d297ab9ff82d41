"""The guardian by X11: started beside our program, with a line to it and a fence shared with it and the hands."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Pipe

from remotehelp.desktop.duty import KILLED_AFTER
from remotehelp.desktop.guard import ANSWER, END, Guard, News
from remotehelp.desktop.x11.apart import XHandsApart
from remotehelp.desktop.x11.child import start_child
from remotehelp.desktop.x11.panic import XPanicKey
from remotehelp.desktop.x11.shared_fence import SharedFence

STARTS_WITHIN = 5.0  # seconds
LEAVES_WITHIN = 1.0  # seconds that its end is waited for


class XGuard(Guard):
    """The guardian of one X display (None: the environment's) and of the hands on it."""

    def __init__(self, display: str | None, fence: SharedFence, hands: XHandsApart) -> None:
        self._display, self._fence, self._hands = display, fence, hands
        self._lock = threading.Lock()
        self._outpost: _Outpost | None = None

    @property
    def pid(self) -> int | None:
        """Its process id, if there is one."""
        return self._outpost.pid if self._outpost else None

    def start(self, told: Callable[[News], None]) -> bool:
        """Start it, unless it is there; whether it hears already."""
        with self._lock:
            if self._outpost is None or self._outpost.lost:
                self._outpost = _Outpost(self._display, self._fence, told)
            return self._outpost.hears

    def beat(self) -> None:
        """We live, and these are our hands."""
        self._say(self._hands.pid or 0)

    def answer(self) -> None:
        """All that the panic key asks for is done."""
        self._say(ANSWER)

    def stop(self) -> None:
        """Let it end."""
        with self._lock:
            outpost, self._outpost = self._outpost, None
        if outpost:
            outpost.leave()

    def self_test(self) -> str | None:
        """None, or why not: it hears what the panic key is heard by."""
        return XPanicKey(self._display).self_test()

    def _say(self, what: str | int) -> None:
        outpost = self._outpost
        if outpost:
            outpost.say(what)


class _Outpost:
    """One guardian's process, and the thread that listens to it."""

    def __init__(self, display: str | None, fence: SharedFence, told: Callable[[News], None]) -> None:
        self._display, self._fence, self._told = display, fence, told
        self._line, self._theirs = Pipe()
        self._sending = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._left = False
        self.hears = self.lost = False
        self._thread = threading.Thread(target=self._listen, name="guardian", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def say(self, what: str | int) -> None:
        """Tell it; nothing where it is gone, which is told by ``_listen``."""
        with self._sending, suppress(OSError):
            self._line.send(what)

    def leave(self) -> None:
        """Let it end by itself, and see to it that it does."""
        self._left = True
        self.say(END)
        if self._thread is not threading.current_thread():
            self._thread.join(LEAVES_WITHIN)
        self._end()

    def _listen(self) -> None:
        with self._line:
            with suppress(OSError):
                self._start()
                self._hear()
            self.lost, self.hears = True, False
            self._end()
        if not self._left:
            self._told(News.LOST)

    def _start(self) -> None:
        with self._theirs:
            own = (str(os.getpid()), self._display or "")
            fds = (self._theirs.fileno(), self._fence.fd)
            self._process = start_child("remotehelp.desktop.guardian", fds, *own)

    def _hear(self) -> None:
        """Pass on what it says until it ends, or says nothing for so long that it must hang."""
        patience = STARTS_WITHIN
        with suppress(EOFError):
            while self._line.poll(patience):
                said = self._line.recv()
                patience = KILLED_AFTER
                if said and not self._left:
                    self.hears = True
                    self._told(News(said))

    def _end(self) -> None:
        """No process is left behind; one that hangs is ended."""
        process = self._process
        if process is None:
            return
        try:
            process.wait(LEAVES_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

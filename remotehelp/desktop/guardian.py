"""The guardian: a tiny process beside her program that hears her when her program can't.

It hears the panic key and her own hand, shuts the fence at once, and lets go of everything; it ends her program if that
does not answer, and sees to it that nothing stays down when that is dead. It is there from the first control that she
gives to the end of the visit. It has no window, no network and no library but that of the display.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from remotehelp.desktop.duty import Duty, Step
from remotehelp.desktop.fence import Fence
from remotehelp.desktop.guard import ANSWER, END, News
from remotehelp.desktop.senses import Heard, Senses
from remotehelp.desktop.whose import HerTurn
from remotehelp.errors import BackendError

HANDS_END_WITHIN = 0.5  # seconds that the hands have after the end of her program


class Guardian:
    """One visit's guardian. ``line`` leads to her program, whose pidfd is ``program`` (pidfd_open(2))."""

    def __init__(self, line: Connection[Any, Any], senses: Senses, fence: Fence, program: int) -> None:
        self._line, self._senses, self._fence, self._program = line, senses, fence, program
        self._duty = Duty(time.monotonic())
        self._turn = HerTurn()
        self._hands, self._hands_pid = -1, 0  # their pidfd
        self._dismissed = False

    def run(self) -> None:
        """Guard until the visit is over, or until her program is gone and nothing is held any more."""
        with suppress(EOFError, OSError):
            self._line.send(News.READY)
            while not self._dismissed:
                self._look()
        if not self._dismissed:
            self._clear_up()

    def _look(self) -> None:
        now = time.monotonic()
        waits = (self._duty.wait(now), self._turn.wait(now), self._senses.wait(now))
        soonest = min(wait for wait in waits if wait is not None)
        select.select([self._line.fileno(), self._senses.fileno()], [], [], soonest)
        while self._line.poll():
            self._told(self._line.recv())
        now = time.monotonic()
        for heard in self._senses.hear(now):
            self._react(heard, now)
        self._watch(now)
        if self._turn.ended(now):
            self._line.send(News.FREE)

    def _told(self, what: str | int) -> None:
        """Her program says something."""
        if what == END:
            self._dismissed = True
        elif what == ANSWER:
            self._duty.answered()
        else:
            self._duty.beat(time.monotonic())
            self._know_hands(int(what))
            self._line.send("")  # we live, too

    def _know_hands(self, pid: int) -> None:
        if pid != self._hands_pid:
            self._forget_hands()
            self._hands_pid = pid
            with suppress(OSError):  # they have just ended
                self._hands = os.pidfd_open(pid) if pid else -1

    def _forget_hands(self) -> None:
        if self._hands >= 0:
            os.close(self._hands)
        self._hands = -1

    def _react(self, heard: Heard, now: float) -> None:
        if heard is Heard.HER_HAND:
            self._pause(now)
            return
        self._fence.shut()
        self._duty.pressed(now)
        self._line.send(News.PANIC)
        self._senses.release_all()

    def _pause(self, now: float) -> None:
        """Nothing is injected for a while."""
        begins = self._turn.moved(now)
        if self._turn.until is not None:
            self._fence.hers(self._turn.until)
        if begins:
            self._line.send(News.HER_HAND)

    def _watch(self, now: float) -> None:
        """Step in where her program does not do its part."""
        match self._duty.step(now):
            case Step.KILL:
                self._fence.shut()
                with suppress(OSError):  # it has just ended
                    signal.pidfd_send_signal(self._program, signal.SIGKILL)  # then the line ends
            case Step.PAUSE:
                begins = self._turn.until is None
                self._pause(now)
                if begins:
                    self._senses.release_all()

    def _clear_up(self) -> None:
        """Her program is gone: its hands let go of everything and end, or are ended; then nobody can press anything."""
        self._fence.shut()
        with suppress(BackendError):
            self._senses.release_all()
        if self._hands >= 0 and not select.select([self._hands], [], [], HANDS_END_WITHIN)[0]:
            with suppress(OSError):
                signal.pidfd_send_signal(self._hands, signal.SIGKILL)
            select.select([self._hands], [], [], HANDS_END_WITHIN)
        self._forget_hands()
        with suppress(BackendError):
            self._senses.release_all()


def main() -> None:
    """The process: the descriptors of line and fence that it inherits, its program's process id, the display."""
    from remotehelp.desktop.x11.senses import XSenses  # X11 libraries are installed on Linux only
    from remotehelp.desktop.x11.shared_fence import inherited_fence

    line_fd, fence_fd, program = map(int, sys.argv[1:4])
    with suppress(BackendError, ProcessLookupError):  # no display, or her program has ended: nothing to guard
        pidfd = os.pidfd_open(program)
        if os.getppid() == program:
            fence = inherited_fence(fence_fd)
            senses = XSenses(sys.argv[4] or None, fence)
            Guardian(Connection(line_fd), senses, fence, pidfd).run()


if __name__ == "__main__":
    main()

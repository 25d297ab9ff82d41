"""The one place that injects: the gate, the epoch and our own windows are checked at the very moment of injection."""

from __future__ import annotations

import threading
from collections.abc import Collection

from remotehelp import messages
from remotehelp.desktop import hands
from remotehelp.desktop.screens import Place
from remotehelp.errors import GateClosed, StaleEpoch


class Injector:
    """Turns the technician's input into actions on this computer, while it is permitted.

    One lock covers the permission, the gate and the injection itself, so that nothing slips in between
    (PROTOCOL.md, guards: events queued before a revocation, clicks on our own `Allow`).
    """

    def __init__(self, on: hands.Hands) -> None:
        self._hands = on
        self._lock = threading.Lock()
        self._control = False
        self._epoch = -1
        self._gate_open = True
        self._own: frozenset[int] = frozenset()
        self._fence, self._opening = on.fence, 0
        self._fence.shut()

    def permit(self, control: bool, epoch: int) -> None:
        """From now on only input with exactly ``epoch`` is injected, and only if ``control``.

        What is not permitted any more ends at once, also in the middle of what is being injected.
        """
        self.stop()
        with self._lock:
            self._control, self._epoch = control, epoch
            if control:
                self._opening = self._fence.open()

    def stop(self) -> None:
        """Inject nothing until the next ``permit``; any thread, at once, whatever is being injected."""
        self._fence.shut(self._opening)

    def close_gate(self) -> None:
        """Inject nothing until ``open_gate``: a question is about to be shown."""
        with self._lock:
            self._gate_open = False

    def open_gate(self) -> None:
        """The question has left the screen."""
        with self._lock:
            self._gate_open = True

    def know_own(self, windows: Collection[int]) -> None:
        """The native ids of our own windows: nothing ever goes to them."""
        with self._lock:
            self._own = frozenset(windows)

    def inject(self, action: messages.Input | messages.Pointer, on: Place, only: int | None = None) -> None:
        """Perform ``action``, whose place counts from the corner of what is shown; it never leaves that.

        ``only``: the native id of the window that is shown alone; nothing else is reached. Raises StaleEpoch,
        GateClosed, also by the fence in the hands' own process, and BackendError from the hands.
        """
        with self._lock:
            if not self._control or action.epoch != self._epoch:
                raise StaleEpoch("input_not_allowed")
            if not self._gate_open:
                raise GateClosed("question_open")
            self._fence.check(self._opening)
            self._hands.inject(_on_root(action, on), self._own, only)

    def release_all(self) -> None:
        """Let go of every key and button."""
        with self._lock:
            self._hands.release_all()


def _on_root(action: messages.Input | messages.Pointer, on: Place) -> hands.Action:
    match action:
        case messages.Key(code=code, down=down, text=text):
            return hands.Type(code, down, text)
        case messages.Typed(text=text):
            return hands.Write(text)
        case messages.Button(button=button, down=down, x=x, y=y):
            return hands.Press(button, down, *on.on_root(x, y))
        case messages.Wheel(dx=dx, dy=dy, x=x, y=y):
            return hands.Turn(dx, dy, *on.on_root(x, y))
        case messages.Pointer(x=x, y=y):
            return hands.Move(*on.on_root(x, y))

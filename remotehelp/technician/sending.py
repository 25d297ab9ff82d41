"""The technician's mouse and keyboard on their way out: only with control, with the epoch, the newest motion only."""

from __future__ import annotations

import asyncio
from functools import partial

from remotehelp import messages
from remotehelp.engine import Engine
from remotehelp.messages import Right
from remotehelp.peer.connection import Connection
from remotehelp.technician import intents
from remotehelp.visit.guest import Guest

MOTION_S = 0.008  # at most one pointer message in this time
TEXT_SLICE, TEXT_S = 16, 0.25  # characters of one messages.Typed; seconds between two of one text


class Sending:
    """Sends what the customer allowed and nothing else; she checks again."""

    def __init__(self, engine: Engine, connection: Connection, guest: Guest) -> None:
        self._engine, self._connection, self._guest = engine, connection, guest
        self._down: set[str | int] = set()
        self._newest: intents.SendPointer | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._n = 0

    @property
    def controls(self) -> bool:
        """Whether our mouse and keyboard go to her computer."""
        return Right.CONTROL in self._guest.rights

    def key(self, intent: intents.SendKey) -> None:
        """A key; the release of one that we did not press is nothing."""
        if self._follows(intent.code, intent.down):
            text = intent.text if intent.down else ""
            self._connection.send(messages.Key(intent.code, intent.down, self._guest.epoch, text))

    def text(self, intent: intents.SendText) -> None:
        """Text that no single key stands for, in the size and at the speed that her computer takes."""
        self._write(intent.text[:TEXT_SLICE])
        for n in range(1, -(-len(intent.text) // TEXT_SLICE)):
            piece = intent.text[n * TEXT_SLICE : (n + 1) * TEXT_SLICE]
            self._engine.later(n * TEXT_S, partial(self._write, piece))

    def _write(self, text: str) -> None:
        if self.controls and text:
            self._connection.send(messages.Typed(text, self._guest.epoch))

    def button(self, intent: intents.SendButton) -> None:
        """A button, after the motion that led to it."""
        self._flush()
        if self._follows(intent.button, intent.down):
            press = messages.Button(intent.button, intent.down, intent.x, intent.y, self._guest.epoch)
            self._connection.send(press)

    def wheel(self, intent: intents.SendWheel) -> None:
        """The wheel."""
        if self.controls:
            turn = messages.Wheel(intent.dx, intent.dy, intent.x, intent.y, self._guest.epoch)
            self._connection.send(turn)

    def pointer(self, intent: intents.SendPointer) -> None:
        """Where our pointer is; sent soon, the newest only."""
        if self.controls or Right.POINT in self._guest.rights:
            self._newest = intent
            if self._timer is None:
                self._flush()
                self._timer = self._engine.later(MOTION_S, self._again)

    def release_keys(self) -> None:
        """All keys come up: our window lost the keyboard."""
        for code in [held for held in self._down if isinstance(held, str)]:
            self.key(intents.SendKey(code, False))

    def forget(self) -> None:
        """Control is over: nothing is held, nothing waits."""
        self._down.clear()
        self._newest = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _follows(self, what: str | int, down: bool) -> bool:
        if not self.controls or (not down and what not in self._down):
            return False
        if down:
            self._down.add(what)
        else:
            self._down.discard(what)
        return True

    def _again(self) -> None:
        self._timer = None
        if self._newest is not None:
            self.pointer(self._newest)

    def _flush(self) -> None:
        if self._newest is not None:
            self._n += 1
            place, self._newest = self._newest, None
            self._connection.send(messages.Pointer(place.x, place.y, self._n, self._guest.epoch))

"""The technician's mouse and keyboard on their way out: only with control, with the epoch, motion and turns summed."""

from __future__ import annotations

import asyncio
from functools import partial

from remotehelp import messages
from remotehelp.engine import Engine
from remotehelp.messages import Right
from remotehelp.peer.road import Road
from remotehelp.technician import intents
from remotehelp.visit.guest import Guest

MOTION_S = 0.008  # at most one pointer message and one of the wheel in this time
TURN_LIMIT = 12000  # of messages.Wheel
TEXT_SLICE, TEXT_S = 16, 0.25  # characters of one messages.Typed; seconds between two of one text


class Sending:
    """Sends what the customer allowed and nothing else; she checks again."""

    def __init__(self, engine: Engine, road: Road, guest: Guest) -> None:
        self._engine, self._road, self._guest = engine, road, guest
        self._down: set[str | int] = set()
        self._newest: intents.SendPointer | None = None
        self._turned: intents.SendWheel | None = None  # what was turned since the last message, and where last
        self._timer: asyncio.TimerHandle | None = None
        self._n = 0

    @property
    def controls(self) -> bool:
        """Whether our mouse and keyboard go to her computer now."""
        return Right.CONTROL in self._guest.rights and not self._guest.her_turn

    def key(self, intent: intents.SendKey) -> None:
        """A key, after the turns before it; the release of one that we did not press is nothing."""
        self._flush_turns()
        if self._follows(intent.code, intent.down):
            text = intent.text if intent.down else ""
            self._road.send(messages.Key(intent.code, intent.down, self._guest.epoch, text))

    def text(self, intent: intents.SendText) -> None:
        """Text that no single key stands for, in the size and at the speed that her computer takes."""
        self._flush_turns()
        epoch = self._guest.epoch
        self._write(intent.text[:TEXT_SLICE], epoch)
        for n in range(1, -(-len(intent.text) // TEXT_SLICE)):
            piece = intent.text[n * TEXT_SLICE : (n + 1) * TEXT_SLICE]
            self._engine.later(n * TEXT_S, partial(self._write, piece, epoch))

    def _write(self, text: str, epoch: int) -> None:
        """Write what was meant for ``epoch``; the rest of a text that began before a change is not typed elsewhere."""
        if self.controls and text and epoch == self._guest.epoch:
            self._road.send(messages.Typed(text, epoch))

    def button(self, intent: intents.SendButton) -> None:
        """A button, after the motion that led to it."""
        self._flush()
        if self._follows(intent.button, intent.down):
            press = messages.Button(intent.button, intent.down, intent.x, intent.y, self._guest.epoch)
            self._road.send(press)

    def wheel(self, intent: intents.SendWheel) -> None:
        """The wheel; sent soon, what was turned meanwhile in one sum."""
        if self.controls:
            before = self._turned
            dx, dy = (before.dx, before.dy) if before else (0, 0)
            self._turned = intents.SendWheel(dx + intent.dx, dy + intent.dy, intent.x, intent.y)
            self._newest = None  # a turn takes the pointer along
            self._soon()

    def pointer(self, intent: intents.SendPointer) -> None:
        """Where our pointer is; sent soon, the newest only."""
        if self._points:
            self._newest = intent
            self._soon()

    def release_keys(self) -> None:
        """All keys come up: our window lost the keyboard."""
        for code in [held for held in self._down if isinstance(held, str)]:
            self.key(intents.SendKey(code, False))

    def forget(self) -> None:
        """Control is over: nothing is held, nothing waits."""
        self._down.clear()
        self._newest = self._turned = None
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

    @property
    def _points(self) -> bool:
        return self.controls or Right.POINT in self._guest.rights

    def _soon(self) -> None:
        """Send at once if nothing was sent lately, else when it is time."""
        if self._timer is None:
            self._flush()
            self._timer = self._engine.later(MOTION_S, self._again)

    def _again(self) -> None:
        self._timer = None
        if self._turned is not None or self._newest is not None:
            self._soon()

    def _flush(self) -> None:
        self._flush_turns()
        place, self._newest = self._newest, None
        if place is not None and self._points:
            self._n += 1
            self._road.send(messages.Pointer(place.x, place.y, self._n, self._guest.epoch))

    def _flush_turns(self) -> None:
        """Send what was turned; as much as one message can't carry goes in the next one."""
        while self._turned is not None:
            turned, self._turned = self._turned, None
            if not self.controls:
                return
            dx, dy = _bounded(turned.dx), _bounded(turned.dy)
            self._road.send(messages.Wheel(dx, dy, turned.x, turned.y, self._guest.epoch))
            if (dx, dy) != (turned.dx, turned.dy):
                self._turned = intents.SendWheel(turned.dx - dx, turned.dy - dy, turned.x, turned.y)


def _bounded(turn: int) -> int:
    return max(-TURN_LIMIT, min(turn, TURN_LIMIT))

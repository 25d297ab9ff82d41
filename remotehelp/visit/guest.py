"""The technician's side of a visit: it asks, and mirrors what the customer's machine decided. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeAlias

from remotehelp import messages
from remotehelp.messages import Right
from remotehelp.visit.commands import Command, ReleaseAllInput, ShowSaid, Tell
from remotehelp.visit.events import (
    Asked,
    Event,
    Gone,
    HerTurnCame,
    Left,
    NotNowCame,
    RightsCame,
    Said,
    ScreensAsked,
    ScreensCame,
    Side,
    Summarised,
)
from remotehelp.visit.grants import OFFERED, OtherScreens, Wish, topic
from remotehelp.visit.machine import State, crossing, next_state
from remotehelp.visit.shown import Said as ShownLine

Commands: TypeAlias = list[Command]


class Guest:
    """What the technician's machine knows of the visit; it grants nothing."""

    def __init__(self) -> None:
        self.state = State.WAITING
        self.epoch = 0
        self.asked: Wish | None = None
        self.rested_until: dict[str, float] = {}  # by topic
        self._her_turn = False
        self._told: frozenset[Right] = frozenset()

    @property
    def rights(self) -> frozenset[Right]:
        """What her machine allows now; at most `view` while the line is mended, so that the picture stays, frozen.

        What she told is kept: her machine may not have missed us, and then it does not tell again.
        """
        if self.state is State.VISITING:
            return self._told
        return self._told & {Right.VIEW} if self.state is State.MENDING else frozenset()

    @property
    def her_turn(self) -> bool:
        """Whether she works herself, so that what we do to her computer is dropped."""
        return self._her_turn and Right.CONTROL in self.rights

    def handle(self, event: Event, now: float) -> Commands:
        """The commands that ``event`` at ``now`` (seconds, any steady clock) leads to."""
        commands: Commands = []
        react = self._REACTIONS.get(type(event))
        if react is not None:
            commands += react(self, event, now)
        new = next_state(self.state, event)
        if new is not None:
            commands += self._go(new, event, now)
        return commands

    def may_ask(self, wish: Wish, now: float) -> bool:
        """Whether what asks for ``wish`` works at ``now``."""
        free = self.asked is None and self.rest_s(wish, now) == 0
        return self.state is State.VISITING and free and self._has_sense(wish)

    def _has_sense(self, wish: Wish) -> bool:
        if isinstance(wish, OtherScreens):
            return Right.VIEW in self.rights
        return wish in OFFERED and wish not in self.rights

    def rest_s(self, wish: Wish, now: float) -> int:
        """How many more whole seconds asking for ``wish`` rests."""
        return max(0, round(self.rested_until.get(topic(wish), now) - now))

    def _go(self, new: State, event: Event, now: float) -> Commands:
        old, self.state = self.state, new
        if old is State.VISITING or new in (State.GOODBYE, State.CLOSED):
            self.asked = None
        return crossing(old, new)

    def _asked(self, event: Asked, now: float) -> Commands:
        if not self.may_ask(event.right, now):
            return []
        self.asked = event.right
        return [Tell(messages.Ask(event.right))]

    def _screens_asked(self, event: ScreensAsked, now: float) -> Commands:
        wish = OtherScreens(event.names)
        if not event.there or not self.may_ask(wish, now):
            return []
        self.asked = wish
        return [Tell(messages.AskScreens(event.names))]

    def _screens_came(self, event: ScreensCame, now: float) -> Commands:
        if self.asked == OtherScreens(event.names):
            self.asked = None
        return []

    def _rights_came(self, event: RightsCame, now: float) -> Commands:
        if self.state not in (State.VISITING, State.MENDING):
            return []
        self._told, self.epoch = event.rights, event.epoch
        self._her_turn = self._her_turn and Right.CONTROL in event.rights
        if self.asked in event.rights or (isinstance(self.asked, OtherScreens) and Right.VIEW not in event.rights):
            self.asked = None
        return []

    def _not_now_came(self, event: NotNowCame, now: float) -> Commands:
        if self.state not in (State.VISITING, State.MENDING):
            return []
        if self.asked is not None and topic(self.asked) == event.topic:
            self.asked = None
        self.rested_until[event.topic] = now + event.rest_s
        return []

    def _her_turn_came(self, event: HerTurnCame, now: float) -> Commands:
        if Right.CONTROL not in self.rights:
            return []
        self._her_turn = event.on
        return [ReleaseAllInput()]

    def _said(self, event: Said, now: float) -> Commands:
        if self.state in (State.WAITING, State.CLOSED):
            return []
        told = [Tell(messages.Chat(event.text))] if event.who is Side.TECHNICIAN else []
        return [ShowSaid(ShownLine(event.who, event.text)), *told]

    def _summarised(self, event: Summarised, now: float) -> Commands:
        if self.state not in (State.VISITING, State.MENDING, State.GOODBYE):
            return []
        return [Tell(messages.Summary(event.wrong, event.done))]

    def _left(self, event: Left, now: float) -> Commands:
        here = self.state in (State.MEETING, State.VISITING, State.MENDING)
        return [Tell(messages.Goodbye())] if here and event.who is Side.TECHNICIAN else []

    def _gone(self, event: Gone, now: float) -> Commands:
        goes = self.state is State.GOODBYE and event.who is Side.TECHNICIAN
        return [Tell(messages.Closed())] if goes else []

    _REACTIONS: ClassVar[dict[type[Event], Callable[..., Commands]]] = {
        Asked: _asked,
        ScreensAsked: _screens_asked,
        ScreensCame: _screens_came,
        RightsCame: _rights_came,
        NotNowCame: _not_now_came,
        HerTurnCame: _her_turn_came,
        Said: _said,
        Summarised: _summarised,
        Left: _left,
        Gone: _gone,
    }

"""One visit on the technician's computer: performs what `Guest` decides and feeds it what happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog

from remotehelp import messages
from remotehelp.engine import Engine
from remotehelp.errors import HelpError
from remotehelp.media.face_track import FaceTrack
from remotehelp.media.frame import Frame
from remotehelp.messages import Right
from remotehelp.peer.connection import Connection
from remotehelp.peer.lifeline import Lifeline
from remotehelp.technician.sending import Sending
from remotehelp.visit import commands as do
from remotehelp.visit import events as on
from remotehelp.visit.guest import Guest
from remotehelp.visit.machine import State
from remotehelp.visit.shown import Owner
from remotehelp.visit.story import Story

log = structlog.get_logger("visit")

# why a meeting ended before she let anybody in, in words
WHY_NO_VISIT: dict[type[on.Event], str] = {
    on.Declined: "customer_left_early",
    on.Left: "customer_left_early",
    on.LineLost: "line_lost_in_meeting",
    on.GaveUp: "line_lost_in_meeting",
}


class TechnicianVisit:
    """Holds the connection, the face and the outgoing input of one visit, from the claim to the end."""

    def __init__(self, engine: Engine, owner: Owner, face: FaceTrack, source: str) -> None:
        """``source`` says where the face comes from: "camera", "demonstration" or "none"."""
        self._engine, self._owner, self._source = engine, owner, source
        self.guest = Guest(engine.now)
        self.story = Story()
        self.face = face
        self.connection = Connection(self)
        self.sending = Sending(engine, self.connection, self.guest)
        self.screen_size: tuple[int, int] | None = None
        self.problem = ""
        self.began_at = engine.now
        self.lifeline = Lifeline(lambda: engine.now, self.connection.send, self.feed)
        self._perform: dict[type[do.Command], Callable[[Any], None]] = {
            do.Tell: lambda command: self.connection.send(command.message),
            do.Record: lambda command: self.story.add(command.entry),
            do.ReleaseAllInput: lambda _: self.sending.forget(),
            do.StopCapture: lambda _: None,  # the customer's machine stops; here nothing is captured
            do.ClosePeer: lambda _: self._close_peer(),
        }
        self._heart = engine.spawn(self.lifeline.run(), name="heartbeat")

    @property
    def sees(self) -> bool:
        """Whether her screen may be seen now."""
        return Right.VIEW in self.guest.rights

    def feed(self, event: on.Event) -> None:
        """Let `Guest` decide on ``event`` and perform what it says, in order."""
        before = self.guest.state
        for command in self.guest.handle(event, self._engine.now):
            self._perform[type(command)](command)
        if before is not self.guest.state:
            self._moved(before, event)
        if not self.sees:
            self.screen_size = None
        self._owner.on_change()

    def _moved(self, before: State, event: on.Event) -> None:
        log.info("state", now=self.guest.state.value)
        if self.guest.state is State.MEETING:
            self.lifeline.expect()
        own_wish = isinstance(event, on.Left) and event.who is on.Side.TECHNICIAN
        if before is State.MEETING and type(event) in WHY_NO_VISIT and not own_wish:
            self._owner.on_trouble(HelpError(WHY_NO_VISIT[type(event)]))

    async def close(self) -> None:
        """End everything, whatever the state."""
        self._heart.cancel()
        self.sending.forget()
        self.face.stop()
        await self.connection.close()

    # --- what the connection tells (peer.connection.Handler) -----------------------------------------

    def on_ready(self) -> None:
        log.info("ready")
        self.lifeline.begin()
        self.connection.send(messages.Face(self._source))
        self._owner.on_change()

    def on_control(self, message: messages.Control) -> None:
        self.lifeline.heard()
        match message:
            case messages.Accept():
                self.feed(on.Accepted())
            case messages.Decline():
                self.feed(on.Declined())
            case messages.Grants(rights=rights, epoch=epoch):
                self.feed(on.RightsCame(frozenset(rights), epoch))
            case messages.NotNow(right=right, rest_s=rest_s):
                self.feed(on.NotNowCame(right, rest_s))
            case messages.Screen(width=width, height=height):
                self.screen_size = (width, height)
                self._owner.on_change()
            case messages.Chat(text=text):
                self.feed(on.Said(on.Side.CUSTOMER, text))
            case messages.Goodbye():
                self.feed(on.Left(on.Side.CUSTOMER))
            case messages.Closed():
                self.feed(on.Gone(on.Side.CUSTOMER))
            case _:
                self.on_breach(HelpError("message_not_understood"))

    def on_input(self, message: messages.Input) -> None:
        self.on_breach(HelpError("message_not_understood"))

    def on_live(self, message: messages.Live) -> None:
        self.lifeline.heard(message)

    def on_frame(self, frame: Frame) -> None:
        self._engine.publish_frame("screen", frame)

    def on_breach(self, error: HelpError) -> None:
        self._owner.on_trouble(error)
        self.connection.send(messages.Goodbye())
        self.feed(on.Misbehaved(error.key))

    def on_gone(self) -> None:
        self.feed(on.GaveUp())

    def _close_peer(self) -> None:
        self._engine.spawn(self._end(), name="close")

    async def _end(self) -> None:
        await self.connection.flushed()
        await self.close()
        self._owner.on_closed()

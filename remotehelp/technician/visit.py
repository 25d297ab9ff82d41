"""One visit on the technician's computer: performs what `Guest` decides and feeds it what happens."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

import structlog

from remotehelp import messages
from remotehelp.engine import Engine
from remotehelp.errors import HelpError
from remotehelp.media.canvas import Canvas
from remotehelp.media.face_track import FaceTrack
from remotehelp.media.frame import Frame
from remotehelp.media.screen_viewer import ScreenViewer
from remotehelp.messages import Right
from remotehelp.peer.connection import Connection
from remotehelp.peer.lifeline import Lifeline
from remotehelp.peer.reconnect import Mending
from remotehelp.peer.road import Road, Trial
from remotehelp.technician.her_cursor import HerCursor
from remotehelp.technician.log_copy import LogCopy
from remotehelp.technician.sending import Sending
from remotehelp.technician.view import Ended
from remotehelp.trust.receipt import Pact
from remotehelp.visit import commands as do
from remotehelp.visit import events as on
from remotehelp.visit.allowance import Allowance
from remotehelp.visit.grants import SCREENS, topic
from remotehelp.visit.guest import Guest
from remotehelp.visit.machine import State
from remotehelp.visit.shown import SHOWN_LINES, Owner, Said

log = structlog.get_logger("visit")

CONTROL_LIMIT, CONTROL_WINDOW_S = 120, 10.0  # messages on `control`; a customer's program sends a few a minute
LINES_LIMIT = 1000  # in the same time: most of what either does is one; after a lost line the last ones come again
SIZES_LIMIT = 2000  # in the same time: of a window that she draws larger, one for each picture

# why a meeting ended before she let anybody in, in words
WHY_NO_VISIT: dict[type[on.Event], str] = {
    on.Declined: "customer_declined",
    on.Left: "customer_left_early",
    on.LineLost: "line_lost_in_meeting",
    on.GaveUp: "line_lost_in_meeting",
}

# what her machine did by itself, in words
TOLD: dict[messages.Why, str] = {
    messages.Why.PRIVATE: "told_private",
    messages.Why.STILL: "told_still",
    messages.Why.GOES_ON: "told_goes_on",
    messages.Why.COVERED: "told_covered",
    messages.Why.STOPPED: "told_stopped",
}

NOTHING = (0, 0)  # the size of a canvas on which nothing was painted

ENDED_BY: dict[type[on.Event], Ended] = {
    on.Declined: Ended.BY_HER,
    on.LineLost: Ended.BY_LINE,
    on.GaveUp: Ended.BY_LINE,
    on.Misbehaved: Ended.BY_GUARD,
    on.BadgeLapsed: Ended.BY_BADGE,
}


class TechnicianVisit:
    """Holds the connection, the face and the outgoing input of one visit, from the claim to the end."""

    def __init__(self, engine: Engine, owner: Owner, face: FaceTrack, source: str) -> None:
        """``source`` says where the face comes from: "camera", "demonstration" or "none"."""
        self._engine, self._owner, self._source = engine, owner, source
        self.guest = Guest()
        self.face = face
        self.road = Road(Connection(self))
        self.mending: Mending | None = None  # from the pairing on
        self.log = LogCopy(self.road.send, self._is_over, owner.on_change, owner.on_trouble)
        self.conversation: deque[Said] = deque(maxlen=SHOWN_LINES)
        self.viewer = ScreenViewer(self.road.send, self._show, self.on_breach)
        self.sending = Sending(engine, self.road, self.guest)
        self.screen: messages.Screen | None = None  # what of her screens is shown
        self.screens: tuple[messages.ListedScreen, ...] = ()  # all that she has
        self.cursor = HerCursor()
        self.problem = ""
        self.ended = Ended.NOT
        self.began_at = engine.now
        self._words = Allowance(CONTROL_LIMIT, CONTROL_WINDOW_S)
        self._sizes = Allowance(SIZES_LIMIT, CONTROL_WINDOW_S)
        self._lines = Allowance(LINES_LIMIT, CONTROL_WINDOW_S)
        self.lifeline = Lifeline(lambda: engine.now, self.road.send, self.feed, self.road.counts, owner.on_change)
        self._perform: dict[type[do.Command], Callable[[Any], None]] = {
            do.Tell: lambda command: self._tell(command.message),
            do.ShowSaid: lambda command: self.conversation.append(command.line),
            do.ReleaseAllInput: lambda _: self.sending.forget(),
            do.StopCapture: lambda _: None,  # the customer's machine stops; here nothing is captured
            do.StartMending: lambda _: self.mending.start() if self.mending else None,
            do.StopMending: lambda _: self.mending.stop() if self.mending else None,
            do.ClosePeer: lambda _: self._close_peer(),
        }
        self._heart = engine.spawn(self.lifeline.run(), name="heartbeat")

    def verified(self, pact: Pact) -> None:
        """The pairing is confirmed: the log begins with whose keys these are, and they meet."""
        self.log.open(pact)
        self.feed(on.PeerVerified())

    def _is_over(self) -> bool:
        return self.guest.state in (State.GOODBYE, State.CLOSED)

    @property
    def connection(self) -> Connection:
        """The connection that the visit goes over now."""
        return self.road.connection

    @property
    def sees(self) -> bool:
        """Whether her screen may be seen now."""
        return Right.VIEW in self.guest.rights

    def feed(self, event: on.Event) -> None:
        """Let `Guest` decide on ``event`` and perform what it says, in order."""
        before, saw = self.guest.state, self.sees
        for command in self.guest.handle(event, self._engine.now):
            self._perform[type(command)](command)
        if before is not self.guest.state:
            self._moved(before, event)
        if saw and not self.sees:
            self.screen, self.screens = None, ()
            self.viewer.forget()
            self.cursor.forget()
        elif self.sees and not saw:  # what came faster than the right to see it
            if self.viewer.canvas.size != NOTHING:
                self._show(self.viewer.canvas)
            self._show_cursor()
        self._owner.on_change()

    def _moved(self, before: State, event: on.Event) -> None:
        log.info("state", now=self.guest.state.value)
        if self.guest.state is State.MEETING:
            self.lifeline.expect()
        if self.guest.state in (State.GOODBYE, State.CLOSED) and self.ended is Ended.NOT:
            self.ended = _ended_by(event)
        if before is State.MEETING and type(event) in WHY_NO_VISIT and self.ended is not Ended.BY_ME:
            self._owner.on_trouble(HelpError(WHY_NO_VISIT[type(event)]))

    def ask_for_screens(self, names: tuple[str, ...]) -> None:
        """Ask to see these of her monitors instead; what is shown already needs no question."""
        shown = () if self.screen is None or self.screen.alone else tuple(one.name for one in self.screen.shown)
        there = names != shown and set(names) <= {screen.name for screen in self.screens}
        self.feed(on.ScreensAsked(names, there))

    async def close(self) -> None:
        """End everything, whatever the state."""
        self._heart.cancel()
        if self.mending is not None:
            self.mending.close()
        self.sending.forget()
        self.face.stop()
        self.viewer.close()
        await self.connection.close()

    # --- what the connection tells (peer.connection.Handler) -----------------------------------------

    def on_ready(self) -> None:
        log.info("ready")
        self.lifeline.begin()
        self.connection.send(messages.Face(self._source))
        self._owner.on_change()

    def on_control(self, message: messages.Control) -> None:
        self.lifeline.heard()
        if not self._passes(message):
            self.on_breach(HelpError("too_much_at_once"))
            return
        match message:
            case messages.Accept():
                self.feed(on.Accepted())
            case messages.Decline():
                self.feed(on.Declined())
            case messages.Grants(rights=rights, epoch=epoch):
                self.log.witness.told(frozenset(rights))
                self.feed(on.RightsCame(frozenset(rights), epoch))
            case messages.NotNow(right=right, rest_s=rest_s, said=said):
                self._not_now(on.NotNowCame(right, rest_s, said))
            case messages.NotTheseScreens(rest_s=rest_s, said=said):
                self._not_now(on.NotNowCame(SCREENS, rest_s, said))
            case messages.Screen():
                self.screen = message
                self.feed(on.ScreensCame(tuple(shown.name for shown in message.shown)))
            case messages.TheirScreens(screens=screens):
                self.screens = screens
                self._owner.on_change()
            case messages.ScreenGone(name=name):
                self._owner.on_trouble(HelpError("their_screen_gone", monitor=name))
            case messages.CursorShape():
                self._cursor_shape(message)
            case messages.WindowClosed():
                self._owner.on_trouble(HelpError("their_window_closed"))
            case messages.Happened(why=why):
                self._owner.on_trouble(HelpError(TOLD[why]))
            case messages.HerTurn(on=begins):
                self.feed(on.HerTurnCame(begins))
            case messages.Chat(text=text):
                self.feed(on.Said(on.Side.CUSTOMER, text))
            case messages.Goodbye():
                self.feed(on.Left(on.Side.CUSTOMER))
            case messages.Closed():
                self.feed(on.Gone(on.Side.CUSTOMER))
            case messages.LogLine():
                self.log.take(message)
            case messages.LogHead():
                self.log.sign(message)
            case _:
                self.on_breach(HelpError("message_not_understood"))

    def _passes(self, message: messages.Control) -> bool:
        """Whether that was not too much; what is no word of hers has an allowance of its own."""
        match message:
            case messages.CursorShape():
                return True  # HerCursor counts them
            case messages.Screen():
                return self._sizes.passes(self._engine.now)
            case messages.LogLine() | messages.LogHead():
                return self._lines.passes(self._engine.now)
            case _:
                return self._words.passes(self._engine.now)

    def _not_now(self, event: on.NotNowCame) -> None:
        answered = self.guest.asked is not None and topic(self.guest.asked) == event.topic
        self.feed(event)
        if event.rest_s:
            self._engine.later(event.rest_s + 1, self._owner.on_change)  # the button works again
        if answered and event.rest_s:
            self._owner.on_trouble(HelpError("asking_rests"))
        elif answered:
            self._owner.on_trouble(HelpError("customer_said_not_now" if event.said else "question_went"))

    def on_input(self, message: messages.Input) -> None:
        self.on_breach(HelpError("message_not_understood"))

    def on_live(self, message: messages.Live) -> None:
        self.lifeline.heard(message)
        if isinstance(message, messages.CursorPlace) and self.cursor.place(message):
            self._show_cursor()

    def on_frame(self, frame: Frame) -> None:
        self.on_breach(HelpError("message_not_understood"))

    def on_exact(self, message: messages.Exact) -> None:
        self.lifeline.heard()
        self.viewer.exact(message)

    def on_film(self, data: bytes) -> None:
        self.lifeline.heard()
        self.viewer.film(data)

    def on_receipt(self, receipt: messages.Receipt) -> None:
        self.on_breach(HelpError("message_not_understood"))

    def _show(self, canvas: Canvas) -> None:
        if self.sees:
            self._engine.publish_frame("screen", canvas)

    def _cursor_shape(self, message: messages.CursorShape) -> None:
        self.cursor.shape(message, self._engine.now)
        self._show_cursor()

    def _show_cursor(self) -> None:
        if self.sees and self.cursor.now is not None:
            self._engine.publish_frame("cursor", self.cursor.now)

    def on_breach(self, error: HelpError) -> None:
        self._owner.on_trouble(error)
        self._tell(messages.Goodbye())
        self.feed(on.Misbehaved(error.key))

    def on_gone(self) -> None:
        if self.mending is not None and self.goes_on:
            self.lifeline.lose()
        else:
            self.feed(on.GaveUp())

    def on_closed(self) -> None:
        if self.mending is not None and self.mending.pending:
            self.on_gone()  # another connection may have taken the place of this one over there
        else:
            self.feed(on.GaveUp())

    # --- another connection (technician.mending.Visit) ------------------------------------------------

    @property
    def goes_on(self) -> bool:
        return self.guest.state in (State.VISITING, State.MENDING)

    def go_over(self, trial: Trial, face: FaceTrack) -> None:
        self.sending.forget()
        before = self.road.go_over(trial.connection)
        self.face.stop()
        self.face = face
        self._engine.spawn(before.close(), name="close before")
        self.lifeline.begin_anew()

    def badge_lapsed(self) -> None:
        self._owner.on_trouble(HelpError("badge_lapsed"))
        self.feed(on.BadgeLapsed())

    def _tell(self, message: messages.Message) -> None:
        self.log.witness.did(message)
        self.connection.send(message)
        if isinstance(message, messages.Parting) and self.mending is not None:
            self.mending.say(message)

    def _close_peer(self) -> None:
        self._engine.spawn(self._end(), name="close")

    async def _end(self) -> None:
        if self.ended is not Ended.BY_LINE:
            await self.log.settled()
        await self.connection.flushed()
        await self.close()
        self._owner.on_closed()


def _ended_by(event: on.Event) -> Ended:
    if isinstance(event, on.Left):
        return Ended.BY_ME if event.who is on.Side.TECHNICIAN else Ended.BY_HER
    return ENDED_BY.get(type(event), Ended.NOT)

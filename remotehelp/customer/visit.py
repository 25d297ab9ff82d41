"""One visit on the customer's computer: performs what `Host` decides and feeds it what happens."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from remotehelp import messages
from remotehelp.customer.guarding import Guarding
from remotehelp.customer.injector import Injector
from remotehelp.customer.intents import OwnWindow
from remotehelp.customer.log_writer import LogWriter
from remotehelp.customer.motion import Motion
from remotehelp.customer.screen_part import ScreenPart
from remotehelp.desktop.pick import Desktop
from remotehelp.engine import Engine
from remotehelp.errors import BackendError, ConsentError, HelpError, LocalProtocolError
from remotehelp.media.frame import Frame
from remotehelp.media.screen_stream import FilmTrack
from remotehelp.messages import Right
from remotehelp.peer.connection import Connection
from remotehelp.peer.lifeline import Lifeline
from remotehelp.peer.reconnect import Mending
from remotehelp.peer.road import Road, Trial
from remotehelp.trust.receipt import Pact
from remotehelp.visit import commands as do
from remotehelp.visit import events as on
from remotehelp.visit.allowance import Allowance
from remotehelp.visit.host import Host
from remotehelp.visit.machine import State
from remotehelp.visit.shown import SHOWN_LINES, Owner, Said

log = structlog.get_logger("visit")

CONTROL_LIMIT, CONTROL_WINDOW_S = 120, 10.0  # messages on `control`; a technician's program sends a few a minute

# why a meeting ended before she let anybody in, in words
WHY_NO_VISIT: dict[type[on.Event], str] = {
    on.Left: "technician_left_early",
    on.LineLost: "line_lost_in_meeting",
    on.GaveUp: "line_lost_in_meeting",
}


class CustomerVisit:
    """Holds the connection, the picture and the injector of one visit, from the code to the end."""

    def __init__(self, engine: Engine, desktop: Desktop, owner: Owner) -> None:
        self._engine, self._desktop, self._owner = engine, desktop, owner
        self.host = Host(engine.now)
        self.road = Road(Connection(self))
        self.mending: Mending | None = None  # from the pairing on
        self.log = LogWriter(lambda: engine.now, time.time, self.road.send, self._is_visiting, owner.on_change)
        self.conversation: deque[Said] = deque(maxlen=SHOWN_LINES)
        self.words: deque[Said] = deque(
            maxlen=SHOWN_LINES
        )  # of them what the log notes; nothing later takes their place
        self._noted = 0  # the number of the line that was written last, 0 if the log is closed
        self.injector = Injector(desktop.hands)
        self.screen = ScreenPart(engine, desktop, owner, self.road, self.host, self.feed, self._let_go)
        self.sharing, self.cursor = self.screen.sharing, self.screen.cursor
        self.guarding = Guarding(
            engine, desktop.guard, self.host, self.feed, self._let_go, panic=self._panic, lost=self._unguarded
        )
        self._events: deque[on.Event] = deque()  # not decided on yet
        self._deciding = False
        self.pointer: tuple[int, int] | None = None
        self.face = ""
        self.lifeline = Lifeline(lambda: engine.now, self.road.send, self.feed, self.road.counts, owner.on_change)
        self._motion = Motion(engine, lambda pointer: self.feed(on.InputCame(pointer)))
        self._allowance = Allowance(CONTROL_LIMIT, CONTROL_WINDOW_S)
        self._perform: dict[type[do.Command], Callable[[Any], None]] = {
            do.Tell: self._tell,
            do.StartCapture: lambda _: self.screen.begin(),
            do.StopCapture: lambda _: self.screen.stop(),
            do.ShowScreens: lambda command: self.screen.show_screens(command.names),
            do.ShowLeft: lambda command: self.screen.show_left(command.names),
            do.ShowWindow: lambda command: self.screen.show_window(command.window),
            do.Permit: self._permit,
            do.ReleaseAllInput: lambda _: self._let_go(),
            do.Inject: self._inject,
            do.ShowPointer: self._show_pointer,
            do.CloseGate: self._close_gate,
            do.OpenGate: self._open_gate,
            do.HidePicture: lambda _: self.screen.hide_picture(),
            do.RevealPicture: lambda _: self.screen.reveal_picture(),
            do.Remind: self._remind,
            do.Explain: lambda command: owner.on_trouble(HelpError(command.key)),
            do.Record: self._note,
            do.ShowSaid: self._show_said,
            do.StartMending: lambda _: self.mending.start() if self.mending else None,
            do.StopMending: lambda _: self.mending.stop() if self.mending else None,
            do.ClosePeer: self._close_peer,
        }
        self._heart = engine.spawn(self.lifeline.run(), name="heartbeat")
        self._pen = engine.spawn(self.log.run(), name="log")

    def verified(self, pact: Pact) -> None:
        """The pairing is confirmed: the log begins, and they meet."""
        self.log.open(pact)
        self.feed(on.PeerVerified())

    def _is_visiting(self) -> bool:
        return self.host.state is State.VISITING

    @property
    def connection(self) -> Connection:
        """The connection that the visit goes over now."""
        return self.road.connection

    def feed(self, event: on.Event) -> None:
        """Let `Host` decide on ``event`` and perform what it says, in order; any doubt on the way ends everything.

        What happens while a decision is performed is decided on right after it: else what that told of the rights
        would come last. Her yes to control is decided on once the guardian hears.
        """
        if not self.guarding.lets(event):
            return
        self._events.append(event)
        if self._deciding:
            return
        self._deciding = True
        try:
            while self._events:
                self._take_in(self._events.popleft())
        finally:
            self._deciding = False

    def _take_in(self, event: on.Event) -> None:
        try:
            self._decide(event)
        except Exception:
            log.exception("a decision could not be performed")
            self._fail_closed()
        if not isinstance(event, on.InputCame):
            self._owner.on_change()

    def _decide(self, event: on.Event) -> None:
        before, rights = self.host.state, self.host.grants.rights
        for command in self.host.handle(event, self._engine.now):
            self._perform[type(command)](command)
        if before is not self.host.state:
            self._moved(before, event)
        if self.host.grants.rights != rights or event == on.Accepted():
            self.log.rights_changed()

    def _fail_closed(self) -> None:
        """Nothing is decided on any more; what closing asks for is done by hand, since a command is what failed."""
        before, failed = self.host.state, on.Failed()
        self._events.clear()
        commands = self.host.handle(failed, self._engine.now)
        self.injector.permit(False, -1)
        self._let_go()
        self._close_peer(do.ClosePeer())
        self.sharing.stop()
        self.cursor.stop()
        self.screen.watch_no_more()
        self.pointer = None
        self._owner.on_trouble(HelpError("ended_for_safety"))
        with contextlib.suppress(LocalProtocolError):  # a log that is full is what may have failed
            for command in commands:
                if isinstance(command, do.Record):
                    self.log.write(command.entry)
        if before is not self.host.state:
            self._moved(before, failed)

    def _moved(self, before: State, event: on.Event) -> None:
        log.info("state", now=self.host.state.value)
        if self.host.state is State.MEETING:
            self.lifeline.expect()
        if self.host.state in (State.GOODBYE, State.CLOSED):
            gone = before is State.MENDING or isinstance(event, on.GaveUp | on.Failed)
            self.log.close(reachable=not gone)
        self._follow_panic_key()
        own_wish = isinstance(event, on.Left) and event.who is on.Side.CUSTOMER
        if before is State.MEETING and type(event) in WHY_NO_VISIT and not own_wish:
            self._owner.on_trouble(HelpError(WHY_NO_VISIT[type(event)]))

    def cover(self, windows: Sequence[OwnWindow]) -> None:
        """Our own windows as they are now: painted over, and out of the technician's reach."""
        own = [window.native_id for window in windows]
        self.injector.know_own(own)
        self.screen.private.know_own(own)
        self.screen.in_sight.keep([window.native_id for window in windows if window.stays])
        self.sharing.cover(windows)
        self.cursor.look_again()

    def question_shown(self, windows: Sequence[OwnWindow], question: int) -> None:
        """The dialog with this question is on the screen and covered: pictures may leave again."""
        self.cover(windows)
        if question == self.host.grants.question:
            self.sharing.release()
            self.cursor.look_again()

    def frame_shown(self, windows: Sequence[OwnWindow], showing: int) -> None:
        """The frame round this showing of her screen is up and covered: its pictures may leave."""
        self.cover(windows)
        self.sharing.framed(showing)
        self.cursor.look_again()

    def question_hidden(self) -> None:
        """The dialog has left the screen."""
        self.feed(on.QuestionHidden())

    def answer(self, allow: bool, question: int) -> None:
        """She answered this question; an answer to any other one than the open one is nothing."""
        if question == self.host.grants.question:
            self.screen.private.judge()  # another window may have come to the front: it is asked about next
            self.feed(on.Answered(allow))

    async def close(self) -> None:
        """End everything, whatever the state; nothing stays pressed, nothing stays open."""
        self._heart.cancel()
        self._pen.cancel()
        if self.mending is not None:
            self.mending.close()
        self._motion.forget()
        self.injector.permit(False, -1)
        self._let_go()
        self.cursor.stop()
        self.screen.watch_no_more()
        self.sharing.close()
        try:
            await self._stop_listening()
        finally:
            await self.connection.close()

    # --- what the connection tells (peer.connection.Handler) -----------------------------------------

    def on_ready(self) -> None:
        log.info("ready")
        self.lifeline.begin()
        self.log.begin()
        self._owner.on_change()

    def on_control(self, message: messages.Control) -> None:
        self.lifeline.heard()
        if not self._allowance.passes(self._engine.now):
            self.on_breach(HelpError("too_much_at_once"))
            return
        match message:
            case messages.Ask(right=right):
                self.feed(on.Asked(right))
            case messages.AskScreens(names=names):
                self.feed(on.ScreensAsked(names, there=self.sharing.offers(names)))
            case messages.Chat(text=text):
                self.feed(on.Said(on.Side.TECHNICIAN, text))
            case messages.Summary(wrong=wrong, done=done):
                self.feed(on.Summarised(wrong, done))
            case messages.Goodbye():
                self.feed(on.Left(on.Side.TECHNICIAN))
            case messages.Closed():
                self.feed(on.Gone(on.Side.TECHNICIAN))
            case messages.Face(source=source):
                self.face = source
                self._owner.on_change()
            case messages.LogSigned():
                self.log.signed(message)
            case messages.LogNotSigned():
                self.log.not_signed(message)
            case _:
                self.on_breach(HelpError("message_not_understood"))

    def on_input(self, message: messages.Input) -> None:
        self.lifeline.heard()
        self._motion.flush()
        self.feed(on.InputCame(message))

    def on_live(self, message: messages.Live) -> None:
        self.lifeline.heard(message)
        if self.mending is not None:
            self.mending.resumption.settled()  # the technician's side beats where it goes on
        if isinstance(message, messages.CursorPlace):
            self.on_breach(HelpError("message_not_understood"))
        elif isinstance(message, messages.Pointer):
            self._motion.came(message)

    def on_frame(self, frame: Frame) -> None:
        self._engine.publish_frame("face", frame)

    def on_exact(self, message: messages.Exact) -> None:
        self.on_breach(HelpError("message_not_understood"))

    def on_film(self, data: bytes) -> None:
        self.on_breach(HelpError("message_not_understood"))

    def on_receipt(self, receipt: messages.Receipt) -> None:
        self.lifeline.heard()
        self.sharing.stream.receipt(receipt)

    def on_breach(self, error: HelpError) -> None:
        self._owner.on_trouble(error)
        self.connection.send(messages.Goodbye())
        self.feed(on.Misbehaved(error.key))

    def on_gone(self) -> None:
        if self.mending is not None and self.host.state in (State.VISITING, State.MENDING):
            self.lifeline.lose()
        else:
            self.feed(on.GaveUp())

    def on_closed(self) -> None:
        if self.mending is not None and self.mending.pending:
            self.on_gone()  # another connection may have taken the place of this one over there
        else:
            self.feed(on.GaveUp())

    # --- another connection (customer.mending.Visit) --------------------------------------------------

    @property
    def mends(self) -> bool:
        return self.host.state is State.MENDING

    def another_film(self) -> tuple[FilmTrack, Callable[[], None]]:
        stream = self.sharing.stream
        return stream.another_track(), stream.want_keyframe

    def go_over(self, trial: Trial, film: FilmTrack) -> None:
        before = self.road.go_over(trial.connection)
        self.sharing.stream.go_over(film, trial.connection.rate)
        self._engine.spawn(before.close(), name="close before")
        self.log.begin()
        self.lifeline.begin_anew()

    def badge_lapsed(self) -> None:
        self._owner.on_trouble(HelpError("badge_lapsed"))
        self.feed(on.BadgeLapsed())

    # --- the panic key ------------------------------------------------------------------------------

    def _follow_panic_key(self) -> None:
        if self.host.state in (State.VISITING, State.MENDING):
            try:
                stop = partial(self._engine.call, self._panic)
                self._desktop.panic.start(stop, lost=stop)
            except BackendError as error:
                self._owner.on_trouble(error)
                self.feed(on.Left(on.Side.CUSTOMER))
        else:
            self._engine.spawn(self._stop_listening(), name="panic key")

    async def _stop_listening(self) -> None:
        await self.guarding.stop()
        await asyncio.to_thread(self._desktop.panic.stop)  # a display that hangs holds it for a second

    def _panic(self) -> None:
        log.info("panic key")
        self.feed(on.Left(on.Side.CUSTOMER))

    def _unguarded(self) -> None:
        self._owner.on_trouble(BackendError("no_guardian"))
        self.feed(on.Unguarded())

    # --- performing ----------------------------------------------------------------------------------

    def _tell(self, command: do.Tell) -> None:
        self.connection.send(command.message)
        if isinstance(command.message, messages.Parting) and self.mending is not None:
            self.mending.say(command.message)

    def _note(self, command: do.Record) -> None:
        self._noted = self.log.write(command.entry)

    def _show_said(self, command: do.ShowSaid) -> None:
        """It was noted right before this."""
        self.conversation.append(command.line)
        if self._noted:
            self.words.append(replace(command.line, entry=self._noted))

    def _permit(self, command: do.Permit) -> None:
        self.injector.permit(command.control, command.epoch)

    def _let_go(self) -> None:
        try:
            self.injector.release_all()
        except BackendError as error:
            log.error("release failed", key=error.key)

    def _inject(self, command: do.Inject) -> None:
        place = self.sharing.in_reach
        if place is None:
            return  # nobody sees yet what this would reach
        try:
            self.injector.inject(command.action, place, self.sharing.only)
        except ConsentError as error:
            if error.key != "her_hand" and not isinstance(command.action, messages.Pointer):  # both go on for long
                log.info("not injected", key=error.key)
        except BackendError as error:
            if error.key != "key_not_known":
                self._owner.on_trouble(error)
                self.feed(on.RightSet(Right.CONTROL, False))

    def _show_pointer(self, command: do.ShowPointer) -> None:
        there, place = command.pointer, self.sharing.in_reach
        pointer = None if there is None or place is None else place.on_root(there.x, there.y)
        if pointer != self.pointer:
            self.pointer = pointer
            self._owner.on_change()

    def _close_gate(self, _: do.CloseGate) -> None:
        self.injector.close_gate()
        self.sharing.hold()

    def _open_gate(self, _: do.OpenGate) -> None:
        self.injector.open_gate()
        self.sharing.release()
        self.cursor.look_again()

    def _remind(self, command: do.Remind) -> None:
        self._engine.later(command.seconds, partial(self.feed, on.ControlAged(command.turn)))

    def _close_peer(self, _: do.ClosePeer) -> None:
        self._engine.spawn(self._end(), name="close")

    async def _end(self) -> None:
        await self.log.settled()
        await self.connection.flushed()
        await self.close()
        self._owner.on_closed()

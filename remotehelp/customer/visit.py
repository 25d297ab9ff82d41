"""One visit on the customer's computer: performs what `Host` decides and feeds it what happens."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import structlog

from remotehelp import messages
from remotehelp.customer.cursor import CursorSharing
from remotehelp.customer.injector import Injector
from remotehelp.customer.intents import OwnWindow
from remotehelp.customer.motion import Motion
from remotehelp.customer.sharing import Sharing
from remotehelp.desktop.pick import Desktop
from remotehelp.desktop.screens import Choice, Place, SomeMonitors, Window
from remotehelp.engine import Engine
from remotehelp.errors import BackendError, ConsentError, HelpError
from remotehelp.media.frame import Frame
from remotehelp.messages import Right
from remotehelp.peer.connection import Connection
from remotehelp.peer.lifeline import Lifeline
from remotehelp.visit import commands as do
from remotehelp.visit import events as on
from remotehelp.visit.allowance import Allowance
from remotehelp.visit.host import Host
from remotehelp.visit.machine import State
from remotehelp.visit.shown import Owner
from remotehelp.visit.story import Story

log = structlog.get_logger("visit")

CONTROL_LIMIT, CONTROL_WINDOW_S = 120, 10.0  # messages on `control`; a technician's program sends a few a minute
SETTLE_S = 0.5  # a monitor that gets another mode may be gone for so long

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
        self.story = Story()
        self.connection = Connection(self)
        self.injector = Injector(desktop.hands)
        self.sharing = Sharing(
            desktop.screens,
            self.connection.send_exact,
            self.connection.rate,
            self._picture_size,
            self._picture_ended,
            self._monitors_changed,
            self._moved_or_resized,
        )
        self._events: deque[on.Event] = deque()  # not decided on yet
        self._deciding = False
        self._told_screen: messages.Screen | None = None
        self._offered = False  # the technician's side expects a picture
        self.cursor = CursorSharing(engine, desktop.cursor, self.sharing, self.connection.send)
        self.pointer: tuple[int, int] | None = None
        self.face = ""
        self.lifeline = Lifeline(
            lambda: engine.now, self.connection.send, self.feed, self.connection.counts, owner.on_change
        )
        self._motion = Motion(engine, lambda pointer: self.feed(on.InputCame(pointer)))
        self._allowance = Allowance(CONTROL_LIMIT, CONTROL_WINDOW_S)
        self._perform: dict[type[do.Command], Callable[[Any], None]] = {
            do.Tell: self._tell,
            do.StartCapture: self._start_capture,
            do.StopCapture: self._stop_capture,
            do.ShowScreens: self._show_screens,
            do.ShowLeft: self._show_left,
            do.ShowWindow: self._show_window,
            do.Permit: self._permit,
            do.ReleaseAllInput: self._release_all,
            do.Inject: self._inject,
            do.ShowPointer: self._show_pointer,
            do.CloseGate: self._close_gate,
            do.OpenGate: self._open_gate,
            do.Record: self._record,
            do.ClosePeer: self._close_peer,
        }
        self._heart = engine.spawn(self.lifeline.run(), name="heartbeat")

    def feed(self, event: on.Event) -> None:
        """Let `Host` decide on ``event`` and perform what it says, in order; any doubt on the way ends everything.

        What happens while a decision is performed is decided on right after it: else what that told of the rights
        would come last.
        """
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
        before = self.host.state
        for command in self.host.handle(event, self._engine.now):
            self._perform[type(command)](command)
        if before is not self.host.state:
            self._moved(before, event)

    def _fail_closed(self) -> None:
        """Nothing is decided on any more; what closing asks for is done by hand, since a command is what failed."""
        before, failed = self.host.state, on.Failed()
        self._events.clear()
        self.host.handle(failed, self._engine.now)
        self.injector.permit(False, -1)
        self._release_all(do.ReleaseAllInput())
        self._close_peer(do.ClosePeer())
        self.sharing.stop()
        self.cursor.stop()
        self.pointer = None
        if before is not self.host.state:
            self._moved(before, failed)
        self._owner.on_trouble(HelpError("ended_for_safety"))

    def _moved(self, before: State, event: on.Event) -> None:
        log.info("state", now=self.host.state.value)
        if self.host.state is State.MEETING:
            self.lifeline.expect()
        self._follow_panic_key()
        own_wish = isinstance(event, on.Left) and event.who is on.Side.CUSTOMER
        if before is State.MEETING and type(event) in WHY_NO_VISIT and not own_wish:
            self._owner.on_trouble(HelpError(WHY_NO_VISIT[type(event)]))

    def cover(self, windows: Sequence[OwnWindow]) -> None:
        """Our own windows as they are now: painted over, and out of the technician's reach."""
        self.injector.know_own([window.native_id for window in windows])
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
            self.feed(on.Answered(allow))

    def choose(self, names: tuple[str, ...]) -> None:
        """She shows these monitors instead; raises BackendError, and then nothing has changed."""
        self.sharing.check(names)
        if SomeMonitors(names) != self.sharing.choice:
            self.feed(on.ScreensChosen(names))

    def choose_window(self, number: int) -> None:
        """She shows this window alone instead; raises BackendError, and then nothing has changed."""
        window = self.sharing.window(number)
        if number != self.sharing.only:
            self.feed(on.WindowChosen(window.id, window.title))

    async def close(self) -> None:
        """End everything, whatever the state; nothing stays pressed, nothing stays open."""
        self._heart.cancel()
        self._motion.forget()
        self.injector.permit(False, -1)
        self._release_all(do.ReleaseAllInput())
        self.cursor.stop()
        self.sharing.close()
        try:
            await asyncio.to_thread(self._desktop.panic.stop)  # a display that hangs holds it for a second
        finally:
            await self.connection.close()

    # --- what the connection tells (peer.connection.Handler) -----------------------------------------

    def on_ready(self) -> None:
        log.info("ready")
        self.lifeline.begin()
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
            case _:
                self.on_breach(HelpError("message_not_understood"))

    def on_input(self, message: messages.Input) -> None:
        self.lifeline.heard()
        self._motion.flush()
        self.feed(on.InputCame(message))

    def on_live(self, message: messages.Live) -> None:
        self.lifeline.heard(message)
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
        self.feed(on.GaveUp())

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
            self._engine.spawn(asyncio.to_thread(self._desktop.panic.stop), name="panic key")

    def _panic(self) -> None:
        log.info("panic key")
        self.feed(on.Left(on.Side.CUSTOMER))

    # --- performing ----------------------------------------------------------------------------------

    def _tell(self, command: do.Tell) -> None:
        self.connection.send(command.message)

    def _start_capture(self, _: do.StartCapture) -> None:
        try:
            self.sharing.start()
        except BackendError as error:
            self._picture_ended(error)
        else:
            self._picture_began()

    def _picture_began(self) -> None:
        self.cursor.start()
        self._tell_screen()
        self._tell_monitors()
        self._offer_screen(True)

    def _stop_capture(self, _: do.StopCapture) -> None:
        self.cursor.stop()
        self.sharing.stop()
        self._told_screen = None
        self._offer_screen(False)

    def _offer_screen(self, active: bool) -> None:
        if self._offered != active:
            self._offered = active
            name = "offer screen" if active else "withdraw screen"
            self._engine.spawn(self.connection.offer_screen(active=active), name=name)

    def _show_screens(self, command: do.ShowScreens) -> None:
        try:
            self.sharing.choose(command.names)
        except BackendError as error:
            self._owner.on_trouble(error)
            self.connection.send(messages.NotTheseScreens(0, said=False))
            return
        self._show_it()
        self.feed(on.ScreensShown(command.names))

    def _show_left(self, command: do.ShowLeft) -> None:
        self.sharing.keep(command.names)
        self._show_it()

    def _show_window(self, command: do.ShowWindow) -> None:
        try:
            window = self.sharing.choose_window(command.window)
        except BackendError as error:
            self._owner.on_trouble(error)
            return
        self._show_it()
        self.feed(on.WindowShown(window.title))

    def _show_it(self) -> None:
        if self.sharing.on:
            self._start_capture(do.StartCapture())

    def _picture_size(self, width: int, height: int) -> None:
        self._moved_or_resized()

    def _moved_or_resized(self) -> None:
        self._engine.call(self._placed)

    def _placed(self) -> None:
        """What is shown lies elsewhere: the technician is told, and her frame goes round it."""
        self._tell_screen()
        self._owner.on_change()

    def _tell_screen(self) -> None:
        """Tell where what is shown lies, if that is news."""
        place = self.sharing.place
        if place is not None and (screen := _as_screen(place, self.sharing.choice)) != self._told_screen:
            self._told_screen = screen
            self.connection.send(screen)
            self.cursor.look_again()

    # --- the monitors --------------------------------------------------------------------------------

    def _monitors_changed(self) -> None:
        if self.host.grants.allows(Right.VIEW):
            self._tell_screen()
            self._tell_monitors()
        elif self.sharing.only is None:
            self.feed(on.ScreensChosen(self.sharing.left()))
        self._owner.on_change()

    def _tell_monitors(self) -> None:
        listed = (messages.ListedScreen(m.name, m.rect.width, m.rect.height) for m in self.sharing.monitors)
        self.connection.send(messages.TheirScreens(tuple(listed)[: messages.MONITORS]))

    def _picture_ended(self, error: BackendError) -> None:
        """What is shown is gone, or nothing can be shown at all any more."""
        if isinstance(self.sharing.choice, Window) and error.key == "window_closed":
            title = self.sharing.choice.title
            self.sharing.forget_window()
            self._owner.on_trouble(error)
            self.feed(on.WindowClosed(title))
            return
        if error.key not in ("monitor_gone", "screens_too_large") or isinstance(self.sharing.choice, Window):
            self._nothing_can_be_shown(error)
            return
        self._release_all(do.ReleaseAllInput())
        self._engine.later(SETTLE_S, self._settle)

    def _nothing_can_be_shown(self, error: BackendError) -> None:
        self._owner.on_trouble(error)
        self.feed(on.RightSet(Right.VIEW, False))

    def _settle(self) -> None:
        """Go on with the same monitors if they are back, else with what is left, and say so."""
        if self.host.state is not State.VISITING or self.sharing.on or not self.host.grants.allows(Right.VIEW):
            return
        choice, left = self.sharing.choice, self.sharing.left()
        if isinstance(choice, SomeMonitors) and left != choice.names:
            self._fall(choice.names, left)
        try:
            self.sharing.start()
        except BackendError as error:  # again: there is nothing to wait for
            alone = error.key == "screens_too_large" and len(left) == 1
            self._nothing_can_be_shown(BackendError("screen_too_large", monitor=left[0]) if alone else error)
        else:
            self._picture_began()
        self._owner.on_change()

    def _fall(self, chosen: Sequence[str], left: tuple[str, ...]) -> None:
        """Of what she chose only these monitors can be shown: the others are gone, or all are too large together."""
        there = {monitor.name for monitor in self.sharing.monitors}
        gone = next((name for name in chosen if name not in there), None)
        if gone is None:
            self.feed(on.ScreensOutgrew(left))
            self._owner.on_trouble(HelpError("screens_outgrew", left=", ".join(left)))
        else:
            self.feed(on.ScreensFell(gone, left))
            self._owner.on_trouble(HelpError("screen_gone", monitor=gone, left=", ".join(left)))

    def _permit(self, command: do.Permit) -> None:
        self.injector.permit(command.control, command.epoch)

    def _release_all(self, _: do.ReleaseAllInput) -> None:
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
            if not isinstance(command.action, messages.Pointer):  # a pointer goes on as long as a hand moves
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

    def _record(self, command: do.Record) -> None:
        self.story.add(command.entry)

    def _close_peer(self, _: do.ClosePeer) -> None:
        self._engine.spawn(self._end(), name="close")

    async def _end(self) -> None:
        await self.connection.flushed()
        await self.close()
        self._owner.on_closed()


def _as_screen(place: Place, choice: Choice) -> messages.Screen:
    title = choice.title if isinstance(choice, Window) else None
    pieces = [(piece.name, piece.rect.seen_from(place.area)) for piece in place.pieces]
    shown = tuple(
        messages.ShownScreen(name if title is None else title, at.x, at.y, at.width, at.height) for name, at in pieces
    )
    return messages.Screen(place.area.width, place.area.height, shown, alone=title is not None)

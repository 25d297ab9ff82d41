"""The customer's side of a visit: the decisions of the machine that decides. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeAlias

from remotehelp import messages
from remotehelp.messages import Right, Why
from remotehelp.visit.allowance import Allowance
from remotehelp.visit.checks import (
    AGAIN_S,
    CHECKS,
    CONTROL_S,
    COVER_LIMIT,
    COVER_S,
    BeforeControl,
    Check,
    PrivateWindow,
    Sign,
    StillControl,
)
from remotehelp.visit.commands import (
    CloseGate,
    Command,
    Explain,
    HidePicture,
    Inject,
    OpenGate,
    Permit,
    Record,
    ReleaseAllInput,
    Remind,
    RevealPicture,
    ShowLeft,
    ShowPointer,
    ShowSaid,
    ShowScreens,
    ShowWindow,
    StartCapture,
    StopCapture,
    Tell,
)
from remotehelp.visit.events import (
    Accepted,
    Answered,
    Asked,
    ControlAged,
    Covered,
    Declined,
    Event,
    FacePainted,
    Gone,
    HerTurn,
    InputCame,
    Left,
    PrivateSeen,
    QuestionHidden,
    RightSet,
    Said,
    ScreensAsked,
    ScreensChosen,
    ScreensFell,
    ScreensOutgrew,
    ScreensShown,
    Side,
    StopWished,
    Summarised,
    Unguarded,
    WindowChosen,
    WindowClosed,
    WindowShown,
)
from remotehelp.visit.grants import OFFERED, Grants, OtherScreens, Wish
from remotehelp.visit.machine import State, crossing, next_state
from remotehelp.visit.shown import Said as ShownLine
from remotehelp.visit.story import Entry, What

Commands: TypeAlias = list[Command]

#: events that are written into the visit's log, with the key of their sentence
STORY: dict[str, What] = {
    "Accepted": "accepted",
    "Declined": "declined",
    "Left": "left",
    "LineLost": "line_lost",
    "LineBack": "line_back",
    "GaveUp": "gave_up",
    "BadgeLapsed": "badge_lapsed",
    "Misbehaved": "misbehaved",
    "Failed": "failed",
}


class Host:
    """What the customer's machine knows and decides; feed it events, perform its commands in order."""

    def __init__(self, began: float = 0.0) -> None:
        self.state = State.WAITING
        self.grants = Grants()
        self.face_painted = False
        self.summary: Summarised | None = None
        self.ended_well = False  # one of the two said goodbye
        self.her_turn = False  # she works herself
        self._alone = False  # what is shown, or would be, is one window alone
        self.braked = False  # she has answered the question before the first control of this visit
        self._fine: frozenset[tuple[int, Sign]] = frozenset()  # by window, what she said may be seen
        self._meanwhile: PrivateSeen | None = None  # the newest one that came while another is asked about
        self._turn = 0  # of the reminders that control has aged
        self._covers = Allowance(COVER_LIMIT, COVER_S)
        self._began = began

    def handle(self, event: Event, now: float) -> Commands:
        """The commands that ``event`` at ``now`` (seconds, the clock of ``began``) leads to."""
        before, commands = self.grants, Commands()
        react = self._REACTIONS.get(type(event))
        if react is not None:
            commands += react(self, event, now)
        new = next_state(self.state, event)
        if new is not None:
            commands += self._go(new, event, now)
        return [*self._given(before, now), *commands, *self._gone_with(before, event, now)]

    def may_grant(self, right: Right) -> bool:
        """Face before hands: no control before a frame of the live face was painted."""
        return self.state is State.VISITING and right in OFFERED and (right is not Right.CONTROL or self.face_painted)

    @property
    def checking(self) -> bool:
        """Whether her own machine asks her something: nothing is given before she has answered."""
        return isinstance(self.grants.open_request, CHECKS)

    @property
    def _hidden(self) -> bool:
        """Whether no picture leaves because a private window is in front."""
        return isinstance(self.grants.open_request, PrivateWindow)

    @property
    def _is_seen(self) -> bool:
        return self.state is State.VISITING and self.grants.allows(Right.VIEW)

    # --- what is noted of the rights, whichever road changes them ----------------------------------------

    def _given(self, before: Grants, now: float) -> Commands:
        new = self.grants.rights - before.rights
        return [self._record(now, Side.CUSTOMER, "allowed", right) for right in Right if right in new]

    def _gone_with(self, before: Grants, event: Event, now: float) -> Commands:
        """Which rights are gone, by her hand or not, and whether the question that was open went without an answer."""
        asked, asks = before.open_request, self.grants.open_request
        by_her = isinstance(event, RightSet) or (isinstance(event, Answered) and isinstance(asked, StillControl))
        how: What = "took_back" if by_her else "lapsed"
        gone = before.rights - self.grants.rights
        noted: Commands = [self._record(now, Side.CUSTOMER, how, right) for right in Right if right in gone]
        answered = isinstance(event, Answered | ScreensChosen) or asked in self.grants.rights
        led_on = asked is Right.CONTROL and isinstance(asks, BeforeControl)
        if asked is not None and asked != asks and not answered and not led_on:
            noted.append(self._record(now, Side.CUSTOMER, "unanswered"))
        return noted

    # --- roads -------------------------------------------------------------------------------------

    def _go(self, new: State, event: Event, now: float) -> Commands:
        old, self.state = self.state, new
        hidden = self._hidden
        commands: Commands = []
        if type(event).__name__ in STORY:
            who = getattr(event, "who", Side.CUSTOMER)
            commands.append(self._record(now, who, STORY[type(event).__name__]))
        if old is State.VISITING or new in (State.GOODBYE, State.CLOSED):
            commands += self._fall_back(new)
        commands += crossing(old, new)
        if old is State.VISITING:
            commands.append(OpenGate())  # after the capture has stopped, so that no question is in a picture
            commands += [RevealPicture()] if hidden else []
        if new is State.VISITING and old is State.MENDING and self.grants.allows(Right.VIEW):
            commands.append(StartCapture())
        if new is State.VISITING:
            commands.append(self._tell_grants())
        return commands

    def _fall_back(self, new: State) -> Commands:
        """Take everything back; while the line is mended `view` is kept. Who waits for an answer is told."""
        kept = self.grants.allows(Right.VIEW) and new is State.MENDING
        unanswered = [] if self._hidden else self._withdraw()
        self.grants = self.grants.revoke_all()
        if kept:
            self.grants = self.grants.allow(Right.VIEW)
        return [*(unanswered if new is State.MENDING else ()), self._permit(), ShowPointer(None)]

    # --- reactions ---------------------------------------------------------------------------------

    def _face_painted(self, event: FacePainted, now: float) -> Commands:
        self.face_painted = True
        return []

    def _accepted(self, event: Accepted, now: float) -> Commands:
        return [Tell(messages.Accept())] if self.state is State.MEETING else []

    def _declined(self, event: Declined, now: float) -> Commands:
        return [Tell(messages.Decline())] if self.state is State.MEETING else []

    def _asked(self, event: Asked, now: float) -> Commands:
        if self.state is not State.VISITING or event.right in self.grants.rights:
            return []
        return self._question(event.right, now, sense=self.may_grant(event.right))

    def _screens_asked(self, event: ScreensAsked, now: float) -> Commands:
        if self.state is not State.VISITING:
            return []
        return self._question(OtherScreens(event.names), now, sense=event.there)

    def _question(self, wish: Wish, now: float, *, sense: bool) -> Commands:
        """Put it to her, unless it has no ``sense``, rests, or another one is open."""
        if not sense or not self.grants.may_ask(wish, now):
            return [_refusal(wish, self.grants.rest_s(wish, now), said=False)]
        self.grants = self.grants.ask(wish)
        if isinstance(wish, OtherScreens):
            noted = self._record(now, Side.TECHNICIAN, "asked_screens", ", ".join(wish.names))
        else:
            noted = self._record(now, Side.TECHNICIAN, "asked", wish)
        return [CloseGate(), ReleaseAllInput(), noted]

    def _answered(self, event: Answered, now: float) -> Commands:
        wish = self.grants.open_request
        if wish is None:
            return []
        if isinstance(wish, CHECKS):
            return self._passed(wish, now) if event.allow else self._failed(wish, now)
        if event.allow and isinstance(wish, OtherScreens):
            return self._switch(wish.names)
        if event.allow and isinstance(wish, Right) and self.may_grant(wish):
            return self._give(wish, now)
        self.grants = self.grants.not_now(wish, now)
        refusal = _refusal(wish, self.grants.rest_s(wish, now), said=True)
        if isinstance(wish, OtherScreens):
            return [self._record(now, Side.CUSTOMER, "not_now_screens", ", ".join(wish.names)), refusal]
        return [self._record(now, Side.CUSTOMER, "not_now", wish), refusal]

    def _screens_chosen(self, event: ScreensChosen, now: float) -> Commands:
        if self._is_seen:
            return self._switch(event.names)
        return self._for_later(ShowScreens(event.names))

    def _screens_fell(self, event: ScreensFell, now: float) -> Commands:
        if not self._is_seen:
            return []
        gone = self._record(now, Side.CUSTOMER, "screen_gone", event.gone)
        return self._left_with(event.left, Tell(messages.ScreenGone(event.gone)), gone)

    def _screens_outgrew(self, event: ScreensOutgrew, now: float) -> Commands:
        if not self._is_seen:
            return []
        return self._left_with(event.left, self._record(now, Side.CUSTOMER, "screens_outgrew", ", ".join(event.left)))

    def _left_with(self, left: tuple[str, ...], *said: Command) -> Commands:
        """Nobody chose what is shown now: nobody works on it, and no answer is about it, before she says so again."""
        unanswered = [] if self._hidden else self._withdraw()  # what is in front has not changed
        self.grants = self.grants.revoke(Right.CONTROL).switch(left)
        stopped = [self._permit(), ReleaseAllInput(), ShowPointer(None)]
        return [*stopped, *unanswered, *said, ShowLeft(left), self._tell_grants()]

    def _screens_shown(self, event: ScreensShown, now: float) -> Commands:
        self._alone = False
        noted = self._record(now, Side.CUSTOMER, "showed_screens", ", ".join(event.names))
        return [noted] if self._is_seen else []

    def _window_shown(self, event: WindowShown, now: float) -> Commands:
        self._alone = True
        noted = self._record(now, Side.CUSTOMER, "showed_window", event.title)
        return [noted] if self._is_seen else []

    def _window_chosen(self, event: WindowChosen, now: float) -> Commands:
        show = ShowWindow(event.window)
        if not self._is_seen:
            return self._for_later(show)
        self.grants = self.grants.switch(())
        return self._instead(show)

    def _window_closed(self, event: WindowClosed, now: float) -> Commands:
        """She has chosen nothing else, so that nothing else is shown, nor by an answer about what is gone."""
        self._alone = False
        if not self._is_seen:
            return []
        unanswered = self._withdraw()
        self.grants = self.grants.revoke(Right.VIEW)
        return [
            self._permit(),
            ReleaseAllInput(),
            ShowPointer(None),
            StopCapture(),
            *unanswered,
            Tell(messages.WindowClosed()),
            self._record(now, Side.CUSTOMER, "window_closed", event.title),
            self._tell_grants(),
        ]

    def _question_hidden(self, event: QuestionHidden, now: float) -> Commands:
        return [OpenGate()] if self.grants.open_request is None else []

    def _right_set(self, event: RightSet, now: float) -> Commands:
        if event.on and self.may_grant(event.right) and not self.grants.allows(event.right):
            return [] if self.checking else self._give(event.right, now)
        if not event.on and self.grants.allows(event.right):
            return self._take(event.right)
        return []

    def _her_turn(self, event: HerTurn, now: float) -> Commands:
        self.her_turn = event.on
        controlled = self.state is State.VISITING and self.grants.allows(Right.CONTROL)
        return [ReleaseAllInput(), self._tell_turn()] if controlled else []

    def _unguarded(self, event: Unguarded, now: float) -> Commands:
        """A question about control goes unanswered; control that was given ends, by no wish of hers."""
        about = self.grants.open_request
        asked = self._withdraw() if about is Right.CONTROL or isinstance(about, BeforeControl) else []
        if not self.grants.allows(Right.CONTROL):
            return asked
        return [*asked, *self._take(Right.CONTROL, self._record(now, Side.CUSTOMER, "unguarded"))]

    def _input_came(self, event: InputCame, now: float) -> Commands:
        if self.state is not State.VISITING or event.action.epoch != self.grants.epoch:
            return []
        if self.grants.allows(Right.CONTROL):
            return [self._inject(event)]
        if self.grants.allows(Right.POINT) and isinstance(event.action, messages.Pointer):
            return [ShowPointer(event.action)]
        return []

    def _said(self, event: Said, now: float) -> Commands:
        if self.state in (State.WAITING, State.CLOSED):
            return []
        told = [Tell(messages.Chat(event.text))] if event.who is Side.CUSTOMER else []
        noted = self._record(now, event.who, "said", size=len(event.text))
        return [noted, ShowSaid(ShownLine(event.who, event.text)), *told]

    def _summarised(self, event: Summarised, now: float) -> Commands:
        if self.state not in (State.VISITING, State.MENDING, State.GOODBYE):
            return []
        self.summary = event
        return []

    def _left(self, event: Left, now: float) -> Commands:
        here = self.state in (State.MEETING, State.VISITING, State.MENDING)
        self.ended_well = self.ended_well or self.state in (State.VISITING, State.MENDING)
        return [Tell(messages.Goodbye())] if here and event.who is Side.CUSTOMER else []

    def _gone(self, event: Gone, now: float) -> Commands:
        goes = self.state is State.GOODBYE and event.who is Side.CUSTOMER
        return [Tell(messages.Closed())] if goes else []

    # --- what her own machine asks (visit.checks) ------------------------------------------------------

    def _private_seen(self, event: PrivateSeen, now: float) -> Commands:
        if self._hidden:
            self._meanwhile = event
            return []
        self._meanwhile = None
        check = PrivateWindow(event.window, self._not_fine(event))
        if not self._is_seen or not check.signs:
            return []
        asked = self._check(check, self._record(now, Side.CUSTOMER, "private_window"))
        return [HidePicture(), *asked, Tell(messages.Happened(Why.PRIVATE))]

    def _next_private(self, now: float) -> Commands:
        """Ask about the one that came meanwhile, with the picture still hidden."""
        event, self._meanwhile = self._meanwhile, None
        if event is None or not (signs := self._not_fine(event)):
            return []
        return self._check(PrivateWindow(event.window, signs), self._record(now, Side.CUSTOMER, "private_window"))

    def _not_fine(self, event: PrivateSeen) -> tuple[Sign, ...]:
        return tuple(sign for sign in event.signs if (event.window, sign) not in self._fine)

    def _control_aged(self, event: ControlAged, now: float) -> Commands:
        if event.turn != self._turn or not self.grants.allows(Right.CONTROL):
            return []
        if self.checking:
            return [Remind(AGAIN_S, self._turn)]
        rests = self._record(now, Side.CUSTOMER, "control_rests")
        return [*self._check(StillControl(), rests), Tell(messages.Happened(Why.STILL))]

    def _covered(self, event: Covered, now: float) -> Commands:
        if not self.grants.allows(Right.CONTROL) or self._covers.passes(now):
            return []
        ended = self._take(Right.CONTROL, self._record(now, Side.CUSTOMER, "covered"))
        return [*ended, Explain("covered"), Tell(messages.Happened(Why.COVERED))]

    def _stop_wished(self, event: StopWished, now: float) -> Commands:
        """Nothing is allowed any more, if anything was, and nobody can ask for it for a while."""
        if self.state is State.MEETING:
            self.grants = self.grants.rest_all(now)  # he reads it when he asks
        if self.state not in (State.VISITING, State.MENDING):
            return []
        something = self.grants.rights or self.grants.open_request is not None
        unanswered = self._withdraw()
        self.grants = self.grants.revoke_all().rest_all(now)
        ended = [self._permit(), ReleaseAllInput(), ShowPointer(None), StopCapture(), *unanswered]
        noted = [self._record(now, Side.CUSTOMER, "stopped_all")] if something else []
        wishes: tuple[Wish, ...] = (*(right for right in Right if right in OFFERED), OtherScreens(()))
        rests = [_refusal(wish, self.grants.rest_s(wish, now), said=False) for wish in wishes]
        return [*ended, *noted, *rests, self._tell_grants(), Tell(messages.Happened(Why.STOPPED))]

    def _check(self, check: Check, noted: Record) -> Commands:
        """Ask her; whatever else was asked goes unanswered, but for the wish that this is about."""
        about = isinstance(check, BeforeControl) and self.grants.open_request is Right.CONTROL
        unanswered = [] if about else self._withdraw()
        self.grants = self.grants.ask(check)
        return [CloseGate(), ReleaseAllInput(), *unanswered, noted]

    def _passed(self, check: Check, now: float) -> Commands:
        """She answered `Go on`."""
        self.grants = self.grants.withdraw()
        match check:
            case BeforeControl():
                self.braked = True
                if not self.may_grant(Right.CONTROL):
                    return [_refusal(Right.CONTROL, 0, said=False)]
                return self._give(Right.CONTROL, now)
            case PrivateWindow():
                self._fine |= {(check.window, sign) for sign in check.signs}
                noted = self._record(now, Side.CUSTOMER, "private_fine")
                return [noted, *(self._next_private(now) or [RevealPicture(), Tell(messages.Happened(Why.GOES_ON))])]
            case StillControl():
                noted = self._record(now, Side.CUSTOMER, "control_goes_on")
                return [self._remind(), noted, Tell(messages.Happened(Why.GOES_ON))]

    def _failed(self, check: Check, now: float) -> Commands:
        """She answered that it is to end."""
        if isinstance(check, StillControl):
            return self._take(Right.CONTROL)
        return [*self._stop_wished(StopWished(), now), Explain("stopped_all")]

    def _remind(self) -> Remind:
        self._turn += 1
        return Remind(CONTROL_S, self._turn)

    # --- the one place that gives, takes and injects -------------------------------------------------

    def _give(self, right: Right, now: float) -> Commands:
        if right is Right.CONTROL and not self.braked:
            return self._check(BeforeControl(), self._record(now, Side.CUSTOMER, "asked_before_control"))
        saw = self.grants.allows(Right.VIEW)
        self.grants = self.grants.allow(right)
        started: Commands = [] if saw else [StartCapture()]
        turn = [self._tell_turn()] if self.her_turn and right is Right.CONTROL else []
        aging: Commands = [self._remind()] if right is Right.CONTROL else []
        return [self._permit(), *started, self._tell_grants(), *aging, *turn]

    def _take(self, right: Right, *noted: Record) -> Commands:
        hidden = self._hidden
        self.grants = self.grants.revoke(right)
        commands: Commands = [self._permit(), ReleaseAllInput()]
        if not self.grants.allows(Right.POINT):
            commands.append(ShowPointer(None))
        if not self.grants.allows(Right.VIEW):
            commands += [StopCapture(), *([RevealPicture()] if hidden else [])]
        return [*commands, *noted, self._tell_grants()]

    def _switch(self, names: tuple[str, ...]) -> Commands:
        """Her wish: the rights stay, but control that was given for one window is none of the whole screen."""
        if self._alone:
            self.grants = self.grants.revoke(Right.CONTROL)
        self.grants = self.grants.switch(names)
        return self._instead(ShowScreens(names))

    def _for_later(self, show: Command) -> Commands:
        """Nobody sees anything now; what an open question is about is something else from now on."""
        self.grants = self.grants.asked_anew()
        return [] if self.state is State.CLOSED else [show]

    def _instead(self, show: Command) -> Commands:
        """Show something else; input that was aimed at the other picture is stale."""
        return [self._permit(), ReleaseAllInput(), ShowPointer(None), show, self._tell_grants()]

    def _withdraw(self) -> Commands:
        """The open question goes unanswered, and who asked is told."""
        asked = self.grants.open_request
        self.grants = self.grants.withdraw()
        match asked:
            case None:
                return []
            case StillControl():
                return [Remind(AGAIN_S, self._turn)]
            case PrivateWindow():
                return [RevealPicture()]
            case BeforeControl():
                return [_refusal(Right.CONTROL, 0, said=False)]
            case _:
                return [_refusal(asked, 0, said=False)]

    def _inject(self, event: InputCame) -> Inject:
        if not self.grants.allows(Right.CONTROL):
            raise AssertionError("an injection without the right to control")
        return Inject(event.action)

    def _permit(self) -> Permit:
        return Permit(self.grants.allows(Right.CONTROL), self.grants.epoch)

    def _tell_grants(self) -> Tell:
        rights = tuple(right for right in Right if right in self.grants.rights)
        return Tell(messages.Grants(rights, self.grants.epoch))

    def _tell_turn(self) -> Tell:
        return Tell(messages.HerTurn(self.her_turn))

    def _record(self, now: float, who: Side, what: What, text: str = "", size: int = 0) -> Record:
        return Record(Entry(round(now - self._began, 3), who, what, str(text), size))

    _REACTIONS: ClassVar[dict[type[Event], Callable[..., Commands]]] = {
        FacePainted: _face_painted,
        Accepted: _accepted,
        Declined: _declined,
        Asked: _asked,
        ScreensAsked: _screens_asked,
        ScreensChosen: _screens_chosen,
        ScreensFell: _screens_fell,
        ScreensOutgrew: _screens_outgrew,
        ScreensShown: _screens_shown,
        WindowChosen: _window_chosen,
        WindowShown: _window_shown,
        WindowClosed: _window_closed,
        Answered: _answered,
        PrivateSeen: _private_seen,
        ControlAged: _control_aged,
        Covered: _covered,
        StopWished: _stop_wished,
        QuestionHidden: _question_hidden,
        RightSet: _right_set,
        HerTurn: _her_turn,
        Unguarded: _unguarded,
        InputCame: _input_came,
        Said: _said,
        Summarised: _summarised,
        Left: _left,
        Gone: _gone,
    }


def _refusal(wish: Wish, rest_s: int, *, said: bool) -> Tell:
    if isinstance(wish, OtherScreens):
        return Tell(messages.NotTheseScreens(rest_s, said))
    return Tell(messages.NotNow(wish, rest_s, said))

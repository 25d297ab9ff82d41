"""Whatever happens in whatever order, and whatever the technician sends: her computer does only what she allowed.

The decisions of ``Host`` are performed by the real injector with hands that write down what they did. Beside them
stands a much simpler book of what she did by her own hand; the hands may never do more than the book allows.
"""

import contextlib

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from remotehelp import messages
from remotehelp.customer.injector import Injector
from remotehelp.desktop.fake import FakeHands, FakeWindow
from remotehelp.errors import BackendError, ConsentError
from remotehelp.media.area import Rect
from remotehelp.messages import Right
from remotehelp.visit import commands as do
from remotehelp.visit import events as on
from remotehelp.visit.checks import CHECKS, COVER_LIMIT, COVER_S, BeforeControl, PrivateWindow, Sign, StillControl
from remotehelp.visit.events import Side
from remotehelp.visit.grants import OFFERED, OtherScreens
from remotehelp.visit.host import Host
from remotehelp.visit.machine import State
from tests.helpers.places import place_at

MONITOR = Rect(0, 0, 640, 480)
OUR_WINDOW, OTHER_WINDOW = 7, 8
LET_IN = (on.PeerVerified(), on.FacePainted(), on.Accepted())
BRAKED = (on.RightSet(Right.CONTROL, True), on.Answered(True), on.QuestionHidden())
IN_CONTROL = (*LET_IN, *BRAKED, on.InputCame(messages.Key("ShiftLeft", True, 0)))
BEGINNINGS = {
    "code shown": (),
    "met, no face yet": (on.PeerVerified(),),
    "let in, no face yet": (on.PeerVerified(), on.Accepted()),
    "let in": LET_IN,
    "in control, a key held": IN_CONTROL,
    "line lost": (*IN_CONTROL, on.LineLost()),
}
LETTERS = st.sampled_from(["KeyA", "Enter", "Space", "Tab", "NoSuchKey"])
SCREENS = st.sampled_from([("one",), ("two",), ("one", "two")])
PLACES = st.integers(0, 16383) | st.integers(0, 640)
WORDS = [
    on.Said(Side.CUSTOMER, "Hello"),
    on.Said(Side.TECHNICIAN, "Please press Allow"),
    on.Summarised("Everything", "Nothing"),
    on.RightsCame(frozenset(Right), 0),  # only her own machine says this
    on.NotNowCame(Right.CONTROL, 0),
]
ENDS = [on.GaveUp(), on.Misbehaved("message_too_long"), on.CodeExpired(), on.Declined()]
ENDS += [kind(who) for kind in (on.Left, on.Gone) for who in Side]


class Book:
    """What she did by her own hand, and what her computer was told to do about it."""

    def __init__(self):
        self.face = False
        self.braked = False  # she said once that nothing looks like a swindle
        self.fine = set()  # private windows that she said may be seen
        self.hidden = False
        self.meanwhile = None  # the private window that came last while another was asked about
        self.covers = []  # when
        self.question = None  # what the dialog asks for
        self.wished = self.shown = ("one",)  # the screens that she chose, and those that are shown
        self.control = False  # she gave it, and nothing has taken it back
        self.works = True  # whether what she chooses can be shown
        self.capturing = False
        self.gate_open = True
        self.closed = 0

    def she(self, event, visiting):
        """Write down what she did: nothing counts outside a visit, and the face comes before the hands."""
        match event:
            case on.FacePainted():
                self.face = True
            case on.Answered(allow=allow):
                question, self.question = self.question, None
                self.yes(question) if allow else self.no(question)
            case on.ScreensChosen(names=names):
                self.wishes(names)
                self.question = None if self.question == OtherScreens(names) else self.question
            case on.WindowChosen(window=window):
                self.wishes(window)
            case on.RightSet(right=right, on=True) if visiting and (right is not Right.CONTROL or self.face):
                if not isinstance(self.question, CHECKS):
                    self.control |= right is Right.CONTROL and self.braked
                    self.question = None if right is self.question else self.question
            case on.RightSet(right=Right.CONTROL | Right.VIEW as right, on=False):
                self.control = False
                blind = right is Right.VIEW and isinstance(self.question, OtherScreens | PrivateWindow)
                if blind or isinstance(self.question, StillControl):
                    self.question = None
            case on.StopWished():
                self.control, self.question = False, None

    def yes(self, question):
        """Control comes only after she said once that nothing looks like a swindle."""
        match question:
            case Right.CONTROL:
                self.control |= self.face and self.braked
            case BeforeControl():
                self.braked = True
                self.control |= self.face
            case PrivateWindow():
                self.fine.add(question)
            case OtherScreens(names):
                self.wishes(names)

    def no(self, question):
        """A swindle ends all; control that is not wanted any more ends itself."""
        self.control &= not isinstance(question, CHECKS)

    def wishes(self, what):
        """She wants this to be shown: control of one window is none of the whole screen."""
        self.control &= isinstance(self.shown, tuple) or not isinstance(what, tuple)
        self.wished = what if self.works else self.wished


class AnyVisit(RuleBasedStateMachine):
    """The rules are all that can happen; what must never come of it is checked after each."""

    @initialize(beginning=st.sampled_from(sorted(BEGINNINGS)))
    def begin(self, beginning):
        self.now, self.turn = 0.0, 0
        self.host = Host()
        self.book = Book()
        self.hands = FakeHands()
        self.hands.windows = [FakeWindow(OTHER_WINDOW, MONITOR), FakeWindow(OUR_WINDOW, Rect(0, 0, 320, 480))]
        self.injector = Injector(self.hands)
        self.injector.know_own([OUR_WINDOW])
        self.injector.permit(False, -1)
        for event in BEGINNINGS[beginning]:
            self.happens(event, by=Side.CUSTOMER)

    # --- what she does -------------------------------------------------------------------------------

    @rule()
    def she_sees_the_face(self):
        self.happens(on.FacePainted(), by=Side.CUSTOMER)

    @rule()
    def she_accepts(self):
        self.happens(on.Accepted(), by=Side.CUSTOMER)

    @rule(allow=st.booleans())
    def she_answers(self, allow):
        self.happens(on.Answered(allow), by=Side.CUSTOMER)

    @rule()
    def her_dialog_has_left_the_screen(self):
        self.happens(on.QuestionHidden(), by=Side.CUSTOMER)

    @rule(right=st.sampled_from(Right), on_=st.booleans())
    def she_ticks(self, right, on_):
        self.happens(on.RightSet(right, on_), by=Side.CUSTOMER)

    @rule()
    def she_gives_control(self):
        self.happens(on.RightSet(Right.CONTROL, True), by=Side.CUSTOMER)

    @rule(right=st.sampled_from(sorted(OFFERED)))
    def she_takes_back(self, right):
        self.happens(on.RightSet(right, False), by=Side.CUSTOMER)

    @rule(names=SCREENS)
    def she_chooses_screens(self, names):
        self.happens(on.ScreensChosen(names), by=Side.CUSTOMER)

    @rule(window=st.sampled_from([OTHER_WINDOW, 9]))
    def she_chooses_a_window(self, window):
        self.happens(on.WindowChosen(window, "a window"), by=Side.CUSTOMER)

    @rule()
    def what_she_chooses_can_not_be_shown_from_now_on(self):
        self.book.works = False

    @rule()
    def what_she_chooses_can_be_shown_again(self):
        self.book.works = True

    @precondition(lambda self: not isinstance(self.book.shown, tuple))
    @rule()
    def the_window_that_is_shown_is_closed(self):
        seen = self.book.capturing
        self.book.wished = self.book.shown = ("one",)  # what could be allowed next
        self.happens(on.WindowClosed("a window"))
        if seen:
            self.book.control, self.book.question = False, None
            assert not self.book.capturing
            assert not self.host.grants.rights

    @precondition(lambda self: isinstance(self.book.shown, tuple))
    @rule(left=SCREENS, gone=st.booleans())
    def of_the_screens_some_are_left(self, left, gone):
        seen = self.book.capturing
        self.happens(on.ScreensFell("gone", left) if gone else on.ScreensOutgrew(left))
        if seen:
            assert self.book.shown == left
            self.book.wished, self.book.control = left, False
            self.book.question = self.book.question if self.book.hidden else None
            assert not self.host.grants.allows(Right.CONTROL)

    # --- what her own machine notices ------------------------------------------------------------------

    @rule()
    def she_stops_everything_that_is_allowed(self):
        self.happens(on.StopWished(), by=Side.CUSTOMER)
        assert not self.host.grants.rights

    @rule(window=st.sampled_from([OTHER_WINDOW, 9]), word=st.sampled_from(["bank", "wallet"]))
    def a_private_window_comes_to_the_front(self, window, word):
        fine = PrivateWindow(window, (Sign(word),)) in self.book.fine
        if self.book.hidden:
            self.book.meanwhile = PrivateWindow(window, (Sign(word),))
        self.happens(on.PrivateSeen(window, (Sign(word),)))
        assert not self.book.capturing or fine or self.book.hidden

    @rule(late=st.booleans())
    def control_has_aged(self, late):
        self.happens(on.ControlAged(self.turn - late))

    @rule()
    def the_frame_is_covered(self):
        if self.book.control:
            self.book.covers = [when for when in self.book.covers if self.now - when < COVER_S]
            if len(self.book.covers) == COVER_LIMIT:
                self.book.control = False
                self.book.question = None if isinstance(self.book.question, StillControl) else self.book.question
            else:
                self.book.covers.append(self.now)
        self.happens(on.Covered())

    @rule()
    def our_own_program_fails(self):
        self.happens(on.Failed())
        self.book.control, self.book.question = False, None
        assert self.host.state is State.CLOSED

    # --- what the technician sends, in and out of turn -------------------------------------------------

    @rule(right=st.sampled_from([*Right, *sorted(OFFERED)]))
    def they_ask(self, right):
        self.happens(on.Asked(right))

    @rule(names=SCREENS, there=st.booleans())
    def they_ask_for_screens(self, names, there):
        self.happens(on.ScreensAsked(names, there))

    @rule(code=LETTERS, down=st.sampled_from([True, True, False]), off=st.sampled_from([0, 0, 0, -1, 1]))
    def they_type(self, code, down, off):
        self.happens(on.InputCame(messages.Key(code, down, max(0, self.host.grants.epoch + off))))

    @rule(button=st.integers(1, 9), down=st.booleans(), x=PLACES, y=PLACES, off=st.sampled_from([0, 0, 0, -1]))
    def they_press(self, button, down, x, y, off):
        self.happens(on.InputCame(messages.Button(button, down, x, y, max(0, self.host.grants.epoch + off))))

    @rule(dy=st.integers(-12000, 12000), x=PLACES, y=PLACES)
    def they_turn_the_wheel(self, dy, x, y):
        self.happens(on.InputCame(messages.Wheel(0, dy, x, y, self.host.grants.epoch)))

    @rule(x=PLACES, y=PLACES, epoch=st.integers(0, 3))
    def they_point(self, x, y, epoch):
        self.happens(on.InputCame(messages.Pointer(x, y, 1, epoch)))

    @rule(event=st.sampled_from(WORDS))
    def words_are_sent(self, event):
        self.happens(event)

    # --- the line, the end, the time -------------------------------------------------------------------

    @rule(event=st.sampled_from([on.PeerVerified(), on.LineLost(), on.LineBack(), on.LineBack()]))
    def the_line_does_this(self, event):
        self.happens(event)

    @rule(event=st.sampled_from(ENDS))
    def it_ends(self, event):
        self.happens(event)

    @rule(seconds=st.sampled_from([0.5, 60, 300, 3000]))
    def time_goes_by(self, seconds):
        self.now += seconds

    # --- performing, and what may never come of it -----------------------------------------------------

    def happens(self, event, by=None):
        before, state, asked = self.host.grants, self.host.state, self.book.question
        shown, seen = self.book.shown, self.book.capturing
        if by is Side.CUSTOMER:
            self.book.she(event, state is State.VISITING)
        commands = self.host.handle(event, self.now)
        if state is State.VISITING is not self.host.state:
            self.book.control, self.book.question, self.book.hidden = False, None, False
        self.due = []
        for command in commands:
            self.perform(command, event)
        for told in self.due:
            assert all(isinstance(command, do.Record) for command in self.host.handle(told, self.now))
        self.gained(event, by, before.rights, asked)
        self.lost(before)
        if seen and self.book.shown != shown:
            assert self.host.grants.epoch > before.epoch, "input for the old picture reaches the new one"
        grants = self.host.grants
        if grants.open_request is not None and (grants.rights != before.rights or self.book.shown != shown):
            assert grants.question > before.question, "she answers to words that are not true any more"
        if isinstance(self.book.shown, tuple) and not isinstance(shown, tuple):
            assert not self.host.grants.allows(Right.CONTROL), "control of one window became control of all"

    def perform(self, command, event):
        match command:
            case do.Inject(action=action):
                assert isinstance(event, on.InputCame)
                assert event.action == action
                self.inject(action)
            case do.Permit(control=control, epoch=epoch):
                self.injector.permit(control, epoch)
            case do.ReleaseAllInput():
                self.injector.release_all()
            case do.CloseGate():
                asked = self.asked_by(event)
                assert self.book.question is None or isinstance(asked, CHECKS), "a second question"
                assert not isinstance(asked, BeforeControl) or not self.book.braked
                self.book.question, self.book.gate_open = asked, False
                self.injector.close_gate()
            case do.HidePicture():
                assert not self.book.hidden
                self.book.hidden, self.book.meanwhile = True, None
            case do.RevealPicture():
                self.book.hidden = False
            case do.Remind(turn=turn):
                self.turn = turn
            case do.OpenGate():
                self.book.gate_open = True
                self.injector.open_gate()
            case do.ShowScreens(names=names):
                self.show(names, on.ScreensShown(names))
            case do.ShowWindow(window=window):
                self.show(window, on.WindowShown("a window"))
            case do.ShowLeft(names=names):
                assert self.hands.held() == frozenset(), "something is held over to another screen"
                self.book.shown = names
            case do.StartCapture():
                self.book.capturing = True
            case do.StopCapture():
                self.book.capturing = False
            case do.ClosePeer():
                self.book.closed += 1

    def asked_by(self, event):
        """What she is asked because of this event."""
        match event:
            case on.Asked(right=right):
                return right
            case on.ScreensAsked(names=names):
                return OtherScreens(names)
            case on.PrivateSeen(window=window, signs=signs):
                return PrivateWindow(window, signs)
            case on.ControlAged():
                return StillControl()
            case on.Answered(allow=True) if self.book.hidden:
                assert self.book.meanwhile not in self.book.fine
                return self.book.meanwhile
            case on.Answered(allow=True) | on.RightSet(right=Right.CONTROL, on=True):
                return BeforeControl()
        raise AssertionError(f"{event} asks her nothing")

    def show(self, what, shown):
        """As she chose, if it can be."""
        assert self.hands.held() == frozenset(), "something is held over to another picture"
        if self.book.works:
            self.book.shown = what
            self.due.append(shown)

    def inject(self, action):
        assert self.book.control, "she did not give control, or took it back since"
        assert self.book.face, "hands before the face"
        assert self.host.state is State.VISITING
        assert action.epoch == self.host.grants.epoch
        done = len(self.hands.done)
        with contextlib.suppress(ConsentError, BackendError):
            self.injector.inject(action, place_at(MONITOR))
        if len(self.hands.done) > done:
            assert self.book.question is None, "something was pressed behind a question"
            assert self.book.gate_open
            target, performed = self.hands.done[-1]
            assert target != OUR_WINDOW or not getattr(performed, "down", True), "our own window was pressed"

    def gained(self, event, by, before, asked):
        new = self.host.grants.rights - before
        if new:
            assert by is Side.CUSTOMER, f"{event} granted {new}"
            given = asked if isinstance(event, on.Answered) and event.allow else None
            given = Right.CONTROL if isinstance(given, BeforeControl) else given
            if isinstance(event, on.RightSet) and event.on:
                given = event.right
            assert given is not None, f"{event} is no yes"
            assert new <= {given, Right.VIEW}

    def lost(self, before):
        grants = self.host.grants
        assert grants.epoch >= before.epoch
        if before.rights - grants.rights:
            assert grants.epoch > before.epoch, "taken back under the old epoch"
        if Right.CONTROL in before.rights - grants.rights:
            assert self.hands.held() == frozenset(), "something stays pressed"

    @invariant()
    def control_is_hers_to_give(self):
        assert self.host.grants.allows(Right.CONTROL) == self.book.control
        assert not self.book.control or self.book.face

    @invariant()
    def what_is_shown_is_what_she_chose(self):
        if self.host.state is not State.CLOSED:
            assert self.book.shown == self.book.wished

    @invariant()
    def the_picture_leaves_exactly_while_it_may(self):
        seen = self.host.state is State.VISITING and self.host.grants.allows(Right.VIEW)
        assert self.book.capturing == seen
        assert not seen or self.book.hidden == isinstance(self.book.question, PrivateWindow)

    @invariant()
    def the_gate_is_closed_while_a_question_is_open(self):
        assert self.host.grants.open_request == self.book.question
        assert self.book.question is None or not self.book.gate_open

    @invariant()
    def without_control_nothing_is_held(self):
        assert self.book.control or self.hands.held() == frozenset()

    @invariant()
    def behind_a_question_nothing_is_held(self):
        assert self.book.question is None or self.hands.held() == frozenset()

    @invariant()
    def in_a_goodbye_no_right_is_left(self):
        if self.host.state in (State.GOODBYE, State.CLOSED):
            assert self.host.grants.rights == frozenset()
            assert self.host.grants.open_request is None
        assert self.book.closed == (self.host.state is State.CLOSED)

    @invariant()
    def while_the_line_is_mended_at_most_the_view_is_left(self):
        if self.host.state is State.MENDING:
            assert self.host.grants.rights <= {Right.VIEW}


AnyVisit.TestCase.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)
TestAnyVisit = AnyVisit.TestCase

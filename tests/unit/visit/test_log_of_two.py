"""Two honest programs, whatever happens between them: the log is never refused, and both have the same bytes."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from remotehelp import messages
from remotehelp.customer.log_writer import LogWriter
from remotehelp.messages import Right
from remotehelp.technician.log_copy import LogCopy
from remotehelp.visit import commands as do
from remotehelp.visit import events as on
from remotehelp.visit.events import Side
from remotehelp.visit.guest import Guest
from remotehelp.visit.host import Host
from remotehelp.visit.machine import State
from tests.helpers.pacts import pacts
from tests.helpers.stories import verify

OVER = (State.GOODBYE, State.CLOSED)
HERS = (
    *(on.RightSet(right, given) for right in (Right.VIEW, Right.POINT, Right.CONTROL) for given in (True, False)),
    on.Answered(True),
    on.Answered(False),
    on.Said(Side.CUSTOMER, "Hello"),
    on.ScreensChosen(("two",)),
    on.WindowShown("Letter"),
    on.WindowClosed("Letter"),
    on.ScreensFell("two", ("one",)),
    on.PrivateSeen(7, "bank"),
    on.StopWished(),
    on.LineLost(),
    on.LineBack(),
    on.Left(Side.CUSTOMER),
    on.Misbehaved("too_much_at_once"),
)
HIS = (
    *(on.Asked(right) for right in (Right.VIEW, Right.POINT, Right.CONTROL)),
    on.ScreensAsked(("two",), there=True),
    on.Said(Side.TECHNICIAN, "Good day"),
    on.LineLost(),
    on.LineBack(),
    on.Left(Side.TECHNICIAN),
)
#: "his 3", "hers 1": so many messages arrive; "later": half a minute goes by; "cut": what is on its way is lost, and so
#: is what follows, until the line is made "anew"
ARRIVE = tuple((side, count) for side in ("hers", "his") for count in (1, 3, 50))
STEPS = st.one_of(
    st.tuples(st.just("she"), st.sampled_from(HERS)),
    st.tuples(st.just("he"), st.sampled_from(HIS)),
    st.sampled_from(ARRIVE),
    st.just(("later", 0)),
    st.sampled_from((("cut", 0), ("anew", 0))),
)


@dataclass
class Two:
    """Both sides' decisions and logs, and the two ways of `control` between them."""

    now: float = 0.0
    to_him: deque[messages.Message] = field(default_factory=deque)
    to_her: deque[messages.Message] = field(default_factory=deque)
    troubles: list[str] = field(default_factory=list)
    down: bool = False

    def __post_init__(self) -> None:
        hers, his = pacts()
        self.host, self.guest = Host(), Guest()
        self.writer = LogWriter(lambda: self.now, lambda: self.now, self.to_him.append, self._visiting, lambda: None)
        self.copy = LogCopy(
            self.to_her.append, lambda: self.guest.state in OVER, lambda: None, lambda e: self.troubles.append(e.key)
        )
        self.writer.open(hers)
        self.copy.open(his)
        self.writer.begin()
        self.she(on.PeerVerified())
        self.he(on.PeerVerified())
        for event in (on.FacePainted(), on.Accepted()):
            self.she(event)

    def _visiting(self) -> bool:
        return self.host.state is State.VISITING

    def she(self, event: on.Event) -> None:
        """As ``CustomerVisit`` does."""
        if isinstance(event, on.Misbehaved):
            self.to_him.append(messages.Goodbye())
        state, rights = self.host.state, self.host.grants.rights
        for command in self.host.handle(event, self.now):
            if isinstance(command, do.Tell):
                self.to_him.append(command.message)
            elif isinstance(command, do.Record):
                self.writer.write(command.entry)
        if state is not self.host.state and self.host.state in OVER:
            self.writer.close(reachable=state is not State.MENDING)
        if self.host.grants.rights != rights or event == on.Accepted():
            self.writer.rights_changed()

    def he(self, event: on.Event) -> None:
        """As ``TechnicianVisit`` does."""
        for command in self.guest.handle(event, self.now):
            if isinstance(command, do.Tell):
                self.copy.witness.did(command.message)
                self.to_her.append(command.message)

    def arrive(self, side: str, count: int) -> None:
        """So many messages arrive at this side."""
        if self.down:
            return
        queue, take = (self.to_him, self._he_hears) if side == "his" else (self.to_her, self._she_hears)
        for _ in range(min(count, len(queue))):
            take(queue.popleft())

    def cut(self) -> None:
        """The connection is dead, and she misses it first."""
        if self.host.state in (State.VISITING, State.MENDING):
            self.down = True
            self.she(on.LineLost())

    def anew(self) -> None:
        """Another connection, as ``customer/visit.py`` and ``technician/visit.py`` go over to it."""
        if self.down and self.host.state is State.MENDING and self.guest.state in (State.VISITING, State.MENDING):
            self.down = False
            self.to_him.clear()
            self.to_her.clear()
            self.writer.begin()
            self.she(on.LineBack())
            self.he(on.LineBack())

    def settle(self) -> None:
        while not self.down and (self.to_him or self.to_her):
            self.arrive("his", 1)
            self.arrive("hers", 1)

    def _he_hears(self, message: messages.Message) -> None:
        match message:
            case messages.Accept():
                self.he(on.Accepted())
            case messages.Grants(rights=rights, epoch=epoch):
                self.copy.witness.told(frozenset(rights))
                self.he(on.RightsCame(frozenset(rights), epoch))
            case messages.NotNow(right=right, rest_s=rest_s, said=said):
                self.he(on.NotNowCame(right, rest_s, said))
            case messages.Goodbye():
                self.he(on.Left(Side.CUSTOMER))
            case messages.LogLine():
                self.copy.take(message)
            case messages.LogHead():
                self.copy.sign(message)

    def _she_hears(self, message: messages.Message) -> None:
        match message:
            case messages.Ask(right=right):
                self.she(on.Asked(right))
            case messages.AskScreens(names=names):
                self.she(on.ScreensAsked(names, there=True))
            case messages.Chat(text=text):
                self.she(on.Said(Side.TECHNICIAN, text))
            case messages.Goodbye():
                self.she(on.Left(Side.TECHNICIAN))
            case messages.LogSigned():
                self.writer.signed(message)
            case messages.LogNotSigned():
                self.writer.not_signed(message)


@given(st.lists(STEPS, max_size=40))
@settings(max_examples=150, deadline=None)
def test_between_two_honest_programs_the_log_is_never_refused_and_the_same(steps: list[tuple[str, object]]) -> None:
    two = Two()
    for what, detail in steps:
        match what, detail:
            case "she", on.Event():
                two.she(detail)
            case "he", on.Event():
                two.he(detail)
            case "later", _:
                two.now += 30
                two.writer.look()
            case "cut", _:
                two.cut()
            case "anew", _:
                two.anew()
            case side, int():
                two.arrive(side, detail)
    two.anew()
    two.settle()
    two.writer.look()
    two.settle()
    assert two.troubles == []
    if two.down:
        return
    assert two.copy.story.as_lines() == two.writer.story.as_lines()
    found = verify(two.copy.story.as_lines())
    in_time = not {("later", 0), ("cut", 0), ("she", on.LineLost())} & set(steps)
    assert not in_time or (found.signed_upto > 0 and found.whole is (two.host.state in OVER))

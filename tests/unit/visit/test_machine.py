"""Every road of a visit as a playbook, on both sides; and that nothing else is a road."""

import pytest

from remotehelp import messages
from remotehelp.messages import Right
from remotehelp.visit.checks import CONTROL_S, Sign
from remotehelp.visit.commands import (
    CloseGate,
    ClosePeer,
    OpenGate,
    Permit,
    ReleaseAllInput,
    Remind,
    ShowPointer,
    StartCapture,
    StartMending,
    StopCapture,
    StopMending,
    Tell,
)
from remotehelp.visit.events import (
    Accepted,
    Answered,
    Asked,
    BadgeLapsed,
    CodeExpired,
    ControlAged,
    Covered,
    Declined,
    Event,
    FacePainted,
    Failed,
    GaveUp,
    Gone,
    HerTurn,
    HerTurnCame,
    InputCame,
    Left,
    LineBack,
    LineLost,
    Misbehaved,
    NotNowCame,
    PeerVerified,
    PrivateSeen,
    QuestionHidden,
    RightsCame,
    RightSet,
    Said,
    ScreensAsked,
    ScreensCame,
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
from remotehelp.visit.guest import Guest
from remotehelp.visit.host import Host
from remotehelp.visit.machine import ON_ENTRY, ON_EXIT, TRANSITIONS, State, crossing, next_state
from tests.helpers.playbook import Playbook, at, heard, noted
from tests.helpers.visits import guest, host

C, T = Side.CUSTOMER, Side.TECHNICIAN
WAITING, MEETING, VISITING = State.WAITING, State.MEETING, State.VISITING
MENDING, GOODBYE, CLOSED = State.MENDING, State.GOODBYE, State.CLOSED

#: one of each event that can happen
EVENTS = {
    type(event): event
    for event in (
        Accepted(),
        Answered(True),
        Asked(Right.VIEW),
        BadgeLapsed(),
        CodeExpired(),
        ControlAged(0),
        Covered(),
        Declined(),
        FacePainted(),
        Failed(),
        GaveUp(),
        Gone(C),
        HerTurn(True),
        HerTurnCame(True),
        InputCame(messages.Key("KeyA", True, 0)),
        Left(C),
        LineBack(),
        LineLost(),
        Misbehaved("message_too_long"),
        NotNowCame(Right.VIEW, 0),
        PeerVerified(),
        PrivateSeen(7, (Sign("bank"),)),
        QuestionHidden(),
        RightSet(Right.VIEW, True),
        RightsCame(frozenset({Right.VIEW}), 1),
        Said(C, "Hello"),
        ScreensAsked(("two",), there=True),
        ScreensCame(("two",)),
        ScreensChosen(("two",)),
        ScreensFell("one", ("two",)),
        ScreensOutgrew(("two",)),
        ScreensShown(("two",)),
        StopWished(),
        Summarised("paper", "removed it"),
        Unguarded(),
        WindowChosen(7, "Printers"),
        WindowClosed("Printers"),
        WindowShown("Printers"),
    )
}
ROADS = [(state, event) for state, roads in TRANSITIONS.items() for event in roads]
NO_ROADS = [(state, event) for state in State for event in EVENTS if event not in TRANSITIONS[state]]

BACK = (ReleaseAllInput(), StopCapture())  # leaving VISITING, by any road
LAPSED = tuple(noted(60, C, "lapsed", right) for right in (Right.VIEW, Right.CONTROL))


def nothing(epoch):
    """What the customer's machine does when all rights end."""
    return (Permit(False, epoch), ShowPointer(None))


#: What the customer's side asks for on each road, a minute into it. Where a visit goes on she had ticked `control`.
HOST = {
    (WAITING, PeerVerified): (),
    (WAITING, CodeExpired): (*nothing(1), ClosePeer()),
    (WAITING, Misbehaved): (noted(60, C, "misbehaved"), *nothing(1), ClosePeer()),
    (WAITING, Failed): (noted(60, C, "failed"), *nothing(1), ClosePeer()),
    (MEETING, Accepted): (
        Tell(messages.Accept()),
        noted(60, C, "accepted"),
        Tell(messages.Grants((), 0)),
    ),
    (MEETING, Declined): (Tell(messages.Decline()), noted(60, C, "declined"), *nothing(1), ClosePeer()),
    (MEETING, Left): (Tell(messages.Goodbye()), noted(60, C, "left"), *nothing(1), ClosePeer()),
    (MEETING, LineLost): (noted(60, C, "line_lost"), *nothing(1), ClosePeer()),
    (MEETING, GaveUp): (noted(60, C, "gave_up"), *nothing(1), ClosePeer()),
    (MEETING, Misbehaved): (noted(60, C, "misbehaved"), *nothing(1), ClosePeer()),
    (MEETING, Failed): (noted(60, C, "failed"), *nothing(1), ClosePeer()),
    (VISITING, Left): (Tell(messages.Goodbye()), noted(60, C, "left"), *nothing(1), *BACK, OpenGate(), *LAPSED),
    (VISITING, LineLost): (
        noted(60, C, "line_lost"),
        *nothing(1),
        *BACK,
        StartMending(),
        OpenGate(),
        LAPSED[1],
    ),
    (VISITING, GaveUp): (noted(60, C, "gave_up"), *nothing(1), *BACK, OpenGate(), *LAPSED),
    (VISITING, Misbehaved): (noted(60, C, "misbehaved"), *nothing(1), *BACK, OpenGate(), *LAPSED),
    (VISITING, Failed): (noted(60, C, "failed"), *nothing(1), *BACK, ClosePeer(), OpenGate(), *LAPSED),
    (MENDING, LineBack): (
        noted(60, C, "line_back"),
        StopMending(),
        StartCapture(),
        Tell(messages.Grants((Right.VIEW,), 1)),
    ),
    (MENDING, GaveUp): (noted(60, C, "gave_up"), *nothing(2), StopMending(), LAPSED[0]),
    (MENDING, BadgeLapsed): (noted(60, C, "badge_lapsed"), *nothing(2), StopMending(), LAPSED[0]),
    (MENDING, Left): (Tell(messages.Goodbye()), noted(60, C, "left"), *nothing(2), StopMending(), LAPSED[0]),
    (MENDING, Misbehaved): (noted(60, C, "misbehaved"), *nothing(2), StopMending(), LAPSED[0]),
    (MENDING, Failed): (noted(60, C, "failed"), *nothing(2), StopMending(), ClosePeer(), LAPSED[0]),
    (GOODBYE, Gone): (Tell(messages.Closed()), *nothing(2), ClosePeer()),
    (GOODBYE, Misbehaved): (noted(60, C, "misbehaved"), *nothing(2), ClosePeer()),
    (GOODBYE, Failed): (noted(60, C, "failed"), *nothing(2), ClosePeer()),
}

#: The same on the technician's side; whoever leaves or goes is the customer.
GUEST = {
    (WAITING, PeerVerified): (),
    (WAITING, CodeExpired): (ClosePeer(),),
    (WAITING, Misbehaved): (ClosePeer(),),
    (WAITING, Failed): (ClosePeer(),),
    (MEETING, Accepted): (),
    (MEETING, Declined): (ClosePeer(),),
    (MEETING, Left): (ClosePeer(),),
    (MEETING, LineLost): (ClosePeer(),),
    (MEETING, GaveUp): (ClosePeer(),),
    (MEETING, Misbehaved): (ClosePeer(),),
    (MEETING, Failed): (ClosePeer(),),
    (VISITING, Left): BACK,
    (VISITING, LineLost): (*BACK, StartMending()),
    (VISITING, GaveUp): BACK,
    (VISITING, Misbehaved): BACK,
    (VISITING, Failed): (*BACK, ClosePeer()),
    (MENDING, LineBack): (StopMending(),),
    (MENDING, GaveUp): (StopMending(),),
    (MENDING, BadgeLapsed): (StopMending(),),
    (MENDING, Left): (StopMending(),),
    (MENDING, Misbehaved): (StopMending(),),
    (MENDING, Failed): (StopMending(), ClosePeer()),
    (GOODBYE, Gone): (ClosePeer(),),
    (GOODBYE, Misbehaved): (ClosePeer(),),
    (GOODBYE, Failed): (ClosePeer(),),
}


def name(value):
    """A state's or an event's name, for the test's."""
    return value.value if isinstance(value, State) else value.__name__


def test_every_event_and_every_road_has_its_playbook():
    assert EVENTS.keys() == set(Event.__subclasses__())
    assert len(ROADS) >= 19
    assert list(HOST) == list(GUEST) == ROADS
    assert TRANSITIONS.keys() == set(State)


@pytest.mark.parametrize(("state", "event"), ROADS, ids=name)
def test_a_road_on_the_customers_side(state, event):
    machine = host(state, given=[Right.CONTROL])
    chart = Playbook(machine) >> at(60, EVENTS[event])
    for command in HOST[state, event]:
        chart << command
    assert chart
    assert machine.state is TRANSITIONS[state][event]


@pytest.mark.parametrize(("state", "event"), ROADS, ids=name)
def test_a_road_on_the_technicians_side(state, event):
    machine = guest(state, given=[Right.VIEW, Right.CONTROL])
    chart = Playbook(machine) >> at(60, EVENTS[event])
    for command in GUEST[state, event]:
        chart << command
    assert chart
    assert machine.state is TRANSITIONS[state][event]


@pytest.mark.parametrize("side", [host, guest])
@pytest.mark.parametrize(("state", "event"), ROADS, ids=name)
def test_leaving_and_entering_run_their_commands_in_order_on_every_road(side, state, event):
    new = TRANSITIONS[state][event]
    commands = side(state, given=[Right.VIEW, Right.CONTROL]).handle(EVENTS[event], 60)
    owed = [*ON_EXIT.get(state, ()), *ON_ENTRY.get(new, ())]
    assert [command for command in commands if command in owed] == owed == crossing(state, new)


@pytest.mark.parametrize("side", [host, guest])
@pytest.mark.parametrize(("state", "event"), NO_ROADS, ids=name)
def test_an_event_that_is_no_road_leads_nowhere(side, state, event):
    machine = side(state)
    commands = machine.handle(EVENTS[event], 60)
    assert next_state(state, EVENTS[event]) is None
    assert machine.state is state
    assert ClosePeer() not in commands


@pytest.mark.parametrize("side", [host, guest])
@pytest.mark.parametrize("event", EVENTS, ids=name)
def test_a_closed_visit_does_nothing_more(side, event):
    hidden = [OpenGate()] if event is QuestionHidden and side is host else []  # of no use to anybody by now
    assert side(CLOSED).handle(EVENTS[event], 60) == hidden


def test_leaving_a_visit_releases_the_input_before_anything_else_of_the_crossing():
    assert crossing(VISITING, CLOSED) == [ReleaseAllInput(), StopCapture(), ClosePeer()]
    assert crossing(WAITING, MEETING) == []


@pytest.mark.parametrize("new", [VISITING, GOODBYE, CLOSED])
def test_no_road_out_of_mending_leaves_it_running(new):
    assert crossing(VISITING, MENDING) == [ReleaseAllInput(), StopCapture(), StartMending()]
    assert crossing(MENDING, new)[0] == StopMending()


# --- two stories to be read aloud -------------------------------------------------------------------


def test_a_whole_visit_on_the_customers_side():
    key = messages.Key("Enter", True, 0)
    machine = Host()
    assert (
        Playbook(machine)
        >> PeerVerified()
        >> FacePainted()
        >> at(5, Accepted())
        << Tell(messages.Accept())
        << noted(5, C, "accepted")
        << Tell(messages.Grants((), 0))
        >> at(9, RightSet(Right.VIEW, True))
        << noted(9, C, "allowed", "view")
        << Permit(False, 0)
        << StartCapture()
        << Tell(messages.Grants((Right.VIEW,), 0))
        >> at(12, InputCame(key))
        >> at(18, RightSet(Right.CONTROL, True))
        << CloseGate()
        << ReleaseAllInput()
        << noted(18, C, "asked_before_control")
        >> at(20, Answered(True))
        << noted(20, C, "allowed", "control")
        << Permit(True, 0)
        << Tell(messages.Grants((Right.VIEW, Right.CONTROL), 0))
        << Remind(CONTROL_S, 1)
        >> QuestionHidden()
        << OpenGate()
        >> at(30, Said(T, "I have found it."))
        << noted(30, T, "said", size=16)
        << heard(T, "I have found it.")
        >> at(40, LineLost())
        << noted(40, C, "line_lost")
        << Permit(False, 1)
        << ShowPointer(None)
        << ReleaseAllInput()
        << StopCapture()
        << StartMending()
        << OpenGate()
        << noted(40, C, "lapsed", "control")
        >> at(41, InputCame(key))
        >> at(42, LineBack())
        << noted(42, C, "line_back")
        << StopMending()
        << StartCapture()
        << Tell(messages.Grants((Right.VIEW,), 1))
        >> at(43, InputCame(key))
        >> at(50, Left(T))
        << noted(50, T, "left")
        << Permit(False, 2)
        << ShowPointer(None)
        << ReleaseAllInput()
        << StopCapture()
        << OpenGate()
        << noted(50, C, "lapsed", "view")
        >> at(70, Summarised("The queue had stopped.", "Started it."))
        >> at(80, Gone(C))
        << Tell(messages.Closed())
        << Permit(False, 3)
        << ShowPointer(None)
        << ClosePeer()
    )
    assert machine.state is CLOSED


def test_a_whole_visit_on_the_technicians_side():
    machine = Guest()
    assert (
        Playbook(machine)
        >> PeerVerified()
        >> at(3, Asked(Right.VIEW))
        >> at(5, Accepted())
        >> RightsCame(frozenset(), 0)
        >> at(7, Asked(Right.VIEW))
        << Tell(messages.Ask(Right.VIEW))
        >> at(8, Asked(Right.CONTROL))
        >> at(9, RightsCame(frozenset({Right.VIEW}), 0))
        >> at(10, Asked(Right.CONTROL))
        << Tell(messages.Ask(Right.CONTROL))
        >> at(14, NotNowCame(Right.CONTROL, 0))
        >> at(40, Left(T))
        << Tell(messages.Goodbye())
        << ReleaseAllInput()
        << StopCapture()
        >> at(60, Summarised("The queue had stopped.", "Started it."))
        << Tell(messages.Summary("The queue had stopped.", "Started it."))
        >> at(61, Gone(T))
        << Tell(messages.Closed())
        << ClosePeer()
    )
    assert machine.state is CLOSED


def test_a_chart_that_does_not_hold_says_where():
    with pytest.raises(AssertionError, match=r"LineLost[\s\S]*StartCapture\(\)[\s\S]*was expected"):
        Playbook(host()) >> at(1, LineLost()) << StartCapture()
    with pytest.raises(AssertionError, match="came, too"):
        bool(Playbook(host()) >> LineLost())
    with pytest.raises(AssertionError, match="came, too"):
        Playbook(host()) >> LineLost() >> LineBack()
    assert Playbook(host(MEETING)) >> FacePainted()

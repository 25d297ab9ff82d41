"""What the customer's machine decides, where she or the technician could come to harm."""

import pytest

from remotehelp import messages
from remotehelp.messages import Right
from remotehelp.visit.checks import CONTROL_S
from remotehelp.visit.commands import (
    CloseGate,
    Inject,
    OpenGate,
    Permit,
    ReleaseAllInput,
    Remind,
    ShowLeft,
    ShowPointer,
    ShowScreens,
    ShowWindow,
    StartCapture,
    StopCapture,
    StopMending,
    Tell,
)
from remotehelp.visit.events import (
    Accepted,
    Answered,
    Asked,
    Declined,
    FacePainted,
    Failed,
    GaveUp,
    Gone,
    HerTurn,
    InputCame,
    Left,
    LineBack,
    LineLost,
    Misbehaved,
    PeerVerified,
    QuestionHidden,
    RightSet,
    Said,
    ScreensAsked,
    ScreensChosen,
    ScreensFell,
    ScreensOutgrew,
    ScreensShown,
    Side,
    Summarised,
    Unguarded,
    WindowChosen,
    WindowClosed,
    WindowShown,
)
from remotehelp.visit.grants import OtherScreens
from remotehelp.visit.host import Host
from remotehelp.visit.machine import State
from tests.helpers.playbook import Playbook, at, heard, noted
from tests.helpers.visits import host

C, T = Side.CUSTOMER, Side.TECHNICIAN
VIEW, POINT, CONTROL = Right.VIEW, Right.POINT, Right.CONTROL
ALL_INPUT = [
    messages.Key("KeyA", True, 0),
    messages.Button(1, True, 10, 20, 0),
    messages.Wheel(0, 120, 10, 20, 0),
    messages.Pointer(10, 20, 1, 0),
]
WAYS_OUT = [Left(C), Left(T), LineLost(), GaveUp(), Misbehaved("message_too_long")]


def told(*rights, epoch=0):
    return Tell(messages.Grants(rights, epoch))


def faceless():
    """In a visit, but no frame of the face was painted yet."""
    machine = Host()
    machine.braked = True
    for event in (PeerVerified(), Accepted()):
        machine.handle(event, 0)
    return machine


def give(machine, right, now=0):
    return machine.handle(RightSet(right, True), now)


# --- face before hands --------------------------------------------------------------------------------


def test_control_waits_for_the_face_when_she_ticks_it():
    machine = faceless()
    assert (
        Playbook(machine)
        >> at(1, RightSet(CONTROL, True))
        >> at(2, FacePainted())
        >> at(3, RightSet(CONTROL, True))
        << noted(3, C, "allowed", "view")
        << noted(3, C, "allowed", "control")
        << Permit(True, 0)
        << StartCapture()
        << told(VIEW, CONTROL)
        << Remind(CONTROL_S, 1)
    )


def test_control_can_not_even_be_asked_for_before_the_face():
    machine = faceless()
    assert Playbook(machine) >> Asked(CONTROL) << Tell(messages.NotNow(CONTROL, 0, said=False)) >> Answered(True)
    assert machine.grants.rights == frozenset()


def test_an_allow_gives_no_control_before_the_face_even_if_the_question_were_open():
    machine = faceless()
    machine.grants = machine.grants.ask(CONTROL)
    assert (
        Playbook(machine)
        >> at(1, Answered(True))
        << noted(1, C, "not_now", "control")
        << Tell(messages.NotNow(CONTROL, 0))
    )


def test_seeing_and_pointing_need_no_face():
    machine = faceless()
    give(machine, VIEW)
    give(machine, POINT)
    assert machine.grants.rights == {VIEW, POINT}


def test_a_face_painted_in_the_meeting_counts():
    machine = Host()
    for event in (PeerVerified(), FacePainted(), Accepted()):
        machine.handle(event, 0)
    assert machine.may_grant(CONTROL)


@pytest.mark.parametrize("state", [state for state in State if state is not State.VISITING])
@pytest.mark.parametrize("right", Right)
def test_outside_a_visit_nothing_can_be_granted(state, right):
    machine = host(state)
    assert not machine.may_grant(right)
    assert [*machine.handle(RightSet(right, True), 1), *machine.handle(Answered(True), 1)] == []
    assert machine.grants.rights == frozenset()


@pytest.mark.parametrize("right", [Right.CLIPBOARD, Right.FILES, Right.PRINTERS, Right.SYSTEM])
def test_a_right_that_this_version_can_not_give_is_refused(right):
    machine = host()
    assert Playbook(machine) >> RightSet(right, True) >> Asked(right) << Tell(messages.NotNow(right, 0, said=False))


# --- one question at a time, behind a closed gate -------------------------------------------------------


def test_a_request_closes_the_gate_and_releases_the_input_before_anything_is_shown():
    machine = host(given=[CONTROL])
    assert (
        Playbook(machine)
        >> at(5, Asked(POINT))
        << CloseGate()
        << ReleaseAllInput()
        << noted(5, T, "asked", "point")
        >> at(6, Answered(True))
        << noted(6, C, "allowed", "point")
        << Permit(True, 0)
        << told(VIEW, POINT, CONTROL)
        >> at(6.1, QuestionHidden())
        << OpenGate()
    )


def test_the_gate_stays_closed_while_a_question_is_open():
    machine = host()
    assert (
        Playbook(machine)
        >> Asked(VIEW)
        << CloseGate()
        << ReleaseAllInput()
        << noted(0, T, "asked", "view")
        >> QuestionHidden()
    )
    assert machine.grants.open_request is VIEW


def test_a_second_request_while_one_is_open_does_not_reach_her():
    machine = host(State.VISITING, Asked(VIEW))
    assert Playbook(machine) >> Asked(CONTROL) << Tell(messages.NotNow(CONTROL, 0, said=False))
    assert machine.grants.open_request is VIEW


def test_asking_for_what_is_given_already_changes_nothing():
    assert Playbook(host(given=[VIEW])) >> Asked(VIEW)


def test_ticking_the_box_answers_the_open_question_about_it():
    machine = host(State.VISITING, Asked(VIEW))
    give(machine, VIEW)
    assert machine.grants.open_request is None
    assert Playbook(machine) >> Answered(True) >> QuestionHidden() << OpenGate()


def test_two_not_nows_rest_the_button_for_five_minutes():
    machine = host()
    chart = Playbook(machine)
    for second in (10, 20):
        chart >> at(second, Asked(VIEW)) << CloseGate() << ReleaseAllInput() << noted(second, T, "asked", "view")
        rest = 0 if second == 10 else 300
        chart >> at(second, Answered(False)) << noted(second, C, "not_now", "view") << Tell(messages.NotNow(VIEW, rest))
        chart >> at(second, QuestionHidden()) << OpenGate()
    assert (
        chart
        >> at(21, Asked(VIEW))
        << Tell(messages.NotNow(VIEW, 299, said=False))
        >> at(21, Asked(POINT))
        << CloseGate()
        << ReleaseAllInput()
        << noted(21, T, "asked", "point")
        >> at(22, Answered(False))
        << noted(22, C, "not_now", "point")
        << Tell(messages.NotNow(POINT, 0))
        >> at(319, Asked(VIEW))
        << Tell(messages.NotNow(VIEW, 1, said=False))
        >> at(320, Asked(VIEW))
        << CloseGate()
        << ReleaseAllInput()
        << noted(320, T, "asked", "view")
    )


def test_a_resting_button_does_not_keep_her_from_ticking_the_box():
    machine = host(State.VISITING, Asked(VIEW), Answered(False), Asked(VIEW), Answered(False))
    assert told(VIEW) in give(machine, VIEW, now=1)


def test_an_answer_without_a_question_is_nothing():
    assert Playbook(host()) >> Answered(True) >> Answered(False)


def test_when_the_line_is_lost_behind_a_question_who_asked_is_told_that_it_is_gone():
    machine = host(State.VISITING, Asked(VIEW))
    commands = machine.handle(LineLost(), 5)
    assert Tell(messages.NotNow(VIEW, 0, said=False)) in commands
    assert machine.grants.open_request is None
    assert machine.grants.refusals == {}, "she refused nothing"


def test_no_picture_with_a_question_in_it_leaves_when_a_visit_ends_behind_one():
    commands = host(State.VISITING, Asked(CONTROL), given=[VIEW]).handle(Left(T), 5)
    assert commands.index(StopCapture()) < commands.index(OpenGate())


# --- taking back --------------------------------------------------------------------------------------


def test_taking_control_back_ends_it_before_it_is_told():
    assert (
        Playbook(host(given=[CONTROL]))
        >> at(7, RightSet(CONTROL, False))
        << Permit(False, 1)
        << ReleaseAllInput()
        << ShowPointer(None)
        << told(VIEW, epoch=1)
        << noted(7, C, "took_back", "control")
    )


def test_without_eyes_nobody_points_or_controls():
    assert (
        Playbook(host(given=[POINT, CONTROL]))
        >> at(7, RightSet(VIEW, False))
        << Permit(False, 1)
        << ReleaseAllInput()
        << ShowPointer(None)
        << StopCapture()
        << told(epoch=1)
        << noted(7, C, "took_back", "view")
        << noted(7, C, "took_back", "point")
        << noted(7, C, "took_back", "control")
    )


def test_taking_pointing_back_leaves_control_with_a_new_epoch():
    machine = host(given=[POINT, CONTROL])
    commands = machine.handle(RightSet(POINT, False), 7)
    assert Permit(True, 1) in commands
    assert told(VIEW, CONTROL, epoch=1) in commands
    assert StopCapture() not in commands


def test_taking_back_what_was_not_given_is_nothing():
    assert Playbook(host()) >> RightSet(VIEW, False) >> RightSet(CONTROL, False)


@pytest.mark.parametrize("right", [VIEW, POINT, CONTROL])
def test_giving_twice_is_giving_once(right):
    assert Playbook(host(given=[right])) >> RightSet(right, True)


@pytest.mark.parametrize("event", WAYS_OUT, ids=str)
def test_every_way_out_of_a_visit_releases_the_input_stops_the_picture_and_raises_the_epoch(event):
    machine = host(given=[POINT, CONTROL])
    commands = machine.handle(event, 9)
    assert commands.index(Permit(False, 1)) < commands.index(ReleaseAllInput()) < commands.index(StopCapture())
    assert ShowPointer(None) in commands
    assert machine.grants.epoch == 1
    assert machine.grants.rights == ({VIEW} if machine.state is State.MENDING else frozenset())


@pytest.mark.parametrize("event", [Left(C), Left(T), GaveUp(), Misbehaved("message_too_long")], ids=str)
def test_a_visit_that_ends_while_it_is_mended_keeps_not_even_the_view(event):
    machine = host(State.MENDING, given=[CONTROL])
    machine.handle(event, 9)
    assert (machine.state, machine.grants.rights, machine.grants.epoch) == (State.GOODBYE, frozenset(), 2)


def test_the_view_can_be_taken_back_while_the_line_is_mended():
    machine = host(State.MENDING, given=[VIEW])
    machine.handle(RightSet(VIEW, False), 2)
    assert (
        Playbook(machine)
        >> at(3, LineBack())
        << noted(3, C, "line_back")
        << StopMending()
        << told(epoch=2)  # and no capture starts
    )


def test_without_the_view_nothing_is_captured_after_mending():
    assert StartCapture() not in host(State.MENDING).handle(LineBack(), 3)


def test_the_panic_key_works_while_a_question_is_open():
    machine = host(State.VISITING, Asked(POINT), given=[CONTROL])
    machine.handle(Left(C), 3)
    assert (machine.state, machine.grants.open_request) == (State.GOODBYE, None)


# --- input ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ALL_INPUT, ids=str)
def test_with_control_input_is_injected(action):
    assert Playbook(host(given=[CONTROL])) >> InputCame(action) << Inject(action)


@pytest.mark.parametrize("action", ALL_INPUT, ids=str)
@pytest.mark.parametrize("given", [(), (VIEW,)], ids=str)
def test_without_control_input_is_nothing(action, given):
    assert Playbook(host(given=given)) >> InputCame(action)


@pytest.mark.parametrize("action", ALL_INPUT, ids=str)
def test_with_pointing_the_pointer_is_shown_and_nothing_is_touched(action):
    shown = [ShowPointer(action)] if isinstance(action, messages.Pointer) else []
    assert host(given=[POINT]).handle(InputCame(action), 1) == shown


@pytest.mark.parametrize("action", ALL_INPUT, ids=str)
def test_input_of_an_older_epoch_is_nothing_even_if_control_was_given_anew(action):
    machine = host(State.VISITING, RightSet(CONTROL, False), RightSet(CONTROL, True), given=[CONTROL])
    assert machine.grants.allows(CONTROL)
    assert Playbook(machine) >> InputCame(action)


def test_input_of_a_made_up_epoch_is_nothing():
    assert Playbook(host(given=[CONTROL])) >> InputCame(messages.Key("KeyA", True, 2**31 - 1))


@pytest.mark.parametrize("state", [state for state in State if state is not State.VISITING])
@pytest.mark.parametrize("epoch", range(4))
def test_outside_a_visit_no_input_does_anything(state, epoch):
    machine = host(state, given=[POINT, CONTROL])
    assert (
        Playbook(machine) >> InputCame(messages.Key("KeyA", True, epoch)) >> InputCame(messages.Pointer(1, 2, 3, epoch))
    )


def test_an_injection_that_forgot_to_look_at_the_right_is_a_bug_that_shows():
    with pytest.raises(AssertionError, match="without the right"):
        host()._inject(InputCame(ALL_INPUT[0]))


# --- telling -------------------------------------------------------------------------------------------


def test_the_technician_hears_of_every_change_of_the_grants_in_a_visit():
    machine = host()
    steps = [
        (RightSet(VIEW, True), told(VIEW)),
        (RightSet(POINT, True), told(VIEW, POINT)),
        (RightSet(CONTROL, True), told(VIEW, POINT, CONTROL)),
        (RightSet(POINT, False), told(VIEW, CONTROL, epoch=1)),
        (RightSet(CONTROL, False), told(VIEW, epoch=2)),
        (RightSet(VIEW, False), told(epoch=3)),
        (RightSet(CONTROL, True), told(VIEW, CONTROL, epoch=3)),
    ]
    for event, expected in steps:
        assert [one for one in machine.handle(event, 1) if isinstance(one, Tell)] == [expected]


def test_she_may_write_as_soon_as_they_have_met():
    assert Playbook(host(State.WAITING)) >> Said(C, "Hello?")
    assert (
        Playbook(host(State.MEETING))
        >> at(2, Said(C, "Hello?"))
        << noted(2, C, "said", size=6)
        << heard(C, "Hello?")
        << Tell(messages.Chat("Hello?"))
    )


def test_of_what_the_technician_wrote_the_length_is_noted_and_nothing_is_sent_back():
    assert Playbook(host()) >> at(2, Said(T, "Good day")) << noted(2, T, "said", size=8) << heard(T, "Good day")


@pytest.mark.parametrize("state", [State.VISITING, State.MENDING, State.GOODBYE])
def test_the_summary_is_kept(state):
    machine = host(state)
    summary = Summarised("The queue had stopped.", "Started it.")
    machine.handle(summary, 3)
    assert machine.summary == summary


@pytest.mark.parametrize("state", [State.WAITING, State.MEETING, State.CLOSED])
def test_a_summary_of_no_visit_is_nothing(state):
    machine = host(state)
    assert Playbook(machine) >> Summarised("Anything", "at all")
    assert machine.summary is None


def test_who_leaves_first_says_so_and_the_other_does_not_answer():
    assert Tell(messages.Goodbye()) in host().handle(Left(C), 1)
    assert Tell(messages.Goodbye()) not in host().handle(Left(T), 1)
    assert Tell(messages.Closed()) not in host(State.GOODBYE).handle(Gone(T), 1)


@pytest.mark.parametrize("state", [state for state in State if state is not State.MEETING])
@pytest.mark.parametrize("event", [Accepted(), Declined()], ids=str)
def test_only_who_waits_to_be_let_in_is_let_in_or_turned_away(state, event):
    machine = host(state)
    assert Playbook(machine) >> event
    assert machine.state is state


def test_times_in_the_log_count_from_the_beginning_of_the_visit():
    machine = Host(began=1000.0)
    machine.handle(PeerVerified(), 1001.0)
    assert noted(2.346, T, "said", size=5) in machine.handle(Said(T, "Hello"), 1002.3456)


# --- other screens -------------------------------------------------------------------------------------

TWO = ScreensAsked(("two",), there=True)


def test_another_screen_is_asked_for_like_a_right():
    machine = host(given=[CONTROL])
    assert (
        Playbook(machine)
        >> at(1, TWO)
        << CloseGate()
        << ReleaseAllInput()
        << noted(1, T, "asked_screens", "two")
        >> at(2, Asked(POINT))  # one open at a time
        << Tell(messages.NotNow(POINT, 0, said=False))
        >> at(2, ScreensAsked(("three",), there=True))
        << Tell(messages.NotTheseScreens(0, said=False))
        >> at(3, Answered(True))
        << Permit(True, 1)
        << ReleaseAllInput()
        << ShowPointer(None)
        << ShowScreens(("two",))
        << told(VIEW, CONTROL, epoch=1)
        >> ScreensShown(("two",))
        << noted(3, C, "showed_screens", "two")
        >> QuestionHidden()
        << OpenGate()
        >> InputCame(messages.Key("KeyA", True, 0))  # it was aimed at the other picture
    )


def test_the_second_not_now_to_other_screens_rests_them_all():
    chart = Playbook(host(given=[VIEW]))
    for second, rest in ((1, 0), (2, 300)):
        chart = chart >> at(second, TWO)
        chart.skip()
        chart >> Answered(False) << noted(second, C, "not_now_screens", "two") << Tell(messages.NotTheseScreens(rest))
    assert chart >> at(3, ScreensAsked(("three",), there=True)) << Tell(messages.NotTheseScreens(299, said=False))


def test_a_screen_that_is_not_there_or_not_to_be_seen_is_no_question():
    assert (
        Playbook(host(given=[VIEW]))
        >> ScreensAsked(("two",), there=False)
        << Tell(messages.NotTheseScreens(0, said=False))
    )
    assert Playbook(host()) >> TWO << Tell(messages.NotTheseScreens(0, said=False))
    for state in set(State) - {State.VISITING}:
        assert Playbook(host(state)) >> TWO


def test_a_question_for_screens_goes_with_the_view_and_with_the_line():
    machine = host(given=[VIEW])
    assert (Playbook(machine) >> TWO).skip() >> QuestionHidden()
    assert (Playbook(machine) >> RightSet(VIEW, False)).skip() >> QuestionHidden() << OpenGate()
    assert machine.grants.open_request is None
    machine = host(given=[VIEW])
    (Playbook(machine) >> TWO).skip()
    assert Tell(messages.NotTheseScreens(0, said=False)) in machine.handle(LineLost(), 5)


def test_she_switches_without_a_question():
    assert (
        Playbook(host(given=[VIEW]))
        >> at(4, ScreensChosen(("one", "two")))
        << Permit(False, 1)
        << ReleaseAllInput()
        << ShowPointer(None)
        << ShowScreens(("one", "two"))
        << told(VIEW, epoch=1)
        >> ScreensShown(("one", "two"))
        << noted(4, C, "showed_screens", "one, two")
    )
    for state in (State.MEETING, State.VISITING, State.MENDING):
        assert Playbook(host(state)) >> ScreensChosen(("two",)) << ShowScreens(("two",)) >> ScreensShown(("two",))


def test_her_own_choice_answers_the_question_for_it():
    machine = host(given=[VIEW])
    machine.handle(TWO, 1)
    machine.handle(ScreensChosen(("three",)), 2)
    assert machine.grants.open_request == OtherScreens(("two",))
    machine.handle(ScreensChosen(("two",)), 3)
    assert machine.grants.open_request is None


def test_she_shows_one_window_without_a_question():
    assert (
        Playbook(host(given=[VIEW]))
        >> at(4, WindowChosen(7, "Printers"))
        << Permit(False, 1)
        << ReleaseAllInput()
        << ShowPointer(None)
        << ShowWindow(7)
        << told(VIEW, epoch=1)
        >> WindowShown("Printers")
        << noted(4, C, "showed_window", "Printers")
    )
    for state in (State.MEETING, State.VISITING, State.MENDING):
        assert Playbook(host(state)) >> WindowChosen(7, "Printers") << ShowWindow(7)
    assert Playbook(host(State.CLOSED)) >> WindowChosen(7, "Printers")


def test_a_question_for_another_screen_stays_open_when_she_chooses_a_window():
    machine = host(given=[VIEW])
    machine.handle(TWO, 1)
    machine.handle(WindowChosen(7, "Printers"), 2)
    assert machine.grants.open_request == OtherScreens(("two",))


def test_with_the_window_that_was_shown_all_rights_are_over():
    assert (
        Playbook(host(given=[POINT, CONTROL]))
        >> at(6, WindowClosed("Printers"))
        << Permit(False, 1)
        << ReleaseAllInput()
        << ShowPointer(None)
        << StopCapture()
        << Tell(messages.WindowClosed())
        << noted(6, C, "window_closed", "Printers")
        << told(epoch=1)
        << noted(6, C, "lapsed", "view")
        << noted(6, C, "lapsed", "point")
        << noted(6, C, "lapsed", "control")
        >> InputCame(messages.Key("KeyA", True, 1))
    )
    assert Playbook(host()) >> WindowClosed("Printers")


def test_what_changes_without_her_wish_takes_control_along():
    machine = host(given=[POINT, CONTROL])
    assert (
        Playbook(machine)
        >> at(6, ScreensFell("two", ("one",)))
        << Permit(False, 2)
        << ReleaseAllInput()
        << ShowPointer(None)
        << Tell(messages.ScreenGone("two"))
        << noted(6, C, "screen_gone", "two")
        << ShowLeft(("one",))
        << told(VIEW, POINT, epoch=2)
        << noted(6, C, "lapsed", "control")
        >> InputCame(messages.Key("KeyA", True, 2))
        >> at(7, RightSet(CONTROL, True))
        << noted(7, C, "allowed", "control")
        << Permit(True, 2)
        << told(VIEW, POINT, CONTROL, epoch=2)
        << Remind(CONTROL_S, 2)
    )
    assert Playbook(host()) >> ScreensFell("two", ("one",))


def test_screens_that_became_too_large_together_are_not_told_as_unplugged():
    assert (
        Playbook(host(given=[CONTROL]))
        >> at(6, ScreensOutgrew(("one",)))
        << Permit(False, 2)
        << ReleaseAllInput()
        << ShowPointer(None)
        << noted(6, C, "screens_outgrew", "one")
        << ShowLeft(("one",))
        << told(VIEW, epoch=2)
        << noted(6, C, "lapsed", "control")
    )
    assert Playbook(host()) >> ScreensOutgrew(("one",))


@pytest.mark.parametrize("gone", [WindowClosed("Printers"), ScreensFell("two", ("one",)), ScreensOutgrew(("one",))])
@pytest.mark.parametrize(
    ("ask", "refused"),
    [
        (Asked(CONTROL), messages.NotNow(CONTROL, 0, said=False)),
        (ScreensAsked(("one",), there=True), messages.NotTheseScreens(0, said=False)),
    ],
)
def test_an_answer_about_what_is_gone_gives_nothing_of_what_is_left(gone, ask, refused):
    machine = host(State.VISITING, WindowShown("Printers"), ask, given=[VIEW])
    assert Tell(refused) in machine.handle(gone, 5)
    rights = machine.grants.rights
    assert Playbook(machine) >> at(6, Answered(True)) >> QuestionHidden() << OpenGate()
    assert machine.grants.rights == rights
    assert machine.grants.refusals == {}, "she refused nothing"


@pytest.mark.parametrize("by", [ScreensChosen(("one",)), Answered(True)], ids=["chosen", "allowed"])
def test_control_of_one_window_is_none_of_the_whole_screen(by):
    machine = host(given=[CONTROL])
    machine.handle(WindowChosen(7, "Printers"), 1)
    machine.handle(WindowShown("Printers"), 1)
    machine.handle(ScreensAsked(("one",), there=True), 2)
    assert (
        Playbook(machine)
        >> at(3, by)
        << Permit(False, 3)
        << ReleaseAllInput()
        << ShowPointer(None)
        << ShowScreens(("one",))
        << told(VIEW, epoch=3)
        << noted(3, C, "lapsed", "control")
        >> ScreensShown(("one",))
        << noted(3, C, "showed_screens", "one")
        >> InputCame(messages.Key("KeyA", True, 3))
    )
    give(machine, CONTROL)
    machine.handle(ScreensChosen(("two",)), 5)
    assert machine.grants.allows(CONTROL), "given for the whole screen"


def test_while_the_window_is_still_shown_control_stays_that_of_one_window():
    """What she chose could not be shown after all."""
    machine = host(State.VISITING, WindowShown("Printers"), ScreensChosen(("two",)), given=[VIEW])
    give(machine, CONTROL)
    machine.handle(ScreensChosen(("one",)), 3)
    assert not machine.grants.allows(CONTROL)


@pytest.mark.parametrize(
    "change",
    [RightSet(CONTROL, True), RightSet(CONTROL, False), ScreensChosen(("three",)), WindowChosen(7, "Printers")],
    ids=str,
)
def test_what_changes_under_an_open_question_makes_it_another_one(change):
    machine = host(given=[POINT] if change == RightSet(CONTROL, True) else [CONTROL])
    machine.handle(TWO, 1)
    read = machine.grants.question
    machine.handle(change, 2)
    assert machine.grants.open_request == OtherScreens(("two",))
    assert machine.grants.question > read, "an answer to the old words would count"


@pytest.mark.parametrize("change", [ScreensChosen(("two",)), WindowChosen(7, "Printers")], ids=str)
def test_what_would_be_shown_changes_under_an_open_question(change):
    machine = host(State.VISITING, Asked(VIEW))
    read = machine.grants.question
    machine.handle(change, 2)
    assert (machine.grants.open_request, machine.grants.question) == (VIEW, read + 1)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (LineLost(), 1),
        (Left(T), 1),
        (RightSet(VIEW, False), 1),
        (WindowClosed("Printers"), 1),
        (Answered(True), 0),
        (Answered(False), 0),
        (ScreensChosen(("two",)), 0),
        (ScreensChosen(("three",)), 0),
        (Said(T, "Hello?"), 0),
    ],
    ids=str,
)
def test_a_question_that_goes_without_an_answer_is_noted(event, words):
    machine = host(State.VISITING, WindowShown("Printers"), given=[VIEW])
    machine.handle(TWO, 1)
    assert machine.handle(event, 2).count(noted(2, C, "unanswered")) == words


def test_a_question_that_her_tick_answers_is_not_without_an_answer():
    machine = host(State.VISITING, Asked(POINT), given=[VIEW])
    assert noted(2, C, "unanswered") not in give(machine, POINT, 2)


@pytest.mark.parametrize("state", [state for state in State if state is not State.CLOSED])
def test_a_failure_of_our_own_closes_from_everywhere_with_no_right_left(state):
    machine = host(state, given=[CONTROL])
    commands = machine.handle(Failed(), 3)
    assert machine.state is State.CLOSED
    assert machine.grants.rights == frozenset()
    assert [command.control for command in commands if isinstance(command, Permit)] == [False]
    assert Playbook(machine) >> RightSet(CONTROL, True) >> ScreensChosen(("two",)) >> LineBack()


# --- her own hand, and the guardian ----------------------------------------------------------------------


def turn(on):
    return Tell(messages.HerTurn(on))


def test_her_own_hand_lets_go_of_everything_and_both_changes_are_told():
    machine = host(given=[CONTROL])
    assert (
        Playbook(machine)
        >> HerTurn(True)
        << ReleaseAllInput()
        << turn(True)
        >> HerTurn(False)
        << ReleaseAllInput()
        << turn(False)
    )
    assert machine.grants.allows(CONTROL)


@pytest.mark.parametrize("machine", [host(given=[VIEW]), host(State.MENDING, given=[CONTROL]), host(State.GOODBYE)])
def test_where_nobody_controls_her_hand_is_nobodys_business(machine):
    assert Playbook(machine) >> HerTurn(True) >> HerTurn(False)


def test_control_that_she_gives_in_the_middle_of_her_turn_begins_with_it():
    machine = host(State.VISITING, HerTurn(True), given=[VIEW])
    assert (
        Playbook(machine)
        >> at(1, RightSet(CONTROL, True))
        << noted(1, C, "allowed", "control")
        << Permit(True, 0)
        << told(VIEW, CONTROL)
        << Remind(CONTROL_S, 1)
        << turn(True)
    )


def test_without_a_guardian_control_ends_by_no_wish_of_hers():
    assert (
        Playbook(host(given=[CONTROL]))
        >> at(5, Unguarded())
        << Permit(False, 1)
        << ReleaseAllInput()
        << ShowPointer(None)
        << noted(5, C, "unguarded")
        << told(VIEW, epoch=1)
        << noted(5, C, "lapsed", "control")
    )


def test_without_a_guardian_a_question_about_control_goes_and_is_no_refusal_of_hers():
    machine = host(given=[VIEW])
    machine.handle(Asked(CONTROL), 0)
    assert (
        Playbook(machine)
        >> at(5, Unguarded())
        << Tell(messages.NotNow(CONTROL, 0, said=False))
        << noted(5, C, "unanswered")
        >> Answered(True)
    )
    assert machine.grants.refusals == {}


def test_without_a_guardian_another_question_stays():
    machine = host(given=[VIEW])
    machine.handle(Asked(POINT), 0)
    assert Playbook(machine) >> Unguarded()
    assert machine.grants.open_request is POINT

"""What her own machine asks her, as charts: before control, when a private window is in front, after a long time."""

import pytest

from remotehelp import messages
from remotehelp.messages import Right, Why
from remotehelp.visit.checks import (
    AGAIN_S,
    CONTROL_S,
    COVER_LIMIT,
    COVER_S,
    BeforeControl,
    PrivateWindow,
    Sign,
    StillControl,
)
from remotehelp.visit.commands import (
    CloseGate,
    Explain,
    HidePicture,
    Inject,
    OpenGate,
    Permit,
    ReleaseAllInput,
    Remind,
    RevealPicture,
    ShowLeft,
    ShowPointer,
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
    InputCame,
    LineBack,
    LineLost,
    PrivateSeen,
    QuestionHidden,
    RightSet,
    ScreensAsked,
    ScreensFell,
    Side,
    StopWished,
)
from remotehelp.visit.grants import REST_S
from remotehelp.visit.machine import State
from tests.helpers.playbook import Playbook, at, noted
from tests.helpers.visits import host

C, T = Side.CUSTOMER, Side.TECHNICIAN
VIEW, POINT, CONTROL = Right.VIEW, Right.POINT, Right.CONTROL
BANK = PrivateSeen(7, (Sign("bank"),))
KEY = InputCame(messages.Key("KeyA", True, 0))


def told(*rights, epoch=0):
    return Tell(messages.Grants(rights, epoch))


def happened(why):
    return Tell(messages.Happened(why))


def unbraked(*then, given=()):
    return host(State.VISITING, *then, given=given, braked=False)


def rests():
    """Asking for anything rests."""
    return [
        *(Tell(messages.NotNow(right, int(REST_S), said=False)) for right in (VIEW, POINT, CONTROL)),
        Tell(messages.NotTheseScreens(int(REST_S), said=False)),
    ]


# --- before the first control ----------------------------------------------------------------------------


def test_the_first_control_that_she_allows_is_asked_about_once():
    machine = unbraked(Asked(CONTROL))
    assert (
        Playbook(machine)
        >> at(5, Answered(True))
        << CloseGate()
        << ReleaseAllInput()
        << noted(5, C, "asked_before_control")
        >> QuestionHidden()  # that of the dialog before
        >> at(9, Answered(True))
        << noted(9, C, "allowed", "view")
        << noted(9, C, "allowed", "control")
        << Permit(True, 0)
        << StartCapture()
        << told(VIEW, CONTROL)
        << Remind(CONTROL_S, 1)
        >> QuestionHidden()
        << OpenGate()
        >> at(20, RightSet(CONTROL, False))
        << Permit(False, 1)
        << ReleaseAllInput()
        << ShowPointer(None)
        << told(VIEW, epoch=1)
        << noted(20, C, "took_back", "control")
        >> at(30, RightSet(CONTROL, True))
        << noted(30, C, "allowed", "control")
        << Permit(True, 1)
        << told(VIEW, CONTROL, epoch=1)
        << Remind(CONTROL_S, 2)
    )


def test_the_answer_to_the_technicians_question_is_none_to_her_own_machines():
    machine = unbraked(Asked(CONTROL))
    number = machine.grants.question
    machine.handle(Answered(True), 1)
    assert machine.grants.open_request == BeforeControl()
    assert machine.grants.question > number
    assert not machine.grants.rights


def test_ticking_control_is_asked_about_too_and_another_question_goes_unanswered():
    assert (
        Playbook(unbraked(Asked(POINT)))
        >> at(5, RightSet(CONTROL, True))
        << CloseGate()
        << ReleaseAllInput()
        << Tell(messages.NotNow(POINT, 0, said=False))
        << noted(5, C, "asked_before_control")
        << noted(5, C, "unanswered")
    )


def test_stop_this_is_wrong_ends_all_rights_and_nobody_can_ask_for_five_minutes():
    machine = unbraked(Asked(CONTROL), Answered(True), given=[VIEW])
    chart = (
        Playbook(machine)
        >> at(9, Answered(False))
        << Permit(False, 1)
        << ReleaseAllInput()
        << ShowPointer(None)
        << StopCapture()
        << Tell(messages.NotNow(CONTROL, 0, said=False))
        << noted(9, C, "stopped_all")
    )
    for command in (*rests(), told(epoch=1), happened(Why.STOPPED), Explain("stopped_all")):
        chart << command
    chart << noted(9, C, "lapsed", "view")
    assert chart
    assert machine.state is State.VISITING
    for wish in (Asked(VIEW), Asked(POINT), Asked(CONTROL)):
        [refused] = machine.handle(wish, 9 + REST_S - 1)
        assert refused.message.rest_s == 1
    assert machine.handle(ScreensAsked(("two",), there=True), 100)[0].message.rest_s > 0
    assert CloseGate() in machine.handle(Asked(VIEW), 9 + REST_S)


def test_control_after_a_stop_is_asked_about_again():
    machine = unbraked(RightSet(CONTROL, True), Answered(False), QuestionHidden())
    machine.handle(RightSet(CONTROL, True), 400)
    assert machine.grants.open_request == BeforeControl()


def test_while_her_own_machine_asks_nothing_can_be_given_or_asked():
    machine = unbraked(RightSet(CONTROL, True))
    assert machine.checking
    assert Playbook(machine) >> RightSet(POINT, True) >> RightSet(VIEW, True) >> RightSet(CONTROL, True)
    assert Playbook(machine) >> Asked(VIEW) << Tell(messages.NotNow(VIEW, 0, said=False))


def test_a_lost_line_takes_the_question_along_and_tells_it():
    machine = unbraked(Asked(CONTROL), Answered(True))
    commands = machine.handle(LineLost(), 5)
    assert Tell(messages.NotNow(CONTROL, 0, said=False)) in commands
    assert not machine.checking
    assert machine.handle(Answered(True), 6) == []


# --- a private window ------------------------------------------------------------------------------------


def test_a_private_window_stops_picture_and_input_until_she_says_that_it_is_fine():
    machine = host(given=[CONTROL])
    assert (
        Playbook(machine)
        >> at(5, BANK)
        << HidePicture()
        << CloseGate()
        << ReleaseAllInput()
        << noted(5, C, "private_window")
        << happened(Why.PRIVATE)
        >> at(9, Answered(True))
        << noted(9, C, "private_fine")
        << RevealPicture()
        << happened(Why.GOES_ON)
        >> QuestionHidden()
        << OpenGate()
        >> at(10, BANK)
        >> at(11, KEY)
        << Inject(KEY.action)
    )


@pytest.mark.parametrize("other", [PrivateSeen(7, (Sign("wallet"),)), PrivateSeen(8, (Sign("bank"),))])
def test_what_is_fine_is_this_window_by_this_word_alone(other):
    machine = host(State.VISITING, BANK, Answered(True), QuestionHidden(), given=[VIEW])
    assert HidePicture() in machine.handle(other, 6)


def test_another_private_window_that_came_meanwhile_is_asked_about_before_a_picture_leaves():
    machine = host(State.VISITING, BANK, given=[CONTROL])
    assert (
        Playbook(machine)
        >> at(6, PrivateSeen(9, (Sign("paypal"),)))
        >> at(7, PrivateSeen(8, (Sign("wallet"),)))
        >> at(9, Answered(True))
        << noted(9, C, "private_fine")
        << CloseGate()
        << ReleaseAllInput()
        << noted(9, C, "private_window")
        >> QuestionHidden()
        >> at(10, BANK)
        >> at(11, Answered(True))
        << noted(11, C, "private_fine")
        << RevealPicture()
        << happened(Why.GOES_ON)
    )


def test_what_came_while_an_earlier_question_was_open_is_asked_about_no_more():
    machine = host(State.VISITING, BANK, PrivateSeen(8, (Sign("wallet"),)), given=[CONTROL])
    machine.handle(RightSet(VIEW, False), 6)
    machine.handle(RightSet(VIEW, True), 7)
    machine.handle(BANK, 8)
    assert RevealPicture() in machine.handle(Answered(True), 9)


def test_each_sign_that_is_not_called_fine_yet_is_asked_about():
    theirs = Sign("mozilla firefox", added=True)
    machine = host(State.VISITING, PrivateSeen(7, (theirs,)), Answered(True), QuestionHidden(), given=[VIEW])
    assert machine.handle(PrivateSeen(7, (theirs,)), 6) == []
    assert HidePicture() in machine.handle(PrivateSeen(7, (Sign("sparkasse"), theirs)), 7)
    assert machine.grants.open_request == PrivateWindow(7, (Sign("sparkasse"),))


def test_nobody_is_asked_about_a_window_that_nobody_sees():
    assert Playbook(host()) >> BANK
    assert Playbook(host(State.MENDING, given=[VIEW])) >> BANK
    assert Playbook(host(State.GOODBYE, given=[VIEW])) >> BANK


def test_the_technicians_question_gives_way_and_is_told():
    machine = host(State.VISITING, Asked(CONTROL), given=[VIEW])
    assert (
        Playbook(machine)
        >> at(5, BANK)
        << HidePicture()
        << CloseGate()
        << ReleaseAllInput()
        << Tell(messages.NotNow(CONTROL, 0, said=False))
        << noted(5, C, "private_window")
        << happened(Why.PRIVATE)
        << noted(5, C, "unanswered")
    )
    assert machine.grants.open_request == PrivateWindow(7, (Sign("bank"),))


def test_stopping_reveals_nothing_before_the_picture_has_ended():
    for end in (Answered(False), RightSet(VIEW, False), LineLost(), StopWished()):
        commands = host(State.VISITING, BANK, given=[CONTROL]).handle(end, 9)
        assert commands.index(StopCapture()) < commands.index(RevealPicture())


def test_another_screen_that_she_did_not_choose_reveals_nothing():
    machine = host(State.VISITING, BANK, given=[CONTROL])
    commands = machine.handle(ScreensFell("two", ("one",)), 9)
    assert ShowLeft(("one",)) in commands
    assert RevealPicture() not in commands
    assert machine.grants.open_request == PrivateWindow(7, (Sign("bank"),))


def test_control_that_she_stops_meanwhile_leaves_the_question_open():
    machine = host(State.VISITING, BANK, given=[CONTROL])
    assert RevealPicture() not in machine.handle(RightSet(CONTROL, False), 9)
    assert RevealPicture() in machine.handle(Answered(True), 10)
    assert machine.grants.rights == {VIEW}


def test_what_is_fine_stays_so_over_a_lost_line():
    machine = host(State.VISITING, BANK, Answered(True), LineLost(), LineBack(), given=[VIEW])
    assert Playbook(machine) >> BANK


# --- is control still wanted? ----------------------------------------------------------------------------


def test_after_half_an_hour_control_rests_until_she_says_go_on():
    machine = host(given=[CONTROL])
    assert (
        Playbook(machine)
        >> at(CONTROL_S, ControlAged(1))
        << CloseGate()
        << ReleaseAllInput()
        << noted(CONTROL_S, C, "control_rests")
        << happened(Why.STILL)
        >> at(2000, Answered(True))
        << Remind(CONTROL_S, 2)
        << noted(2000, C, "control_goes_on")
        << happened(Why.GOES_ON)
        >> QuestionHidden()
        << OpenGate()
        >> at(2001, ControlAged(1))
    )
    assert machine.grants.allows(CONTROL)


def test_control_that_is_not_wanted_any_more_ends_and_the_picture_stays():
    assert (
        Playbook(host(State.VISITING, ControlAged(1), given=[CONTROL]))
        >> at(2000, Answered(False))
        << Permit(False, 1)
        << ReleaseAllInput()
        << ShowPointer(None)
        << told(VIEW, epoch=1)
        << noted(2000, C, "took_back", "control")
    )


def test_a_reminder_of_an_earlier_control_is_nothing():
    machine = host(State.VISITING, RightSet(CONTROL, False), RightSet(CONTROL, True), given=[CONTROL])
    assert Playbook(machine) >> at(1800, ControlAged(1))
    assert Playbook(host(State.VISITING, RightSet(CONTROL, False), given=[CONTROL])) >> at(1800, ControlAged(1))


def test_what_has_to_be_answered_first_puts_the_question_off():
    machine = host(State.VISITING, BANK, given=[CONTROL])
    assert Playbook(machine) >> at(1800, ControlAged(1)) << Remind(AGAIN_S, 1)
    machine = host(State.VISITING, ControlAged(1), given=[CONTROL])
    assert Remind(AGAIN_S, 1) in machine.handle(BANK, 1801)


@pytest.mark.parametrize("right", [VIEW, CONTROL])
def test_without_control_the_question_has_gone(right):
    machine = host(State.VISITING, ControlAged(1), given=[CONTROL])
    assert machine.grants.open_request == StillControl()
    machine.handle(RightSet(right, False), 1801)
    assert machine.grants.open_request is None


# --- what shows that somebody sees -----------------------------------------------------------------------


def test_covered_again_and_again_control_ends_and_both_are_told():
    machine = host(given=[CONTROL])
    assert COVER_LIMIT == 2
    assert (
        Playbook(machine)
        >> at(1, Covered())
        >> at(2, Covered())
        >> at(2 + COVER_S, Covered())
        >> at(3 + COVER_S, Covered())
        >> at(4 + COVER_S, Covered())
        << Permit(False, 1)
        << ReleaseAllInput()
        << ShowPointer(None)
        << noted(4 + COVER_S, C, "covered")
        << told(VIEW, epoch=1)
        << Explain("covered")
        << happened(Why.COVERED)
        << noted(4 + COVER_S, C, "lapsed", "control")
    )


def test_without_control_nothing_ends():
    machine = host(given=[VIEW])
    for second in range(9):
        assert machine.handle(Covered(), second) == []


# --- her own stop ----------------------------------------------------------------------------------------


def test_she_can_stop_everything_at_any_time_of_a_visit_and_the_visit_goes_on():
    machine = host(given=[CONTROL])
    chart = (
        Playbook(machine)
        >> at(9, StopWished())
        << Permit(False, 1)
        << ReleaseAllInput()
        << ShowPointer(None)
        << StopCapture()
        << noted(9, C, "stopped_all")
    )
    for command in (*rests(), told(epoch=1), happened(Why.STOPPED)):
        chart << command
    chart << noted(9, C, "lapsed", "view") << noted(9, C, "lapsed", "control")
    assert chart
    assert machine.state is State.VISITING
    assert Playbook(host(State.GOODBYE)) >> StopWished()
    assert host(State.MENDING, StopWished(), LineBack(), given=[VIEW]).grants.rights == frozenset()


@pytest.mark.parametrize("before", [host(), host(State.VISITING, Asked(CONTROL), Answered(False), QuestionHidden())])
def test_a_stop_without_any_right_rests_all_asking_too(before):
    commands = before.handle(StopWished(), 9)
    assert noted(9, C, "stopped_all") not in commands  # nothing was
    assert [command for command in rests() if command not in commands] == []
    assert happened(Why.STOPPED) in commands
    for wish in (Asked(VIEW), Asked(POINT), Asked(CONTROL)):
        assert CloseGate() not in before.handle(wish, 9 + REST_S - 1)
    assert CloseGate() in before.handle(Asked(VIEW), 9 + REST_S)


def test_a_stop_before_the_visit_rests_all_asking_in_it():
    machine = host(State.MEETING, StopWished(), Accepted())
    assert machine.state is State.VISITING
    [refused] = machine.handle(Asked(CONTROL), 1)
    assert refused.message.rest_s > 0

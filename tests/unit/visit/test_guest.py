"""The technician's side: it asks, mirrors what her machine decided, and never shows more than that."""

import pytest

from remotehelp import messages
from remotehelp.messages import Right
from remotehelp.visit.commands import Inject, ReleaseAllInput, StartMending, StopCapture, StopMending, Tell
from remotehelp.visit.events import (
    Answered,
    Asked,
    GaveUp,
    Gone,
    HerTurnCame,
    InputCame,
    Left,
    LineBack,
    LineLost,
    Misbehaved,
    NotNowCame,
    RightsCame,
    RightSet,
    Said,
    ScreensAsked,
    ScreensCame,
    Side,
    Summarised,
)
from remotehelp.visit.grants import SCREENS, OtherScreens
from remotehelp.visit.machine import State
from tests.helpers.playbook import Playbook, at, heard
from tests.helpers.visits import guest, host

C, T = Side.CUSTOMER, Side.TECHNICIAN
VIEW, POINT, CONTROL = Right.VIEW, Right.POINT, Right.CONTROL


def came(*rights, epoch=0):
    return RightsCame(frozenset(rights), epoch)


def test_what_her_machine_tells_is_mirrored():
    machine = guest()
    assert Playbook(machine) >> at(3, came(VIEW, CONTROL)) >> at(4, came(VIEW, epoch=1)) >> at(5, came(VIEW, epoch=1))
    assert (machine.rights, machine.epoch) == ({VIEW}, 1)


@pytest.mark.parametrize("event", [Answered(True), RightSet(VIEW, True), RightSet(CONTROL, True)], ids=str)
def test_nothing_that_happens_here_grants_anything(event):
    machine = guest()
    assert Playbook(machine) >> event
    assert machine.rights == frozenset()


def test_input_is_not_injected_on_the_technicians_own_computer():
    commands = guest(given=[VIEW, CONTROL]).handle(InputCame(messages.Key("KeyA", True, 0)), 1)
    assert not any(isinstance(command, Inject) for command in commands)


# --- asking --------------------------------------------------------------------------------------------


def test_one_request_at_a_time():
    machine = guest()
    assert (
        Playbook(machine)
        >> at(1, Asked(VIEW))
        << Tell(messages.Ask(VIEW))
        >> at(2, Asked(VIEW))
        >> at(2, Asked(CONTROL))
    )
    assert machine.asked is VIEW


def test_what_is_given_is_not_asked_for_again():
    machine = guest(given=[VIEW])
    assert not machine.may_ask(VIEW, 1)
    assert Playbook(machine) >> Asked(VIEW)
    assert machine.may_ask(CONTROL, 1)


@pytest.mark.parametrize("right", [Right.CLIPBOARD, Right.FILES, Right.PRINTERS, Right.SYSTEM])
def test_what_comes_with_a_later_version_can_not_be_asked_for(right):
    assert not guest().may_ask(right, 1)


@pytest.mark.parametrize("state", [state for state in State if state is not State.VISITING])
def test_outside_a_visit_nothing_can_be_asked_for(state):
    assert not guest(state).may_ask(VIEW, 1)
    assert Playbook(guest(state)) >> Asked(VIEW)


def test_her_yes_frees_the_buttons():
    machine = guest(State.VISITING, Asked(CONTROL))
    machine.handle(came(VIEW, CONTROL), 2)
    assert machine.asked is None
    assert machine.may_ask(POINT, 2)


def test_something_else_that_she_gives_is_no_answer():
    machine = guest(State.VISITING, Asked(CONTROL))
    machine.handle(came(VIEW), 2)
    assert machine.asked is CONTROL


def test_her_not_now_frees_the_buttons_and_the_second_rests_that_one():
    machine = guest(State.VISITING, Asked(VIEW), NotNowCame(VIEW, 0))
    assert machine.may_ask(VIEW, 0)
    assert Playbook(machine) >> at(10, Asked(VIEW)) << Tell(messages.Ask(VIEW)) >> at(11, NotNowCame(VIEW, 300))
    assert (machine.may_ask(POINT, 12), machine.may_ask(VIEW, 12), machine.rest_s(VIEW, 12)) == (True, False, 299)
    assert (machine.may_ask(VIEW, 311), machine.rest_s(VIEW, 311)) == (True, 0)


def test_a_not_now_to_something_else_leaves_the_request_open():
    machine = guest(State.VISITING, Asked(VIEW))
    machine.handle(NotNowCame(POINT, 0), 1)
    assert machine.asked is VIEW


# --- the line ------------------------------------------------------------------------------------------


def test_while_the_line_is_mended_at_most_the_view_is_left():
    machine = guest(State.MENDING, given=[VIEW, POINT, CONTROL])
    assert machine.rights == {VIEW}
    assert guest(State.MENDING).rights == frozenset()


def test_a_line_that_only_the_technician_missed_brings_back_what_she_allows():
    """Her machine heard us all the time: it took nothing back and tells nothing anew."""
    machine = guest(State.MENDING, given=[VIEW, CONTROL])
    assert Playbook(machine) >> at(5, LineBack()) << StopMending()
    assert machine.rights == {VIEW, CONTROL}
    assert not machine.may_ask(VIEW, 5)


def test_a_line_that_both_missed_brings_back_what_she_tells():
    machine = guest(State.MENDING, LineBack(), given=[VIEW, CONTROL])
    machine.handle(came(VIEW, epoch=1), 5)
    assert (machine.rights, machine.epoch) == ({VIEW}, 1)


def test_her_grants_count_even_if_they_come_before_the_line_is_back():
    machine = guest(State.MENDING, came(VIEW, epoch=1), LineBack(), given=[VIEW, CONTROL])
    assert (machine.rights, machine.epoch) == ({VIEW}, 1)


def test_a_request_does_not_outlive_the_line():
    machine = guest(State.VISITING, Asked(VIEW), LineLost(), LineBack())
    assert machine.asked is None
    assert machine.may_ask(VIEW, 1)


def test_a_request_that_only_her_machine_lost_with_the_line_does_not_block_the_buttons():
    her, machine = host(State.VISITING, Asked(VIEW)), guest(State.VISITING, Asked(VIEW))
    for event in (LineLost(), LineBack()):
        for command in her.handle(event, 1):
            if isinstance(command, Tell) and isinstance(command.message, messages.NotNow):
                machine.handle(NotNowCame(command.message.right, command.message.rest_s), 1)
    assert machine.may_ask(VIEW, 1)


@pytest.mark.parametrize("event", [Left(C), Left(T), LineLost(), GaveUp(), Misbehaved("message_too_long")], ids=str)
def test_every_way_out_of_a_visit_lets_go_of_the_keys_and_of_control(event):
    machine = guest(given=[VIEW, POINT, CONTROL])
    commands = machine.handle(event, 3)
    mending = [StartMending()] if isinstance(event, LineLost) else []
    assert commands[-2 - len(mending) :] == [ReleaseAllInput(), StopCapture(), *mending]
    assert CONTROL not in machine.rights


@pytest.mark.parametrize("state", [State.WAITING, State.MEETING, State.GOODBYE, State.CLOSED])
def test_grants_outside_a_visit_are_nothing(state):
    machine = guest(state)
    assert Playbook(machine) >> came(VIEW, CONTROL) >> NotNowCame(VIEW, 300)
    assert machine.rights == frozenset()


# --- words ---------------------------------------------------------------------------------------------


def test_the_technician_may_write_as_soon_as_they_have_met():
    assert Playbook(guest(State.WAITING)) >> Said(T, "Good day")
    assert (
        Playbook(guest(State.MEETING))
        >> at(2, Said(T, "Good day"))
        << heard(T, "Good day")
        << Tell(messages.Chat("Good day"))
        >> at(3, Said(C, "Hello"))
        << heard(C, "Hello")
    )


@pytest.mark.parametrize("state", [State.WAITING, State.MEETING, State.CLOSED])
def test_there_is_no_summary_of_no_visit(state):
    assert Playbook(guest(state)) >> Summarised("Anything", "at all")


def test_who_leaves_first_says_so_and_the_other_does_not_answer():
    assert Tell(messages.Goodbye()) in guest().handle(Left(T), 1)
    assert Tell(messages.Goodbye()) not in guest().handle(Left(C), 1)
    assert Tell(messages.Closed()) not in guest(State.GOODBYE).handle(Gone(C), 1)


# --- other screens -------------------------------------------------------------------------------------

TWO = ScreensAsked(("two",), there=True)
ASKED = Tell(messages.AskScreens(("two",)))


def asks():
    """In a visit with the picture, and another screen was asked for."""
    machine = guest(given=[VIEW])
    assert Playbook(machine) >> at(1, TWO) << ASKED
    return machine


def test_another_screen_is_asked_for_once_until_the_answer():
    machine = asks()
    assert Playbook(machine) >> TWO >> Asked(CONTROL) >> ScreensCame(("three",))
    assert machine.asked == OtherScreens(("two",))
    assert Playbook(machine) >> ScreensCame(("two",))
    assert machine.asked is None


def test_not_now_to_a_screen_rests_all_of_them():
    machine = asks()
    assert Playbook(machine) >> at(2, NotNowCame(SCREENS, 300))
    assert machine.asked is None
    assert not machine.may_ask(OtherScreens(("three",)), 3)
    assert machine.may_ask(CONTROL, 3)


def test_a_question_that_went_without_an_answer_is_no_not_now_of_hers():
    for ask, topic in ((Asked(POINT), POINT), (ScreensAsked(("two",), there=True), SCREENS)):
        machine = guest(State.VISITING, ask, given=[VIEW])
        assert Playbook(machine) >> at(2, NotNowCame(topic, 0, said=False))
        assert machine.asked is None


def test_without_the_picture_no_other_screen_is_asked_for():
    assert Playbook(guest()) >> TWO
    assert Playbook(guest(given=[VIEW])) >> ScreensAsked(("one",), there=False)
    machine = asks()
    machine.handle(came(), 2)
    assert machine.asked is None


def test_her_turn_is_mirrored_while_we_control_and_lets_go_of_everything():
    machine = guest(given=[VIEW, CONTROL])
    assert Playbook(machine) >> HerTurnCame(True) << ReleaseAllInput()
    assert machine.her_turn
    assert Playbook(machine) >> HerTurnCame(False) << ReleaseAllInput()
    assert not machine.her_turn


def test_her_turn_ends_with_control():
    machine = guest(State.VISITING, HerTurnCame(True), given=[VIEW, CONTROL])
    machine.handle(LineLost(), 1)
    assert not machine.her_turn
    machine.handle(LineBack(), 2)
    machine.handle(came(VIEW), 3)
    machine.handle(came(VIEW, CONTROL), 4)
    assert not machine.her_turn

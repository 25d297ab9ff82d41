import pytest

from remotehelp.messages import Right
from remotehelp.visit.grants import NOT_NOW_LIMIT, OFFERED, REST_S, Grants, OtherScreens

VIEW, POINT, CONTROL = Right.VIEW, Right.POINT, Right.CONTROL
OTHER = OtherScreens(("two",))


def given(*rights):
    grants = Grants()
    for right in rights:
        grants = grants.allow(right)
    return grants


def test_nothing_is_given_at_the_start():
    assert Grants().rights == frozenset()
    assert not any(Grants().allows(right) for right in Right)


def test_giving_does_not_raise_the_epoch():
    assert (given(VIEW).rights, given(VIEW).epoch) == ({VIEW}, 0)


@pytest.mark.parametrize("right", [POINT, CONTROL])
def test_pointing_and_control_need_eyes(right):
    assert given(right).rights == {VIEW, right}
    blind = given(POINT, CONTROL).revoke(VIEW)
    assert (blind.rights, blind.epoch) == (frozenset(), 1)


def test_taking_control_back_leaves_the_rest_and_raises_the_epoch():
    grants = given(POINT, CONTROL).revoke(CONTROL)
    assert (grants.rights, grants.epoch) == ({VIEW, POINT}, 1)


def test_taking_back_what_was_not_given_changes_nothing():
    grants = given(VIEW)
    assert grants.revoke(CONTROL) is grants


def test_taking_everything_back_drops_the_open_request_and_always_raises_the_epoch():
    grants = given(CONTROL).ask(POINT).revoke_all()
    assert (grants.rights, grants.open_request, grants.epoch) == (frozenset(), None, 1)
    assert grants.revoke_all().epoch == 2


def test_a_value_is_never_changed_once_it_was_made():
    grants = given(VIEW).ask(CONTROL)
    grants.allow(CONTROL), grants.not_now(CONTROL, 0), grants.revoke(VIEW), grants.revoke_all()
    assert (grants.rights, grants.open_request, grants.epoch) == ({VIEW}, CONTROL, 0)
    assert (grants.refusals, grants.rested_until) == ({}, {})


# --- asking --------------------------------------------------------------------------------------------


def test_only_what_this_version_can_give_may_be_asked_for():
    assert {right for right in Right if Grants().may_ask(right, 0)} == OFFERED


def test_one_open_request_at_a_time():
    assert not any(Grants().ask(VIEW).may_ask(right, 0) for right in Right)


def test_what_is_given_may_not_be_asked_for():
    assert not given(VIEW).may_ask(VIEW, 0)
    assert given(VIEW).may_ask(CONTROL, 0)


def test_giving_something_else_leaves_the_request_open():
    assert Grants().ask(CONTROL).allow(VIEW).open_request is CONTROL
    assert Grants().ask(CONTROL).allow(CONTROL).open_request is None


def test_other_screens_may_be_asked_for_while_something_is_seen():
    assert not Grants().may_ask(OTHER, 0)
    assert given(VIEW).may_ask(OTHER, 0)
    assert not given(VIEW).ask(CONTROL).may_ask(OTHER, 0)
    assert not given(VIEW).ask(OTHER).may_ask(CONTROL, 0)


def test_switching_keeps_the_rights_and_raises_the_epoch():
    grants = given(CONTROL).switch(("two",))
    assert (grants.rights, grants.epoch) == ({VIEW, CONTROL}, 1)


def test_switching_answers_the_question_for_exactly_that():
    asked = given(VIEW).ask(OTHER)
    assert asked.switch(OTHER.names).open_request is None
    assert asked.switch(("three",)).open_request == OTHER
    assert given(VIEW).ask(CONTROL).switch(OTHER.names).open_request is CONTROL


def test_without_view_a_question_for_other_screens_is_moot():
    assert given(VIEW).ask(OTHER).revoke(VIEW).open_request is None
    assert given(CONTROL).ask(OTHER).revoke(CONTROL).open_request == OTHER
    assert given(VIEW).ask(CONTROL).revoke(VIEW).open_request is CONTROL


# --- not now -------------------------------------------------------------------------------------------


def refuse(grants, right, now, times=1):
    for _ in range(times):
        grants = grants.ask(right).not_now(right, now)
    return grants


def test_one_not_now_rests_nothing():
    grants = refuse(Grants(), VIEW, 100)
    assert (grants.open_request, grants.rest_s(VIEW, 100)) == (None, 0)
    assert grants.may_ask(VIEW, 100)


def test_the_second_rests_that_button_for_five_minutes_and_no_other():
    grants = refuse(Grants(), VIEW, 100, NOT_NOW_LIMIT)
    assert (NOT_NOW_LIMIT, REST_S) == (2, 300)
    assert grants.rest_s(VIEW, 100) == 300
    assert not grants.may_ask(VIEW, 399)
    assert grants.may_ask(VIEW, 400)
    assert grants.rest_s(VIEW, 1000) == 0
    assert grants.may_ask(CONTROL, 100)


def test_after_the_rest_it_takes_two_again():
    grants = refuse(refuse(Grants(), VIEW, 100, 2), VIEW, 500)
    assert grants.may_ask(VIEW, 500)
    assert refuse(grants, VIEW, 501).rest_s(VIEW, 501) == 300


def test_refusals_of_different_rights_do_not_add_up():
    grants = refuse(refuse(Grants(), VIEW, 0), CONTROL, 0)
    assert grants.may_ask(VIEW, 0)
    assert grants.may_ask(CONTROL, 0)


def test_refusals_of_other_screens_add_up_whichever_they_are():
    grants = refuse(refuse(given(VIEW), OTHER, 0), OtherScreens(("three", "four")), 0)
    assert grants.rest_s(OTHER, 0) == REST_S
    assert not grants.may_ask(OtherScreens(("five",)), 299)
    assert grants.may_ask(CONTROL, 0)


def test_only_a_yes_to_the_question_forgives_a_refused_screen():
    once = refuse(given(VIEW), OTHER, 0)
    assert refuse(once.switch(("three",)), OTHER, 0).rest_s(OTHER, 0) == REST_S
    assert refuse(once.ask(OTHER).switch(OTHER.names), OTHER, 0).rest_s(OTHER, 0) == 0


def test_a_yes_in_between_forgives_the_first_refusal():
    grants = refuse(refuse(Grants(), CONTROL, 0).allow(CONTROL).revoke(CONTROL), CONTROL, 0)
    assert grants.may_ask(CONTROL, 0)


def test_a_rest_outlives_a_lost_line():
    assert refuse(Grants(), VIEW, 100, 2).revoke_all().rest_s(VIEW, 100) == 300

"""From what the technician's side knows to what the window shows."""

from __future__ import annotations

import pytest

from remotehelp.desktop.screens import Monitor
from remotehelp.media.area import Rect
from remotehelp.messages import Right
from remotehelp.technician.showing import OpenCase, Shown, show
from remotehelp.technician.view import Ended, Page, TechnicianView, TheirScreen, TheirScreens
from remotehelp.visit import events as on
from remotehelp.visit.grants import NOT_NOW_LIMIT, OFFERED
from remotehelp.visit.shown import Line
from remotehelp.visit.story import Story
from tests.helpers.issuer import Issuer
from tests.helpers.joined_visits import Visits, meeting, visiting

OWN = Issuer().badge()


def view_of(shown: Shown, visits: Visits | None = None, *, signed_in: bool = True, own: bool = True) -> TechnicianView:
    now = visits.engine.now if visits else 0.0
    return show(shown, OWN if own else None, signed_in, visits.t if visits else None, now)


@pytest.mark.parametrize(
    ("own", "signed_in", "joining", "page"),
    [
        (False, False, False, Page.FIRST_START),
        (True, False, False, Page.SIGN_IN),
        (True, True, False, Page.DESK),
        (True, True, True, Page.JOINING),
    ],
)
def test_which_page_is_there(own: bool, signed_in: bool, joining: bool, page: Page) -> None:
    assert view_of(Shown(joining=joining), own=own, signed_in=signed_in).page is page


def test_who_i_am_stands_in_the_badge() -> None:
    assert view_of(Shown()).me == "Technician A, Example Help"
    assert view_of(Shown(), own=False).me == ""


def test_an_own_broker_shows_its_address_its_link_and_a_picture_of_it() -> None:
    shown = Shown()
    assert not view_of(shown).own_broker
    shown.serve("http://192.0.2.10:8470", "remotehelp://join?broker=x")
    view = view_of(shown)
    assert view.own_broker
    assert (view.customer_address, view.customer_link) == ("http://192.0.2.10:8470", "remotehelp://join?broker=x")
    assert b"<svg" in view.link_qr


def why(view: TechnicianView) -> dict[Right, str]:
    return {line.right: line.why_not for line in view.asks}


async def test_in_the_meeting_nothing_can_be_asked_for_yet() -> None:
    async with meeting() as both:
        view = view_of(Shown(), both)
        assert (view.page, view.accepted, view.line) == (Page.VISIT, False, Line.GOOD)
        assert set(why(view).values()) == {"not_let_in_yet", "right_comes_later"}


async def test_each_button_says_why_it_can_not_be_pressed() -> None:
    async with visiting(Right.VIEW) as both:
        view = view_of(Shown(), both)
        assert view.accepted
        assert why(view)[Right.VIEW] == "right_given_already"
        assert {right for right, reason in why(view).items() if reason == "right_comes_later"} == set(Right) - OFFERED
        assert why(view)[Right.CONTROL] == ""
        both.t.feed(on.Asked(Right.CONTROL))
        asked = view_of(Shown(), both)
        assert [line.right for line in asked.asks if line.waiting] == [Right.CONTROL]
        assert why(asked)[Right.POINT] == "answer_awaited"


async def test_without_a_face_nobody_asks_for_control() -> None:
    async with visiting(Right.VIEW) as both:
        view = view_of(Shown(no_face=True), both)
        assert why(view)[Right.CONTROL] == "no_face_no_hands"
        assert why(view)[Right.POINT] == ""


async def test_two_refusals_let_a_button_rest() -> None:
    async with visiting() as both:
        for _ in range(NOT_NOW_LIMIT):
            both.t.feed(on.Asked(Right.POINT))
            await both.until(lambda: both.c.host.grants.open_request)
            both.c.feed(on.Answered(False))
            await both.until(lambda: both.t.guest.asked is None)
        await both.until(lambda: why(view_of(Shown(), both))[Right.POINT] == "asking_rests")
        assert why(view_of(Shown(), both))[Right.VIEW] == ""


async def test_while_she_works_herself_control_is_kept_and_waits() -> None:
    async with visiting(Right.CONTROL) as both:
        both.c.feed(on.HerTurn(True))
        await both.until(lambda: view_of(Shown(), both).her_turn)
        assert view_of(Shown(), both).controls


async def test_a_lost_line_takes_control_away_and_keeps_the_picture() -> None:
    async with visiting(Right.CONTROL) as both:
        assert view_of(Shown(), both).controls
        both.t.feed(on.LineLost())
        view = view_of(Shown(), both)
        assert (view.page, view.accepted, view.controls, view.sees) == (Page.VISIT, True, False, True)
        assert why(view)[Right.POINT] == "line_is_lost"


async def test_the_goodbye_stays_until_the_case_is_closed() -> None:
    shown = Shown(notes="called twice")
    async with visiting(Right.VIEW) as both:
        both.t.problem = "The printer stopped"
        both.t.feed(on.Left(on.Side.TECHNICIAN))
        shown.open_case(OpenCase("2026-11-22T10:00:00.000000", both.t.problem, both.t.log.story, both.t.ended))
        view = view_of(shown, both)
        assert (view.page, view.problem, view.sees, view.notes) == (
            Page.GOODBYE,
            "The printer stopped",
            False,
            "called twice",
        )
        assert view.ended is Ended.BY_ME
    shown.she_left = True
    assert view_of(shown).she_left
    assert view_of(shown).ended is Ended.BY_ME
    assert view_of(shown, signed_in=False).page is Page.GOODBYE
    shown.close_case(("one line",))
    view = view_of(shown)
    assert (view.page, view.notes, view.she_left, view.history) == (Page.DESK, "", False, ("one line",))


def test_opening_a_case_begins_anew() -> None:
    shown = Shown(she_left=True)
    shown.open_case(OpenCase("2026-11-22T10:00:00.000000", "problem", Story()))
    assert not shown.she_left


async def test_her_screens_are_told_with_why_no_other_one_can_be_asked_for() -> None:
    two = (Monitor("fake", Rect(0, 0, 640, 480), True), Monitor("right", Rect(640, 0, 320, 200), False))
    listed = (TheirScreen("fake", 640, 480), TheirScreen("right", 320, 200))
    async with visiting() as both:
        assert view_of(Shown(), both).screens == TheirScreens(why_not="no_screens_yet")
        await both.allow(Right.VIEW)
        await both.until(lambda: view_of(Shown(), both).screens.why_not == "they_have_one_screen")
        both.screens.rearrange(two)
        await both.until(lambda: view_of(Shown(), both).screens == TheirScreens(listed, ("fake",)))
        for _ in range(NOT_NOW_LIMIT):
            both.t.ask_for_screens(("right",))
            asked = view_of(Shown(), both).screens
            assert (asked.shown, asked.waiting, asked.why_not) == (("fake",), True, "answer_awaited")
            await both.until(lambda: both.c.host.grants.open_request)
            both.c.feed(on.Answered(False))
            await both.until(lambda: both.t.guest.asked is None)
        assert view_of(Shown(), both).screens.why_not == "asking_rests"

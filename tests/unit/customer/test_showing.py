"""From what her side knows to what her window shows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from remotehelp.customer.helper_link import HelperLink
from remotehelp.customer.keepsake import new_record
from remotehelp.customer.showing import Farewell, Shown, show
from remotehelp.customer.view import CustomerView, Organisation, Page, Window
from remotehelp.desktop.fake_screens import FakeShown
from remotehelp.media.area import Rect
from remotehelp.messages import Right
from remotehelp.sentences import sentence
from remotehelp.trust.badge import Verdict
from remotehelp.trust.link import make_link
from remotehelp.visit import events as on
from remotehelp.visit.events import Side
from remotehelp.visit.grants import OFFERED
from remotehelp.visit.machine import State
from remotehelp.visit.shown import SHOWN_LINES, Line, Said, ShownLog
from tests.helpers.issuer import Issuer
from tests.helpers.joined_openings import profile_in
from tests.helpers.joined_visits import Visits, meeting, visiting

ISSUER = Issuer()
BADGE = ISSUER.badge().badge


@pytest.fixture
def helper(tmp_path: Path) -> HelperLink:
    helper = HelperLink(profile_in(tmp_path / "profile"))
    helper.use(make_link("https://broker.example.org", ISSUER.organisation))
    return helper


@pytest.fixture
def shown() -> Shown:
    """She is about to meet a technician of a new organisation."""
    shown = Shown(problem="The printer stopped")
    shown.meet(Verdict(BADGE, False, False, 1), Organisation("Example Help", "new"))
    return shown


def view_of(shown: Shown, helper: HelperLink, visits: Visits | None = None, now: float = 0.0) -> CustomerView:
    return show(shown, helper, visits.c if visits else None, sentence, now)


def test_the_start(helper: HelperLink) -> None:
    view = view_of(Shown(problem="x"), helper)
    assert (view.page, view.problem) == (Page.START, "x")
    assert view.organisation == Organisation("Example Help", "new")


def test_a_code_counts_down_and_never_below_nothing(helper: HelperLink) -> None:
    shown = Shown(code="4711-482-913", expires_at=600.0, here=2)
    assert [view_of(shown, helper, now=now).code_expires_in_s for now in (0.0, 599.2, 700.0)] == [600, 0, 0]
    assert view_of(shown, helper).page is Page.CODE
    assert view_of(shown, helper).here == 2
    shown.forget_code()
    assert (view_of(shown, helper).page, view_of(shown, helper).here) == (Page.START, None)


async def test_one_window_alone_and_where_it_is(shown: Shown, helper: HelperLink) -> None:
    async with visiting(Right.VIEW) as both:
        view = view_of(shown, helper, both)
        assert (view.shown, view.window, view.window_at, view.windows) == (("fake",), None, None, ())
        pixels = np.zeros((60, 80, 4), np.uint8)
        both.screens.show_window(7, FakeShown(Rect(100, 50, 80, 60), pixels, "Printers"))
        both.c.screen.choose_window(7)
        view = view_of(shown, helper, both)
        assert (view.shown, view.window, view.windows) == ((), Window(7, "Printers"), (Window(7, "Printers"),))
        assert view.window_at == (100, 50, 80, 60)
        both.c.sharing.on_screen = False
        assert view_of(shown, helper, both).window_at is None
        both.c.sharing.no_windows = "no_single_window"
        assert view_of(shown, helper, both).no_windows == "no_single_window"


async def test_the_meeting_shows_who_the_badge_says_and_waits_for_her_answer(shown: Shown, helper: HelperLink) -> None:
    async with meeting() as both:
        shown.photo = b"\xff\xd8\xff"
        view = view_of(shown, helper, both)
        assert view.page is Page.MEETING
        assert view.technician is not None
        assert (view.technician.given_name, view.technician.surname) == ("Technician", "A")
        assert view.technician.photo == b"\xff\xd8\xff"
        assert view.asks_origin
        assert not view.may_accept
        for origin, may in (("asked", True), ("stranger", True), ("whatever", False), ("", False)):
            shown.origin = origin
            assert view_of(shown, helper, both).may_accept is may
        both.c.lifeline.ready = False
        shown.origin = "asked"
        assert not view_of(shown, helper, both).may_accept


async def test_a_known_organisation_is_not_asked_about(helper: HelperLink) -> None:
    shown = Shown()
    shown.meet(Verdict(BADGE, True, True, 1), Organisation("Example Help", "known", "2026-11-01"))
    async with meeting() as both:
        view = view_of(shown, helper, both)
        assert (view.asks_origin, view.may_accept) == (False, True)
        assert view.technician is not None
        assert (view.technician.clock_wrong, view.technician.list_old) == (True, True)


async def test_in_a_visit_each_right_says_whether_it_is_on_and_why_it_can_not_be_switched(
    shown: Shown, helper: HelperLink
) -> None:
    async with visiting(Right.VIEW) as both:
        both.c.host.face_painted = False
        lines = {line.right: line for line in view_of(shown, helper, both).rights}
        assert set(lines) == set(Right)
        assert {right for right, line in lines.items() if line.on} == {Right.VIEW}
        assert lines[Right.CONTROL].why_not == "face_before_hands"
        assert {right for right, line in lines.items() if line.why_not == "right_comes_later"} == set(Right) - OFFERED
        both.c.feed(on.FacePainted())
        assert {line.right for line in view_of(shown, helper, both).rights if not line.why_not} == OFFERED
        both.c.feed(on.LineLost())
        lost = view_of(shown, helper, both)
        assert lost.page is Page.VISIT
        assert {line.why_not for line in lost.rights} == {"line_is_lost", "right_comes_later"}


async def test_colours_follow_what_really_flows(shown: Shown, helper: HelperLink) -> None:
    async with visiting(Right.CONTROL) as both:
        view = view_of(shown, helper, both)
        assert (view.sees, view.controls, view.line) == (True, True, Line.GOOD)
        both.c.feed(on.RightSet(Right.CONTROL, False))
        assert not view_of(shown, helper, both).controls
        both.c.feed(on.RightSet(Right.VIEW, False))
        await both.until(lambda: both.c.sharing.dark)
        view = view_of(shown, helper, both)
        assert (view.sees, view.unseen) == (False, True)


async def test_an_open_question_and_the_monitors_are_shown(shown: Shown, helper: HelperLink) -> None:
    async with visiting() as both:
        both.t.feed(on.Asked(Right.POINT))
        await both.until(lambda: both.c.host.grants.open_request)
        view = view_of(shown, helper, both)
        assert view.request == Right.POINT
        assert view.question == both.c.host.grants.question
        assert ([m.name for m in view.monitors], view.shown) == (["fake"], ("fake",))


async def test_a_face_of_which_no_more_comes_is_still(shown: Shown, helper: HelperLink) -> None:
    async with visiting() as both:
        assert not view_of(shown, helper, both).face_still
        both.t.lifeline._send = lambda beat: None
        await both.until(lambda: both.c.host.state is State.MENDING)
        assert view_of(shown, helper, both).face_still


async def test_a_line_that_did_not_come_back_is_told_at_the_goodbye(
    shown: Shown, helper: HelperLink, tmp_path: Path
) -> None:
    async with visiting() as both:
        both.c.feed(on.GaveUp())
        assert shown.person is not None
        record = new_record(tmp_path, datetime(2026, 11, 22), shown.problem, both.c.log.story)
        shown.say_farewell(Farewell(shown.person, both.c.host, record, both.c.sharing))
        shown.forget_visit()
        view = view_of(shown, helper)
        assert (view.line_lost, view.face_still) == (True, True)
        assert view.log == ShownLog(both.c.log.story.entries, str(record.journal.path), view.log.signed_upto, False)


async def test_the_goodbye_stays_with_its_summary_when_the_visit_is_gone(
    shown: Shown, helper: HelperLink, tmp_path: Path
) -> None:
    async with visiting() as both:
        both.c.feed(on.Said(Side.CUSTOMER, "Thank you"))
        both.c.feed(on.Left(Side.CUSTOMER))
        assert shown.person is not None
        record = new_record(tmp_path, datetime(2026, 11, 22), shown.problem, both.c.log.story)
        shown.say_farewell(Farewell(shown.person, both.c.host, record, both.c.sharing, both.c.conversation))
        there = view_of(shown, helper, both)
        assert (there.face_still, there.line_lost) == (False, False)
        both.c.feed(on.Summarised("stalled", "resumed"))
        shown.forget_visit()
        view = view_of(shown, helper)
        assert view.page is Page.GOODBYE
        assert "What was done: resumed" in view.summary
        assert "In your words: The printer stopped" in view.summary
        assert (view.face_still, view.line_lost) == (True, False)
        assert view.conversation == (Said(Side.CUSTOMER, "Thank you"),)
        assert (view.line, view.sees, view.may_keep) == (Line.NONE, False, True)
        shown.kept = True
        assert not view_of(shown, helper).may_keep


async def test_what_is_written_after_the_end_takes_no_place_of_what_was_written_before(
    shown: Shown, helper: HelperLink, tmp_path: Path
) -> None:
    async with visiting() as both:
        both.c.feed(on.Said(Side.TECHNICIAN, "Buy gift cards"))
        both.c.feed(on.Said(Side.CUSTOMER, "Why?"))
        both.c.feed(on.Left(Side.TECHNICIAN))
        for _ in range(SHOWN_LINES):
            both.c.feed(on.Said(Side.TECHNICIAN, "Have a nice day"))
        assert shown.person is not None
        record = new_record(tmp_path, datetime(2026, 11, 22), shown.problem, both.c.log.story)
        farewell = Farewell(shown.person, both.c.host, record, both.c.sharing, both.c.conversation, both.c.words)
        text = farewell.summary(sentence)
        assert f"{shown.person.given_name}: Buy gift cards" in text
        assert "You: Why?" in text
        assert "Have a nice day" not in text
        assert len(both.c.conversation) == SHOWN_LINES


def test_an_organisation_that_looks_like_a_known_one_is_not_named(helper: HelperLink) -> None:
    helper.known.keep(ISSUER.organisation, 1)
    pretender = Issuer("Example Help").organisation
    helper.link = SimpleNamespace(organisation=pretender)  # type: ignore[assignment]
    assert view_of(Shown(), helper).organisation is None


async def test_her_turn_is_shown_while_somebody_else_controls(shown: Shown, helper: HelperLink) -> None:
    async with visiting(Right.CONTROL) as both:
        both.c.feed(on.HerTurn(True))
        assert view_of(shown, helper, both).her_turn
        both.c.feed(on.RightSet(Right.CONTROL, False))
        assert not view_of(shown, helper, both).her_turn

"""No control without a guardian: before the first one it has to hear, and what it tells is heeded."""

from __future__ import annotations

import pytest

from remotehelp.customer import guarding
from remotehelp.desktop.guard import News
from remotehelp.messages import Right
from remotehelp.visit import events as on
from remotehelp.visit.machine import State
from tests.helpers.joined_visits import Visits, meeting, visiting

TICKS, UNTICKS = on.RightSet(Right.CONTROL, True), on.RightSet(Right.CONTROL, False)


def is_controlled(both: Visits) -> bool:
    return both.c.host.grants.allows(Right.CONTROL)


def will_start_late(both: Visits) -> None:
    """The next yes to control is the last one that it needs, and the guardian comes when it is told to."""
    both.c.host.braked = True
    both.guard.starts_at_once = False


async def ready(both: Visits) -> None:
    """The guardian hears from now on."""
    both.guard.hear(News.READY)
    await both.until(lambda: both.guard.beats)


async def test_it_is_there_from_the_first_control_to_the_end_of_the_visit() -> None:
    async with meeting() as both:
        await both.accept()
        await both.allow(Right.VIEW, Right.POINT)
        assert not both.guard.is_there
        await both.allow(Right.CONTROL)
        assert both.guard.is_there
        both.c.feed(UNTICKS)
        assert both.guard.is_there
        both.c.feed(on.Left(on.Side.CUSTOMER))
        await both.until(lambda: not both.guard.is_there)


async def test_it_hears_signs_of_life_all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "BEAT_S", 0.01)
    async with visiting(Right.CONTROL) as both:
        await both.until(lambda: both.guard.beats > 5)


@pytest.mark.parametrize("by_question", [True, False])
async def test_control_waits_for_it_and_begins_by_itself_then(by_question: bool) -> None:
    async with visiting(Right.VIEW) as both:
        will_start_late(both)
        if by_question:
            both.t.feed(on.Asked(Right.CONTROL))
            await both.until(lambda: both.c.host.grants.open_request)
            both.c.answer(True, both.c.host.grants.question)
        else:
            both.c.feed(TICKS)
        assert both.guard.is_there
        assert not is_controlled(both)
        await ready(both)
        await both.until(lambda: Right.CONTROL in both.t.guest.rights)


async def test_it_is_started_by_the_last_yes_that_the_first_control_needs() -> None:
    async with visiting(Right.VIEW) as both:
        both.t.feed(on.Asked(Right.CONTROL))
        await both.until(lambda: both.c.host.grants.open_request)
        both.yes()
        assert both.c.host.checking
        assert not both.guard.is_there
        both.yes()
        assert both.guard.is_there
        assert is_controlled(both)


async def test_who_thinks_better_of_it_meanwhile_gives_nothing() -> None:
    async with visiting(Right.VIEW) as both:
        will_start_late(both)
        both.c.feed(TICKS)
        both.c.feed(UNTICKS)
        await ready(both)
        assert not is_controlled(both)


@pytest.mark.parametrize("meanwhile", [on.RightSet(Right.POINT, True), on.ScreensChosen(("fake",)), on.LineLost()])
async def test_where_something_changes_meanwhile_she_gives_nothing(meanwhile: on.Event) -> None:
    async with visiting(Right.VIEW) as both:
        will_start_late(both)
        both.c.feed(TICKS)
        both.c.feed(meanwhile)
        await ready(both)
        assert not is_controlled(both)


@pytest.mark.parametrize("by_question", [True, False])
async def test_where_there_can_be_none_nobody_controls_and_both_are_told(by_question: bool) -> None:
    async with visiting(Right.VIEW) as both:
        will_start_late(both)
        if by_question:
            both.t.feed(on.Asked(Right.CONTROL))
            await both.until(lambda: both.c.host.grants.open_request)
            both.c.answer(True, both.c.host.grants.question)
        else:
            both.c.feed(TICKS)
        both.guard.lose()
        await both.until(lambda: both.c_told.troubles == ["no_guardian"])
        assert not is_controlled(both)
        if by_question:
            await both.until(lambda: both.t_told.troubles == ["question_went"])
        both.guard.starts_at_once = True
        both.c.question_hidden()
        both.c.feed(TICKS)
        assert is_controlled(both)


async def test_when_it_is_lost_control_ends_and_the_visit_goes_on() -> None:
    async with visiting(Right.CONTROL) as both:
        both.guard.lose()
        await both.until(lambda: Right.CONTROL not in both.t.guest.rights)
        assert both.c_told.troubles == ["no_guardian"]
        assert both.c.host.state is State.VISITING
        assert both.c.sharing.on
        both.c.feed(TICKS)
        assert both.guard.is_there
        assert is_controlled(both)


async def test_before_her_face_was_seen_it_is_not_even_started() -> None:
    async with visiting(Right.VIEW) as both:
        both.c.host.face_painted = False
        both.c.feed(TICKS)
        assert not both.guard.is_there


async def test_what_it_tells_after_the_visit_is_nothing() -> None:
    async with visiting(Right.CONTROL) as both:
        told = both.guard._told
        assert told
        both.c.feed(on.Left(on.Side.CUSTOMER))
        await both.until(lambda: not both.guard.is_there)
        for news in News:
            told(news)
        await both.until(lambda: both.ended)
        assert both.c_told.troubles == []

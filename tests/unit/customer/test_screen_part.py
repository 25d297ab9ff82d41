"""What is shown on the customer's computer, with a real technician's side at the other end of the line."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import numpy as np
import pytest

from remotehelp import messages
from remotehelp.customer.intents import OwnWindow
from remotehelp.desktop.fake import FakeInSight, FakeWindow
from remotehelp.desktop.fake_screens import FakeShown
from remotehelp.desktop.hands import Press
from remotehelp.desktop.screens import Monitor, SomeMonitors
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from remotehelp.messages import Right
from remotehelp.technician.intents import SendButton, SendKey
from remotehelp.visit import events as on
from remotehelp.visit.grants import OtherScreens
from remotehelp.visit.machine import State
from tests.helpers.joined_visits import Visits, meeting, size_of, visiting

LEFT, RIGHT = Monitor("fake", Rect(0, 0, 640, 480), True), Monitor("right", Rect(640, 100, 320, 200), False)


def names_shown(both: Visits) -> tuple[str, ...]:
    """The names that the technician's side was told of what is shown."""
    return () if both.t.screen is None else tuple(one.name for one in both.t.screen.shown)


async def test_a_monitor_that_is_unplugged_gives_way_to_another_and_control_is_over() -> None:
    async with visiting(Right.CONTROL) as both:
        both.t.sending.key(SendKey("KeyA", True))
        await both.until(both.hands.held)
        both.screens.rearrange((Monitor("other", Rect(0, 0, 320, 200), True),))
        await both.until(lambda: not both.hands.held())
        await both.until(lambda: both.t.guest.rights == {Right.VIEW} and size_of(both) == (320, 200))
        assert (both.c_told.troubles, both.t_told.troubles) == (["screen_gone"], ["their_screen_gone"])
        assert names_shown(both) == both.c.sharing.choice.names == ("other",)
        assert "screen_gone" in [entry.what for entry in both.c.log.story.entries]
        assert "screen_gone" in [entry.what for entry in both.t.log.story.entries]
        await both.until(lambda: both.engine.frames["screen"].take())
        await both.allow(Right.CONTROL)  # she may give it again


async def test_of_several_monitors_those_that_are_left_stay() -> None:
    async with visiting(Right.CONTROL) as both:
        both.screens.rearrange((LEFT, RIGHT))
        await both.until(lambda: len(both.t.screens) == 2)
        both.c.screen.choose(("fake", "right"))
        await both.until(lambda: size_of(both) == (960, 480))
        assert Right.CONTROL in both.t.guest.rights  # her own wish
        both.screens.rearrange((RIGHT,))
        await both.until(lambda: names_shown(both) == ("right",))
        assert both.t.guest.rights == {Right.VIEW}


async def test_a_monitor_that_is_gone_for_a_moment_changes_nothing() -> None:
    async with visiting(Right.CONTROL) as both:
        both.screens.rearrange((RIGHT,))
        await both.until(lambda: not both.c.sharing.on)
        both.screens.rearrange((LEFT, RIGHT))
        await both.until(lambda: both.c.sharing.on)
        assert both.c_told.troubles == []
        assert both.c.host.grants.allows(Right.CONTROL)


BIG = Rect(0, 0, 5000, 4000)  # more than one picture takes


async def test_a_monitor_that_is_too_large_is_told_once_and_no_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("remotehelp.customer.screen_part.SETTLE_S", 0.01)
    async with visiting() as both:
        both.screens.rearrange((Monitor("fake", BIG, True),))
        both.c.feed(on.RightSet(Right.VIEW, True))
        await both.until(lambda: both.c_told.troubles)
        assert both.c_told.troubles == ["screen_too_large"]
        assert both.c.host.grants.rights == frozenset()
        await both.until(lambda: both.t.guest.epoch == both.c.host.grants.epoch and not both.t.guest.rights)
        await asyncio.sleep(0.05)
        assert both.c_told.troubles == ["screen_too_large"]


async def test_screens_that_became_too_large_together_are_not_told_as_unplugged() -> None:
    async with visiting(Right.CONTROL) as both:
        both.screens.rearrange((LEFT, RIGHT))
        await both.until(lambda: len(both.t.screens) == 2)
        both.c.screen.choose(("fake", "right"))
        await both.until(lambda: size_of(both) == (960, 480))
        both.screens.rearrange((LEFT, replace(RIGHT, rect=Rect(640, 0, 4000, 4096))))
        await both.until(lambda: names_shown(both) == ("fake",) and both.t.guest.rights == {Right.VIEW})
        assert (both.c_told.troubles, both.t_told.troubles) == (["screens_outgrew"], [])
        assert "screens_outgrew" in [entry.what for entry in both.c.log.story.entries]
        assert both.c.sharing.on


async def test_an_answer_to_a_question_that_stood_while_the_window_closed_gives_nothing() -> None:
    async with visiting(Right.VIEW) as both:
        await show_a_window(both)
        both.t.feed(on.Asked(Right.CONTROL))
        await both.until(lambda: both.c.host.grants.open_request)
        read = both.c.host.grants.question
        both.c.question_shown((), read)
        both.screens.close_window(7)
        await both.until(lambda: both.t.guest.asked is None and not both.t.guest.rights)
        both.c.answer(True, read)
        both.c.question_hidden()
        assert both.c.host.grants.rights == frozenset()
        assert not both.c.sharing.on


async def test_control_of_one_window_ends_when_she_shows_the_screen() -> None:
    async with visiting(Right.CONTROL) as both:
        await show_a_window(both)
        both.hands.focus = 7
        both.t.sending.key(SendKey("KeyA", True))
        await both.until(both.hands.held)
        both.c.screen.choose(("fake",))
        assert not both.hands.held()
        await both.until(lambda: both.t.guest.rights == {Right.VIEW} and size_of(both) == (640, 480))


async def test_what_could_not_be_shown_is_not_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    async with visiting(Right.VIEW) as both:
        both.screens.show_window(7, PRINTERS)
        both.screens.rearrange((LEFT, RIGHT))
        await both.until(lambda: len(both.t.screens) == 2)
        both.c.feed(on.ScreensChosen(("no such",)))
        both.c.feed(on.WindowChosen(8, "No such"))
        assert both.c_told.troubles == ["monitor_gone", "window_closed"]
        shown = [(e.what, e.text) for e in both.c.log.story.entries if e.what in ("showed_screens", "showed_window")]
        assert shown == [("showed_screens", "fake")], "what was shown from the beginning"
        both.c.screen.choose(("right",))
        both.c.screen.choose_window(7)
        assert [entry.what for entry in both.c.log.story.entries[-2:]] == ["showed_screens", "showed_window"]


@pytest.mark.parametrize("what", ["showed_screens", "showed_window"])
async def test_what_was_chosen_before_anybody_saw_it_is_in_the_log(what: str) -> None:
    async with visiting() as both:
        both.screens.show_window(7, PRINTERS)
        if what == "showed_window":
            both.c.screen.choose_window(7)
        assert what not in [entry.what for entry in both.c.log.story.entries]
        await both.allow(Right.VIEW)
        await both.until(lambda: what in [entry.what for entry in both.t.log.story.entries])
        allowed, shown = [e for e in both.c.log.story.entries if e.what in ("allowed", what)]
        assert (allowed.n < shown.n, shown.text) == (True, "fake" if what == "showed_screens" else "Printers")


async def test_what_can_not_be_shown_at_the_beginning_is_not_in_the_log() -> None:
    async with visiting() as both:
        both.screens.show_window(7, PRINTERS)
        both.c.screen.choose_window(7)
        both.screens.close_window(7)
        both.c.feed(on.RightSet(Right.VIEW, True))
        assert "showed_window" not in [entry.what for entry in both.c.log.story.entries]


PIXELS = np.full((60, 80, 4), 9, np.uint8)
PRINTERS = FakeShown(Rect(100, 50, 80, 60), PIXELS, "Printers")


async def show_a_window(both: Visits) -> None:
    """She shows the window 7, which another one covers on its right half, and the technician sees it."""
    both.screens.show_window(7, PRINTERS)
    both.hands.windows = [FakeWindow(7, PRINTERS.rect), FakeWindow(8, Rect(140, 50, 80, 60))]
    both.c.screen.choose_window(7)
    await both.until(lambda: size_of(both) == (80, 60) and both.t.guest.epoch == both.c.host.grants.epoch)


async def test_one_window_alone_is_told_by_its_title_and_keeps_the_rights() -> None:
    async with visiting(Right.CONTROL) as both:
        await show_a_window(both)
        assert both.t.screen is not None
        assert both.t.screen.alone
        assert names_shown(both) == ("Printers",)
        assert both.t.guest.rights == {Right.VIEW, Right.CONTROL}
        assert "showed_window" in [entry.what for entry in both.c.log.story.entries]
        await both.until(lambda: (canvas := both.engine.frames["screen"].take()) and canvas.size == (80, 60))
        both.c.screen.choose(("fake",))
        await both.until(lambda: size_of(both) == (640, 480))
        assert not both.t.screen.alone


async def test_a_click_on_what_covers_the_window_does_nothing() -> None:
    async with visiting(Right.CONTROL) as both:
        await show_a_window(both)
        for x in (60, 5):
            both.t.sending.button(SendButton(1, True, x, 5))
            both.t.sending.button(SendButton(1, False, x, 5))
        await both.until(lambda: len(both.hands.done) == 2)
        assert both.hands.done == [(7, Press(1, True, 105, 55)), (7, Press(1, False, 105, 55))]
        assert both.c_told.troubles == []


async def test_input_follows_the_window_to_its_new_place() -> None:
    async with visiting(Right.CONTROL) as both:
        await show_a_window(both)
        changes = both.c_told.changes
        both.screens.show_window(7, replace(PRINTERS, rect=Rect(300, 200, 80, 60)))
        both.hands.windows = [FakeWindow(7, Rect(300, 200, 80, 60))]
        await both.until(lambda: both.c.sharing.place.area == Rect(300, 200, 80, 60))  # type: ignore[union-attr]
        await both.until(lambda: both.c_told.changes > changes)  # the frame goes along
        both.t.sending.button(SendButton(1, True, 5, 5))
        await both.until(lambda: both.hands.done == [(7, Press(1, True, 305, 205))])


async def test_with_the_window_all_rights_are_over_and_both_are_told() -> None:
    async with visiting(Right.CONTROL) as both:
        await show_a_window(both)
        both.hands.focus = 7
        both.t.sending.key(SendKey("KeyA", True))
        await both.until(both.hands.held)
        both.screens.close_window(7)
        await both.until(lambda: not both.t.guest.rights and not both.hands.held() and not both.c.sharing.on)
        assert (both.c_told.troubles, both.t_told.troubles) == (["window_closed"], ["their_window_closed"])
        assert both.c.sharing.choice == SomeMonitors(("fake",))
        assert both.c.host.state is State.VISITING
        assert "window_closed" in [entry.what for entry in both.t.log.story.entries]
        await both.allow(Right.VIEW)


async def test_a_window_that_is_gone_by_now_is_not_chosen() -> None:
    async with visiting(Right.CONTROL) as both:
        with pytest.raises(BackendError, match="window_closed"):
            both.c.screen.choose_window(7)
        assert both.c.sharing.on
        assert size_of(both) == (640, 480)


async def test_while_one_window_is_shown_the_technician_may_ask_for_the_screen() -> None:
    async with visiting(Right.VIEW) as both:
        await show_a_window(both)
        both.t.ask_for_screens(("fake",))
        await both.until(lambda: both.c.host.grants.open_request == OtherScreens(("fake",)))
        both.c.question_shown((), both.c.host.grants.question)
        both.c.answer(True, both.c.host.grants.question)
        both.c.question_hidden()
        await both.until(lambda: size_of(both) == (640, 480))


async def test_input_that_was_aimed_at_another_picture_is_dropped() -> None:
    async with visiting(Right.CONTROL) as both:
        both.screens.rearrange((LEFT, RIGHT))
        await both.until(lambda: len(both.t.screens) == 2)
        epoch = both.t.guest.epoch
        both.c.screen.choose(("right",))
        both.t.sending.button(SendButton(1, True, 5, 5))  # she has switched, and we don't know
        await both.until(lambda: both.t.guest.epoch > epoch)
        assert both.hands.done == []
        both.t.sending.button(SendButton(1, False, 5, 5))
        both.t.sending.button(SendButton(1, True, 5, 5))
        await both.until(lambda: both.hands.done)
        assert [action for _, action in both.hands.done] == [Press(1, True, 645, 105)]


async def test_nothing_is_injected_before_what_is_shown_is_framed() -> None:
    async with visiting(Right.CONTROL) as both:
        both.c_told.draw = lambda: None
        both.screens.rearrange((LEFT, RIGHT))
        await both.until(lambda: len(both.t.screens) == 2)
        both.c.screen.choose(("right",))
        await both.until(lambda: names_shown(both) == ("right",))
        both.t.sending.key(SendKey("KeyA", True))
        both.t.feed(on.Said(on.Side.TECHNICIAN, "typed"))
        await both.until(lambda: "typed" in [said.text for said in both.c.conversation])
        assert both.hands.done == []


async def test_the_technician_asks_for_another_screen_and_she_allows_it() -> None:
    async with visiting(Right.VIEW) as both:
        both.screens.rearrange((LEFT, RIGHT))
        await both.until(lambda: [one.name for one in both.t.screens] == ["fake", "right"])
        both.t.ask_for_screens(("right",))
        await both.until(lambda: both.c.host.grants.open_request == OtherScreens(("right",)))
        both.c.question_shown((), both.c.host.grants.question)
        both.c.answer(True, both.c.host.grants.question)
        both.c.question_hidden()
        await both.until(lambda: names_shown(both) == ("right",))
        assert both.t.guest.asked is None
        assert both.c.sharing.choice.names == ("right",)


@pytest.mark.parametrize("names", [("fake",), ("no such",), ("right", "right"), ("fake", "no such")])
async def test_what_makes_no_sense_is_not_asked(names: tuple[str, ...]) -> None:
    async with visiting(Right.VIEW) as both:
        both.screens.rearrange((LEFT, RIGHT))
        both.t.connection.send(messages.AskScreens(names))
        both.t.feed(on.Said(on.Side.TECHNICIAN, "asked"))
        await both.until(lambda: "asked" in [said.text for said in both.c.conversation])
        assert both.c.host.grants.question == 1


async def test_a_screen_that_went_while_she_was_asked_is_told() -> None:
    async with visiting(Right.VIEW) as both:
        both.screens.rearrange((LEFT, RIGHT))
        await both.until(lambda: len(both.t.screens) == 2)
        both.t.ask_for_screens(("right",))
        await both.until(lambda: both.c.host.grants.open_request)
        both.screens.rearrange((LEFT,))
        both.c.answer(True, both.c.host.grants.question)
        await both.until(lambda: both.t.guest.asked is None)
        assert (both.c_told.troubles, both.t_told.troubles) == (["monitor_gone"], ["question_went"])
        for story in (both.c.log.story, both.t.log.story):
            assert not {("showed_screens", "right"), ("not_now_screens", "right")} & {
                (entry.what, entry.text) for entry in story.entries
            }
        assert names_shown(both) == ("fake",)


async def test_a_monitor_that_moved_is_hit_where_it_is_now() -> None:
    async with visiting(Right.CONTROL) as both:
        await both.until(lambda: size_of(both) == (640, 480))
        both.hands._root = Rect(0, 0, 2000, 1000)
        both.screens.rearrange((Monitor("fake", Rect(200, 100, 800, 600), True),))
        await both.until(lambda: size_of(both) == (800, 600))
        both.t.sending.button(SendButton(1, True, 750, 550))
        await both.until(lambda: both.hands.done)
        assert [action for _, action in both.hands.done] == [Press(1, True, 950, 650)]


async def test_a_screen_that_can_not_be_captured_is_a_sentence_and_no_right(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(_: object) -> None:
        raise BackendError("display_lost")

    async with visiting() as both:
        monkeypatch.setattr(both.screens, "open", lost)
        both.c.feed(on.RightSet(Right.VIEW, True))
        assert both.c_told.troubles == ["display_lost"]
        assert both.c.host.grants.rights == frozenset()


async def test_a_window_that_was_closed_before_she_allowed_it_is_seen_by_nobody() -> None:
    async with meeting() as both:
        await both.accept()
        both.screens.show_window(7, PRINTERS)
        both.c.screen.choose_window(7)
        both.screens.close_window(7)
        both.c.feed(on.RightSet(Right.VIEW, True))
        await both.until(lambda: both.t_told.troubles == ["their_window_closed"])
        assert both.c_told.troubles == ["window_closed"]
        both.c.feed(on.Said(on.Side.CUSTOMER, "Can you see it?"))  # what was told before it has come
        await both.until(lambda: "said" in [entry.what for entry in both.t.log.story.entries])
        assert both.t.guest.rights == both.c.host.grants.rights == frozenset()
        assert both.t.guest.epoch == both.c.host.grants.epoch


# --- in sight --------------------------------------------------------------------------------------------


BAR, SIDE, DIALOG = OwnWindow(5, 0, 0, 9, 9, stays=True), OwnWindow(6, 0, 0, 9, 4, stays=True), OwnWindow(7, 0, 0, 9, 9)


def in_sight(both: Visits) -> FakeInSight:
    assert isinstance(both.desktop.in_sight, FakeInSight)
    return both.desktop.in_sight


async def test_what_shows_that_somebody_sees_is_kept_in_sight_while_they_do() -> None:
    async with visiting() as both:
        both.c.cover([BAR, SIDE, DIALOG])
        watch = in_sight(both)
        assert watch._kept == {5, 6}
        assert watch._covered is None
        await both.allow(Right.VIEW)
        assert watch._covered is not None
        both.c.feed(on.RightSet(Right.VIEW, False))
        assert watch._covered is None


async def test_covered_three_times_in_ten_seconds_control_ends_and_both_are_told() -> None:
    async with visiting(Right.CONTROL) as both:
        both.c.cover([BAR, SIDE])
        both.t.sending.key(SendKey("ShiftLeft", True))
        await both.until(lambda: both.hands.held())
        for times in (1, 2, 3):
            assert Right.CONTROL in both.c.host.grants.rights, times
            in_sight(both).cover(99, [5, 6])
            await both.until(lambda times=times: len(both.c.host._covers._times) == min(times, 2))
        await both.until(lambda: Right.CONTROL not in both.t.guest.rights)
        assert both.hands.held() == frozenset()
        assert Right.VIEW in both.t.guest.rights
        assert both.c_told.troubles == ["covered"]
        await both.until(lambda: both.t_told.troubles == ["told_covered"])

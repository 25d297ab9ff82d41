"""A visit on the technician's computer, with a real customer's side at the other end of the line."""

from __future__ import annotations

import asyncio

import pytest

from remotehelp import messages
from remotehelp.desktop.fake import ARROW
from remotehelp.media.cursor import Cursor, pack
from remotehelp.messages import Right
from remotehelp.technician.intents import SendKey, SendPointer
from remotehelp.technician.view import Ended
from remotehelp.technician.visit import CONTROL_LIMIT, SIZES_LIMIT
from remotehelp.visit import events as on
from remotehelp.visit.machine import State
from remotehelp.visit.shown import Line
from tests.helpers.joined_visits import meeting, size_of, visiting


async def test_nothing_may_be_done_before_she_lets_in() -> None:
    async with meeting() as both:
        both.t.feed(on.Asked(Right.CONTROL))
        both.t.sending.key(SendKey("KeyA", True))
        both.c.feed(on.Said(on.Side.CUSTOMER, "Who are you?"))
        await both.until(lambda: both.t.log.story.entries)
        assert both.c.host.grants.open_request is None
        assert both.t.guest.rights == frozenset()
        assert both.hands.done == []


async def test_she_declines_and_he_is_told() -> None:
    async with meeting() as both:
        both.c.feed(on.Declined())
        await both.until(lambda: both.t_told.closed)
        assert both.t_told.troubles == ["customer_declined"]
        assert both.t.ended is Ended.BY_HER


async def test_her_not_now_is_told_and_the_second_one_says_how_long_to_wait() -> None:
    async with visiting() as both:
        for told in (["customer_said_not_now"], ["customer_said_not_now", "asking_rests"]):
            both.t.feed(on.Asked(Right.POINT))
            await both.until(lambda: both.c.host.grants.open_request)
            both.c.feed(on.Answered(False))
            await both.until(lambda told=told: both.t_told.troubles == told)
        assert both.t.guest.asked is None


@pytest.mark.parametrize(
    ("event", "ended"),
    [
        (on.Left(on.Side.TECHNICIAN), Ended.BY_ME),
        (on.Left(on.Side.CUSTOMER), Ended.BY_HER),
        (on.GaveUp(), Ended.BY_LINE),
        (on.Misbehaved("message_not_understood"), Ended.BY_GUARD),
    ],
    ids=lambda part: str(part) if isinstance(part, Ended) else "",
)
async def test_who_ended_the_visit_is_known_and_stays(event: on.Event, ended: Ended) -> None:
    async with visiting() as both:
        both.t.feed(event)
        assert both.t.ended is ended
        both.t.feed(on.Gone(on.Side.CUSTOMER))
        assert both.t.ended is ended


async def test_his_own_leaving_in_the_meeting_is_no_trouble_of_his() -> None:
    async with meeting() as both:
        both.t.feed(on.Left(on.Side.TECHNICIAN))
        await both.until(lambda: both.c_told.closed and both.t_told.closed)
        assert both.t_told.troubles == []
        assert both.c_told.troubles == ["technician_left_early"]


async def test_a_line_that_ends_in_the_meeting_is_told_on_both_sides() -> None:
    async with meeting() as both:
        await both.c.connection._pc.close()
        await both.until(lambda: both.t_told.closed)
        assert both.t_told.troubles == ["line_lost_in_meeting"]


async def test_the_size_of_her_screen_is_known_while_it_is_seen() -> None:
    async with visiting(Right.VIEW) as both:
        await both.until(lambda: size_of(both) == (640, 480))
        await both.until(lambda: both.engine.frames["screen"].take())
        both.c.feed(on.RightSet(Right.VIEW, False))
        await both.until(lambda: not both.t.sees)
        assert both.t.screen is None


async def test_a_picture_that_came_faster_than_the_right_to_see_it_is_shown_with_it() -> None:
    async with visiting() as both:
        both.t.on_exact(messages.Exact(7, 64, 48, 1, 0, (), ()))
        assert both.engine.frames["screen"].take() is None
        both.t.feed(on.RightsCame(frozenset({Right.VIEW}), 1))
        canvas = both.engine.frames["screen"].take()
        assert canvas is both.t.viewer.canvas
        assert canvas.size == (64, 48)


async def test_nothing_of_her_screen_is_kept_once_it_may_not_be_seen() -> None:
    async with visiting(Right.VIEW) as both:
        await both.until(lambda: both.t.viewer.canvas.size == (640, 480))
        both.t.feed(on.RightsCame(frozenset(), 9))
        assert both.t.viewer.canvas.size == (0, 0)


async def test_a_picture_that_breaks_the_rules_ends_the_visit_for_both() -> None:
    async with visiting(Right.VIEW) as both:
        await both.until(lambda: both.engine.frames["screen"].take())
        both.c.connection.send_exact(messages.encode(messages.Exact(99, 8192, 8192, 1, 0, (), ())))
        await both.until(lambda: both.ended)
        assert both.t_told.troubles == ["picture_refused"]
        assert both.c_told.troubles == []


async def test_a_customers_program_that_sends_receipts_ends_the_visit() -> None:
    async with visiting(Right.VIEW) as both:
        await both.until(lambda: both.engine.frames["screen"].take())
        both.c.connection.send(messages.Restart())
        await both.until(lambda: both.ended)
        assert both.t_told.troubles == ["message_not_understood"]


async def test_motion_that_waits_when_she_stops_control_never_leaves() -> None:
    async with visiting(Right.CONTROL) as both:
        both.t.sending.pointer(SendPointer(1, 1))
        both.t.sending.pointer(SendPointer(2, 2))
        both.t.feed(on.RightsCame(frozenset({Right.VIEW}), 9))
        await asyncio.sleep(0.03)
        assert both.hands.pointer != (2, 2)


@pytest.mark.parametrize(
    "message",
    [messages.Ask(Right.VIEW), messages.Face("camera"), messages.Summary("", ""), messages.Key("KeyA", True, 0)],
    ids=["ask", "face", "summary", "key"],
)
async def test_a_customers_program_that_misbehaves_ends_the_visit_for_both(message: messages.Message) -> None:
    async with visiting(Right.CONTROL) as both:
        await both.until(lambda: both.engine.frames["screen"].take())
        both.c.connection.send(message)
        await both.until(lambda: both.ended)
        assert both.t_told.troubles == ["message_not_understood"]
        assert both.c_told.troubles == []


async def test_a_silent_line_takes_control_away_and_gives_it_up_in_the_end() -> None:
    async with visiting(Right.CONTROL) as both:
        both.c.lifeline._send = lambda beat: None
        await both.until(lambda: both.t.lifeline.line is Line.LOST)
        assert both.t.guest.state is State.MENDING
        assert not both.t.sending.controls
        both.t.feed(on.GaveUp())
        assert both.t.guest.state is State.GOODBYE


async def test_closing_twice_is_closing_once() -> None:
    async with visiting(Right.VIEW) as both:
        await asyncio.gather(both.t.close(), both.t.close())
        assert both.t.face.readyState == "ended"
        await both.until(lambda: both.c.host.state is State.GOODBYE)


async def test_her_pointer_comes_to_the_window_while_her_screen_may_be_seen() -> None:
    async with visiting(Right.VIEW) as both:
        both.cursor.move(33, 44)
        await both.until(lambda: (now := both.engine.frames["cursor"].take()) and now == Cursor(ARROW, (33, 44)))
        both.c.feed(on.RightSet(Right.VIEW, False))
        await both.until(lambda: not both.t.sees)
        both.engine.frames["cursor"].take()
        both.c.connection.send(pack(ARROW, 0))
        both.c.connection.send(messages.CursorPlace(1, 1, True, 0, 10_000))
        both.c.connection.send(messages.Chat("marker"))
        await both.until(lambda: "marker" in [said.text for said in both.t.conversation])
        assert both.engine.frames["cursor"].take() is None


async def test_a_pointer_that_came_faster_than_the_right_to_see_it_is_not_lost() -> None:
    async with visiting() as both:
        both.c.connection.send(pack(ARROW, 0))
        both.c.connection.send(messages.CursorPlace(1, 2, True, 0, 1))
        await both.until(lambda: both.t.cursor.now)
        assert both.engine.frames["cursor"].take() is None
        both.t.feed(on.RightsCame(frozenset({Right.VIEW}), 1))
        assert both.engine.frames["cursor"].take() == Cursor(ARROW, (1, 2))


@pytest.mark.parametrize(
    "bad",
    [
        messages.CursorShape(0, 96, 96, 0, 0, b"\x02bomb"),
        messages.CursorShape(0, 2, 3, 2, 0, pack(ARROW, 0).data),
        messages.CursorShape(0, 3, 3, 0, 0, pack(ARROW, 0).data),
    ],
    ids=["bomb", "hot spot outside", "size that lies"],
)
async def test_a_bad_shape_of_her_pointer_ends_the_visit(bad: messages.CursorShape) -> None:
    async with visiting(Right.VIEW) as both:
        both.c.connection.send(bad)
        await both.until(lambda: both.ended)
        assert both.t.ended is Ended.BY_GUARD


async def test_a_flood_of_places_leaves_the_newest_and_nothing_that_grows() -> None:
    async with visiting(Right.VIEW) as both:
        await both.until(lambda: both.t.cursor.now)
        for n in range(2000):
            both.t.on_live(messages.CursorPlace(n, 0, True, 0, 1000 + n))
        assert both.engine.frames["cursor"].take() == Cursor(ARROW, (1999, 0))
        assert both.engine.frames["cursor"].take() is None


FLOODS = [
    messages.ScreenGone("one"),
    messages.WindowClosed(),
    messages.NotTheseScreens(0),
    messages.NotNow(Right.POINT, 0),
    messages.Chat("x"),
    messages.TheirScreens(()),
]


@pytest.mark.parametrize("message", FLOODS, ids=lambda message: type(message).__name__)
async def test_a_flood_of_words_ends_the_visit_and_the_log_stays_short(message: messages.Control) -> None:
    async with visiting(Right.VIEW) as both:
        await both.until(lambda: both.t.screen)
        for _ in range(CONTROL_LIMIT + 1):
            both.t.on_control(message)
        assert both.t.ended is Ended.BY_GUARD
        assert both.t_told.troubles[-1] == "too_much_at_once"
        assert len(both.t.log.story.entries) < CONTROL_LIMIT + 20


async def test_a_window_that_she_draws_larger_and_a_pointer_that_changes_are_no_flood() -> None:
    async with visiting(Right.VIEW) as both:
        await both.until(lambda: both.t.screen and both.t.cursor.now)
        for n in range(2 * CONTROL_LIMIT):
            both.t.on_control(messages.Screen(100 + n, 100, (), alone=True))
            both.t.on_control(pack(ARROW, 0))
        assert both.t.guest.state is State.VISITING
        for _ in range(SIZES_LIMIT):
            both.t.on_control(messages.Screen(100, 100, (), alone=True))
        assert both.t_told.troubles[-1] == "too_much_at_once"


async def test_while_she_works_herself_nothing_is_sent_and_the_window_knows() -> None:
    async with visiting(Right.CONTROL) as both:
        both.t.sending.key(SendKey("ShiftLeft", True))
        both.c.feed(on.HerTurn(True))
        await both.until(lambda: both.t.guest.her_turn)
        assert not both.t.sending.controls
        assert Right.CONTROL in both.t.guest.rights
        both.c.feed(on.RightSet(Right.CONTROL, False))
        both.c.feed(on.HerTurn(False))
        both.c.feed(on.RightSet(Right.CONTROL, True))
        await both.until(lambda: both.t.sending.controls)


async def test_a_technicians_program_that_says_whose_turn_it_is_misbehaves() -> None:
    async with visiting(Right.CONTROL) as both:
        both.t.connection.send(messages.HerTurn(False))
        await both.until(lambda: both.ended)
        assert both.c_told.troubles == ["message_not_understood"]

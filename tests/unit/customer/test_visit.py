"""A visit on the customer's computer, with a real technician's side at the other end of the line."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from remotehelp import messages
from remotehelp.customer.intents import OwnWindow
from remotehelp.customer.motion import MOTION_S
from remotehelp.desktop.curtain import GREY
from remotehelp.desktop.fake import ARROW, FakeHands, FakeWindow
from remotehelp.desktop.guard import News
from remotehelp.desktop.hands import Action, Press, Type
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from remotehelp.media.cursor import INVISIBLE, Cursor
from remotehelp.messages import Key, Pointer, Right
from remotehelp.technician.intents import SendButton, SendKey, SendPointer
from remotehelp.visit import commands as do
from remotehelp.visit import events as on
from remotehelp.visit.checks import StillControl
from remotehelp.visit.machine import State
from remotehelp.visit.shown import Line
from tests.helpers.joined_peers import grey_face
from tests.helpers.joined_visits import Visits, meeting, size_of, visiting

RED = (0, 0, 255)


async def test_the_face_and_where_it_comes_from_arrive_before_anything_is_decided() -> None:
    async with meeting() as both:
        both.t.face.put(grey_face())
        await both.until(lambda: both.c.face == "demonstration")
        await both.until(lambda: both.engine.frames["face"].take())
        assert both.c.host.state is State.MEETING
        assert both.c.lifeline.line is Line.GOOD


async def test_she_declines() -> None:
    async with meeting() as both:
        both.c.feed(on.Declined())
        await both.until(lambda: both.c_told.closed and both.t_told.closed)
        assert both.c_told.troubles == []


async def test_seeing_the_screen_needs_her_yes() -> None:
    async with visiting() as both:
        both.t.feed(on.Asked(Right.VIEW))
        await both.until(lambda: both.c.host.grants.open_request)
        assert not both.c.sharing.on
        both.c.answer(True, both.c.host.grants.question)
        both.c.question_hidden()
        await both.until(lambda: both.engine.frames["screen"].take())
        assert size_of(both) == (640, 480)
        both.c.feed(on.RightSet(Right.VIEW, False))
        await both.until(lambda: Right.VIEW not in both.t.guest.rights)
        assert not both.c.sharing.on
        assert both.t.screen is None


async def test_no_picture_leaves_before_the_frame_round_her_screen_is_up_and_covered() -> None:
    async with visiting() as both:
        both.c_told.draw = lambda: None  # a window that hangs
        await both.allow(Right.VIEW)
        both.screens.paint(Rect(0, 0, 640, 4), RED)  # the frame
        both.c.connection.send(messages.Chat("marker"))
        await both.until(lambda: "marker" in [said.text for said in both.t.conversation])
        both.c.frame_shown((), both.c.sharing.showing - 1)
        assert both.c.sharing.on
        assert both.engine.frames["screen"].take() is None
        both.c.frame_shown((OwnWindow(9, 0, 0, 640, 4),), both.c.sharing.showing)
        await both.until(lambda: both.engine.frames["screen"].take())
        with both.t.viewer.canvas.reading() as now:
            assert tuple(now.pixels[:4]) == GREY


async def test_mouse_and_keyboard_reach_her_desktop_in_order() -> None:
    async with visiting(Right.CONTROL) as both:
        both.t.sending.button(SendButton(1, True, 30, 40))
        both.t.sending.button(SendButton(1, False, 30, 40))
        both.t.sending.key(SendKey("KeyA", True))
        both.t.sending.key(SendKey("KeyA", False))
        await both.until(lambda: len(both.hands.done) == 4)
        assert [action for _, action in both.hands.done] == [
            Press(1, True, 30, 40),
            Press(1, False, 30, 40),
            Type("KeyA", True),
            Type("KeyA", False),
        ]


async def test_stop_control_lets_go_of_everything_at_once_and_late_input_is_nothing() -> None:
    async with visiting(Right.CONTROL) as both:
        epoch = both.t.guest.epoch
        both.t.sending.key(SendKey("ShiftLeft", True))
        both.t.sending.button(SendButton(1, True, 5, 5))
        await both.until(lambda: both.hands.held() == {"ShiftLeft", 1})
        both.c.feed(on.RightSet(Right.CONTROL, False))
        assert both.hands.held() == frozenset()
        done = len(both.hands.done)
        both.t.connection.send(Key("KeyB", True, epoch))
        both.t.connection.send(Key("KeyB", True, epoch + 1))
        both.t.connection.send(messages.Chat("marker"))
        await both.until(lambda: "marker" in [said.text for said in both.c.conversation])
        assert len(both.hands.done) == done
        assert Right.VIEW in both.c.host.grants.rights


async def test_an_older_pointer_is_dropped() -> None:
    async with visiting(Right.CONTROL) as both:
        epoch = both.t.guest.epoch
        both.c.on_live(Pointer(50, 50, 7, epoch))
        both.c.on_live(Pointer(10, 10, 6, epoch))
        both.c.on_live(Pointer(20, 20, 7, epoch))
        assert both.hands.pointer == (50, 50)


async def test_of_places_that_come_together_the_newest_is_where_the_pointer_stays() -> None:
    async with visiting(Right.CONTROL) as both:
        epoch = both.t.guest.epoch
        for n in range(1, 4):
            both.c.on_live(Pointer(10 * n, 10, n, epoch))
        await both.until(lambda: both.hands.pointer == (30, 10))


async def test_a_place_that_waits_is_not_followed_after_the_press_that_came_behind_it() -> None:
    async with visiting(Right.CONTROL) as both:
        epoch = both.t.guest.epoch
        both.c.on_live(Pointer(10, 10, 1, epoch))
        both.c.on_live(Pointer(20, 20, 2, epoch))
        both.c.on_input(messages.Button(1, True, 30, 30, epoch))
        await asyncio.sleep(3 * MOTION_S)
        assert both.hands.pointer == (30, 30)


async def test_pointing_shows_an_arrow_and_touches_nothing() -> None:
    async with visiting(Right.POINT) as both:
        both.t.sending.pointer(SendPointer(11, 22))
        await both.until(lambda: both.c.pointer == (11, 22))
        assert (both.hands.done, both.hands.pointer) == ([], (0, 0))
        both.c.feed(on.RightSet(Right.POINT, False))
        assert both.c.pointer is None


async def test_her_pointer_is_told_while_her_screen_is_shown_and_no_longer() -> None:
    async with visiting() as both:
        both.cursor.move(5, 6)
        await both.allow(Right.VIEW)
        await both.until(lambda: both.t.cursor.now == Cursor(ARROW, (5, 6)))
        both.cursor.move(50, 60)
        both.cursor.wear(INVISIBLE)
        await both.until(lambda: both.t.cursor.now == Cursor(INVISIBLE, (50, 60)))
        sent = both.c.connection.send
        both.c.feed(on.RightSet(Right.VIEW, False))
        late: list[messages.Message] = []
        both.c.cursor._send = lambda message: (late.append(message), sent(message))
        both.cursor.move(70, 80)
        both.c.connection.send(messages.Chat("marker"))
        await both.until(lambda: "marker" in [said.text for said in both.t.conversation])
        assert late == []
        assert both.t.cursor.now is None
        await both.allow(Right.VIEW)
        await both.until(lambda: both.t.cursor.now == Cursor(INVISIBLE, (70, 80)))


async def test_over_her_own_windows_and_while_a_question_is_open_her_pointer_is_not_told() -> None:
    async with visiting(Right.VIEW) as both:
        both.c.cover([OwnWindow(9, 100, 100, 50, 50)])
        for place, told in (((99, 99), (99, 99)), ((100, 100), None)):
            both.cursor.move(*place)
            await both.until(lambda told=told: both.t.cursor.now == Cursor(ARROW, told))
        both.t.feed(on.Asked(Right.POINT))
        await both.until(lambda: both.c.host.grants.open_request)
        both.cursor.move(10, 10)
        both.c.connection.send(messages.Chat("marker"))
        await both.until(lambda: "marker" in [said.text for said in both.t.conversation])
        assert both.t.cursor.now == Cursor(ARROW, None)
        both.c.question_shown((OwnWindow(9, 5, 5, 5, 5),), both.c.host.grants.question)
        await both.until(lambda: both.t.cursor.now == Cursor(ARROW, (10, 10)))


async def test_a_technician_who_tells_a_pointer_of_hers_misbehaves() -> None:
    async with visiting(Right.VIEW) as both:
        both.t.connection.send(messages.CursorPlace(1, 1, True, 0, 1))
        await both.until(lambda: both.ended)
        assert both.c_told.troubles == ["message_not_understood"]


async def test_while_a_question_is_open_no_input_and_no_picture_passes() -> None:
    async with visiting(Right.CONTROL) as both:
        await both.until(lambda: both.engine.frames["screen"].take())
        both.t.sending.key(SendKey("Enter", True))
        await both.until(lambda: both.hands.held() == {"Enter"})
        both.c.feed(on.RightSet(Right.POINT, False))
        both.t.feed(on.Asked(Right.POINT))
        await both.until(lambda: both.c.host.grants.open_request)
        assert both.hands.held() == frozenset()
        done = len(both.hands.done)
        both.screens.paint(Rect(0, 0, 99, 99), RED)  # the dialog, not covered yet
        both.t.connection.send(Key("Enter", True, both.t.guest.epoch))
        both.t.connection.send(messages.Chat("marker"))
        await both.until(lambda: "marker" in [said.text for said in both.c.conversation])
        assert len(both.hands.done) == done
        assert both.engine.frames["screen"].take() is None
        both.c.question_shown((OwnWindow(9, 0, 0, 99, 99),), both.c.host.grants.question)
        assert both.c.host.grants.open_request == Right.POINT
        both.c.answer(False, both.c.host.grants.question)
        both.c.cover(())
        both.c.question_hidden()
        await both.until(lambda: both.engine.frames["screen"].take())
        both.t.sending.key(SendKey("KeyA", True))
        await both.until(lambda: both.hands.held() == {"KeyA"})


async def test_what_is_on_her_screen_is_there_in_every_pixel_and_gone_when_she_takes_it_back() -> None:
    async with visiting(Right.VIEW) as both:
        both.screens.paint(Rect(30, 40, 100, 50), RED)
        await both.until(lambda: both.t.viewer.canvas.size == (640, 480) and shown(both, 30, 40) == (*RED, 255))
        assert shown(both, 129, 89) == (*RED, 255)
        assert shown(both, 130, 90) == (0, 0, 0, 255)
        await both.until(lambda: both.c.sharing.stream._capture._outbox.in_flight == 0)  # the receipts came back
        both.c.feed(on.RightSet(Right.VIEW, False))
        await both.until(lambda: not both.t.sees)
        assert both.t.viewer.canvas.size == (0, 0)


def shown(both: Visits, x: int, y: int) -> tuple[int, ...]:
    """A pixel that the technician sees: blue, green, red, 255."""
    with both.t.viewer.canvas.reading() as now:
        return tuple(now.pixels[y * now.stride + 4 * x :][:4])


async def test_our_own_windows_can_not_be_clicked() -> None:
    async with visiting(Right.CONTROL) as both:
        both.hands.windows = [FakeWindow(5, Rect(0, 0, 50, 50))]
        both.c.cover((OwnWindow(5, 0, 0, 50, 50),))
        both.t.sending.button(SendButton(1, True, 10, 10))
        both.t.sending.button(SendButton(1, True, 60, 60))
        await both.until(lambda: both.hands.done)
        assert [action for _, action in both.hands.done] == [Press(1, True, 60, 60)]
        assert both.c_told.troubles == []


async def test_a_key_that_her_keyboard_has_not_is_nothing() -> None:
    async with visiting(Right.CONTROL) as both:
        both.t.sending.key(SendKey("LaunchRocket", True))
        both.t.sending.key(SendKey("KeyA", True))
        await both.until(lambda: both.hands.held() == {"KeyA"})
        assert both.c_told.troubles == []


class LostHands(FakeHands):
    """Hands whose display is gone."""

    def inject(self, action: Action, own: object, only: int | None = None) -> None:
        raise BackendError("hands_lost")


async def test_hands_that_fail_end_control_with_one_sentence_and_the_visit_goes_on() -> None:
    async with visiting(Right.CONTROL) as both:
        both.c.injector._hands = LostHands()
        both.t.sending.key(SendKey("KeyA", True))
        both.t.sending.key(SendKey("KeyB", True))
        await both.until(lambda: Right.CONTROL not in both.t.guest.rights)
        assert both.c_told.troubles == ["hands_lost"]
        assert both.c.host.state is State.VISITING
        assert both.c.sharing.on


async def test_the_panic_key_ends_everything_on_both_sides() -> None:
    async with visiting(Right.CONTROL) as both:
        both.t.sending.key(SendKey("KeyA", True))
        await both.until(lambda: both.hands.held())
        threading.Thread(target=both.panic.press).start()
        await both.until(lambda: both.ended)
        assert not both.c.sharing.on


async def test_the_panic_key_is_heard_during_the_visit_alone() -> None:
    async with meeting() as both:
        assert both.panic._pressed is None
        await both.accept()
        assert both.panic._pressed is not None
        both.c.feed(on.Left(on.Side.CUSTOMER))
        await both.until(lambda: both.panic._pressed is None)


async def test_without_a_panic_key_there_is_no_visit() -> None:
    async with meeting() as both:

        def deaf(_: object, lost: object) -> None:
            raise BackendError("no_panic_key")

        both.panic.start = deaf  # type: ignore[method-assign]
        both.c.feed(on.FacePainted())
        both.c.feed(on.Accepted())
        await both.until(lambda: both.ended)
        assert both.c_told.troubles == ["no_panic_key"]


EXACT = messages.Exact(1, 64, 48, 1, 0, (), ())
ROGUE = [
    pytest.param(lambda both: both.t.connection._channels["control"].send(b"\x00"), "message_not_understood"),
    pytest.param(lambda both: both.t.connection.send(messages.Accept()), "message_not_understood"),
    pytest.param(lambda both: both.t.connection.send(messages.Grants((Right.CONTROL,), 9)), "message_not_understood"),
    pytest.param(lambda both: both.t.connection._pc.createDataChannel("back door"), "message_not_understood"),
    pytest.param(lambda both: both.t.connection.send_exact(messages.encode(EXACT)), "message_not_understood"),
    pytest.param(lambda both: both.t.connection.send(messages.Answer("v=0")), "message_out_of_order"),
]


@pytest.mark.parametrize(("misbehave", "key"), ROGUE)
async def test_a_technicians_program_that_misbehaves_ends_the_visit_for_both(misbehave, key: str) -> None:
    async with visiting(Right.CONTROL) as both:
        both.t.sending.key(SendKey("KeyA", True))
        await both.until(lambda: both.hands.held() and both.engine.frames["screen"].take())
        screen = both.c.connection._pc.getTransceivers()[1]
        await both.until(lambda: screen.currentDirection == "sendonly")  # no answer is waited for any more
        misbehave(both)
        await both.until(lambda: both.ended)
        assert both.c_told.troubles == [key]
        assert both.t_told.troubles == []


async def test_a_line_that_falls_silent_lets_go_of_everything_and_comes_back_with_the_picture_alone() -> None:
    async with visiting(Right.CONTROL) as both:
        both.t.sending.key(SendKey("KeyA", True))
        await both.until(lambda: both.hands.held())
        beat, both.t.lifeline._send = both.t.lifeline._send, lambda beat: None
        await both.until(lambda: both.c.lifeline.line is Line.LOST)
        assert both.hands.held() == frozenset()
        assert both.c.host.grants.rights == {Right.VIEW}
        assert not both.c.sharing.on
        both.t.lifeline._send = beat
        await both.until(lambda: both.c.host.state is State.VISITING and both.c.sharing.on)
        assert both.c.host.grants.rights == {Right.VIEW}
        await both.until(lambda: both.t.guest.rights == {Right.VIEW})
        assert both.c_told.troubles == []


async def test_what_was_said_stands_in_both_stories() -> None:
    async with visiting() as both:
        both.t.feed(on.Said(on.Side.TECHNICIAN, "Hello"))
        await both.until(lambda: "Hello" in [said.text for said in both.c.conversation])
        both.c.feed(on.Said(on.Side.CUSTOMER, "Good day"))
        await both.until(lambda: "Good day" in [said.text for said in both.t.conversation])

        def said(visit: object) -> list[tuple[str, str]]:
            return [(said.who, said.text) for said in visit.conversation]  # type: ignore[attr-defined]

        assert said(both.c) == said(both.t) == [("technician", "Hello"), ("customer", "Good day")]


async def test_the_goodbye_brings_the_summary_and_closes_both() -> None:
    async with visiting(Right.CONTROL) as both:
        both.t.feed(on.Left(on.Side.TECHNICIAN))
        await both.until(lambda: both.ended)
        both.t.feed(on.Summarised("stalled", "resumed"))
        both.t.feed(on.Gone(on.Side.TECHNICIAN))
        await both.until(lambda: both.c_told.closed and both.t_told.closed)
        assert both.c.host.summary == on.Summarised("stalled", "resumed")
        assert both.c_told.troubles == both.t_told.troubles == []


async def test_closing_in_the_middle_of_everything_leaves_nothing() -> None:
    before = asyncio.all_tasks()
    async with visiting(Right.CONTROL) as both:
        both.t.sending.key(SendKey("KeyA", True))
        await both.until(lambda: both.hands.held())
        await asyncio.gather(both.c.close(), both.c.close())
        assert both.hands.held() == frozenset()
        assert both.panic._pressed is None
    await Visits.until(both, lambda: not asyncio.all_tasks() - before)
    await both.until(lambda: not [t for t in threading.enumerate() if t.name.startswith("capture")])


async def test_an_answer_to_another_question_is_nothing() -> None:
    """She presses `Allow` twice; the second press must not answer the question that came in between."""
    async with visiting() as both:
        both.t.feed(on.Asked(Right.VIEW))
        await both.until(lambda: both.c.host.grants.open_request)
        read = both.c.host.grants.question
        both.c.answer(True, read)
        await both.until(lambda: Right.VIEW in both.t.guest.rights)
        both.t.feed(on.Asked(Right.POINT))
        await both.until(lambda: both.c.host.grants.open_request)
        both.c.answer(True, read)
        assert both.c.host.grants.open_request == Right.POINT
        assert Right.POINT not in both.c.host.grants.rights


async def test_a_flood_of_chat_ends_the_visit() -> None:
    async with visiting() as both:
        for number in range(200):
            both.t.connection.send(messages.Chat(f"{number}"))
        await both.until(lambda: both.c.host.state in (State.GOODBYE, State.CLOSED))
        assert both.c_told.troubles[-1] == "too_much_at_once"
        assert len(both.c.log.story.entries) < 150


async def test_a_decision_that_can_not_be_performed_ends_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    async with visiting(Right.CONTROL) as both:
        both.t.sending.key(SendKey("KeyA", True))
        await both.until(lambda: both.hands.held())
        monkeypatch.setitem(both.c._perform, do.Record, broken)
        both.t.feed(on.Said(on.Side.TECHNICIAN, "hello"))
        both.c.feed(on.RightSet(Right.VIEW, True))
        both.c.feed(on.ScreensChosen(("fake",)))
        await both.until(lambda: both.c_told.closed)
        assert both.hands.held() == frozenset()
        assert both.c_told.troubles == ["ended_for_safety"]


@pytest.mark.parametrize("broken_command", [do.ReleaseAllInput, do.ShowScreens, do.Permit, do.Tell])
async def test_after_a_decision_that_could_not_be_performed_nothing_is_decided_any_more(
    broken_command: type[do.Command], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with visiting(Right.CONTROL) as both:
        both.t.sending.key(SendKey("KeyA", True))
        await both.until(lambda: both.hands.held())
        monkeypatch.setitem(both.c._perform, broken_command, broken)
        both.c.feed(on.ScreensChosen(("fake",)))
        assert both.c.host.state is State.CLOSED
        assert both.c.host.grants.rights == frozenset()
        both.t.feed(on.Asked(Right.POINT))
        both.c.screen._settle()
        both.c.feed(on.RightSet(Right.CONTROL, True))
        assert (both.hands.held(), both.c.sharing.on) == (frozenset(), False)
        await both.until(lambda: both.c_told.closed and both.panic._pressed is None)


async def test_what_waited_for_a_decision_when_one_failed_is_decided_on_by_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with visiting(Right.CONTROL) as both:

        def more_and_broken(_: object) -> None:
            both.c.feed(on.QuestionHidden())  # the gate would open
            raise ValueError("a bug of ours")

        monkeypatch.setitem(both.c._perform, do.ShowPointer, more_and_broken)
        monkeypatch.setitem(both.c._perform, do.OpenGate, broken)
        both.c.feed(on.RightSet(Right.CONTROL, False))
        await both.until(lambda: both.c_told.closed)
        assert both.c_told.troubles == ["ended_for_safety"]


async def test_after_long_control_input_rests_until_she_says_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("remotehelp.visit.host.CONTROL_S", 0.3)
    async with visiting(Right.CONTROL) as both:
        both.t.sending.key(SendKey("ShiftLeft", True))
        await both.until(lambda: both.hands.held())
        await both.until(lambda: both.c.host.grants.open_request == StillControl())
        assert both.hands.held() == frozenset()
        monkeypatch.setattr("remotehelp.visit.host.CONTROL_S", 1800.0)
        await both.until(lambda: both.t_told.troubles == ["told_still"])
        done = len(both.hands.done)
        both.t.sending.key(SendKey("KeyA", True))
        both.t.feed(on.Said(on.Side.TECHNICIAN, "marker"))
        await both.until(lambda: both.c.conversation)
        assert len(both.hands.done) == done
        both.yes()
        both.c.question_hidden()
        both.t.sending.key(SendKey("KeyB", True))
        await both.until(lambda: both.hands.held() == {"KeyB"})
        await both.until(lambda: both.t_told.troubles == ["told_still", "told_goes_on"])


def broken(_: object) -> None:
    raise ValueError("a bug of ours")


async def test_the_panic_key_that_the_guardian_hears_ends_everything_and_is_answered() -> None:
    async with visiting(Right.CONTROL) as both:
        both.t.sending.key(SendKey("KeyA", True))
        await both.until(lambda: both.hands.held())
        threading.Thread(target=both.guard.hear, args=(News.PANIC,)).start()
        await both.until(lambda: both.ended)
        assert both.guard.answered
        await both.until(lambda: not both.guard.is_there)


async def test_her_own_hand_lets_go_of_everything_and_the_technician_is_told_until_it_rests() -> None:
    async with visiting(Right.CONTROL) as both:
        both.t.sending.key(SendKey("ShiftLeft", True))
        await both.until(lambda: both.hands.held())
        both.hands.fence.hers(time.monotonic() + 60)
        both.guard.hear(News.HER_HAND)
        assert both.hands.held() == frozenset()  # at once, on the guardian's own thread
        await both.until(lambda: both.t.guest.her_turn)
        done = len(both.hands.done)
        both.t.connection.send(Key("KeyB", True, both.t.guest.epoch))
        both.t.sending.key(SendKey("KeyC", True))
        both.t.sending.key(SendKey("ShiftLeft", False))
        both.t.feed(on.Said(on.Side.TECHNICIAN, "marker"))
        await both.until(lambda: "marker" in [said.text for said in both.c.conversation])
        assert len(both.hands.done) == done
        both.hands.fence.hers(time.monotonic())
        both.guard.hear(News.FREE)
        await both.until(lambda: not both.t.guest.her_turn)
        both.t.sending.key(SendKey("KeyD", True))
        await both.until(lambda: both.hands.held() == {"KeyD"})
        assert both.c_told.troubles == both.t_told.troubles == []

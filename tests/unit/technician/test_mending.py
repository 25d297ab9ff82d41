"""The technician's part in mending a lost line: her machine decides, his follows."""

from __future__ import annotations

import asyncio
import os
from types import SimpleNamespace
from typing import Any

import pytest

from remotehelp import messages
from remotehelp.errors import HelpError, RemoteProtocolError, TrustError
from remotehelp.messages import Right
from remotehelp.technician.intents import SendKey
from remotehelp.technician.mending import TechnicianPart
from remotehelp.technician.view import Ended
from remotehelp.trust.resumption import Resumption
from remotehelp.visit import events as on
from remotehelp.visit.machine import State
from remotehelp.visit.shown import Line
from tests.helpers.joined_peers import Recorder, grey_face
from tests.helpers.mended_visits import mendable
from tests.helpers.reunion_broker import quiet

VIEW, CONTROL = Right.VIEW, Right.CONTROL


async def test_the_frozen_picture_stays_and_nothing_can_be_sent_until_the_line_is_back() -> None:
    async with mendable(VIEW, CONTROL) as there:
        both = there.both
        await there.broker.stop()
        there.fall_silent()
        await there.lost()
        assert (both.t.lifeline.line, both.t.sees, both.t.sending.controls) == (Line.LOST, True, False)
        assert both.t.screen is not None
        await there.broker.start()
        await there.back()
        await both.until(lambda: both.t.guest.rights == {VIEW})
        both.t.feed(on.Asked(CONTROL))
        await both.until(lambda: both.c.host.grants.open_request == CONTROL)


async def test_the_face_goes_on_over_the_new_line() -> None:
    async with mendable() as there:
        both, before = there.both, there.both.t.face
        there.cut()
        await there.lost()
        await there.back()
        assert both.t.face is not before
        assert before.readyState == "ended"
        both.engine.frames["face"].take()
        both.t.face.put(grey_face())
        await both.until(lambda: both.engine.frames["face"].take())


async def test_where_the_old_line_seems_back_here_her_machine_still_decides() -> None:
    """Its own connection is the one that counts, though his side had heard the old one again a moment before."""
    async with mendable(VIEW, CONTROL) as there:
        both, before = there.both, there.both.t.connection
        there.cut()
        await there.lost()
        both.t.lifeline.begin_anew()
        assert both.t.guest.state is State.VISITING
        both.t.sending.key(SendKey("ShiftLeft", True))
        await both.until(lambda: both.t.connection is not before)
        await there.back()
        await both.until(lambda: both.t.guest.rights == {VIEW})
        assert not both.hands.held()
        assert not both.t.sending._down


async def test_a_technician_who_ends_the_visit_while_the_line_is_lost_is_heard_once_they_meet() -> None:
    async with mendable(VIEW) as there:
        both = there.both
        await there.broker.stop()
        there.cut()
        await there.lost()
        both.t.feed(on.Left(on.Side.TECHNICIAN))
        assert both.t.ended is Ended.BY_ME
        await there.broker.start()
        await both.until(lambda: both.c.host.state is State.GOODBYE)
        assert both.c.host.ended_well


async def test_a_connection_that_ends_by_itself_is_mended_and_one_that_she_ended_is_not() -> None:
    async with mendable(VIEW) as there:
        both = there.both
        both.t.on_gone()
        assert both.t.guest.state is State.MENDING
        there.cut()
        await there.back()
        await both.until(lambda: not both.t.mending.pending)  # type: ignore[union-attr]
        both.t.on_closed()
        assert (both.t.guest.state, both.t.ended) == (State.GOODBYE, Ended.BY_LINE)


class Visit(Recorder):
    """Who is told what came of it."""

    goes_on = True

    def __init__(self) -> None:
        super().__init__()
        self.over: list[Any] = []
        self.lapsed = False

    def go_over(self, trial: Any, face: Any) -> None:
        self.over.append(trial)

    def badge_lapsed(self) -> None:
        self.lapsed = True


@pytest.fixture
async def alone() -> Any:
    """His part with a connection that is tried, and a room that nobody hears."""
    visit, tasks, said = Visit(), [], []
    part = TechnicianPart(
        visit,
        lambda work, name: tasks.append(asyncio.create_task(work)) or tasks[-1],  # type: ignore[func-returns-value]
        Resumption(os.urandom(32), os.urandom(32), customers=False),
    )

    async def send(content: messages.SealedContent) -> None:
        said.append(content)

    [passage] = part._resumption.passages()
    trial = part.begin(passage)
    yield SimpleNamespace(visit=visit, part=part, trial=trial, room=SimpleNamespace(send=send), said=said)
    part.drop(trial)
    await asyncio.gather(*tasks)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (messages.Refusal("revocations_went_back"), TrustError("revocations_went_back")),
        (messages.Refusal("no_such_sentence"), TrustError("other_side_refused")),
        (messages.Answer("v=0"), RemoteProtocolError("message_out_of_order")),
        (messages.Offer("v=0"), RemoteProtocolError("message_out_of_order")),  # before the hellos
        (messages.Problem("again"), RemoteProtocolError("message_out_of_order")),
        (messages.Decline(), RemoteProtocolError("message_out_of_order")),
    ],
    ids=str,
)
async def test_what_ends_a_meeting(alone: Any, content: messages.SealedContent, error: HelpError) -> None:
    with pytest.raises(type(error), match=error.key):
        await alone.part.hear(alone.trial, alone.room, content)
    assert (alone.said, alone.visit.lapsed) == ([], False)


async def test_a_second_offer_in_one_meeting_is_none(alone: Any) -> None:
    await alone.part.met(alone.trial, alone.room, b"f" * 32, None)
    with pytest.raises(RemoteProtocolError, match="description_refused"):
        await alone.part.hear(alone.trial, alone.room, messages.Offer("v=0"))
    with pytest.raises(RemoteProtocolError, match="message_out_of_order"):
        await alone.part.hear(alone.trial, alone.room, messages.Offer("v=0"))


async def test_after_the_end_no_connection_is_followed(alone: Any) -> None:
    alone.visit.goes_on = False
    alone.trial.on_control(messages.Grants((), 1))
    assert (alone.visit.over, alone.visit.told, alone.trial.taken) == ([], [], False)
    alone.visit.goes_on = True
    alone.trial.on_control(messages.Grants((), 1))
    assert (alone.visit.over, alone.visit.told) == ([alone.trial], [messages.Grants((), 1)])
    await quiet(0)

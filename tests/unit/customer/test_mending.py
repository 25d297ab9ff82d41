"""A line that is lost and made anew, with two real sides and a broker that may do what it likes."""

from __future__ import annotations

import pytest

from remotehelp import messages
from remotehelp.errors import TrustError
from remotehelp.media.area import Rect
from remotehelp.messages import Key, Right
from remotehelp.peer import heartbeat, lifeline
from remotehelp.technician.view import Ended
from remotehelp.visit import events as on
from remotehelp.visit.machine import State
from tests.helpers.mended_visits import Mendable, cut, mendable
from tests.helpers.reunion_broker import quiet
from tests.helpers.stories import verify

VIEW, POINT, CONTROL = Right.VIEW, Right.POINT, Right.CONTROL
OVER = (State.GOODBYE, State.CLOSED)


def story(there: Mendable) -> list[str]:
    """What happened to the line, by the customer's log."""
    told = [entry.what for entry in there.both.c.log.story.entries]
    return [what for what in told if what.startswith(("line_", "gave_", "badge_"))]


async def test_a_lost_line_is_made_anew_with_the_view_alone_and_nothing_stays_pressed() -> None:
    async with mendable(VIEW, POINT, CONTROL) as there:
        both, before = there.both, there.both.c.connection
        both.t.connection.send(Key("ShiftLeft", True, both.t.guest.epoch))
        await both.until(lambda: both.hands.held())
        there.fall_silent()
        await there.lost()
        assert not both.hands.held()
        assert not both.c.sharing.on
        await there.back()
        assert both.c.connection is not before
        await both.until(lambda: both.t.guest.rights == {VIEW} == both.c.host.grants.rights)
        both.engine.frames["screen"].take()
        await both.until(lambda: both.c.sharing.flows)
        both.screens.paint(Rect(0, 0, 64, 64), (9, 9, 9))
        await both.until(lambda: both.engine.frames["screen"].take())
        both.t.connection.send(Key("ShiftLeft", True, both.t.guest.epoch))
        await quiet(0.1)
        assert not both.hands.held()
        assert story(there) == ["line_lost", "line_back"]


async def test_both_have_the_same_signed_log_of_a_visit_whose_line_was_made_anew() -> None:
    async with mendable(VIEW, CONTROL) as there:
        both = there.both
        there.cut()
        await there.lost()
        both.c.feed(on.Said(on.Side.CUSTOMER, "Still there?"))
        await there.back()
        await both.until(lambda: both.t.guest.rights == {VIEW})
        await both.allow(CONTROL)
        both.c.feed(on.Left(on.Side.CUSTOMER))
        await both.until(lambda: both.t.log.story.closed)
        hers = both.c.log.story.as_lines()
        assert hers == both.t.log.story.as_lines()
        found = verify(hers)
        assert found.whole
        what = [line.what for line in found.lines if line.what not in ("signed", "not_signed", "opened", "accepted")]
        assert what[-9:] == [
            "lapsed",
            "said",
            "line_back",
            "showed_screens",
            "asked",
            "allowed",
            "left",
            "lapsed",
            "lapsed",
        ]
        assert both.t_told.troubles == []


async def test_without_the_view_no_picture_goes_out_on_the_new_line() -> None:
    async with mendable() as there:
        there.cut()
        await there.lost()
        await there.back()
        await quiet(0.1)
        assert not there.both.c.sharing.on
        assert not there.both.t.sees


async def test_two_losses_in_a_row_are_mended_each_by_a_connection_number_of_its_own() -> None:
    async with mendable(VIEW) as there:
        for _ in range(2):
            there.cut()
            await there.lost()
            await there.back()
            assert there.both.c.mending
            await there.both.until(lambda: there.both.c.mending and not there.both.c.mending.resumption.in_doubt)
        hellos = [messages.decode_relayed(data) for data in there.broker.relayed]
        numbers = {hello.number for hello in hellos if isinstance(hello, messages.HelloAgain)}
        assert numbers == {1, 2}
        assert len({rejoin.seat for rejoin in there.broker.rejoined}) == 4


async def test_where_the_old_line_is_faster_it_goes_on_and_the_new_one_is_dropped() -> None:
    async with mendable(VIEW) as there:
        await there.broker.stop()
        before, back = there.both.c.connection, there.cut()
        await there.lost()
        back()
        await there.back()
        await there.broker.start()
        await quiet(0.5)
        assert there.both.c.connection is before
        assert there.broker.relayed == []
        await there.both.until(lambda: there.both.t.guest.rights == {VIEW})


async def test_a_line_that_is_cut_one_way_only_is_lost_on_both_sides_and_mended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(heartbeat, "LOST_AFTER_S", 0.6)
    monkeypatch.setattr(heartbeat, "UNHEARD_AFTER_S", 1.0)
    async with mendable(VIEW) as there:
        before = there.both.c.connection
        cut(there.both.t.connection)
        await there.lost()
        await there.back()
        assert there.both.c.connection is not before


async def test_a_server_that_is_not_there_is_waited_for() -> None:
    async with mendable(VIEW) as there:
        await there.broker.stop()
        there.cut()
        await there.lost()
        await there.broker.start()
        await there.back()


async def test_a_line_that_is_lost_again_before_the_technician_has_followed_is_mended_all_the_same() -> None:
    async with mendable(VIEW) as there:
        both = there.both
        go_over = both.c.go_over

        def go_over_and_lose_it(trial, film) -> None:  # type: ignore[no-untyped-def]
            cut(both.t.connection)
            both.c.go_over = go_over  # type: ignore[method-assign]
            go_over(trial, film)
            trial.connection._channels.close()

        both.c.go_over = go_over_and_lose_it  # type: ignore[method-assign]
        there.cut()
        await there.lost()
        await both.until(lambda: both.c.host.state is State.VISITING)
        unsure = both.c.connection
        await both.until(lambda: both.c.connection is not unsure)
        await both.until(lambda: both.c.mending and not both.c.mending.resumption.in_doubt)
        await there.back()
        assert both.t.guest.rights == both.c.host.grants.rights == {VIEW}


@pytest.mark.parametrize("why", ["badge_revoked", "badge_expired", "badge_not_yet_valid"])
async def test_a_badge_that_is_not_valid_any_more_ends_the_visit_in_words_on_both_sides(why: str) -> None:
    def refuse(_: object) -> None:
        raise TrustError(why)

    async with mendable(VIEW) as there:
        there.judge = refuse
        there.cut()
        await there.both.until(lambda: there.both.ended)
        assert there.both.c_told.troubles == ["badge_lapsed"] == there.both.t_told.troubles
        assert there.both.t.ended is Ended.BY_BADGE
        assert story(there) == ["line_lost", "badge_lapsed"]


async def test_a_list_that_a_server_has_made_up_ends_nothing_but_that_meeting() -> None:
    answers = iter([TrustError("revocations_went_back"), TrustError("revocations_not_signed")])

    def doubt(_: object) -> None:
        error = next(answers, None)
        if error is not None:
            raise error

    async with mendable(VIEW) as there:
        there.judge = doubt
        there.cut()
        await there.lost()
        await there.back()
        assert [handed.revocations for handed in there.judged] == [b"the list"] * 3


async def test_who_leaves_while_the_line_is_lost_is_missed_no_longer_than_it_takes_to_tell() -> None:
    async with mendable(VIEW) as there:
        both = there.both
        await there.broker.stop()
        there.cut()
        await there.lost()
        both.c.feed(on.Left(on.Side.CUSTOMER))
        assert both.c.host.state is State.GOODBYE
        await there.broker.start()
        await both.until(lambda: both.t.guest.state is State.GOODBYE)
        assert both.t.ended is Ended.BY_HER


async def test_a_line_that_is_lost_after_the_goodbye_is_not_mended() -> None:
    async with mendable(VIEW) as there:
        both = there.both
        both.t.feed(on.Left(on.Side.TECHNICIAN))
        await both.until(lambda: both.c.host.state is State.GOODBYE)
        there.cut()
        await both.until(lambda: both.c.lifeline.line == "lost" and both.t.lifeline.line == "lost")
        await quiet(0.2)
        assert there.broker.rejoined == []
        assert both.c.host.state is both.t.guest.state is State.GOODBYE


async def test_after_two_minutes_the_visit_ends_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifeline, "MEND_S", 0.5)
    async with mendable(VIEW) as there:
        await there.broker.stop()
        there.cut()
        await there.both.until(lambda: there.both.ended)
        assert there.both.t.ended is Ended.BY_LINE
        assert story(there) == ["line_lost", "gave_up"]


async def test_what_a_server_changes_on_the_way_ends_that_meeting_and_the_next_one_works() -> None:
    spoilt: list[bytes] = []

    def spoil(data: bytes) -> list[bytes]:
        sealed = isinstance(messages.decode_relayed(data), messages.Sealed)
        if sealed and len(spoilt) < 2:
            spoilt.append(data)
            return [data[:-1] + bytes([data[-1] ^ 1])]
        return [data]

    async with mendable(VIEW) as there:
        there.broker.tamper = spoil
        there.cut()
        await there.lost()
        await there.back()
        assert len(spoilt) == 2


async def test_what_was_said_to_mend_an_earlier_line_is_nothing_later() -> None:
    async with mendable(VIEW) as there:
        there.cut()
        await there.lost()
        await there.back()
        earlier = list(there.broker.relayed)
        replays = iter(range(2))

        def replay(data: bytes) -> list[bytes]:
            return earlier if next(replays, None) is not None else [data]

        there.broker.tamper = replay
        before = there.both.c.connection
        there.cut()
        await there.lost()
        await there.back()
        assert there.both.c.connection is not before

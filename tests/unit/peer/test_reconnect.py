"""Meetings in the room of a lost line, with a broker that may be hostile and sides that only take notes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from remotehelp import messages
from remotehelp.errors import TrustError
from remotehelp.messages import Goodbye, HelloAgain, Joined, Offer, PeerLeft, Refused
from remotehelp.peer import reconnect
from remotehelp.peer.reconnect import Handed, Mending
from remotehelp.peer.road import Trial
from remotehelp.peer.room import Room
from remotehelp.trust.resumption import Passage, Resumption
from tests.helpers.joined_peers import Recorder
from tests.helpers.reunion_broker import ReunionBroker, quiet
from tests.helpers.waiting import until


class Notes:
    """A side that tells an offer when it meets the other, and notes what it hears."""

    def __init__(self) -> None:
        self.trials: list[Trial] = []
        self.met_with: list[tuple[bytes, Handed]] = []
        self.heard: list[messages.SealedContent] = []
        self.dropped: list[Trial] = []
        self.error: Exception | None = None

    def begin(self, passage: Passage) -> Trial:
        self.trials.append(Trial(Recorder(), lambda _: None, lambda _: None))
        return self.trials[-1]

    async def met(self, trial: Trial, room: Room, peer_fingerprint: bytes, handed: Handed) -> None:
        self.met_with.append((peer_fingerprint, handed))
        if self.error is not None:
            raise self.error
        await room.send(Offer("mine"))

    async def hear(self, trial: Trial, room: Room, content: messages.SealedContent) -> None:
        self.heard.append(content)

    def drop(self, trial: Trial) -> None:
        self.dropped.append(trial)


class Sides:
    """Both sides' mending at one broker."""

    def __init__(self, broker: ReunionBroker) -> None:
        self.broker = broker
        self.tasks: list[asyncio.Task[None]] = []
        self.c, self.t = Notes(), Notes()
        hers, his = (Resumption(b"t" * 32, b"r" * 32, customers=customers) for customers in (True, False))
        self.hers = Mending(self.spawn, broker.url, hers, self.c)
        self.his = Mending(self.spawn, broker.url, his, self.t, linger_s=0.1)

    def spawn(self, work: Any, *, name: str) -> asyncio.Task[None]:
        self.tasks.append(asyncio.create_task(work, name=name))
        return self.tasks[-1]

    def start(self) -> None:
        self.hers.start()
        self.his.start()

    async def both_heard(self) -> None:
        await until(lambda: self.c.heard and self.t.heard)
        assert self.c.heard[-1] == self.t.heard[-1] == Offer("mine")


@pytest.fixture
async def sides(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sides]:
    monkeypatch.setattr(reconnect, "PAUSE_S", 0.01)
    async with ReunionBroker().running() as broker:
        made = Sides(broker)
        try:
            yield made
        finally:
            made.hers.close()
            made.his.close()
            await asyncio.gather(*made.tasks, return_exceptions=True)
            for trial in (*made.c.trials, *made.t.trials):
                await trial.connection.close()


async def test_they_meet_know_each_others_certificate_and_speak_sealed(sides: Sides) -> None:
    sides.start()
    await sides.both_heard()
    [(fingerprint, handed)] = sides.c.met_with
    assert fingerprint == sides.t.trials[0].connection.fingerprint
    assert handed.revocations == b"the list"
    assert sides.t.met_with[0][0] == sides.c.trials[0].connection.fingerprint
    kinds = [type(messages.decode_relayed(data)) for data in sides.broker.relayed]
    assert sorted(kind.__name__ for kind in kinds) == ["HelloAgain", "HelloAgain", "Sealed", "Sealed"]


async def test_who_comes_later_is_met_too(sides: Sides) -> None:
    sides.hers.start()
    await until(lambda: sides.broker.seats == 1)
    assert sides.c.trials == []
    sides.his.start()
    await sides.both_heard()


async def test_each_meeting_has_keys_of_its_own(sides: Sides) -> None:
    sides.start()
    await sides.both_heard()
    sides.his.start()  # by a new socket, as after a second loss
    await until(lambda: len(sides.t.heard) == 2)
    sealed = [data for data in sides.broker.relayed if isinstance(messages.decode_relayed(data), messages.Sealed)]
    assert len(set(sealed)) == len(sealed) == 4
    assert sides.c.dropped == sides.c.trials[:1]


@pytest.mark.parametrize(
    "change",
    [
        lambda hello: HelloAgain(1, 2, hello.nonce, hello.fp),  # another connection number
        lambda hello: HelloAgain(1, 1, b"n" * 32, hello.fp),
        lambda hello: HelloAgain(1, 1, hello.nonce, b"f" * 32),
        lambda hello: messages.Refusal("code_wrong"),
        lambda hello: messages.ConfirmC(b"m" * 32),
    ],
    ids=["number", "nonce", "certificate", "refusal", "another step"],
)
async def test_a_hello_that_was_changed_on_the_way_ends_that_meeting_alone(sides: Sides, change: Any) -> None:
    changed: list[bytes] = []

    def tamper(data: bytes) -> list[bytes]:
        hello = messages.decode_relayed(data)
        if isinstance(hello, HelloAgain) and not changed:
            changed.append(data)
            return [messages.encode(change(hello))]
        return [data]

    sides.broker.tamper = tamper
    sides.start()
    await sides.both_heard()
    assert len(changed) == 1
    assert len(sides.c.trials) > 1 or len(sides.t.trials) > 1


async def test_what_comes_back_to_who_sent_it_is_nothing(sides: Sides) -> None:
    turned: list[bytes] = []

    def reflect(data: bytes) -> list[bytes]:
        turned.append(data)
        return [turned[-2]] if len(turned) == 2 else [data]  # he gets his own hello, in place of hers

    sides.broker.tamper = reflect
    sides.start()
    await sides.both_heard()
    assert not any(
        trial.connection.fingerprint == fp for trial, (fp, _) in zip(sides.c.trials, sides.c.met_with, strict=False)
    )


@pytest.mark.parametrize("message", [Joined(), PeerLeft(), Refused("code_burned"), messages.Presence(3)], ids=str)
async def test_a_server_that_says_what_it_likes_only_costs_time(sides: Sides, message: messages.Message) -> None:
    sides.hers.start()
    await until(lambda: sides.broker.seats == 1)
    await sides.broker.invent(message)
    await quiet(0.05)
    sides.his.start()
    await sides.both_heard()


async def test_a_server_that_announces_people_without_end_gets_few_certificates_and_a_pause(
    sides: Sides,
) -> None:
    sides.hers.start()
    await until(lambda: sides.broker.seats == 1)
    for _ in range(2 * reconnect.MEETINGS):
        await sides.broker.invent(Joined())
    await until(lambda: len(sides.broker.rejoined) == 2)
    assert len(sides.c.trials) == reconnect.MEETINGS
    assert sides.c.dropped == sides.c.trials
    sides.his.start()
    await sides.both_heard()


async def test_a_server_that_dies_is_waited_for(sides: Sides) -> None:
    sides.start()
    await sides.both_heard()
    await sides.broker.stop()
    sides.c.heard.clear()
    sides.t.heard.clear()
    await sides.broker.start()
    await sides.both_heard()


async def test_a_meeting_that_comes_to_no_connection_is_tried_again(
    sides: Sides, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconnect, "TRY_S", 0.05)
    sides.start()
    await until(lambda: len(sides.c.met_with) >= 3)
    assert sides.c.dropped


@pytest.mark.parametrize("error", [TrustError("revocations_went_back"), ValueError("a bug of ours")], ids=str)
async def test_an_error_in_one_meeting_does_not_end_the_mending(sides: Sides, error: Exception) -> None:
    sides.c.error = error
    sides.start()
    await until(lambda: len(sides.c.met_with) >= 2)
    sides.c.error = None
    await sides.both_heard()


async def test_a_last_word_is_told_in_place_of_anything_else_and_then_the_mending_ends(sides: Sides) -> None:
    sides.hers.start()
    sides.hers.say(Goodbye())
    sides.hers.stop()
    await until(lambda: sides.broker.seats == 1)  # it waits for him
    sides.his.start()
    await until(lambda: Goodbye() in sides.t.heard)
    assert sides.c.met_with == []
    sides.his.close()
    await until(lambda: all(task.done() for task in sides.tasks))


async def test_a_word_that_is_said_while_nothing_is_mended_is_not_kept(sides: Sides) -> None:
    sides.hers.say(Goodbye())
    sides.start()
    await sides.both_heard()


async def test_a_word_that_is_said_in_that_moment_goes_over_the_line_and_not_through_the_room(sides: Sides) -> None:
    sides.start()
    await sides.both_heard()
    sides.his.stop()
    sides.his.say(Goodbye())
    await until(lambda: not sides.his.pending)
    assert Goodbye() not in sides.c.heard


async def test_who_does_not_decide_stays_a_moment_longer(sides: Sides) -> None:
    sides.start()
    await sides.both_heard()
    assert sides.his.pending
    for mending in (sides.hers, sides.his):
        mending.stop()
    await until(lambda: sides.broker.seats == 1)
    await until(lambda: sides.broker.seats == 0)
    await until(lambda: not sides.his.pending and not sides.hers.pending)


async def test_after_the_end_of_a_visit_nothing_is_mended_any_more(sides: Sides) -> None:
    sides.hers.close()
    sides.hers.start()
    assert (sides.tasks, sides.hers.pending) == ([], False)


async def test_a_line_that_is_lost_again_in_that_moment_is_mended_by_new_sockets(sides: Sides) -> None:
    sides.start()
    await sides.both_heard()
    sides.his.stop()
    sides.his.start()
    await quiet(0.2)
    assert sides.his.pending
    assert len(sides.t.trials) == 2


async def test_while_it_is_in_doubt_which_number_counts_both_rooms_are_visited(sides: Sides) -> None:
    [first] = sides.hers.resumption.passages()
    sides.hers.resumption.stood(first)
    sides.start()
    await sides.both_heard()
    assert sides.hers.pending
    assert {rejoin.seat for rejoin in sides.broker.rejoined} >= {
        passage.seat for passage in sides.hers.resumption.passages()
    }

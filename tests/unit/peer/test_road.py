"""What a visit sends goes over one connection at a time, and nothing that a tried one brings is heard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from remotehelp.errors import HelpError
from remotehelp.media.face_track import FaceTrack
from remotehelp.media.screen_stream import ScreenStream
from remotehelp.messages import Chat, Heartbeat, Key
from remotehelp.peer.road import Road, Trial
from tests.helpers.joined_peers import Recorder, joined
from tests.helpers.waiting import until


@dataclass
class Tried:
    """Two connections that are tried, and what their visits heard of it."""

    c: Recorder = field(default_factory=Recorder)
    t: Recorder = field(default_factory=Recorder)
    ready: list[Trial] = field(default_factory=list)
    words: list[Trial] = field(default_factory=list)
    takes: bool = False

    def __post_init__(self) -> None:
        self.customer = Trial(self.c, self.ready.append, self.words.append)
        self.technician = Trial(self.t, self.ready.append, self._word)

    def _word(self, trial: Trial) -> None:
        self.words.append(trial)
        if self.takes:
            trial.take()


@pytest.fixture
async def tried() -> AsyncIterator[Tried]:
    made = Tried()
    customer, technician = made.customer.connection, made.technician.connection
    screen, face = ScreenStream(customer.send_exact, customer.rate), FaceTrack()
    try:
        offer = await customer.offer(screen.track, screen.want_keyframe, technician.fingerprint)
        await customer.accept_answer(await technician.answer(offer, face, customer.fingerprint))
        await until(lambda: len(made.ready) == 2)
        yield made
    finally:
        await customer.close()
        await technician.close()
        screen.stop()
        face.stop()


async def test_it_sends_over_the_connection_that_took_the_place_of_the_one_before(tried: Tried) -> None:
    async with joined() as both:
        road = Road(both.customer)
        road.send(Chat("over the first"))
        await both.t.until(lambda t: t.told)
        tried.technician.take()
        assert road.go_over(tried.customer.connection) is both.customer
        road.send(Chat("over the second"))
        await tried.t.until(lambda t: t.told)
        assert (both.t.told, tried.t.told) == ([Chat("over the first")], [Chat("over the second")])
        assert (await road.counts()).octets > 0


async def test_nothing_is_heard_of_a_connection_that_was_not_taken(tried: Tried) -> None:
    tried.customer.connection.send(Chat("may I?"))
    await until(lambda: tried.words)
    for trial in (tried.customer, tried.technician):
        trial.on_input(Key("KeyA", True, 0))
        trial.on_live(Heartbeat(1, 0))
        trial.on_film(b"film")
        trial.on_breach(HelpError("too_much_at_once"))
        trial.on_gone()
        trial.on_closed()
    assert tried.words == [tried.technician]
    assert [told for told in (tried.c, tried.t) if told.told or told.breaches or told.gone or told.ready] == []


async def test_the_word_that_takes_it_is_the_first_that_is_heard(tried: Tried) -> None:
    tried.takes = True
    tried.customer.connection.send(Chat("this way"))
    tried.customer.connection.send(Chat("and on"))
    await tried.t.until(lambda t: len(t.told) == 2)
    assert tried.words == [tried.technician]
    assert tried.t.told == [Chat("this way"), Chat("and on")]


async def test_of_a_connection_that_was_taken_everything_is_heard(tried: Tried) -> None:
    tried.customer.take()
    tried.technician.connection.send(Key("KeyA", True, 0))
    tried.technician.connection.send(Heartbeat(1, 0))
    await tried.c.until(lambda c: len(c.told) == 2)
    await tried.technician.connection.close()
    await tried.c.until(lambda c: c.gone)

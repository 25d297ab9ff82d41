"""The lifeline: what the two people are told of the line, with a clock that the test turns."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from remotehelp.messages import Heartbeat
from remotehelp.peer import lifeline
from remotehelp.peer.heartbeat import INTERVAL_S, LOST_AFTER_S
from remotehelp.peer.lifeline import MEND_S, READY_S, Lifeline
from remotehelp.peer.line_meter import Counts
from remotehelp.visit.events import Event, GaveUp, LineBack, LineLost
from remotehelp.visit.shown import Line, Quality
from tests.helpers.waiting import until

NOTICED_S = 6 * INTERVAL_S  # of beats, the first after LOST_AFTER_S


@dataclass
class Bench:
    """A lifeline whose clock stands until the test turns it."""

    now: float = 50.0
    sent: list[Heartbeat] = field(default_factory=list)
    told: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.counts = Counts(relayed=False, round_trip=0.02, octets=0)
        self.changes = 0
        self.lifeline = Lifeline(lambda: self.now, self.sent.append, self.told.append, self._count, self._changed)

    async def _count(self) -> Counts:
        return self.counts

    def _changed(self) -> None:
        self.changes += 1

    def beats(self, seconds: float) -> None:
        """So much time passes."""
        until = self.now + seconds
        while self.now + INTERVAL_S <= until + 1e-9:
            self.now += INTERVAL_S
            self.lifeline._look(self.now)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_the_line_in_words(bench: Bench) -> None:
    assert bench.lifeline.line is Line.CONNECTING
    bench.lifeline.begin()
    assert bench.lifeline.line is Line.GOOD
    bench.beats(NOTICED_S)
    assert bench.lifeline.line is Line.LOST
    bench.beats(INTERVAL_S)
    bench.lifeline.heard(Heartbeat(1, bench.sent[-1].n))
    assert bench.lifeline.line is Line.GOOD


def test_a_silent_line_is_lost_once_and_back_once(bench: Bench) -> None:
    bench.lifeline.begin()
    bench.beats(NOTICED_S - INTERVAL_S)
    assert bench.told == []
    bench.beats(INTERVAL_S)
    assert bench.told == [LineLost()]
    bench.beats(5)
    assert bench.told == [LineLost()]
    bench.lifeline.heard(Heartbeat(1, bench.sent[-1].n))
    bench.lifeline.heard(Heartbeat(2, bench.sent[-1].n))
    assert bench.told == [LineLost(), LineBack()]


def test_a_connection_that_has_ended_is_lost_at_once_and_another_one_takes_its_place(bench: Bench) -> None:
    bench.lifeline.begin()
    bench.lifeline.lose()
    bench.lifeline.lose()
    assert (bench.told, bench.lifeline.line) == ([LineLost()], Line.LOST)
    bench.beats(30)
    bench.lifeline.begin_anew()
    assert (bench.told, bench.lifeline.line) == ([LineLost(), LineBack()], Line.GOOD)
    assert bench.lifeline.quality is None
    bench.beats(NOTICED_S - INTERVAL_S)
    assert bench.told == [LineLost(), LineBack()]
    bench.beats(INTERVAL_S)
    assert bench.told == [LineLost(), LineBack(), LineLost()]


async def test_a_lost_line_is_told_before_the_next_beat_is_due(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.lifeline.begin()
    bench.now += LOST_AFTER_S - 0.001
    running = asyncio.create_task(bench.lifeline._rest())
    await asyncio.sleep(0)
    bench.now += 0.001
    await until(lambda: bench.told)
    assert (bench.told, bench.sent) == ([LineLost()], [])
    running.cancel()


def test_a_line_that_never_stands_is_given_up(bench: Bench) -> None:
    bench.beats(60)  # the code waits to be read out
    bench.lifeline.expect()
    bench.beats(READY_S)
    assert bench.told == []
    bench.beats(INTERVAL_S)
    assert bench.told == [GaveUp()]
    assert bench.sent == []


def test_a_line_that_stands_in_time_is_not_given_up(bench: Bench) -> None:
    bench.lifeline.expect()
    bench.beats(READY_S)
    bench.lifeline.begin()
    bench.beats(1.0)
    assert bench.told == []


def test_the_time_before_ready_does_not_count_as_silence(bench: Bench) -> None:
    bench.now += 60
    bench.lifeline.begin()
    bench.beats(NOTICED_S - INTERVAL_S)
    assert bench.told == []


def test_a_lost_line_is_given_up_after_a_while(bench: Bench) -> None:
    bench.lifeline.begin()
    bench.beats(NOTICED_S + MEND_S)
    assert bench.told == [LineLost()]
    bench.beats(INTERVAL_S)
    assert bench.told == [LineLost(), GaveUp()]


def test_anything_authentic_is_life(bench: Bench) -> None:
    bench.lifeline.begin()
    for _ in range(20):
        bench.beats(1.0)
        bench.lifeline.heard()
    assert bench.told == []
    assert bench.sent[-1].n == len(bench.sent) == 80


async def test_it_beats_from_ready_on(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifeline, "INTERVAL_S", 0.001)
    running = asyncio.create_task(bench.lifeline.run())
    await asyncio.sleep(0.01)
    assert bench.sent == []
    bench.lifeline.begin()
    await until(lambda: len(bench.sent) >= 3)
    running.cancel()
    assert [beat.n for beat in bench.sent[:3]] == [1, 2, 3]


async def test_the_line_in_figures(bench: Bench) -> None:
    assert bench.lifeline.quality is None
    bench.lifeline.begin()
    await bench.lifeline._measure()
    assert bench.lifeline.quality == Quality(relayed=False, round_trip_ms=20, lost_percent=0, kbit_s=0)
    assert bench.lifeline.line is Line.GOOD
    await bench.lifeline._measure()
    assert bench.changes == 1  # nothing new is nothing to show
    bench.counts = Counts(relayed=False, round_trip=0.9, octets=0)
    await bench.lifeline._measure()
    assert bench.lifeline.line is Line.WEAK
    assert bench.changes == 2
    bench.beats(NOTICED_S)
    assert bench.lifeline.line is Line.LOST
    assert bench.lifeline.quality is None


async def test_heartbeats_that_did_not_come_are_losses(bench: Bench) -> None:
    bench.lifeline.begin()
    await bench.lifeline._measure()
    for n in range(1, 41):
        bench.now += INTERVAL_S
        if n % 4:
            bench.lifeline.heard(Heartbeat(n, 0))
    await bench.lifeline._measure()
    assert bench.lifeline.quality is not None
    assert bench.lifeline.quality.lost_percent == 23  # the last one may still come
    assert bench.lifeline.line is Line.WEAK


async def test_it_measures_now_and_then(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifeline, "INTERVAL_S", 0.001)
    bench.lifeline.begin()
    running = asyncio.create_task(bench.lifeline.run())
    await until(lambda: len(bench.sent) >= 3)
    assert bench.lifeline.quality is None
    bench.now += lifeline.MEASURE_S
    await until(lambda: bench.changes)
    running.cancel()

"""The lifeline: what the two people are told of the line, with a clock that the test turns."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from remotehelp.messages import Heartbeat
from remotehelp.peer import lifeline
from remotehelp.peer.heartbeat import INTERVAL_S, LOST_AFTER_S
from remotehelp.peer.lifeline import MEND_S, READY_S, Lifeline
from remotehelp.visit.events import Event, GaveUp, LineBack, LineLost
from remotehelp.visit.shown import Line
from tests.helpers.waiting import until


@dataclass
class Bench:
    """A lifeline whose clock stands until the test turns it."""

    now: float = 50.0
    sent: list[Heartbeat] = field(default_factory=list)
    told: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lifeline = Lifeline(lambda: self.now, self.sent.append, self.told.append)

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
    bench.beats(LOST_AFTER_S)
    assert bench.lifeline.line is Line.LOST
    bench.lifeline.heard()
    assert bench.lifeline.line is Line.GOOD


def test_a_silent_line_is_lost_once_and_back_once(bench: Bench) -> None:
    bench.lifeline.begin()
    bench.beats(LOST_AFTER_S - INTERVAL_S)
    assert bench.told == []
    bench.beats(INTERVAL_S)
    assert bench.told == [LineLost()]
    bench.beats(5)
    assert bench.told == [LineLost()]
    bench.lifeline.heard(Heartbeat(1, 1))
    bench.lifeline.heard(Heartbeat(2, 1))
    assert bench.told == [LineLost(), LineBack()]


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
    bench.beats(LOST_AFTER_S - INTERVAL_S)
    assert bench.told == []


def test_a_lost_line_is_given_up_after_a_while(bench: Bench) -> None:
    bench.lifeline.begin()
    bench.beats(LOST_AFTER_S + MEND_S)
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

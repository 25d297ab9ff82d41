"""The line in figures: what both sides counted, as a person can read it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remotehelp.peer.line_meter import FEW, WINDOW_S, Counts, LineMeter, weak
from remotehelp.visit.shown import Quality

CALM = Counts(relayed=False, round_trip=0.0123, octets=50_000)


def test_what_flows_is_counted_over_the_last_seconds() -> None:
    meter = LineMeter()
    meter.take(CALM, 100.0)
    for second in range(1, 40):
        quality = meter.take(replace(CALM, octets=50_000 + second * 100_000), 100.0 + second)
        assert quality == Quality(relayed=False, round_trip_ms=12, lost_percent=0, kbit_s=800)
    for second in range(40, 40 + int(WINDOW_S) + 2):
        quality = meter.take(replace(CALM, octets=50_000 + 39 * 100_000), 100.0 + second)
    assert quality.kbit_s == 0


@pytest.mark.parametrize("way", ["received", "sent"])
def test_the_worse_direction_counts(way: str) -> None:
    meter = LineMeter()
    meter.take(CALM, 0.0)
    counts = {"received": (100, 0), "sent": (100, 0)} | {way: (95, 5)}
    assert meter.take(replace(CALM, **counts), 2.0).lost_percent == 5


def test_a_few_packets_say_nothing_and_more_than_were_sent_no_harm() -> None:
    meter = LineMeter()
    meter.take(CALM, 0.0)
    assert meter.take(replace(CALM, received=(FEW // 2, FEW // 2 - 1)), 1.0).lost_percent == 0
    assert meter.take(replace(CALM, received=(900, -20)), 2.0).lost_percent == 0
    assert meter.take(replace(CALM, received=(0, 0)), 3.0).lost_percent == 0


@pytest.mark.parametrize(
    ("seconds", "shown"), [(None, 0), (0.0004, 0), (0.0096, 10), (0.1234, 120), (0.996, 1000), (1.555, 1600)]
)
def test_figures_have_two_digits(seconds: float | None, shown: int) -> None:
    assert LineMeter().take(replace(CALM, round_trip=seconds), 0.0).round_trip_ms == shown


def test_a_relay_is_told() -> None:
    assert LineMeter().take(replace(CALM, relayed=True), 0.0).relayed


@pytest.mark.parametrize(
    ("quality", "is_weak"),
    [
        (Quality(True, 200, 2, 100), False),
        (Quality(False, 900, 0, 5000), True),
        (Quality(False, 20, 12, 5000), True),
    ],
)
def test_a_weak_line(quality: Quality, is_weak: bool) -> None:
    assert weak(quality) is is_weak

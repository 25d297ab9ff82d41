"""One direction's rate, on a line that is simulated packet by packet."""

from __future__ import annotations

import random

import pytest

from remotehelp.peer.rate import LEAST, MOST, NEWS, PACKET, START, Rate


class Line:
    """``bytes_per_s`` through a queue of ``queue_s``, ``one_way`` s long, that loses ``loss`` of all packets."""

    def __init__(self, bytes_per_s: float, one_way: float, loss: float = 0.0, queue_s: float = 1.0) -> None:
        self.bytes_per_s, self.one_way, self.loss, self.queue_s = bytes_per_s, one_way, loss, queue_s
        self._free_at = 0.0
        self._random = random.Random(1)  # noqa: S311 - a simulation

    def arrival(self, size: int, now: float) -> float | None:
        """When a message that is sent now arrives; None if one of its packets is lost."""
        begins = max(self._free_at, now)
        if begins - now > self.queue_s:
            return None
        self._free_at = begins + size / self.bytes_per_s
        packets = -(-size // PACKET)
        if any(self._random.random() < self.loss for _ in range(packets)):
            return None
        return self._free_at + self.one_way


def drive(rate: Rate, line: Line, seconds: float, wants: float = MOST, began: float = 0.0) -> tuple[float, float]:
    """Send as much as the rate allows, or ``wants`` bytes a second; bytes/s that arrived and the longest delay of the
    last half.
    """
    flying: list[tuple[float, float, int]] = []
    now, on_the_way, credit, arrived, slowest = began, 0, 0.0, 0, 0.0
    while now < began + seconds:
        now += 0.001
        credit = min(credit + wants / 1000, 64_000)
        for due, at, size in [flight for flight in flying if flight[0] <= now]:
            flying.remove((due, at, size))
            on_the_way -= size
            rate.measured(now - at)
            rate.arrived(size, now - at, now)
            if now > began + seconds / 2:
                arrived += size
                slowest = max(slowest, now - at)
        while credit >= rate.message and on_the_way + rate.message <= max(rate.at_once, rate.message):
            size = rate.message
            credit -= size
            rate.sent(size, now)
            due = line.arrival(size, now)
            if due is None:
                rate.lost(1, now)
                rate.arrived(size, None, now)
                continue
            flying.append((due + line.one_way, now, size))
            on_the_way += size
    return arrived / (seconds / 2), slowest


@pytest.mark.parametrize(
    ("bytes_per_s", "one_way"),
    [(6_000_000, 0.001), (1_250_000, 0.02), (250_000, 0.075), (60_000, 0.05)],
)
def test_a_line_is_used_well_and_its_queue_stays_short(bytes_per_s: int, one_way: float) -> None:
    rate = Rate()
    got, slowest = drive(rate, Line(bytes_per_s, one_way), 20.0)
    assert got > 0.6 * min(bytes_per_s, MOST)
    assert slowest < 2 * one_way + 0.25


def test_a_few_losses_are_no_reason_to_slow_down() -> None:
    rate = Rate()
    got, _ = drive(rate, Line(250_000, 0.075, loss=0.02), 20.0)
    assert got > 0.5 * 250_000


def test_a_line_that_becomes_thin_is_followed_within_seconds() -> None:
    rate = Rate()
    drive(rate, Line(2_000_000, 0.01), 8.0)
    fast = rate.bytes_per_s
    thin = Line(100_000, 0.01)
    drive(rate, thin, 4.0, began=10.0)
    assert fast > 1_000_000
    assert rate.bytes_per_s < 200_000
    drive(rate, Line(2_000_000, 0.01), 20.0, began=20.0)
    assert rate.bytes_per_s > 500_000


def test_what_is_not_used_does_not_grow() -> None:
    rate = Rate()
    drive(rate, Line(5_000_000, 0.01), 10.0, wants=2_000)
    assert rate.bytes_per_s == START


def test_it_never_leaves_its_bounds() -> None:
    rate = Rate()
    drive(rate, Line(14_000, 0.1, queue_s=3.0), 30.0)
    assert LEAST <= rate.bytes_per_s <= MOST
    assert rate.film_kbit_s < 120
    assert rate.message == 1100


def test_voice_comes_first_and_the_video_gets_the_smaller_part_of_a_thin_line() -> None:
    rate = Rate()
    rate.bytes_per_s = LEAST
    assert rate.screen == LEAST - 6000
    rate.bytes_per_s = MOST
    assert rate.film_kbit_s == 5000
    assert rate.at_rest < rate.at_once


def test_the_shortest_round_trip_is_looked_for_anew() -> None:
    rate = Rate()
    for step in range(600):
        now = step / 10
        rate.sent(500, now)
        rate.arrived(500, 0.02 if now < 10 else 0.1, now + 0.01)
    assert rate.round_trip == pytest.approx(0.1)


def test_a_local_network_is_trusted_at_once() -> None:
    rate = Rate()
    rate.sent(500, 1.0)
    rate.arrived(500, 0.002, 1.002)
    assert rate.bytes_per_s > 2_000_000


def late_pictures(trip: float) -> Rate:
    """Two seconds of pictures, of which each second one waits for a lost packet; single packets take ``trip`` s."""
    rate = Rate()
    rate.measured(0.1)
    for step in range(60):
        now = 1.0 + step / 30
        late = 0.27 if step % 2 else 0.1
        rate.sent(4 * PACKET, now)
        rate.measured(trip)
        rate.arrived(4 * PACKET, late, now + late)
    return rate


def test_a_picture_that_waited_for_a_packet_to_be_sent_again_is_no_sign_of_a_queue() -> None:
    assert late_pictures(trip=0.1).bytes_per_s >= START


def test_packets_that_are_late_are_a_sign_of_a_queue() -> None:
    assert late_pictures(trip=0.25).bytes_per_s < START


def test_where_nothing_is_sent_no_measurement_is_kept_for_ever() -> None:
    rate = Rate()
    for _ in range(10_000):
        rate.measured(0.02)
    assert len(rate._trips) == NEWS


def test_what_a_line_once_carried_is_soon_used_again() -> None:
    rate = Rate()
    drive(rate, Line(1_000_000, 0.02), 6.0)
    rate.bytes_per_s = thin = 50_000.0
    drive(rate, Line(1_000_000, 0.02), 1.0, began=10.0)
    assert rate.bytes_per_s > 2 * thin  # at the usual growth it would be 1.5 times as much


def test_where_much_has_to_be_sent_again_the_rate_falls() -> None:
    rate = Rate()
    for step in range(30):
        now = 1.0 + step / 30
        rate.sent(4 * PACKET, now)
        rate.repeated(now)
        rate.arrived(4 * PACKET, 0.1, now + 0.1)
    assert rate.bytes_per_s < START

"""What a long visit holds: growth is found where there is some, and noise is not taken for it."""

from __future__ import annotations

import random

import pytest

from tests.benchmarks.growth import FLAT_MB, Figure, Sample, ends, figures, settled, slope_an_hour

EVERY_S = 10.0


def samples(minutes: float, rise_mb_h: float = 0.0, noise_mb: float = 0.0, warm_mb: float = 0.0) -> list[Sample]:
    chance = random.Random(1)  # noqa: S311 - the same each time
    made = []
    for number in range(int(minutes * 6) + 1):
        at = number * EVERY_S
        held = 200 + rise_mb_h * at / 3600 + chance.uniform(-noise_mb, noise_mb) + warm_mb * min(at / 300, 1)
        made.append(Sample(at, held, held - 20, held + 90, 40, 12))
    return made


def named(made: list[Figure], part: str) -> Figure:
    [found] = [figure for figure in made if part in figure.title]
    return found


def test_what_grows_all_the_time_is_found() -> None:
    made = figures("customer", samples(30, rise_mb_h=60, noise_mb=2))
    assert named(made, "proportional").value == pytest.approx(25, abs=3)
    assert named(made, "slope").value == pytest.approx(60, abs=5)
    assert [figure.ok for figure in made if figure.unit.startswith("MB") and figure.at_most] == [False] * 3


def test_noise_and_the_first_five_minutes_are_no_growth() -> None:
    made = figures("technician", samples(30, noise_mb=4, warm_mb=80))
    assert all(figure.ok in (True, None) for figure in made)
    assert abs(named(made, "slope").value) < 5


def test_one_bad_look_changes_nothing() -> None:
    taken = samples(30)
    taken[-1] = Sample(taken[-1].at, 900, 880, 990, 40, 12)
    taken[40] = Sample(taken[40].at, 0, 0, 0, 0, 0)
    assert all(figure.value == 0 for figure in figures("customer", taken))


def test_open_files_and_threads_are_counted_at_both_ends() -> None:
    taken = [Sample(s.at, s.pss_mb, s.uss_mb, s.rss_mb, 40 + int(s.at // 300), 12) for s in samples(30)]
    found = named(figures("customer", taken), "descriptors")
    assert (found.first, found.last, found.ok) == (41, 45, False)
    assert named(figures("customer", taken), "threads").ok


def test_of_a_short_visit_the_later_two_thirds_count() -> None:
    assert settled(samples(3))[0].at == 60
    assert settled(samples(30))[0].at == 300


def test_a_line_of_the_table_and_of_the_file() -> None:
    figure = Figure("memory", "MB", 200.0, 205.5, 5.5, FLAT_MB)
    assert figure.words() == ("memory", "200", "205.5", "+5.5", "MB", "<= 10", "ok")
    assert figure.entry() == {
        "figure": "memory", "value": 5.5, "unit": "MB", "peer": None, "peer_value": None, "ratio": None,
        "bar": 10.0, "ok": True,
    }  # fmt: skip
    assert Figure("slope", "MB/h", None, None, -1.0).words() == ("slope", "", "", "-1", "MB/h", "", "")


def test_the_slope_of_a_line_is_exact_and_that_of_one_point_is_none() -> None:
    times = [EVERY_S * n for n in range(200)]
    assert slope_an_hour(times, [3 + at / 36 for at in times]) == pytest.approx(100)
    assert slope_an_hour([0.0], [5.0]) == 0.0


def test_the_ends_are_medians() -> None:
    assert ends([1, 1, 9, 1, 1, 5, 7, 7, 0, 7, 7]) == (1, 7)

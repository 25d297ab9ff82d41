"""The benchmark's table: the best peer of the same run, earlier figures where there is none, and honest verdicts."""

import json
import math

import pytest

from tests.benchmarks import figures
from tests.benchmarks.bars import BARS, Against, Bar
from tests.benchmarks.figures import Row, Runs
from tests.benchmarks.measured import TITLES, measured

FRESH = Bar("scroll", ("scroll.fresh_p50",), "ms", 0.5)
WIRE = Bar("wire", ("scroll.wire_kbps",), "kB/s", 0.4, against=Against.FLUENT)
LIKENESS = Bar("likeness", ("video.psnr",), "dB", at_least=1.0, against=Against.CODEC)
IDENTICAL = Bar("identical", ("typing.identical_s", "scroll.identical_s"), "s", 4.0, against=Against.NOBODY)


def runs(ours, peers=(), **theirs):
    kept = Runs(peers or list(theirs))
    for run in ours:
        kept.add(figures.OURS, "lan", run)
    for name, run in theirs.items():
        kept.add(name, "lan", run)
    return kept


def only_row(bar, kept):
    [row] = figures.rows([bar], kept)
    return row


def test_the_median_of_the_rounds_is_divided_by_the_best_peer():
    ours = [{"scroll.fresh_p50": value} for value in (10, 30, 20)]
    row = only_row(FRESH, runs(ours, tigervnc={"scroll.fresh_p50": 50}, selkies={"scroll.fresh_p50": 40}))
    assert (row.value, row.peer, row.peer_value, row.ratio, row.ok) == (20, "Selkies in Chromium", 40, 0.5, True)


def test_a_peer_that_is_not_there_is_taken_from_earlier_and_says_so():
    row = only_row(FRESH, runs([{"scroll.fresh_p50": 30}], peers=["tigervnc"]))
    assert (row.peer, row.peer_value, row.ok) == ("TigerVNC (measured earlier)", 39, False)


def test_a_peer_that_stutters_is_no_measure_for_the_wire():
    lean = {"scroll.wire_kbps": 1, "scroll.frames_of_30": 7}
    fluent = {"scroll.wire_kbps": 1000, "scroll.frames_of_30": 29}
    row = only_row(WIRE, runs([{"scroll.wire_kbps": 300}], xpra=lean, tigervnc=fluent))
    assert (row.peer, row.ratio, row.ok) == ("TigerVNC", 0.3, True)


def test_likeness_is_held_against_the_best_codec_alone():
    row = only_row(LIKENESS, runs([{"video.psnr": 44}], tigervnc={"video.psnr": 50}, selkies={"video.psnr": 43}))
    assert (row.peer, row.ok) == ("Selkies in Chromium", True)


def test_the_slowest_of_several_figures_counts():
    assert only_row(IDENTICAL, runs([{"typing.identical_s": 1, "scroll.identical_s": 3}])).value == 3


def test_what_never_came_misses_its_bar_and_stays_json():
    row = only_row(IDENTICAL, runs([{"typing.identical_s": 1, "scroll.identical_s": None}] * 2))
    assert row.ok is False
    assert json.loads(json.dumps(row.entry(), allow_nan=False))["value"] is None
    assert "never" in row.words()


def test_a_workload_that_was_not_done_has_no_row():
    assert figures.rows([IDENTICAL], runs([{"typing.identical_s": 1}])) == []


def test_without_any_peer_there_is_no_verdict():
    row = only_row(LIKENESS, runs([{"video.psnr": 44}], peers=["tigervnc"]))
    assert (row.peer, row.ratio, row.ok) == (None, None, None)


def test_an_entry_has_exactly_the_promised_fields():
    entry = Row(FRESH, [10.0], "TigerVNC", 40.0).entry()
    assert entry == {
        "figure": "lan: scroll",
        "value": 10.0,
        "unit": "ms",
        "peer": "TigerVNC",
        "peer_value": 40.0,
        "ratio": 0.25,
        "bar": 0.5,
        "ok": True,
    }


def test_everything_is_told_once_a_system_and_workload():
    kept = runs([{"scroll.fresh_p50": 20.0, "scroll.identical_s": None}], tigervnc={"scroll.fresh_p50": 40.0})
    _, ours, theirs = figures.everything(kept, "lan", ["scroll"]).splitlines()
    assert ours.split() == ["scroll", "remotehelp", "1", "20", "never"]
    assert theirs.split() == ["scroll", "tigervnc", "1", "40"]


@pytest.mark.parametrize(
    ("value", "said"), [(None, "–"), (math.inf, "never"), (0.0053, "0.0053"), (39.04, "39"), (10071.2, "10071")]
)
def test_a_value_has_three_digits(value, said):
    assert figures.word(value) == said


def test_each_bar_has_one_limit_and_a_title_of_its_own():
    assert all((bar.at_most is None) != (bar.at_least is None) for bar in BARS)
    assert len({(bar.profile, bar.title) for bar in BARS}) == len(BARS)


def test_earlier_figures_are_found_by_peer_line_and_figure():
    assert measured("selkies", "lan", "video.wire_kbps") == 702
    assert measured("tigervnc", "dsl", "scroll.fresh_p50") == 440
    assert measured("gstreamer", "lan", "input.key_answer_p50") is None
    assert measured("xpra", "bad", "typing.fresh_p50") is None
    assert {"tigervnc", "prototype"} <= set(TITLES)

"""The allowance: so many within a window, wherever the window begins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from remotehelp.visit.allowance import Allowance


def test_the_fourth_within_a_second_does_not_pass_and_later_ones_do() -> None:
    allowance = Allowance(3, 1.0)
    assert [allowance.passes(at) for at in (0.0, 0.1, 0.2, 0.3, 0.99, 1.0, 1.05, 1.1)] == [True] * 3 + [False] * 2 + [
        True,
        False,
        True,
    ]


@given(st.lists(st.floats(0, 20), max_size=100))
def test_no_window_ever_holds_more(times: list[float]) -> None:
    allowance = Allowance(5, 2.0)
    passed = [at for at in sorted(times) if allowance.passes(at)]
    assert all(sum(start <= at < start + 2.0 for at in passed) <= 5 for start in passed)

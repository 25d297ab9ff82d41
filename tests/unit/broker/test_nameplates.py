"""Which nameplates are given: random among the free ones, longer when many are in use."""

from __future__ import annotations

import random
from itertools import chain, repeat

import pytest

from remotehelp.broker.nameplates import FULL_AT, LONGER_ABOVE, Nameplates
from remotehelp.errors import ServiceUnavailable


def test_a_taken_one_is_not_given_again_before_its_time() -> None:
    picks = iter([7, 7, 8, 7])
    nameplates = Nameplates(lambda _: next(picks), {})
    assert nameplates.take(until=10) == "0007"
    assert nameplates.take(until=11) == "0008"
    nameplates.release(now=10)
    assert nameplates.take(until=20) == "0007"


def test_those_of_before_a_restart_stay_taken_until_their_time() -> None:
    picks = chain([1, 2, 3], repeat(1))
    nameplates = Nameplates(lambda _: next(picks), {"0001": 30.0, "0002": 20.0})
    assert nameplates.take(until=600) == "0003"
    nameplates.release(now=25)
    assert len(nameplates) == 2
    nameplates.release(now=30)
    assert nameplates.take(until=601) == "0001"


def test_the_choice_is_uniform_over_all_four_digit_numbers() -> None:
    asked = []
    Nameplates(lambda n: asked.append(n) or 0, {}).take(until=1)
    assert asked == [10_000]


def test_five_digits_above_five_thousand_in_use() -> None:
    nameplates = Nameplates(random.Random(1).randrange, {})  # noqa: S311 - repeatable
    given = [nameplates.take(until=1) for _ in range(LONGER_ABOVE + 2)]
    assert {len(nameplate) for nameplate in given[: LONGER_ABOVE + 1]} == {4}
    assert len(given[-1]) == 5
    assert len(set(given)) == len(given)


def test_it_says_so_when_too_many_are_in_use_instead_of_searching_on() -> None:
    nameplates = Nameplates(lambda _: 99_999, {f"{n:05d}": 9.0 for n in range(FULL_AT)})
    with pytest.raises(ServiceUnavailable, match="broker_full"):
        nameplates.take(until=10)

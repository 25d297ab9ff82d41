"""What `make fuzz` makes of libFuzzer's words."""

from __future__ import annotations

import pytest

from tests.fuzz.fuzz import Tried, understood

WELL = "#2\tINITED cov: 3\n#4096\tpulse\nstat::number_of_executed_units: 5001\n"
RAISED = (
    "#77\tNEW cov: 3\n\n === Uncaught Python exception: ===\nTypeError: not so\nTraceback (most recent call last):\n"
)
SLOW = "#12\tNEW\n==1== ERROR: libFuzzer: timeout after 5 seconds\n"


@pytest.mark.parametrize(
    ("said", "status", "inputs", "failure"),
    [
        (WELL, 0, 5001, ""),
        (RAISED, 77, 77, "TypeError: not so"),
        (SLOW, 70, 12, "timeout after 5 seconds"),
        ("", 0, 0, "nothing was tried"),
        ("No module named atheris", 1, 0, "it ended with 1"),
    ],
)
def test_what_became_of_a_parser(said: str, status: int, inputs: int, failure: str) -> None:
    assert understood(said, status) == (inputs, failure)
    assert Tried("a parser", inputs, failure).entry()["ok"] is (failure == "")

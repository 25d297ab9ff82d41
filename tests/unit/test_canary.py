"""The suite's own watch over what is written down sees what it has to see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import pytest_runtest_makereport
from tests.helpers import canary


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-28 14:52:44 [info     ] code                           code=4711-482-913",
        "\x1b[2m2026-11-28 14:52:44\x1b[0m [info] -----BEGIN PRIVATE KEY-----",
        "2026-11-28 14:52:44 [info     ] joined 47110-482-913",
    ],
)
def test_a_secret_in_a_line_of_a_program_is_found(line: str) -> None:
    assert canary.told(f"something before\n{line}\nsomething after")


@pytest.mark.parametrize(
    "line", ["2026-11-28 14:52:44 [info     ] at 2026-11-28T14-57-10.881739", "a test prints 4711-482-913 itself"]
)
def test_other_lines_are_none(line: str) -> None:
    assert canary.told(line) == []


def test_a_secret_in_a_log_is_found_wherever_it_lies(tmp_path: Path) -> None:
    deep = tmp_path / "home" / "logs"
    deep.mkdir(parents=True)
    (deep / "customer.jsonl").write_text('{"event": "code", "code": "4711-482-913"}\n')
    (deep / "customer.jsonl.1").write_text('{"event": "code", "code": "4711-482-914"}\n')
    (deep / "picture.png").write_text("4711-482-913")
    assert [secret for _, secret in canary.written(tmp_path)] == ["4711-482-913", "4711-482-914"]


@pytest.mark.parametrize(("said", "outcome"), [("paired", "passed"), ("code=4711-482-913", "failed")])
def test_a_test_whose_program_logs_a_secret_fails(said: str, outcome: str) -> None:
    output = ("Captured stdout call", f"2026-11-28 14:52:44 [info     ] {said}\n")
    report = pytest.TestReport("a test", ("", 0, ""), {}, "passed", None, "call", sections=[output])
    watched = pytest_runtest_makereport(None, None)  # type: ignore[arg-type]
    next(watched)
    with pytest.raises(StopIteration) as end:
        watched.send(report)
    assert end.value.value.outcome == outcome

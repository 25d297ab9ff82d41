from __future__ import annotations

import json
from itertools import count
from pathlib import Path

import pytest

from remotehelp.demo.desk import Desk
from remotehelp.demo.summary import Summary, file_word


def paint(desk: Desk, colour: str) -> None:
    desk.run("xsetroot", "-solid", colour)


def test_times_the_steps_and_takes_a_picture_after_each(desk: Desk, tmp_path: Path) -> None:
    said: list[str] = []
    summary = Summary(tmp_path, {"customer": desk}, said.append, clock=count(0.0, 1.5).__next__)
    with summary.step("The face appears"):
        paint(desk, "white")
    with pytest.raises(KeyError), summary.step("Pages come out"):
        raise KeyError
    summary.figure("printed_pages", 3)
    assert json.loads(summary.write().read_text()) == {
        "steps": [
            {"name": "The face appears", "ok": True, "seconds": 1.5},
            {"name": "Pages come out", "ok": False, "seconds": 1.5},
        ],
        "printed_pages": 3,
    }
    assert said == ["✓ The face appears (1.5 s)", "✗ Pages come out (1.5 s)"]
    assert sorted(path.name for path in tmp_path.glob("*.png")) == [
        "01-the-face-appears-customer.png",
        "02-pages-come-out-customer.png",
    ]


def test_makes_words_for_files() -> None:
    assert file_word("Technician A's face: here!") == "technician-a-s-face-here"

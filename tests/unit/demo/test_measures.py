"""The figures of a demonstration, from logs whose clocks are known and from pixels that change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from remotehelp.demo import measures
from remotehelp.demo.waiting import StageError


def write(path: Path, **events: float) -> Path:
    lines = [json.dumps({"event": name.replace("_", " "), "monotonic": at}) for name, at in events.items()]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_the_seconds_lie_between_the_two_entries(tmp_path: Path) -> None:
    customer = write(tmp_path / "customer.jsonl", paired=10.0, face_painted=10.25, answered=12.0)
    technician = write(tmp_path / "technician.jsonl", screen_painted=12.5)
    assert measures.accept_to_face_s(customer) == 0.25
    assert measures.grant_to_picture_s(customer, technician) == 0.5


def test_a_log_without_the_entry_is_a_failed_step(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="does not say 'face painted'"):
        measures.accept_to_face_s(write(tmp_path / "customer.jsonl", paired=10.0))

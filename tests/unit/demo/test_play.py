"""The play's own promises; that the whole story holds is shown in tests/e2e/test_visit.py."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from remotehelp.demo.play import _time_limit, run
from remotehelp.demo.waiting import StageError
from remotehelp.errors import ConfigError


def test_a_folder_that_holds_other_things_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear landlord")
    with pytest.raises(ConfigError, match="folder_in_use"):
        run(tmp_path, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_story_that_takes_too_long_is_stopped() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(StageError, match=r"longer than 0\.1 s"), _time_limit(0.1):
        time.sleep(5)
    assert signal.getsignal(signal.SIGALRM) == before


def test_the_limit_counts_no_more_once_the_story_is_over() -> None:
    with _time_limit(0.05):
        pass
    time.sleep(0.1)

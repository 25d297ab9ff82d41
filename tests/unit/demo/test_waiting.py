from __future__ import annotations

import os

import pytest

from remotehelp.demo.waiting import StageError, read_line, wait_for
from remotehelp.sentences import explain


def test_gives_the_first_true_value() -> None:
    answers = iter([None, 0, "there"])
    assert wait_for(lambda: next(answers), 5, "nothing", poll=0) == "there"


def test_says_what_did_not_come() -> None:
    with pytest.raises(StageError, match=r"no printer \(waited 0 s\)") as caught:
        wait_for(lambda: False, 0, "no printer", poll=0)
    assert "no printer" in explain(caught.value)


def test_reads_one_line_however_it_comes() -> None:
    read_end, write_end = os.pipe()
    os.write(write_end, b":1")
    os.write(write_end, b"2\n")
    assert read_line(read_end, 5, "nothing") == ":12"
    os.close(write_end)
    with pytest.raises(StageError, match="ended"):
        read_line(read_end, 5, "ended")
    os.close(read_end)


def test_does_not_wait_for_a_silent_pipe_for_ever() -> None:
    read_end, write_end = os.pipe()
    with pytest.raises(StageError, match="silent"):
        read_line(read_end, 0.05, "silent")
    os.close(read_end)
    os.close(write_end)

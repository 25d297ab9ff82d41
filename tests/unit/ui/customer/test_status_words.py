from __future__ import annotations

from dataclasses import replace

import pytest

from remotehelp.customer.view import CustomerView
from remotehelp.visit.shown import Line
from ui.customer.status_words import controlling, in_short, line_words, seeing


def test_blue_is_seeing_and_amber_is_controlling() -> None:
    assert seeing(True)[1] == seeing(True, alone=True)[1] == "see"
    assert seeing(True)[2] != seeing(True, alone=True)[2]
    assert seeing(False, alone=True) == seeing(False)
    assert controlling(True)[1] == "control"
    assert seeing(False)[1] == controlling(False)[1] == "quiet"


@pytest.mark.parametrize("line", list(Line))
def test_each_line_has_words(line: Line) -> None:
    assert line_words(line, "Technician")[2]


def test_a_lost_line_says_that_nothing_was_lost_and_what_comes_if_it_stays_so() -> None:
    words = line_words(Line.LOST, "Technician")[2]
    assert words.startswith("We are trying to get the line back. Nothing was lost")
    assert "if Technician stays away, the visit ends" in words
    assert line_words(Line.GOOD, "Technician")[1] == "well"


def test_the_tray_says_the_same(visit: CustomerView) -> None:
    assert in_short(replace(visit, sees=True)) == "They can see your screen.\nOnly you use mouse and keys."


def test_while_she_works_herself_they_wait() -> None:
    waits = controlling(True, hers=True)
    assert waits[1] == "control"  # it may be taken up again
    assert "they wait" in waits[2]
    assert controlling(False, hers=True) == controlling(False)

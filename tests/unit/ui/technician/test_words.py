from __future__ import annotations

import pytest

from remotehelp.messages import Right
from remotehelp.visit.events import Side
from remotehelp.visit.shown import Line, Said
from ui.technician import words


@pytest.mark.parametrize("right", list(Right))
def test_every_right_has_words(right: Right) -> None:
    assert words.right(right) in words.grant(right, on=True)
    assert words.grant(right, on=True) != words.grant(right, on=False)


@pytest.mark.parametrize("line", list(Line))
def test_every_line_has_words_and_a_look(line: Line) -> None:
    assert words.line(line)
    assert words.LINE_LOOKS[line]


def test_the_buttons_are_named_as_the_contract_says() -> None:
    assert {words.ask(right) for right in words.ASKS} == {
        "Ask to see the screen",
        "Ask to point",
        "Ask for control",
        "Ask for printers",
        "Ask for system",
        "Ask for clipboard",
    }


def test_a_line_of_the_conversation_tells_who_said_it() -> None:
    assert words.said(Said(Side.CUSTOMER, "{braces} stay")) == "Customer: {braces} stay"
    assert words.said(Said(Side.TECHNICIAN, "Hello")) == "You: Hello"


@pytest.mark.parametrize(
    ("seconds", "shown"), [(-1, "0:00"), (9.9, "0:09"), (724, "12:04"), (3600, "1:00:00"), (4324, "1:12:04")]
)
def test_the_clock(seconds: float, shown: str) -> None:
    assert words.clock(seconds) == shown

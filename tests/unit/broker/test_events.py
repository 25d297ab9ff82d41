"""The events are plain data, and the rules know each of them."""

from __future__ import annotations

import dataclasses

import pytest

from remotehelp.broker.events import Asked, Came, Disproven, Event, Gone, Kept, NotKept, Proven, Tick
from remotehelp.broker.rules import Rules
from remotehelp.messages import Leave

EACH = [Came(1, "a"), Proven(1), Asked(1, Leave()), Kept("0001"), NotKept("0001"), Tick(), Disproven(1), Gone(1)]


def test_this_list_is_complete() -> None:
    assert {type(event) for event in EACH} == set(Event.__subclasses__())


def test_the_rules_take_each_in_this_order_without_a_code_being_there() -> None:
    rules = Rules(lambda _: 0)
    answers = [rules.handle(event, 0.0) for event in EACH]
    assert [len(answer) for answer in answers] == [0, 1, 0, 0, 0, 0, 0, 0]  # only the sign-in is confirmed


@pytest.mark.parametrize("event", EACH)
def test_nothing_can_be_changed_afterwards(event: Event) -> None:
    assert dataclasses.replace(event) == event
    with pytest.raises(dataclasses.FrozenInstanceError):
        event.socket = 2  # type: ignore[attr-defined]

import dataclasses

import pytest

from remotehelp.messages import Right
from remotehelp.visit import events
from remotehelp.visit.events import Asked, Event, Left, Said, Side


@pytest.mark.parametrize("kind", Event.__subclasses__(), ids=lambda kind: kind.__name__)
def test_an_event_is_frozen_and_says_what_it_means(kind):
    assert dataclasses.is_dataclass(kind)
    assert kind.__dataclass_params__.frozen
    assert kind.__doc__.endswith(".")


def test_events_are_equal_by_what_happened():
    assert Asked(Right.VIEW) == Asked(Right.VIEW) != Asked(Right.CONTROL)
    assert Left(Side.CUSTOMER) != Left(Side.TECHNICIAN)
    assert Said(Side.CUSTOMER, "Hello") == Said(Side.CUSTOMER, "Hello")


def test_no_event_carries_a_clock():
    fields = {field.name for kind in Event.__subclasses__() for field in dataclasses.fields(kind)}
    assert not fields & {"at", "now", "time"}
    assert {"right", "who", "text", "epoch"} <= fields


def test_every_event_of_the_module_can_happen_in_a_visit():
    kinds = {kind for kind in vars(events).values() if isinstance(kind, type) and issubclass(kind, Event)}
    assert kinds - {Event} == set(Event.__subclasses__())

import dataclasses

import pytest

from remotehelp.customer.visit import CustomerVisit
from remotehelp.messages import Chat, Key, Right
from remotehelp.visit.commands import Command, Inject, Permit, Record, Tell
from remotehelp.visit.events import Side
from remotehelp.visit.story import Entry
from tests.helpers.architecture import names_in, source_of

KINDS = Command.__subclasses__()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_command_is_frozen_and_says_what_it_means(kind):
    assert dataclasses.is_dataclass(kind)
    assert kind.__dataclass_params__.frozen
    assert "." in kind.__doc__


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_her_side_performs_every_command(kind):
    assert kind.__name__ in names_in(source_of(CustomerVisit.__init__))


def test_commands_are_equal_by_what_they_ask_for():
    key = Key("KeyA", True, 0)
    assert Tell(Chat("Hello")) == Tell(Chat("Hello")) != Tell(Chat("Bye"))
    assert Inject(key) == Inject(Key("KeyA", True, 0)) != Inject(Key("KeyA", False, 0))
    assert Permit(True, 1) != Permit(True, 2)
    assert Record(Entry(1, Side.CUSTOMER, "allowed", Right.VIEW)) == Record(Entry(1, Side.CUSTOMER, "allowed", "view"))

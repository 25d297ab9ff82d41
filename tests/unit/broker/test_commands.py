"""The commands are plain data, and the rules give each of them."""

from __future__ import annotations

from remotehelp.broker.commands import Announce, Command, Give, GiveList, Keep, Send
from remotehelp.broker.events import Asked, Came, Kept, Proven, Tick
from remotehelp.broker.rules import Rules
from remotehelp.messages import Available, Open, Rejoin, SignedIn


def test_a_day_at_the_broker_needs_each_command_and_no_other() -> None:
    rules = Rules(lambda _: 4711)
    day = [
        Came(1, "a"),
        Proven(1),
        Asked(1, Available(True)),
        Tick(),
        Came(2, "b"),
        Asked(2, Open(1, bytes(16))),
        Kept("4711"),
        Came(3, "c"),
        Asked(3, Rejoin(1, bytes(32), bytes(32))),
    ]
    commands = [command for event in day for command in rules.handle(event, 0.0)]
    assert commands == [Send(1, SignedIn()), Announce(1), Keep("4711", 600.0), Give(2, "4711"), GiveList(3)]
    assert {type(command) for command in commands} == set(Command.__subclasses__())

"""The commands are plain data, and the rules give each of them."""

from __future__ import annotations

from remotehelp.broker.commands import Announce, Command, Enlist, Give, GiveList, Introduce, Keep, Send
from remotehelp.broker.events import Asked, Came, Kept, Proven, Tick
from remotehelp.broker.rules import Rules
from remotehelp.messages import AskForHelp, Available, Claimed, Open, Rejoin, SignedIn, Take, WaitingList


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
        Asked(2, AskForHelp(1, bytes(16), "")),
        Asked(1, Take(1)),
        Came(3, "c"),
        Asked(3, Rejoin(1, bytes(32), bytes(32))),
    ]
    commands = [command for event in day for command in rules.handle(event, 0.0)]
    assert commands == [
        Send(1, SignedIn()),
        Send(1, WaitingList((), 0)),
        Announce(1),
        Keep("4711", 600.0),
        Give(2, "4711"),
        Enlist(2, 0),
        Send(1, Claimed(bytes(16))),
        Introduce(2),
        GiveList(3),
    ]
    assert {type(command) for command in commands} == set(Command.__subclasses__())

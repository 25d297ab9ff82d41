"""The broker's rules with people who speak to them, told as who says what and who hears what."""

from __future__ import annotations

from remotehelp.broker.commands import Command, Enlist, Give, Keep, Send
from remotehelp.broker.events import Asked, Came, Event, Kept, Proven, Request, Tick
from remotehelp.broker.rules import Rules
from remotehelp.messages import AskForHelp, Claim, Open, SignedIn, Take

SID = bytes(range(16))
ANNA, BELA, CORA, TINA, TOM = 1, 2, 3, 11, 12  # three customers, two technicians


def sid_of(socket: int) -> bytes:
    """The room that this customer makes in the list."""
    return bytes([socket]) * 16


class Day:
    """Rules with a clock, three customers and two signed-in technicians, each at an address of their own."""

    def __init__(self) -> None:
        self.now = 1000.0
        numbers = iter(range(10_000))
        self.rules = Rules(lambda _: next(numbers))
        for socket in (ANNA, BELA, CORA, TINA, TOM):
            self.does(Came(socket, f"address of {socket}"))
        for socket in (TINA, TOM):
            assert self.does(Proven(socket)) == [Send(socket, SignedIn())]

    def does(self, event: Event) -> list[Command]:
        return self.rules.handle(event, self.now)

    def says(self, socket: int, message: Request) -> list[Command]:
        return self.does(Asked(socket, message))

    def passes(self, seconds: float) -> list[Command]:
        self.now += seconds
        return self.does(Tick())

    def opens(self, socket: int) -> str:
        *_, keep = self.says(socket, Open(1, SID))
        assert isinstance(keep, Keep), keep
        assert self.does(Kept(keep.nameplate)) == [Give(socket, keep.nameplate)]
        return keep.nameplate

    def claims(self, socket: int, nameplate: str) -> list[Command]:
        return self.says(socket, Claim(nameplate))

    def waits(self, socket: int, words: str = "") -> int:
        """She asks for help; her ticket."""
        *_, enlist = self.says(socket, AskForHelp(1, sid_of(socket), words))
        assert isinstance(enlist, Enlist), enlist
        return self.rules._list.as_message(self.now).first[enlist.ahead].ticket

    def takes(self, socket: int, ticket: int) -> list[Command]:
        return self.says(socket, Take(ticket))

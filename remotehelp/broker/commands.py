"""What the broker's rules ask the edge to do."""

from __future__ import annotations

from dataclasses import dataclass

from remotehelp.broker.events import Socket
from remotehelp.messages import FromBroker


@dataclass(frozen=True)
class Command:
    """One thing to do, in the order given."""


@dataclass(frozen=True)
class Send(Command):
    """Send a message to one socket."""

    socket: Socket
    message: FromBroker


@dataclass(frozen=True)
class Keep(Command):
    """Write down that a nameplate is taken for ``seconds`` from now, then report ``Kept`` or ``NotKept``."""

    nameplate: str
    seconds: float


@dataclass(frozen=True)
class Give(Command):
    """Send a customer her nameplate, together with the organisation's newest revocation list."""

    socket: Socket
    nameplate: str


@dataclass(frozen=True)
class GiveList(Command):
    """Send the organisation's newest revocation list to who came back to the room of a visit."""

    socket: Socket


@dataclass(frozen=True)
class Enlist(Command):
    """Tell a customer that so many wait before her in the list, together with the newest revocation list."""

    socket: Socket
    ahead: int


@dataclass(frozen=True)
class Introduce(Command):
    """Tell a customer that a technician took her from the list, together with the newest revocation list."""

    socket: Socket


@dataclass(frozen=True)
class Announce(Command):
    """Tell every connected customer how many technicians are available."""

    here: int

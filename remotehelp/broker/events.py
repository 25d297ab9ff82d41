"""What can happen to a broker. The time comes in beside the event; nothing here knows a clock."""

from __future__ import annotations

from dataclasses import dataclass, field

from remotehelp.messages import AskForHelp, Available, Claim, Leave, Open, Rejoin, Relay, Take

Socket = int  # one connection to the broker, never given twice
# what is left once the edge has dealt with signing in
Request = Open | AskForHelp | Available | Claim | Take | Relay | Leave | Rejoin


@dataclass(frozen=True)
class Event:
    """Something that happened, already understood and checked for its form."""


@dataclass(frozen=True)
class Came(Event):
    """A program connected; ``address`` is what its limits are counted by."""

    socket: Socket
    address: str


@dataclass(frozen=True)
class Gone(Event):
    """A socket ended, for whatever reason."""

    socket: Socket


@dataclass(frozen=True)
class Proven(Event):
    """A technician proved a valid badge and, where there are accounts, an account; ``session`` is theirs alone."""

    socket: Socket
    session: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Disproven(Event):
    """A technician's badge is not valid any more."""

    socket: Socket


@dataclass(frozen=True)
class Asked(Event):
    """A program sent a message."""

    socket: Socket
    request: Request


@dataclass(frozen=True)
class Kept(Event):
    """A nameplate was written down, so that it may be given out."""

    nameplate: str


@dataclass(frozen=True)
class NotKept(Event):
    """A nameplate could not be written down."""

    nameplate: str


@dataclass(frozen=True)
class Tick(Event):
    """Some time has passed."""

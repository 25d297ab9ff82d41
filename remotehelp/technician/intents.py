"""What the technician's window may send down: plain data, one class for each thing that can be done."""

from __future__ import annotations

from dataclasses import dataclass, field

from remotehelp.messages import Right


@dataclass(frozen=True)
class Intent:
    """Something that the technician did in the window."""


@dataclass(frozen=True)
class CreateBadge(Intent):
    """First start: a one-person organisation and its badge."""

    given_name: str
    surname: str
    organisation: str


@dataclass(frozen=True)
class SignIn(Intent):
    """`Use my badge` at this broker (http or ws address)."""

    broker: str


@dataclass(frozen=True)
class SignInWithAccount(Intent):
    """`Sign in`: the account that the broker asked for, with its one-time code if it has one already."""

    broker: str
    account: str
    password: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True)
class SetAvailable(Intent):
    """The check box `Available`."""

    on: bool


@dataclass(frozen=True)
class Join(Intent):
    """Join the customer who read out this code."""

    code: str


@dataclass(frozen=True)
class Take(Intent):
    """Take the customer with this ticket from the list of those who wait."""

    ticket: int


@dataclass(frozen=True)
class CancelJoin(Intent):
    """Back to the desk while joining."""


@dataclass(frozen=True)
class AskFor(Intent):
    """Ask the customer for a right."""

    right: Right


@dataclass(frozen=True)
class AskForScreens(Intent):
    """Ask the customer to show these of her monitors instead."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class SendKey(Intent):
    """A key of ours by its physical place: W3C ``code``, and what a press of it means (messages.Key)."""

    code: str
    down: bool
    text: str = ""


@dataclass(frozen=True)
class SendText(Intent):
    """Text that no single key of ours stands for: dead keys, Compose, an input method."""

    text: str


@dataclass(frozen=True)
class SendButton(Intent):
    """A mouse button as X11 counts them, at device pixels of the shared screen."""

    button: int
    down: bool
    x: int
    y: int


@dataclass(frozen=True)
class SendWheel(Intent):
    """The wheel in 1/120 of a notch."""

    dx: int
    dy: int
    x: int
    y: int


@dataclass(frozen=True)
class SendPointer(Intent):
    """Where our pointer is, device pixels of the shared screen; the newest wins."""

    x: int
    y: int


@dataclass(frozen=True)
class ReleaseKeys(Intent):
    """The window lost the keyboard: all our keys come up on her computer."""


@dataclass(frozen=True)
class ScreenShown(Intent):
    """The first frame of her screen was painted (sent once for each start of the picture)."""


@dataclass(frozen=True)
class Say(Intent):
    """A line of chat."""

    text: str


@dataclass(frozen=True)
class SetNotes(Intent):
    """The own notes of this case."""

    text: str


@dataclass(frozen=True)
class EndVisit(Intent):
    """`End visit`: to the goodbye."""


@dataclass(frozen=True)
class CloseCase(Intent):
    """`Close case`: the summary goes to her, back to the desk."""

    wrong: str
    done: str


@dataclass(frozen=True)
class Quit(Intent):
    """The program ends; whatever runs is ended properly first."""

"""What a visit's decisions ask the edge to do."""

from __future__ import annotations

from dataclasses import dataclass

from remotehelp.messages import Input, Message, Pointer
from remotehelp.visit.shown import Said
from remotehelp.visit.story import Entry


@dataclass(frozen=True)
class Command:
    """Something for the engine to perform; it decides nothing by it."""


@dataclass(frozen=True)
class Tell(Command):
    """Send this on `control`."""

    message: Message


@dataclass(frozen=True)
class StartCapture(Command):
    """The picture of the chosen monitors goes out from now on."""


@dataclass(frozen=True)
class ShowScreens(Command):
    """These monitors, which she chose, are what is shown from now on, whenever something is."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class ShowLeft(Command):
    """These monitors are left of what she chose: they are what is shown from now on."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class ShowWindow(Command):
    """The window with this native id, and nothing else, is what is shown from now on, whenever something is."""

    window: int


@dataclass(frozen=True)
class StopCapture(Command):
    """No picture goes out any more."""


@dataclass(frozen=True)
class Permit(Command):
    """From now on input is injected only if ``control`` and it carries exactly this ``epoch``."""

    control: bool
    epoch: int


@dataclass(frozen=True)
class ReleaseAllInput(Command):
    """Every key and button that the technician holds comes up."""


@dataclass(frozen=True)
class Inject(Command):
    """Perform this on the customer's computer. Built in exactly one function: ``Host._inject``."""

    action: Input | Pointer


@dataclass(frozen=True)
class ShowPointer(Command):
    """Show where the technician points, without touching anything."""

    pointer: Pointer | None


@dataclass(frozen=True)
class CloseGate(Command):
    """Nothing is injected and no picture leaves until the question is on the screen."""


@dataclass(frozen=True)
class OpenGate(Command):
    """The question has left the screen: input may flow again where it is granted."""


@dataclass(frozen=True)
class HidePicture(Command):
    """No picture leaves until ``RevealPicture``, whatever else happens to it."""


@dataclass(frozen=True)
class RevealPicture(Command):
    """Pictures may leave again, if nothing else holds them."""


@dataclass(frozen=True)
class Remind(Command):
    """Tell in ``seconds`` that control has aged, by this ``turn``."""

    seconds: float
    turn: int


@dataclass(frozen=True)
class Explain(Command):
    """Show her the sentence with this ``key``."""

    key: str


@dataclass(frozen=True)
class Record(Command):
    """Put this into the visit's log."""

    entry: Entry


@dataclass(frozen=True)
class StartMending(Command):
    """Try to make another connection to the same person, until ``StopMending``."""


@dataclass(frozen=True)
class StopMending(Command):
    """The line is back, or nobody waits for it any more."""


@dataclass(frozen=True)
class ShowSaid(Command):
    """Show this line in the conversation; what it says is kept nowhere else."""

    line: Said


@dataclass(frozen=True)
class ClosePeer(Command):
    """Close the connection to the other side."""

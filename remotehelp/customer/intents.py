"""What the customer's window may send down: plain data, one class for each thing that she can do."""

from __future__ import annotations

from dataclasses import dataclass

from remotehelp.messages import Right


@dataclass(frozen=True)
class Intent:
    """Something that the customer did in her window."""


@dataclass(frozen=True)
class UseLink(Intent):
    """She entered the link from her helper."""

    link: str


@dataclass(frozen=True)
class ShowCode(Intent):
    """She wants a code to read out on the phone; ``problem`` in her words, may be empty."""

    problem: str


@dataclass(frozen=True)
class AskForHelp(Intent):
    """She wants to wait for whoever is free; ``problem`` in her words, may be empty."""

    problem: str


@dataclass(frozen=True)
class Cancel(Intent):
    """Back to the start; an open code, or the place in the list, is given up."""


@dataclass(frozen=True)
class ChooseOrigin(Intent):
    """How she got the link: "asked", "known" or "stranger"."""

    origin: str


@dataclass(frozen=True)
class AcceptVisit(Intent):
    """She lets this person in."""


@dataclass(frozen=True)
class DeclineVisit(Intent):
    """She does not want this visit."""


@dataclass(frozen=True)
class Answer(Intent):
    """She pressed `Allow` or `Not now` in the dialog `Request`; ``question`` is the number of what it asked."""

    allow: bool
    question: int


@dataclass(frozen=True)
class QuestionShown(Intent):
    """The dialog with this ``question`` is on the screen; ``windows`` are all of ours now, the dialog included."""

    windows: tuple[OwnWindow, ...]
    question: int


@dataclass(frozen=True)
class QuestionGone(Intent):
    """The dialog has left the screen."""


@dataclass(frozen=True)
class FrameShown(Intent):
    """The frame round this ``showing`` of her screen is up; ``windows`` are all of ours now, the frame included."""

    windows: tuple[OwnWindow, ...]
    showing: int


@dataclass(frozen=True)
class OwnWindow:
    """A window of ours with its frame: native id, device pixels on the root window.

    ``stays``: while her screen is shown it has to stay in sight.
    """

    native_id: int
    x: int
    y: int
    width: int
    height: int
    stays: bool = False


@dataclass(frozen=True)
class OwnWindows(Intent):
    """All windows of ours that are on the screen now; sent at each change."""

    windows: tuple[OwnWindow, ...]


@dataclass(frozen=True)
class SetRight(Intent):
    """She switched a check box of the help bar."""

    right: Right
    on: bool


@dataclass(frozen=True)
class StopControl(Intent):
    """`Stop control`."""


@dataclass(frozen=True)
class StopEverything(Intent):
    """`Stop everything`: all rights end and the visit goes to its goodbye."""


@dataclass(frozen=True)
class WriteReport(Intent):
    """`Report`: everything that is allowed ends, and what happened is written down."""


@dataclass(frozen=True)
class CloseReport(Intent):
    """She has read what to do with the report."""


@dataclass(frozen=True)
class ChooseMonitors(Intent):
    """Show these monitors instead."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class LookForWindows(Intent):
    """The list of what can be shown is about to be opened: which windows are there now?"""


@dataclass(frozen=True)
class ChooseWindow(Intent):
    """Show this window alone instead, by its native id."""

    window: int


@dataclass(frozen=True)
class FaceShown(Intent):
    """A frame of the live face was painted (sent once, for the first)."""


@dataclass(frozen=True)
class Say(Intent):
    """She sends a line of chat."""

    text: str


@dataclass(frozen=True)
class SaveLog(Intent):
    """Save the signed log to this path, byte for byte."""

    path: str


@dataclass(frozen=True)
class SaveCopy(Intent):
    """Save her copy of the summary and the log at ``path``."""

    path: str


@dataclass(frozen=True)
class KeepOrganisation(Intent):
    """Remember this organisation as known."""


@dataclass(frozen=True)
class CloseVisit(Intent):
    """`Close` in the goodbye: back to the start."""


@dataclass(frozen=True)
class Quit(Intent):
    """The program ends; whatever runs is ended properly first."""

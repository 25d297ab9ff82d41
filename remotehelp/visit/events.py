"""What can happen in a visit. Times come in beside the event; nothing here knows a clock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from remotehelp.messages import Input, Pointer, Right
from remotehelp.visit.checks import Sign


class Side(StrEnum):
    """Which of the two people."""

    CUSTOMER = "customer"
    TECHNICIAN = "technician"


@dataclass(frozen=True)
class Event:
    """Something that happened, already understood and checked for its form."""


@dataclass(frozen=True)
class PeerVerified(Event):
    """The pairing is confirmed: the other side is who the badge says, and knew the code."""


@dataclass(frozen=True)
class CodeExpired(Event):
    """Nobody came in time, or the code was burnt."""


@dataclass(frozen=True)
class FacePainted(Event):
    """A frame of the technician's live face was painted on the customer's screen."""


@dataclass(frozen=True)
class Accepted(Event):
    """She lets this person in."""


@dataclass(frozen=True)
class Declined(Event):
    """She does not want this visit."""


@dataclass(frozen=True)
class Asked(Event):
    """The technician asks for a right."""

    right: Right


@dataclass(frozen=True)
class ScreensAsked(Event):
    """The technician asks to see these monitors instead; ``there``: all are plugged in, and it would be a change."""

    names: tuple[str, ...]
    there: bool


@dataclass(frozen=True)
class ScreensChosen(Event):
    """She shows these monitors by her own hand."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class ScreensFell(Event):
    """The monitor ``gone`` was shown and is not there any more; ``left`` are shown instead, without her wish."""

    gone: str
    left: tuple[str, ...]


@dataclass(frozen=True)
class ScreensOutgrew(Event):
    """The monitors that were shown became too large for one picture; ``left`` are shown instead, without her wish."""

    left: tuple[str, ...]


@dataclass(frozen=True)
class ScreensShown(Event):
    """Her computer shows these monitors now, as she chose."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class WindowChosen(Event):
    """She shows one window alone, by its native id and its title."""

    window: int
    title: str


@dataclass(frozen=True)
class WindowShown(Event):
    """Her computer shows one window alone now, as she chose."""

    title: str


@dataclass(frozen=True)
class WindowClosed(Event):
    """The one window that was shown is gone; nothing is shown in its place."""

    title: str


@dataclass(frozen=True)
class ScreensCame(Event):
    """The customer's machine says that it shows these monitors now."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Answered(Event):
    """She answers the open request."""

    allow: bool


@dataclass(frozen=True)
class HerTurn(Event):
    """She works herself now, so that nothing of the technician's is injected; or has stopped doing so for a while."""

    on: bool


@dataclass(frozen=True)
class HerTurnCame(Event):
    """The customer's machine says so."""

    on: bool


@dataclass(frozen=True)
class Unguarded(Event):
    """Her computer has no guardian (any more), and without one nobody controls it."""


@dataclass(frozen=True)
class QuestionHidden(Event):
    """The request's dialog has left her screen, so that input can't reach it any more."""


@dataclass(frozen=True)
class RightSet(Event):
    """She switched a right on or off by her own hand."""

    right: Right
    on: bool


@dataclass(frozen=True)
class PrivateSeen(Event):
    """A window that is seen, by its native id, looks private: it was recognised by all these signs, our own first."""

    window: int
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class ControlAged(Event):
    """Control has lasted for ``checks.CONTROL_S`` since it was given, or confirmed, for the ``turn``-th time."""

    turn: int


@dataclass(frozen=True)
class Covered(Event):
    """What shows that somebody sees was covered by another window."""


@dataclass(frozen=True)
class StopWished(Event):
    """She stops everything that is allowed, because something is wrong; the visit goes on without any right."""


@dataclass(frozen=True)
class RightsCame(Event):
    """The customer's machine says what is allowed from now on."""

    rights: frozenset[Right]
    epoch: int


@dataclass(frozen=True)
class NotNowCame(Event):
    """She does not want this ``topic`` now, asking rests for ``rest_s``; not ``said``: it went without an answer."""

    topic: str
    rest_s: int
    said: bool = True


@dataclass(frozen=True)
class InputCame(Event):
    """A key, a button or the wheel from the technician, or where the pointer is."""

    action: Input | Pointer


@dataclass(frozen=True)
class Said(Event):
    """One of the two wrote a line of chat."""

    who: Side
    text: str


@dataclass(frozen=True)
class Summarised(Event):
    """The technician wrote what was wrong and what was done."""

    wrong: str
    done: str


@dataclass(frozen=True)
class Left(Event):
    """One of the two ends the visit properly."""

    who: Side


@dataclass(frozen=True)
class LineLost(Event):
    """No sign of life for 1.5 s."""


@dataclass(frozen=True)
class LineBack(Event):
    """Signs of life again."""


@dataclass(frozen=True)
class GaveUp(Event):
    """The line did not come back in time, or there is no road left to the other side."""


@dataclass(frozen=True)
class BadgeLapsed(Event):
    """The technician's badge is not valid any more: found when the line was to be made anew."""


@dataclass(frozen=True)
class Gone(Event):
    """One of the two closed the window after the goodbye."""

    who: Side


@dataclass(frozen=True)
class Misbehaved(Event):
    """The other program broke the protocol; ``key`` names the sentence."""

    key: str


@dataclass(frozen=True)
class Failed(Event):
    """Our own program could not do what was decided: nothing is sure any more."""

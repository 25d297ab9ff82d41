"""Everything that the technician's window shows, as plain data: the window draws it and deduces nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from remotehelp.messages import Right
from remotehelp.visit.shown import Line, Notice, Quality, Said, ShownLog


class Page(StrEnum):
    """Which of the technician's pages is there."""

    FIRST_START = "first start"  # no badge on this computer yet
    SIGN_IN = "sign in"
    DESK = "desk"
    JOINING = "joining"
    VISIT = "visit"  # from the meeting on
    GOODBYE = "goodbye"


class Ended(StrEnum):
    """Who or what ended the visit."""

    NOT = ""
    BY_ME = "by me"
    BY_HER = "by her"
    BY_LINE = "by the line"
    BY_BADGE = "by the badge"  # it is not valid any more
    BY_GUARD = "by a guard"  # one of the two programs did what is not allowed


@dataclass(frozen=True)
class AskLine:
    """One button that asks for a right. ``why_not``: a sentence's key if it can't be pressed now, else empty."""

    right: Right
    waiting: bool = False  # asked, no answer yet
    why_not: str = ""
    again_at: float = 0.0  # until when asking rests, in monotonic seconds as ``began_at``


@dataclass(frozen=True)
class GrantLine:
    """One line of the list `Grants`."""

    right: Right
    on: bool


@dataclass(frozen=True)
class TheirScreen:
    """One monitor of the customer's computer; width and height in device pixels."""

    name: str
    width: int
    height: int


@dataclass(frozen=True)
class TheirScreens:
    """All her monitors, the names of those that are shown, and why no others can be asked for now: a sentence's key.

    ``alone``: it is none of them but one window, and ``shown`` its title.
    """

    screens: tuple[TheirScreen, ...] = ()
    shown: tuple[str, ...] = ()
    alone: bool = False
    waiting: bool = False  # asked for others, no answer yet
    why_not: str = ""


@dataclass(frozen=True)
class WaitingCustomer:
    """One line of the list `Waiting`: how to take her, the beginning of her words, monotonic seconds of her coming."""

    ticket: int
    words: str
    since: float


@dataclass(frozen=True)
class Waiting:
    """Who waits for help without a code, the first to come first; ``total`` counts those behind them too."""

    customers: tuple[WaitingCustomer, ...] = ()
    total: int = 0


NOBODY = Waiting()


@dataclass(frozen=True)
class AskedAccount:
    """The broker asks for an account. ``name``: the one of last time.

    ``secret`` is there once: the key that the technician's authenticator app needs, ``secret_qr`` the same as SVG.
    """

    name: str = ""
    secret: str = field(default="", repr=False)
    secret_qr: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class TechnicianView:
    """The whole state of the technician's window."""

    page: Page = Page.FIRST_START
    busy: bool = False
    notice: Notice | None = None
    me: str = ""  # given name, surname, organisation, from the own badge
    broker: str = ""  # the address in use
    account: AskedAccount | None = None  # what the broker asks for beside the badge
    own_broker: bool = False  # the embedded broker runs inside this program
    customer_address: str = ""  # where the own broker can be reached from the local network
    customer_link: str = ""  # what customers need; with a QR code beside it
    link_qr: bytes = b""  # SVG of the link
    available: bool = False
    signed_in: bool = False
    waiting: Waiting = NOBODY
    taking: bool = False  # who is being joined comes from the list, not by a code
    safety_words: tuple[int, int] | None = None  # places in the list of words; from the queue only
    accepted: bool = False  # she has let us in (before: meeting)
    problem: str = ""  # in her words
    began_at: float | None = None  # monotonic seconds when the visit began
    line: Line = Line.NONE
    quality: Quality | None = None
    screen_size: tuple[int, int] | None = None  # device pixels of what is shown
    screens: TheirScreens = TheirScreens(why_not="no_screens_yet")
    controls: bool = False  # our keys and mouse go to her computer
    her_turn: bool = False  # but she works herself now, and what we do is dropped
    sees: bool = False
    points: bool = False
    asks: tuple[AskLine, ...] = ()
    grants: tuple[GrantLine, ...] = ()
    conversation: tuple[Said, ...] = ()
    demonstration: bool = False  # the own face comes from a file
    no_camera: bool = False
    ended: Ended = Ended.NOT
    she_left: bool = False  # she closed her goodbye: nothing reaches her any more
    log: ShownLog | None = None  # of the visit whose case is open
    notes: str = ""
    history: tuple[str, ...] = ()  # past visits on this computer, newest first, one line each

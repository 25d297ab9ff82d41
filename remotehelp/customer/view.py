"""Everything that the customer's window shows, as plain data: the window draws it and deduces nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from remotehelp.messages import Right
from remotehelp.visit.checks import Check
from remotehelp.visit.grants import Wish
from remotehelp.visit.shown import Line, Notice, Quality, Said, ShownLog


class Page(StrEnum):
    """Which of the customer's windows is there."""

    START = "start"
    CODE = "code"
    WAITING = "waiting"
    MEETING = "meeting"
    VISIT = "visit"
    GOODBYE = "goodbye"


@dataclass(frozen=True)
class Organisation:
    """The organisation that the link named.

    ``kind``: new, known (``detail``: since which ISO date) or proven (``detail``: its domain).
    """

    name: str
    kind: str
    detail: str = ""


@dataclass(frozen=True)
class Person:
    """The technician, every word of it from the badge. ``photo``: JPEG or empty."""

    given_name: str
    surname: str
    organisation: Organisation
    photo: bytes = b""
    face: str = ""  # "camera", "demonstration" or "none"; empty until it is told
    demonstration: bool = False  # the face comes from a file
    clock_wrong: bool = False  # the date of this computer seems wrong
    list_old: bool = False  # the revocation list is older than seven days: "not proven"


@dataclass(frozen=True)
class RightLine:
    """One check box of the help bar. ``why_not``: a sentence's key if it can't be switched now, else empty."""

    right: Right
    on: bool
    why_not: str = ""


@dataclass(frozen=True)
class Monitor:
    """A screen of this computer that can be shown, in device pixels on the root window."""

    name: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Window:
    """A window of another program that can be shown alone: native id and title, which may be empty."""

    id: int
    title: str


@dataclass(frozen=True)
class Report:
    """A report that was written at ``path``; ``contact`` is whom to tell, from an organisation that is not new here."""

    path: str
    organisation: str
    contact: str = ""


@dataclass(frozen=True)
class CustomerView:
    """The whole state of the customer's window."""

    page: Page = Page.START
    busy: bool = False  # a request to the server is under way
    notice: Notice | None = None  # shown until the next state without it
    organisation: Organisation | None = None  # from the link, or remembered
    here: int | None = None  # technicians available now; None: not known
    problem: str = ""
    code: str = ""  # 4711-482-913
    code_expires_in_s: int = 0
    ahead: int = 0  # while she waits: so many come before her
    taken: bool = False  # a technician comes; who it is, is not proven yet
    safety_words: tuple[int, int] | None = None  # places in the list of words; from the queue only
    technician: Person | None = None
    asks_origin: bool = False  # "How did you get this link?" must be answered before Accept
    may_accept: bool = False
    line: Line = Line.NONE
    quality: Quality | None = None
    rights: tuple[RightLine, ...] = ()
    request: Wish | Check | None = None  # the dialog `Request`, or one of her own machine's, is open with this question
    question: int = 0  # its number; answers name it
    monitors: tuple[Monitor, ...] = ()
    shown: tuple[str, ...] = ()  # the names of those that are chosen; none if it is a window
    windows: tuple[Window, ...] = ()  # as they were when she opened the list last
    no_windows: str = ""  # a sentence's key if none can be shown alone here
    window: Window | None = None  # the one that is chosen to be shown alone
    window_at: tuple[int, int, int, int] | None = None  # where it is: x, y, width, height on the root window
    conversation: tuple[Said, ...] = ()
    pointer: tuple[int, int] | None = None  # where the technician points: device pixels on the root window
    summary: str = ""
    may_keep: bool = False  # `Keep this organisation` has a meaning
    kept: bool = False
    saved: str = ""  # where the copy was saved
    log: ShownLog | None = None  # of the visit that is over
    line_lost: bool = False  # the visit ended because the line did not come back
    face_still: bool = False  # no more pictures of the face come: the one that stands there is old
    report: Report | None = None  # just written
    links_taken: int = 0  # so many links were taken since the start of the program
    links_refused: int = 0
    sees: bool = False  # a picture of the screen goes out: blue
    unseen: bool = True  # nothing is open from which one could, and nobody captures: said only then
    showing: int = 0  # which start of that it is; none leaves before the window has told that this one is framed
    controls: bool = False  # mouse and keyboard are the technician's too: amber
    her_turn: bool = False  # but she uses them herself now, and the technician's wait
